#include "lesson/init_net.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "engine/loss.h"
#include "engine/network.h"

namespace kg {
namespace {

constexpr int kSide = 28, kClasses = 10;

std::vector<int> bars_of(std::span<const float> values, const BarRange& range) {
  const auto from = static_cast<float>(range.from), to = static_cast<float>(range.to);
  if (!range.log) return histogram(values, from, to, kNetBars);
  std::vector<float> powers;
  powers.reserve(values.size());
  for (const float value : values) {
    if (value != 0 && std::isfinite(value)) powers.push_back(std::log10(std::abs(value)));
  }
  return histogram(powers, from, to, kNetBars);
}

}  // namespace

BarRange activation_range(ActivationKind activation) {
  if (activation == ActivationKind::sigmoid) return {0, 1, false};
  if (activation == ActivationKind::tanh) return {-1, 1, false};
  return {-8, 8, true};
}

BarRange gradient_range() { return {-12, 4, true}; }

std::vector<LayerDescription> deep_net(WeightRule rule, double spread, int depth, ActivationKind activation) {
  std::vector<LayerDescription> layers{Flatten{}};
  int in = kSide * kSide;
  const auto add = [&](int units, ActivationKind kind) {
    Dense dense;
    dense.units = units, dense.activation = kind;
    dense.kernel_initializer = initializer_of(rule, spread, in, units);
    layers.push_back(dense);
    in = units;
  };
  for (int k = 0; k < depth; ++k) add(kNetWidth, activation);
  add(kClasses, ActivationKind::softmax);
  return layers;
}

std::vector<LayerLook> look_at_net(const std::vector<LayerDescription>& layers, std::uint64_t seed,
                                   std::span<const float> pictures, std::span<const int> labels) {
  Result<Network> built = Network::build({kSide, kSide, 1}, layers, seed);
  assert(built);
  Network network = std::move(built).value();
  const int images = static_cast<int>(labels.size()), top = network.layers();
  network.reserve({images, true, true});
  std::copy(pictures.begin(), pictures.end(), network.input(images).begin());
  const std::span<const float> answers = network.forward();
  (void)cross_entropy(network.gradient(top).data(), answers.data(), labels.data(), images, kClasses);
  network.backward({.from = top, .parameters = false, .to_input = true, .at_sums = true});

  std::vector<LayerLook> looks;
  for (int layer = 1; layer + 1 < top; ++layer) {
    const std::span<const float> values = network.values(layer + 1), gradients = network.gradient(layer + 1);
    const BarRange range = activation_range(activation_of(layers[static_cast<std::size_t>(layer)]));
    looks.push_back({statistics(values), statistics(gradients), bars_of(values, range),
                     bars_of(gradients, gradient_range())});
  }
  return looks;
}

double scale_kept(const std::vector<LayerLook>& layers) {
  const double first = layers.front().values.root_mean_square;
  return first > 0 ? layers.back().values.root_mean_square / first : 0;
}

}  // namespace kg
