#include "lesson/small_net.h"

#include <algorithm>
#include <cmath>

namespace kg {
namespace {

// A layer is a Dense for the sums, an Activation, and behind it a linear Activation that only passes on. The
// gradient behind an activation is overwritten by the one at its sums on the way back (network.h); in front
// of the linear one that happens, behind it ∂L/∂a stays to be read.
constexpr int kParts = 3;
constexpr int dense(int layer) { return kParts * layer; }
constexpr int input_place(int layer) { return kParts * layer; }
constexpr int sum_place(int layer) { return kParts * layer + 1; }
constexpr int output_place(int layer) { return kParts * (layer + 1); }

Network build(const std::array<ActivationKind, SmallNet::kLayers>& activations, std::uint64_t seed) {
  std::vector<LayerDescription> layers;
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    layers.push_back(Dense{.units = small_grid(layer).out});
    layers.push_back(Activation{activations[static_cast<std::size_t>(layer)]});
    layers.push_back(Activation{ActivationKind::linear});
  }
  return Network::build(SampleShape(SmallNet::kInputs), std::move(layers), seed).value();
}

std::vector<float> list(std::span<const float> values) { return {values.begin(), values.end()}; }

}  // namespace

SmallNet SmallNet::from_seed(std::uint64_t seed) {
  SmallNet net;
  const Network network = build(net.activations, seed);
  for (int layer = 0; layer < kLayers; ++layer) {
    std::vector<float>& to = net.parameters[static_cast<std::size_t>(layer)];
    for (const Parameter& p : network.parameters(dense(layer))) {
      for (const float value : p.values) {
        to.push_back(static_cast<float>(std::round(static_cast<double>(value) * 100) / 100));
      }
    }
  }
  return net;
}

SmallNetwork::SmallNetwork(const SmallNet& net)
    : activations_(net.activations),
      network_(build(net.activations, 0)),
      trainer_(network_, {}, Loss::mean_squared_error, 1, true) {
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    auto from = net.parameters[static_cast<std::size_t>(layer)].begin();
    for (Parameter& p : network_.parameters(dense(layer))) {
      const auto count = static_cast<std::ptrdiff_t>(p.values.size());
      std::copy(from, from + count, p.values.begin());
      from += count;
    }
  }
  network_.parameters_changed();
}

Result<SmallPass> SmallNetwork::pass(const SmallExample& example) {
  const Result<StepReport> report = trainer_.gradients(example.inputs, std::span(&example.label, 1));
  if (!report) return report.error();
  SmallPass pass;
  pass.loss = report->loss;
  pass.targets.assign(SmallNet::kOutputs, 0);
  pass.targets[static_cast<std::size_t>(example.label)] = 1;
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    SmallPass::LayerPass& to = pass.layers[static_cast<std::size_t>(layer)];
    to.inputs = list(network_.values(input_place(layer)));
    to.sums = list(network_.values(sum_place(layer)));
    to.activations = list(network_.values(output_place(layer)));
    to.wishes = list(network_.gradient(output_place(layer)));
    // The slope is what the engine makes of a gradient of 1.
    to.slopes.assign(to.sums.size(), 1);
    activation_gradient(activation(layer), to.slopes.data(), to.activations.data(), 1,
                        static_cast<int>(to.sums.size()));
    for (const Parameter& p : network_.parameters(dense(layer))) {
      to.gradients.insert(to.gradients.end(), p.gradient.begin(), p.gradient.end());
    }
  }
  pass.prediction = largest(pass.outputs());
  return pass;
}

Status SmallNetwork::update(const SmallExample& example, float rate) {
  trainer_.settings().learning_rate = rate;
  const Result<StepReport> report = trainer_.step(example.inputs, std::span(&example.label, 1));
  return report ? Status(Done{}) : Status(report.error());
}

SmallNet SmallNetwork::net() const {
  SmallNet net;
  net.activations = activations_;
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    std::vector<float>& to = net.parameters[static_cast<std::size_t>(layer)];
    for (const Parameter& p : network_.parameters(dense(layer))) {
      to.insert(to.end(), p.values.begin(), p.values.end());
    }
  }
  return net;
}

GradientComparison SmallNetwork::check(const SmallExample& example, int layer, int index) {
  GradientCheck check(network_, Loss::mean_squared_error, example.inputs, std::span(&example.label, 1), true);
  const WeightGrid grid = small_grid(layer);
  const bool bias = index >= grid.weights();
  return check.compare(
      {dense(layer), bias ? 1 : 0, static_cast<std::size_t>(bias ? index - grid.weights() : index)});
}

}  // namespace kg
