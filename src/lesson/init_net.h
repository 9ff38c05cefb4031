// A deep network as the lesson `init` looks at it: what its first weights make of activations and gradients,
// layer by layer, before anything is learned.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/layers/description.h"
#include "engine/statistics.h"
#include "lesson/weight_rule.h"

namespace kg {

inline constexpr int kNetWidth = 100;  // units of a hidden layer
inline constexpr int kNetBars = 28;    // of each histogram

// The values that a histogram covers; with `log` they are powers of ten, of the absolute values.
struct BarRange {
  double from = 0, to = 1;
  bool log = false;
};
BarRange activation_range(ActivationKind activation);
BarRange gradient_range();

struct LayerLook {
  Statistics values, gradients;                // ∂loss/∂z of the images together, z the weighted sums
  std::vector<int> value_bars, gradient_bars;  // kNetBars each, over the ranges above
};

// Flatten, `depth` times Dense(100), Dense(10, softmax); every kernel drawn by the rule for its own sizes.
std::vector<LayerDescription> deep_net(WeightRule rule, double spread, int depth, ActivationKind activation);

// One pass forward and back of pictures (N, 28, 28, 1) and their labels: a LayerLook for each hidden layer.
std::vector<LayerLook> look_at_net(const std::vector<LayerDescription>& layers, std::uint64_t seed,
                                   std::span<const float> pictures, std::span<const int> labels);

// How the root mean square of a layer's activations has changed from the first hidden layer to the last: 1 is
// kept; 0 if nothing is left.
double scale_kept(const std::vector<LayerLook>& layers);

}  // namespace kg
