// BatchNormalization: every channel is brought to mean 0 and standard deviation 1, then scaled and shifted by
// what is learned. (Ioffe and Szegedy, 2015)
//
//   out(…, c) = gamma(c)·(in(…, c) − mean(c)) / √(variance(c) + epsilon) + beta(c)
//
// While training, mean and variance are those of the batch (over images, rows and columns; the variance is
// the mean square distance from the mean), and the moving averages follow them: moving = moving·momentum + of
// the batch·(1 − momentum). Otherwise the moving averages are used. As Keras 3.
#pragma once

#include <memory>
#include <string>

#include "engine/layer.h"
#include "engine/result.h"

namespace kg {

// Parameters: gamma, beta, moving_mean, moving_variance, each (C); the latter two are not learned.
struct BatchNormalization {
  static constexpr const char* kKerasName = "BatchNormalization";
  static constexpr const char* kBaseName = "batch_normalization";
  float momentum = 0.99f;  // 0 to 1
  float epsilon = 1e-3f;   // more than 0

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape& in) const;
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const;
};

}  // namespace kg
