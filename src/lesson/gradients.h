// The lesson `gradients`: how the gradient shrinks or grows on its way back through a deep net, what that
// does to an update, and what helps.
//
// A step is one layer that the gradient reaches, from the last to the first. In it come two ticks: the factor
// of that layer, then the product of all factors so far. Two nets can be on the stage: the present one, and
// A, which was kept to be compared with. Both draw the same random numbers and see the same digits.
//
// Training is asked for in updates and done piece by piece (Lesson::work); A comes along until it has made as
// many as the present one. Whoever changes a setting begins a new run from the same seed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lesson/deep_net.h"
#include "lesson/gradients_presets.h"
#include "lesson/lesson.h"

namespace kg {

// What has become of the gradient at the first layer.
enum class GradientFate { vanishes, arrives, explodes, unknown };

class GradientsLesson final : public Lesson {
 public:
  static constexpr double kVanishes = 1e-3, kExplodes = 1e3;  // first gradient / last gradient
  // ‖Δw‖/‖w‖ that is called healthy on the stage: about 10⁻³.
  static constexpr double kHealthyLow = 1e-4, kHealthyHigh = 1e-2;
  static constexpr double kCloseEnough = 0.05;  // of a prediction, relatively
  static constexpr double kMostPredicted = 1e30;

  explicit GradientsLesson(std::uint64_t seed);

  const DeepNetSettings& settings() const { return net_->settings(); }
  const DeepNet& net() const { return *net_; }
  const DeepNet* kept() const { return kept_.get(); }  // A; null if there is none
  bool compares() const;                               // there is an A, and it is another one
  int depth() const { return settings().depth; }
  const GradientsPreset* preset() const { return gradients_preset_of(settings()); }
  static GradientFate fate(const DeepNet& net);

  // The layer of a step, from 0, and back.
  int layer_of(int step) const { return depth() - 1 - step; }
  int step_of(int layer) const { return depth() - 1 - layer; }
  int here() const { return layer_of(timeline_.step()); }
  // Whether the gradient has been there, the factor included or the product, too.
  bool factor_shown(int layer) const { return shown(layer, 1); }
  bool product_shown(int layer) const { return shown(layer, 2); }

  struct Prediction {
    int layer = 0;  // from 0
    double product = 0;
  };
  const std::optional<Prediction>& prediction() const { return prediction_; }
  bool predicted_right() const;

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return seed_; }

 private:
  using Net = std::shared_ptr<DeepNet>;  // A and the present one are the same until a setting changes

  Result<Net> make(const DeepNetSettings& settings) const;
  Status set(const DeepNetSettings& settings);
  Status keep(const DeepNetSettings& settings);
  void reseed(std::uint64_t seed);
  Status load_preset(const std::string& name);
  Status predict(double product);
  void train_until(int updates, int kept_updates);
  Result<bool> piece(int updates, int kept_updates);
  void stop();
  void rewind();
  bool shown(int layer, int ticks) const;
  void add_verbs();
  void add_setting_verbs();

  std::uint64_t seed_;
  Digits digits_;
  Net net_, kept_;
  int wanted_ = 0;  // updates of the present net that were asked for
  std::optional<Prediction> prediction_;
};

}  // namespace kg
