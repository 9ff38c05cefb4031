// The lesson `finetune`: what a trained network knows is used for a second task.
//
// Two scenes. `base`: a small convolutional network learns the digits 0 to 4. `second`: its last layer, or
// more, is taken away, a new head is put on, and few examples of a second task are learned: the digits 5 to
// 9, or symbols that the learner has drawn. Three runs are compared, with the same examples in the same
// order: `scratch` starts from noise, `transfer` from what the base has learned, and so does `frozen`, whose
// layers are trained only where their switch allows it.
//
// There is no base but the one that was trained here: the second scene, when it is entered without one,
// trains it first.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lesson/network_probe.h"
#include "lesson/picture.h"
#include "lesson/symbol_set.h"
#include "lesson/training_lesson.h"

namespace kg {

class FinetuneLesson final : public TrainingLesson {
 public:
  static constexpr int kClasses = 5;                // of the base, and of the second task with digits
  static constexpr int kBaseUpdates = 120;          // that make a base
  static constexpr int kMostReplayed = 3000;        // updates that a link may ask for
  static constexpr int kLayers = 4, kKeepable = 3;  // those with weights; all but the head can be kept
  static constexpr int kLeastExamples = 5, kMostExamples = 100;
  static constexpr double kLeastRate = 0.0001, kMostRate = 1;
  static constexpr int kBatch = 20, kBaseBatch = 32;
  static constexpr int kEarly = 30;  // updates: until then the head start is plain to see

  enum class Scene { base, second };
  static const char* name_of(Scene scene);
  enum class Material { digits, symbols };  // of the second task
  static const char* name_of(Material task);
  enum Which { scratch, transfer, frozen };

  explicit FinetuneLesson(std::uint64_t seed);

  Scene scene() const { return scene_; }
  Material task() const { return setup_.task; }
  int examples() const;                                    // to learn from, in the second task as it is now
  int wanted_examples() const { return setup_.examples; }  // of the digits
  int kept() const { return setup_.kept; }                 // so many layers of the base, from the first on
  bool is_kept(int layer) const { return layer < setup_.kept; }
  // Of the run `frozen`: a layer that is new is never frozen, whatever its switch says.
  bool is_frozen(int layer) const;
  double rate() const { return setup_.rate; }
  int classes() const;                      // of the second task, 2 at least
  std::string class_name(int label) const;  // of the scene: "0" … "4", "5" … "9", "A" … "E"

  const TrainingRun& base() const { return base_runs().run(0); }
  bool has_base() const { return base().updates() > 0; }
  // The runs of the second task: none before the scene was entered for the first time.
  const TrainingRuns& second() const { return scene_ == Scene::second ? runs_ : resting_; }
  bool has_second() const { return second().count() > 0; }
  // Why the second task cannot be trained yet; empty if it can.
  std::string missing() const;
  // The trained layers, 0 to kLayers − 1, and where they stand in the networks.
  static int place_of(int layer);
  // The sums of Keras' summary for a run of the second task; of the base with −1.
  Summary summary(int which) const;
  // How far a layer's weights and biases are from where they started: ‖w − w₀‖. 0 without a run.
  double change(int which, int layer) const;
  double base_change(int layer) const { return base().moved(place_of(layer)); }

  const Digits& given() const { return given_; }  // the second task's examples; null if there are none yet
  const Digits& base_given() const { return base().training(); }
  const SymbolSet& symbols() const { return symbols_; }

  // The picture that the networks are asked about.
  const Picture& picture() const { return picture_; }
  bool has_picture() const;  // an empty sheet has none
  // What a run of the scene answers, class by class; empty if there is none to ask.
  const std::vector<float>& answers(int which) const;

  bool symbols_read() const;

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
    Material task = Material::digits;
    int examples = 20;
    int kept = kKeepable;
    std::array<bool, kKeepable> frozen = {true, true, true};
    double rate = 0.01;
    friend bool operator==(const Setup&, const Setup&) = default;
  };

  const TrainingRuns& base_runs() const { return scene_ == Scene::base ? runs_ : resting_; }
  TrainingRuns& base_runs() { return scene_ == Scene::base ? runs_ : resting_; }
  TrainingRuns& second_runs() { return scene_ == Scene::second ? runs_ : resting_; }
  void begin(std::uint64_t seed);
  std::vector<LayerDescription> layers(int classes) const;
  void show(Scene scene);
  Status enter_second();
  Status make_second();
  void find_given();
  Status renew_second();  // what is at work is dropped, and the runs begin anew
  void train_base_to(int updates, std::function<Status()> then);
  Status train_base(std::optional<double> updates);
  Status set_view(const std::string& name);
  Status set_task(const std::string& name);
  Status set_examples(double n);
  Status set_kept(double layers);
  Status set_frozen(double layer, bool on);
  Status set_rate(double rate);
  Status edit_picture(const std::function<Status(Picture&)>& change);
  Status add_example(const std::function<Status(SymbolSet&)>& change);
  Status load_symbols(const std::string& text);
  Status predict(double parameters);
  void add_verbs();
  void guard_training_verbs();
  Json run_state(int which) const;
  Json base_state() const;
  Json layers_state() const;

  std::uint64_t seed_;
  Setup setup_;
  Scene scene_ = Scene::base;
  TrainingRuns resting_;              // of the scene that is not on the stage
  int made_from_ = -1;                // updates of the base whose weights the second runs started from
  Digits five_to_nine_, validating_;  // all the digits there are for the second task
  Digits given_, given_validating_;   // what is learned from in it now
  SymbolSet symbols_;
  bool ours_ = false;  // the symbols are the twenty of our own
  Picture picture_;
  // The second runs have had the present settings since their start: only then a link brings them back.
  bool steady_ = true;
  std::optional<double> predicted_;

  mutable std::array<std::vector<float>, 3> answers_;
  mutable bool stale_ = true;
};

}  // namespace kg
