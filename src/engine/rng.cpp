#include "engine/rng.h"

#include <cassert>
#include <cmath>

#include "engine/exact_math.h"

namespace kg {
namespace {

constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15u;  // 2⁶⁴ / golden ratio, odd

// Every input bit changes about half of the output bits; one to one. (Variant 13 of D. Stafford, "Better bit
// mixing".)
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

}  // namespace

std::uint64_t Rng::next_u64() {
  state_ += kStep;
  return mix(state_);
}

std::uint32_t Rng::next_u32() { return static_cast<std::uint32_t>(next_u64() >> 32); }

float Rng::uniform() { return static_cast<float>(next_u32() >> 8) * 0x1p-24f; }

float Rng::uniform(float lo, float hi) {
  assert(lo <= hi);
  const float value = lo + (hi - lo) * uniform();
  return value < hi ? value : lo;  // the sum may have been rounded up to hi
}

// A point (u, v) in the unit disc, s = u² + v² its squared distance: u·√(−2·ln s / s) is normal, and so is
// v's, which is thrown away so that the state stays one number.
float Rng::normal() {
  for (;;) {
    const double u = 2.0 * static_cast<double>(uniform()) - 1.0;
    const double v = 2.0 * static_cast<double>(uniform()) - 1.0;
    const double s = u * u + v * v;
    if (s >= 1 || s == 0) continue;
    return static_cast<float>(u * std::sqrt(-2.0 * natural_log(s) / s));
  }
}

// The upper half of n·(random 32 bits) is in 0 … n − 1. Some of its values would be hit once more often than
// others: the surplus are those with the lowest lower halves, and they are drawn again (Lemire, "Fast random
// integer generation in an interval", 2019).
std::uint32_t Rng::below(std::uint32_t n) {
  assert(n >= 1);
  const std::uint32_t surplus = (0u - n) % n;  // 2³² mod n
  for (;;) {
    const std::uint64_t product = std::uint64_t{next_u32()} * n;
    if (static_cast<std::uint32_t>(product) >= surplus) return static_cast<std::uint32_t>(product >> 32);
  }
}

Rng Rng::fork(std::uint64_t stream) const { return Rng(mix(state_ ^ mix(stream + kStep))); }

}  // namespace kg
