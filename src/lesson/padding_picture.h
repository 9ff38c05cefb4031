// Padding picture: what the lesson `padding` slides its filter over: an n×n picture, the same one with its
// border of zeros, and the f×f filter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/tensor.h"
#include "lesson/padded_axis.h"

namespace kg {

// Up to this side the picture is a matrix of whole numbers, large enough on the stage to be read.
inline constexpr int kNumbersUpTo = 9;

// (1, n, n, 1). Whole numbers from 1 to 9 up to kNumbersUpTo; beyond, the digit in 0..1, scaled to n×n by the
// mean of the area that each pixel covers (28×28 is the digit itself).
Tensor padding_picture(int n, int digit, std::uint64_t seed);

// The picture with its zeros: (1, padded, padded, 1).
Tensor with_border(const Tensor& picture, const PaddedAxis& axis);

enum class SimpleFilter {
  ones,      // adds up its block
  blur,      // the mean of its block: every weight 1/f²
  identity,  // hands on the middle of its block; of an even filter, the place nearer to the top and left
};

const char* name_of(SimpleFilter filter);
std::optional<SimpleFilter> simple_filter(std::string_view name);
Filters simple_weights(SimpleFilter filter, int f);

}  // namespace kg
