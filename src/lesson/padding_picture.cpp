#include "lesson/padding_picture.h"

#include <algorithm>

#include "data/digit_generator.h"
#include "engine/rng.h"

namespace kg {
namespace {

constexpr SimpleFilter kFilters[] = {SimpleFilter::ones, SimpleFilter::blur, SimpleFilter::identity};

// A larger matrix of the same seed begins with the smaller one, so that a picture grows and is not replaced.
Tensor numbers(int n, std::uint64_t seed) {
  Tensor picture({1, n, n, 1});
  Rng rng(seed);
  for (int y = 0; y < kNumbersUpTo; ++y) {
    for (int x = 0; x < kNumbersUpTo; ++x) {
      const float value = static_cast<float>(1 + rng.below(9));
      if (y < n && x < n) picture.at(0, y, x, 0) = value;
    }
  }
  return picture;
}

// How much of the pixel [at, at + 1) lies in [from, to).
float overlap(int at, float from, float to) {
  const float start = static_cast<float>(at);
  return std::max(0.0f, std::min(start + 1, to) - std::max(start, from));
}

Tensor scaled(const Tensor& picture, int n) {
  const int side = picture.shape().h;
  if (n == side) return picture;
  const float step = static_cast<float>(side) / static_cast<float>(n);
  Tensor small({1, n, n, 1});
  for (int y = 0; y < n; ++y) {
    const float top = static_cast<float>(y) * step, bottom = top + step;
    for (int x = 0; x < n; ++x) {
      const float left = static_cast<float>(x) * step, right = left + step;
      float sum = 0;
      for (int v = static_cast<int>(top); v < side && static_cast<float>(v) < bottom; ++v) {
        for (int u = static_cast<int>(left); u < side && static_cast<float>(u) < right; ++u) {
          sum += picture.at(0, v, u, 0) * overlap(v, top, bottom) * overlap(u, left, right);
        }
      }
      small.at(0, y, x, 0) = sum / (step * step);
    }
  }
  return small;
}

}  // namespace

Tensor padding_picture(int n, int digit, std::uint64_t seed) {
  return n <= kNumbersUpTo ? numbers(n, seed) : scaled(generate_digit(digit, seed, Variety::neat), n);
}

Tensor with_border(const Tensor& picture, const PaddedAxis& axis) {
  Tensor wide({1, axis.padded(), axis.padded(), 1});
  for (int y = 0; y < axis.n; ++y) {
    for (int x = 0; x < axis.n; ++x) {
      wide.at(0, y + axis.before, x + axis.before, 0) = picture.at(0, y, x, 0);
    }
  }
  return wide;
}

const char* name_of(SimpleFilter filter) {
  switch (filter) {
    case SimpleFilter::ones:
      return "ones";
    case SimpleFilter::blur:
      return "blur";
    case SimpleFilter::identity:
      return "identity";
  }
  return "";
}

std::optional<SimpleFilter> simple_filter(std::string_view name) {
  for (const SimpleFilter filter : kFilters) {
    if (name == name_of(filter)) return filter;
  }
  return std::nullopt;
}

Filters simple_weights(SimpleFilter filter, int f) {
  Filters weights({f, f, 1, 1});
  const auto values = weights.values();
  if (filter == SimpleFilter::identity) {
    weights.at((f - 1) / 2, (f - 1) / 2, 0, 0) = 1;
  } else {
    std::fill(values.begin(), values.end(),
              filter == SimpleFilter::ones ? 1.0f : 1.0f / static_cast<float>(f * f));
  }
  return weights;
}

}  // namespace kg
