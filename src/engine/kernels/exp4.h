// eˣ and tanh, four at a time, in the same steps as exponential() and hyperbolic_tangent() of exact_math.h,
// which explain them.
#pragma once

#include "engine/kernels/simd.h"

namespace kg {

namespace exp_constants {
constexpr float kLowest = -87.3f, kHighest = 88.0f;
constexpr float kLog2E = 1.44269504088896341f;
constexpr float kRounder = 12582912.0f;  // 1.5·2²³: added and taken away again, it rounds to a whole number
constexpr float kLn2High = 0.693359375f, kLn2Low = -2.12194440e-4f;
constexpr float kTerm[] = {1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f,
                           4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f};
}  // namespace exp_constants

namespace tanh_constants {
constexpr float kSmall = 0.625f;
constexpr float kTerm[] = {-5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f,
                           -3.33332819422e-1f};
}  // namespace tanh_constants

namespace simd {

inline Float4 exp(Float4 x) {
  using namespace exp_constants;
  x = max(x, splat(kLowest));
  x = min(x, splat(kHighest));
  const Float4 rounder = splat(kRounder);
  const Float4 n = sub(add(mul(x, splat(kLog2E)), rounder), rounder);
  const Float4 r = sub(sub(x, mul(n, splat(kLn2High))), mul(n, splat(kLn2Low)));
  Float4 p = splat(kTerm[0]);
  KG_UNROLL for (int k = 1; k < 6; ++k) p = add(mul(p, r), splat(kTerm[k]));
  p = add(mul(p, mul(r, r)), add(r, splat(1.0f)));
  return mul(p, power_of_two(n));
}

inline Float4 tanh(Float4 x) {
  using namespace tanh_constants;
  const Float4 zero = splat(0.0f), one = splat(1.0f), two = splat(2.0f);
  const Mask negative = less(x, zero);
  const Float4 size = select(negative, sub(zero, x), x);
  const Float4 z = mul(x, x);
  Float4 p = splat(kTerm[0]);
  KG_UNROLL for (int k = 1; k < 5; ++k) p = add(mul(p, z), splat(kTerm[k]));
  p = add(mul(mul(p, z), x), x);
  const Float4 y = sub(one, div(two, add(exp(add(size, size)), one)));
  return select(less(size, splat(kSmall)), p, select(negative, sub(zero, y), y));
}

}  // namespace simd
}  // namespace kg
