// Activations: what a neuron makes of its weighted sum.
//
//   relu(x)       = max(x, 0): below its threshold the neuron does not fire
//   leaky_relu(x) = x if x > 0, else slope·x
//   sigmoid(x)    = 1 / (1 + e⁻ˣ)
//   tanh(x)
//   softmax(x)    = eˣ / Σ eˣ over the channels: shares that add up to 1
//
// Not-a-number stays what it is, so that a training run that has gone astray is not hidden.
//
// In the network they are either a part of Conv2D and Dense, or a layer of their own.
#pragma once

#include <memory>
#include <string>

#include "engine/layer.h"
#include "engine/result.h"

namespace kg {

enum class ActivationKind { linear, relu, leaky_relu, sigmoid, tanh, softmax };

constexpr float kLeakySlope = 0.2f;  // Keras' negative_slope where a layer only names "leaky_relu"

const char* name_of(ActivationKind kind);  // as in Keras

// values (rows, C) in place.
void activate(ActivationKind kind, float* values, int rows, int channels, float slope = kLeakySlope);

// d (rows, C) in place: from ∂loss/∂out to ∂loss/∂x, given out, what activate() gave.
void activation_gradient(ActivationKind kind, float* d, const float* out, int rows, int channels,
                         float slope = kLeakySlope);

// The layer.
struct Activation {
  static constexpr const char* kKerasName = "Activation";
  static constexpr const char* kBaseName = "activation";
  ActivationKind activation = ActivationKind::relu;
  float slope = kLeakySlope;  // of leaky_relu; more than 0

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape&) const { return {}; }
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const;
};

// relu of a whole tensor; runs the active kernel.
Tensor relu(const Tensor& in);

}  // namespace kg
