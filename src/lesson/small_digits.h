// Small digits: generated digits averaged down to 7×7, for nets that have to answer at every touch of a
// slider.
#pragma once

#include <cstdint>

#include "lesson/training_run.h"

namespace kg {

inline constexpr int kSmallSide = 7;

// So many of the stream `seed`, each pixel the mean of 4×4 of the digit's 28×28.
Digits small_digits(std::uint64_t seed, int count);

}  // namespace kg
