// Small net: two inputs, three hidden units, two outputs, and one pass through it with every number that the
// chain rule needs.
//
// Everything is the engine's: a Network with Dense layers, its values and gradients. A layer's parameters
// stand in one list, as they lie: weight (i, o) at i·O + o, then the O biases (weight_grid.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/gradient_check.h"
#include "engine/network.h"
#include "engine/trainer.h"
#include "lesson/weight_grid.h"

namespace kg {

struct SmallNet {
  static constexpr int kInputs = 2, kHidden = 3, kOutputs = 2;
  static constexpr int kLayers = 2;  // 0 leads to the hidden units, 1 to the outputs

  std::array<ActivationKind, kLayers> activations = {ActivationKind::sigmoid, ActivationKind::sigmoid};
  std::array<std::vector<float>, kLayers> parameters;

  // Keras' weights for this seed (glorot_uniform, biases 0), rounded to hundredths so that what stands on the
  // stage is what is computed with.
  static SmallNet from_seed(std::uint64_t seed);
  friend bool operator==(const SmallNet&, const SmallNet&) = default;
};

// Of a layer of the small net.
constexpr WeightGrid small_grid(int layer) {
  return layer == 0 ? WeightGrid{.in = SmallNet::kInputs, .out = SmallNet::kHidden}
                    : WeightGrid{.in = SmallNet::kHidden, .out = SmallNet::kOutputs};
}

struct SmallExample {
  std::vector<float> inputs;
  int label = 0;
  friend bool operator==(const SmallExample&, const SmallExample&) = default;
};

// One example on its way forward and back. L is the loss: the mean of (output − target)² over the outputs.
struct SmallPass {
  struct LayerPass {
    std::vector<float> inputs;       // what comes in
    std::vector<float> sums;         // z: the weighted sums with the bias
    std::vector<float> activations;  // a = activation(z)
    std::vector<float> slopes;       // a′(z)
    std::vector<float> wishes;       // ∂L/∂a; the outputs of this layer should go the other way
    std::vector<float> gradients;    // ∂L/∂w and ∂L/∂b, as the parameters lie
  };
  std::array<LayerPass, SmallNet::kLayers> layers;
  std::vector<float> targets;  // 1 at the label, else 0
  double loss = 0;
  int prediction = 0;

  const std::vector<float>& hidden() const { return layers[0].activations; }
  const std::vector<float>& outputs() const { return layers[1].activations; }
};

// A small net at work.
class SmallNetwork {
 public:
  explicit SmallNetwork(const SmallNet& net);
  SmallNetwork(const SmallNetwork&) = delete;
  SmallNetwork& operator=(const SmallNetwork&) = delete;

  // Forward, loss, backward. Refuses when a number has become too large to be one.
  Result<SmallPass> pass(const SmallExample& example);
  // One update of stochastic gradient descent. Refuses likewise, and has then changed nothing.
  Status update(const SmallExample& example, float rate);
  SmallNet net() const;

  // The gradient of one parameter beside its difference quotient.
  GradientComparison check(const SmallExample& example, int layer, int index);

 private:
  ActivationKind activation(int layer) const { return activations_[static_cast<std::size_t>(layer)]; }

  std::array<ActivationKind, SmallNet::kLayers> activations_;
  Network network_;
  Trainer trainer_;
};

}  // namespace kg
