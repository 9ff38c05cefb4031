// Dense: every output is a weighted sum of all inputs.
//
//   out(…, o) = bias(o) + Σ_i in(…, i)·kernel(i, o)
//
// over the last axis, as Keras does it: of a picture (H, W, C) every pixel by itself.
#pragma once

#include <memory>
#include <string>

#include "engine/initializer.h"
#include "engine/layer.h"
#include "engine/layers/activation.h"
#include "engine/result.h"

namespace kg {

// Parameters: kernel (I, O), bias (O).
struct Dense {
  static constexpr const char* kKerasName = "Dense";
  static constexpr const char* kBaseName = "dense";
  int units = 1;
  ActivationKind activation = ActivationKind::linear;
  bool use_bias = true;
  Initializer kernel_initializer = {};
  Initializer bias_initializer = {Initializer::Kind::zeros};
  float l2 = 0;  // of the kernel

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape& in) const;
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const;
};

}  // namespace kg
