// Pooling: every window of a picture becomes one value, channel by channel.
//
//   MaxPooling2D      the largest; its gradient goes to the first place of the window (row by row) with it
//   AveragePooling2D  the mean; its gradient goes to all places in equal shares
//
// Places of the border that `same` padding adds never count: not as zeros, and not in the mean.
#pragma once

#include <memory>
#include <string>

#include "engine/layer.h"
#include "engine/layers/window.h"
#include "engine/result.h"

namespace kg {

struct MaxPooling2D {
  static constexpr const char* kKerasName = "MaxPooling2D";
  static constexpr const char* kBaseName = "max_pooling2d";
  Size2 pool = {2, 2};
  Size2 strides = {0, 0};  // 0: as the pool
  Padding padding = Padding::valid;

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape&) const { return {}; }
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const;
};

struct AveragePooling2D {
  static constexpr const char* kKerasName = "AveragePooling2D";
  static constexpr const char* kBaseName = "average_pooling2d";
  Size2 pool = {2, 2};
  Size2 strides = {0, 0};
  Padding padding = Padding::valid;

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape&) const { return {}; }
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const;
};

}  // namespace kg
