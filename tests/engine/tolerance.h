// How far two computations of the same sum may differ when only rounding tells them apart.
//
// One float operation gives the exact result times (1 + δ), |δ| ≤ u = ε/2 = 2⁻²⁴ (there is no overflow or
// underflow in the tests). In s = b + x₁·w₁ + … + xₘ·wₘ the term xₖ·wₖ is rounded once when multiplied and at
// most m times while adding, in whatever order; a fused multiply-add leaves out some of these roundings and
// adds none. So with r = m + 1 roundings at most (Higham, "Accuracy and Stability of Numerical Algorithms",
// 2nd ed., section 3.1):
//
//   |computed − exact| ≤ γ·(|b| + Σ|xₖ·wₖ|) ≤ γ·(max|b| + m·max|x|·max|w|),   γ = r·u / (1 − r·u)
//
// and two computations differ from each other by at most twice that.
#pragma once

#include <limits>

inline double sum_of_products_tolerance(int m, double max_x, double max_w, double max_b) {
  const double u = std::numeric_limits<float>::epsilon() / 2.0;
  const double r = m + 1;
  const double gamma = r * u / (1 - r * u);
  return 2 * gamma * (max_b + m * max_x * max_w);
}
