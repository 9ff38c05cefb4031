// Dropout: while training, every value is put to 0 with probability `rate`; the others are divided by
// 1 − rate, so that the mean stays. Otherwise it does nothing. (Srivastava et al., 2014)
#pragma once

#include <memory>
#include <string>

#include "engine/layer.h"
#include "engine/result.h"

namespace kg {

struct Dropout {
  static constexpr const char* kKerasName = "Dropout";
  static constexpr const char* kBaseName = "dropout";
  float rate = 0.5f;  // 0 to below 1

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape&) const { return {}; }
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const;
};

}  // namespace kg
