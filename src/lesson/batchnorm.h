// The lesson `batchnorm`: what it does to bring numbers to one scale, in three scenes.
//
// `miles_age`: ten drivers whose two columns clash, as they are, scaled to 0 … 1, or standardised; and the
// gradient of a neuron that is given them. `three_steps`: the activations of one unit over a batch of digits,
// and what batch normalisation makes of them: z, z·g, z·g + b. `training`: the same deep net from the same
// seed without and with batch normalisation, at a learning rate that is too high for the first.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lesson/drivers.h"
#include "lesson/norm_batches.h"
#include "lesson/training_lesson.h"

namespace kg {

class BatchnormLesson final : public TrainingLesson {
 public:
  // Hidden layers of NormBatches::kUnits units, before the last Dense.
  static constexpr int kHidden = 4, kClasses = 10, kValidateEvery = 5;
  static constexpr int kTrainingDigits = 1280, kValidationDigits = 320;
  static constexpr double kMostFactor = 10;  // of g and b, to both sides of 0
  static constexpr double kLeastRate = 0.001, kMostRate = 10;
  static constexpr int kMostReplayed = 2000;  // updates that a link may ask for

  enum class Scene { miles_age, three_steps, training };
  enum Which { plain, normalised };  // the runs

  struct ScenePreset {
    Scene scene;
    const char *name, *title, *comment;
  };
  static std::span<const ScenePreset> presets();

  explicit BatchnormLesson(std::uint64_t seed);

  Scene scene() const { return setup_.scene; }

  // Miles and age.
  const Drivers& drivers() const { return setup_.drivers; }
  bool edited() const { return setup_.drivers != make_drivers(seed_); }
  Scaling scaling() const { return setup_.scaling; }
  std::vector<float> column(Column which, Scaling scaling) const {
    return column_of(setup_.drivers, which, scaling);
  }
  const NeuronGradient& gradient(Scaling scaling) const;
  const std::optional<double>& predicted() const { return setup_.predicted; }

  // The three steps.
  int unit() const { return setup_.unit; }
  int batch() const { return setup_.batch; }
  double gamma() const { return setup_.gamma; }
  double beta() const { return setup_.beta; }
  bool moving() const { return setup_.moving; }  // instead of the batch's own mean and variance
  const NormBatches::Steps& steps() const;
  // Of the unit: of this batch, and the moving averages after it; of any batch up to this one.
  NormBatches::Moments moments(int batch) const { return batches_.moments(batch, unit()); }
  NormBatches::Moments moving_averages(int batch) const { return batches_.moving(batch, unit()); }
  // What x is made z with at this moment.
  NormBatches::Moments used() const { return moving() ? moving_averages(batch()) : moments(batch()); }
  static double epsilon() { return static_cast<double>(NormBatches::layer().epsilon); }

  // The training.
  double rate() const { return setup_.rate; }
  static std::vector<LayerDescription> net(bool with_norm);
  // The root mean square of ∂loss/∂w of the last update's batch, for each Dense from the first to the last;
  // NaN where it is no number. Empty before any update.
  std::vector<double> gradient_sizes(int run) const;
  // What the normalised run has made of all g, or all b.
  Statistics learned(bool beta) const;

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
  void trained() override;

 private:
  struct Setup {
    Scene scene = Scene::miles_age;
    Drivers drivers = {};
    Scaling scaling = Scaling::raw;
    std::optional<double> predicted;  // the first driver's miles, standardised
    int unit = 1, batch = 1;
    double gamma = 1, beta = 0;
    bool moving = false;
    double rate = 1;
    friend bool operator==(const Setup&, const Setup&) = default;
  };

  Setup fresh() const;
  Status edit(const std::function<Status(Setup&)>& change);
  Status load_preset(const std::string& name);
  void add_table_verbs();
  void add_step_verbs();
  void add_training();
  Json table_state() const;
  Json steps_state() const;
  Json runs_state() const;
  std::string table_code() const;
  std::string steps_code() const;

  std::uint64_t seed_;
  int usual_unit_ = 1;
  Setup setup_;
  std::array<float, kDrivers> premiums_;
  // The runs have had the present rate since their start: only then a link brings them back.
  bool steady_ = true;

  // Computed when somebody looks, and kept until something else is to be seen.
  mutable NormBatches batches_;
  mutable std::optional<NormBatches::Steps> steps_;
  mutable std::array<std::optional<NeuronGradient>, 3> gradients_;
};

const char* name_of(BatchnormLesson::Scene scene);

}  // namespace kg
