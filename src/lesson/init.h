// The lesson `init`: the numbers that weights start from.
//
// Three scenes. `neuron`: one neuron with up to 1000 inputs, drawn many times; a step is one input that joins
// the weighted sum z, and histograms show z, the activation and its slope over all draws. `net`: a deep
// network before it learns, its activations and gradients layer by layer, for several initialisers at once.
// `train`: the same networks learn from the same digits, from the same seed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lesson/init_net.h"
#include "lesson/neuron_draws.h"
#include "lesson/training_lesson.h"

namespace kg {

class InitLesson final : public TrainingLesson {
 public:
  static constexpr int kMostInputs = 1000, kLeastDepth = 2, kMostDepth = 30, kMostCompared = 4;
  static constexpr double kLeastSpread = 0.001, kMostSpread = 10;
  static constexpr double kUsualSpeed = 50;  // inputs a second
  static constexpr float kLearningRate = 0.1f;

  enum class Scene { neuron, net, train };
  enum class Input { ones, random, digit };

  explicit InitLesson(std::uint64_t seed);

  Scene scene() const { return setup_.scene; }
  WeightRule rule() const { return setup_.rule; }  // of the neuron
  double spread() const { return setup_.spread; }  // of WeightRule::normal, everywhere
  int inputs() const { return setup_.inputs; }
  int units() const { return setup_.units; }  // of the neuron's layer: n_out
  Input input() const { return setup_.input; }
  int digit() const { return setup_.digit; }
  // Of the scene: the neuron's, or that of the hidden layers.
  ActivationKind activation() const {
    return scene() == Scene::neuron ? setup_.neuron_activation : setup_.net_activation;
  }
  int depth() const { return setup_.depth; }
  bool noise() const { return setup_.noise; }  // instead of digits, through the net
  const std::vector<WeightRule>& compared() const { return setup_.compared; }
  const std::optional<double>& predicted() const {
    return setup_.predicted;
  }  // the deviation of z at the end

  // The neuron at this moment, over all draws.
  int inputs_in() const {
    return timeline_.steps_done() + (timeline_.at_end() ? 0 : timeline_.ticks_shown());
  }
  double weight_deviation() const;
  // Of z: the sum of x²·σ² over so many inputs.
  double expected_variance_after(int inputs) const;
  double expected_variance() const { return expected_variance_after(inputs_in()); }
  double expected_variance_at_end() const { return expected_variance_after(setup_.inputs); }
  std::vector<double> expected_growth() const;  // the deviation of z after 0, 1, … n inputs
  struct Neuron {
    std::vector<float> z, activations, slopes;  // NeuronDraws::kDraws each
    Statistics z_statistics, activation_statistics, slope_statistics;
    double saturated = 0;  // the share whose slope is below a twentieth of the largest there is
  };
  const Neuron& neuron() const;

  // The net, one entry for each rule that is compared.
  const std::vector<std::vector<LayerLook>>& nets() const;

  bool playing() const override;
  bool has_timeline() const override { return scene() == Scene::neuron; }
  bool advance(double seconds) override;

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

 private:
  // The course's worked example.
  struct Setup {
    Scene scene = Scene::neuron;
    WeightRule rule = WeightRule::normal;
    double spread = 1;
    int inputs = 250, units = 100;
    Input input = Input::ones;
    int digit = 7;
    ActivationKind neuron_activation = ActivationKind::sigmoid, net_activation = ActivationKind::tanh;
    int depth = 8;
    bool noise = false;
    std::vector<WeightRule> compared = {WeightRule::normal, WeightRule::small, WeightRule::glorot_uniform,
                                        WeightRule::he_normal};
    std::optional<double> predicted;
    friend bool operator==(const Setup&, const Setup&) = default;
  };

  Status edit(const std::function<Status(Setup&)>& change);
  Status make_runs();
  Status renew(std::uint64_t seed);  // the same with other random numbers
  void start_neuron(bool at_end);
  void find_inputs();
  std::vector<LayerDescription> net_of(WeightRule rule) const;
  void add_verbs();
  void guard_training_verbs();
  Status predict(double deviation);

  std::uint64_t seed_;
  Setup setup_;
  std::vector<float> input_values_;  // kMostInputs of them; the neuron has the first ones

  // Computed when somebody looks, and kept until something else is to be seen.
  mutable NeuronDraws draws_;
  mutable std::optional<Neuron> neuron_;
  mutable int neuron_inputs_ = -1;
  mutable std::optional<std::vector<std::vector<LayerLook>>> nets_;
};

const char* name_of(InitLesson::Scene scene);
const char* name_of(InitLesson::Input input);

}  // namespace kg
