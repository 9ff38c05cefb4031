// Flatten: a picture as one long list of numbers, row by row, the channels of a pixel side by side.
#pragma once

#include <memory>
#include <string>

#include "engine/layer.h"
#include "engine/result.h"

namespace kg {

struct Flatten {
  static constexpr const char* kKerasName = "Flatten";
  static constexpr const char* kBaseName = "flatten";

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape&) const { return {}; }
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const { return "Flatten()"; }
};

}  // namespace kg
