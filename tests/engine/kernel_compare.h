// What the tests share that compare a SIMD kernel with its reference.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "engine/rng.h"

// Floats that begin `offset` floats behind whatever the allocator gave, and end where the allocation ends, so
// that the sanitizer sees every read behind them.
struct Input {
  Input(std::size_t count, std::size_t offset, float limit, kg::Rng rng)
      : all(offset + count), begin(all.data() + offset) {
    for (float& value : all) value = rng.uniform(-limit, limit);
  }
  std::vector<float> all;
  const float* begin;
};

// Room for results, with guards on both sides. Begins as not-a-number, so that a forgotten result shows.
struct Output {
  static constexpr std::size_t kGuards = 8;
  static constexpr float kGuard = -77.0f;

  Output(std::size_t size, std::size_t offset)
      : count(size), all(kGuards + offset + size + kGuards, kGuard), begin(all.data() + kGuards + offset) {
    std::fill(begin, begin + count, std::numeric_limits<float>::quiet_NaN());
  }
  bool guards_stand() const {
    const auto untouched = [](float value) { return value == kGuard; };
    const float* end = begin + count;
    return std::all_of(all.data(), static_cast<const float*>(begin), untouched) &&
           std::all_of(end, all.data() + all.size(), untouched);
  }
  std::size_t count;
  std::vector<float> all;
  float* begin;
};

// The same bits, or both not a number: of these there are many, and which one it is means nothing.
inline bool same(float a, float b) {
  return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b));
}
inline bool same_bits(const float* a, const float* b, std::size_t count) {
  return std::equal(a, a + count, b, same);
}

// "" if the results agree, else where they do not. A tolerance of 0 asks for the same bits.
inline std::string difference(const Output& reference, const Output& simd, double tolerance) {
  if (!reference.guards_stand()) return "the reference wrote outside of its output";
  if (!simd.guards_stand()) return "the SIMD kernel wrote outside of its output";
  for (std::size_t k = 0; k < reference.count; ++k) {
    const float a = reference.begin[k], b = simd.begin[k];
    const bool agree =
        tolerance == 0 ? same(a, b) : std::abs(static_cast<double>(a) - static_cast<double>(b)) <= tolerance;
    if (!agree) {
      return "value " + std::to_string(k) + " is " + std::to_string(b) + " instead of " + std::to_string(a) +
             " (tolerance " + std::to_string(tolerance) + ")";
    }
  }
  return "";
}

// Room that is both: starts with numbers, is changed in place. Guards on both sides.
struct InPlace : Output {
  InPlace(std::size_t size, std::size_t offset, float limit, kg::Rng rng) : Output(size, offset) {
    for (std::size_t k = 0; k < count; ++k) begin[k] = rng.uniform(-limit, limit);
  }
};
