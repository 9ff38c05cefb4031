// The lesson `network`: a digit flows through a whole network, layer by layer, every value can be taken
// apart, and the network learns while one looks on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lesson/examination.h"
#include "lesson/network_probe.h"
#include "lesson/picture.h"
#include "lesson/training_lesson.h"

namespace kg {

class NetworkLesson final : public TrainingLesson {
 public:
  // Generated digits. Those to learn from are by wilder hands than those to validate with: who has learned
  // from hard ones reads real handwriting better.
  static constexpr int kTraining = 20000, kValidation = 1000;
  static constexpr int kMostOwn = 2000;       // labelled drawings
  static constexpr int kMostReplayed = 5000;  // batches that a link may ask for

  // Where the digits to learn from come from.
  enum class Source { generated, own, idx };
  static const char* name_of(Source source);
  enum class Start { noise, trained, loaded };
  static const char* name_of(Start start);

  // One weight or bias.
  struct WeightSpot {
    int layer = 0, parameter = 0;
    std::size_t index = 0;
    friend bool operator==(const WeightSpot&, const WeightSpot&) = default;
  };
  // A gradient, checked for the picture on stage.
  struct Checked {
    WeightSpot spot;
    int label = 0;  // for whose loss
    double analytic = 0, numeric = 0, uncertainty = 0, step = 0;
    bool agrees = false;
  };

  // The run before this one, from the same weights and with the same digits: to be laid under this one.
  struct Earlier {
    OptimizerSettings optimizer;
    float l2 = 0;
    int batch_size = 0;
    TrainingCurve validations;
  };

  explicit NetworkLesson(std::uint64_t seed);

  const Picture& picture() const { return picture_; }
  bool nothing_drawn() const;
  int label() const;  // of the picture, if it is known: −1 if not
  // The picture in the network as it is now.
  const NetworkProbe& probe() const;
  std::span<const float> probabilities() const { return probe().values(probe().places() - 1); }
  // False if nothing is drawn, or if training has made its numbers too large to be numbers. Then none is
  // shown.
  bool has_answer() const;
  int predicted() const { return largest(probabilities()); }
  int second() const;  // the next best

  const std::optional<Spot>& selected() const { return selected_; }
  const std::optional<Checked>& checked() const { return checked_; }
  const std::optional<Earlier>& earlier() const { return earlier_; }
  // In which settings it was another one: "rate 0.2, batch 8"; empty if in none.
  std::string earlier_settings() const;
  const Examination& examination() const { return examination_; }
  bool examined_test() const { return examined_test_; }
  int examined_at() const { return examined_at_; }  // updates

  Source source() const { return source_; }
  Start start() const { return start_; }
  const DigitSet& own() const { return *own_; }
  bool has_idx() const { return idx_training_ != nullptr; }
  const Digits& test() const { return test_; }
  float l2() const { return l2_; }
  const OptimizerSettings& optimizer() const { return run().settings().optimizer; }
  const std::vector<LayerDescription>& layers() const { return run().settings().layers; }

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return seed_; }

 protected:
  Status take_digits() override;
  void rewinding() override;
  void trained() override;
  bool sends_away() const override { return true; }

 private:
  void build(std::uint64_t seed);
  Status edit_picture(const std::function<Status(Picture&)>& change);
  Status set_optimizer(const std::function<void(OptimizerSettings&)>& change);
  Status set_l2(double factor);
  Status set_batch_size(double size);
  Status load_preset(const std::string& name);
  Status take_weights(std::span<const std::uint8_t> file, Start start);
  Status load_idx(std::span<const std::uint8_t> images, std::span<const std::uint8_t> labels,
                  const std::string& which);
  Status add_idx_file(const std::string& name, std::span<const std::uint8_t> bytes);
  Status set_source(const std::string& name);
  Status label_picture(double label);
  Status check_gradient(const WeightSpot& spot);
  void evaluate();
  Json evaluation_json() const;
  void add_verbs();
  void add_data_verbs();
  void changed_on_the_way() { steady_ = steady_ && run().updates() == 0; }
  bool reproducible() const;

  std::uint64_t seed_;
  Picture picture_;
  float l2_ = 0;
  Start start_ = Start::noise;
  Source source_ = Source::generated;
  // Whether the same seed and settings and as many batches come to the same weights: only then a link can.
  bool steady_ = true;
  std::optional<Spot> selected_;
  std::optional<Checked> checked_;
  std::optional<Earlier> earlier_;
  Examination examination_;
  bool examined_test_ = false;
  int examined_at_ = 0;
  Digits generated_training_, generated_validation_, idx_training_, idx_validation_, test_;
  std::shared_ptr<DigitSet> own_ = std::make_shared<DigitSet>();
  std::vector<std::uint8_t> waiting_;  // an IDX file whose other half is still to come
  std::string waiting_name_;

  mutable std::unique_ptr<NetworkProbe> probe_;
  mutable bool stale_ = true;
};

}  // namespace kg
