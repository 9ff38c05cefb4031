#include "engine/exact_math.h"

#include <bit>
#include <cstdint>

#include "engine/kernels/exp4.h"

namespace kg {

//   x = m·2^e with m in [√½, √2), so ln x = e·ln 2 + ln m, and with z = (m − 1) / (m + 1), |z| < 0.172:
//   ln m = 2·(z + z³/3 + z⁵/5 + …), whose first term left out here is z²¹/21 < 1e-17.
double natural_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int e = static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000F'FFFF'FFFF'FFFFu) | 0x3FF0'0000'0000'0000u);  // in [1, 2)
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e += 1;
  }
  const double z = (m - 1) / (m + 1);
  const double z2 = z * z;
  double series = 0;
  for (int k = 19; k >= 1; k -= 2) series = series * z2 + 1.0 / k;
  return e * 0.6931471805599453 + 2 * z * series;
}

//   x = n·ln 2 + r with whole n and |r| ≤ ½·ln 2, so eˣ = 2ⁿ·eʳ. ln 2 is taken off in two parts, of which the
//   first has so few bits that n times it is exact.
float exponential(float x) {
  using namespace exp_constants;
  x = x < kLowest ? kLowest : kHighest < x ? kHighest : x;
  if (x != x) return x;
  const float n = (x * kLog2E + kRounder) - kRounder;
  const float r = (x - n * kLn2High) - n * kLn2Low;
  float p = kTerm[0];
  for (int k = 1; k < 6; ++k) p = p * r + kTerm[k];
  p = p * (r * r) + (r + 1.0f);
  const std::uint32_t power = static_cast<std::uint32_t>(static_cast<std::int32_t>(n) + 127) << 23;
  return p * std::bit_cast<float>(power);
}

float hyperbolic_tangent(float x) {
  using namespace tanh_constants;
  const float size = x < 0 ? -x : x;
  if (size < kSmall) {
    const float z = x * x;
    float p = kTerm[0];
    for (int k = 1; k < 5; ++k) p = p * z + kTerm[k];
    return p * z * x + x;
  }
  const float y = 1.0f - 2.0f / (exponential(size + size) + 1.0f);
  return x < 0 ? -y : y;
}

}  // namespace kg
