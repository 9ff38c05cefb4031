// Winograd's algorithm, both kernels, against the direct convolution in double precision.
//
// The tolerance. Each result is Σ over the P² places of (products of Aᵀ twice) · Σ_i (filter transformed) ·
// (input transformed), and the transformed values are short sums themselves, of at most P = 8 terms. A term
// is rounded at most 2·(2 + 8) times on the filter's way (G's entries are rounded twice themselves; a product
// and additions, twice), 2·(1 + 8) on the input's (Bᵀ), I + 1 times in the middle, and 2·(1 + 8) + 1 on the
// way out (Aᵀ and bias). With all those roundings r, each by at most u = 2⁻²⁴ (Higham, as in tolerance.h),
// the result is off by at most γ_r times the same sum with all matrices, weights and values replaced by their
// absolute values.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/winograd.h"
#include "engine/layers/window.h"
#include "kernel_compare.h"

using namespace kg;
using kernels::Conv2DSizes;

namespace {

constexpr std::size_t kMax = 8;
using Grid = std::array<std::array<double, kMax>, kMax>;

constexpr double kPoints[] = {0, 1, -1, 2, -2, 0.5, -0.5};

// The matrices, up to signs, as the formulas in winograd.h have them. What is not used stays 0.
struct Matrices {
  Grid at{}, g{}, bt{};

  Matrices(std::size_t points, std::size_t cells) {
    const std::size_t outputs = points - cells + 1, infinity = points - 1;
    for (std::size_t p = 0; p < infinity; ++p) {
      std::vector<double> polynomial = {1};  // Π (x − x_q), q ≠ p
      double scale = 1;
      for (std::size_t q = 0; q < infinity; ++q) {
        if (q == p) continue;
        polynomial = times(polynomial, kPoints[q]);
        scale *= kPoints[p] - kPoints[q];
      }
      std::copy(polynomial.begin(), polynomial.end(), bt[p].begin());
      for (std::size_t k = 0; k < cells; ++k) g[p][k] = power(kPoints[p], k) / scale;
      for (std::size_t k = 0; k < outputs; ++k) at[k][p] = power(kPoints[p], k);
    }
    std::vector<double> all = {1};
    for (std::size_t q = 0; q < infinity; ++q) all = times(all, kPoints[q]);
    std::copy(all.begin(), all.end(), bt[infinity].begin());
    g[infinity][cells - 1] = 1;
    at[outputs - 1][infinity] = 1;
  }
  static double power(double x, std::size_t k) { return k == 0 ? 1 : x * power(x, k - 1); }
  static std::vector<double> times(const std::vector<double>& polynomial, double root) {
    std::vector<double> result(polynomial.size() + 1);
    for (std::size_t k = 0; k < polynomial.size(); ++k) {
      result[k + 1] += polynomial[k];
      result[k] -= root * polynomial[k];
    }
    return result;
  }
};

// |m| · |values| · |m|ᵀ
Grid magnitudes(const Grid& m, const Grid& values) {
  Grid half{}, result{};
  for (std::size_t r = 0; r < kMax; ++r) {
    for (std::size_t c = 0; c < kMax; ++c) {
      for (std::size_t k = 0; k < kMax; ++k) half[r][c] += std::abs(m[r][k]) * std::abs(values[k][c]);
    }
  }
  for (std::size_t r = 0; r < kMax; ++r) {
    for (std::size_t c = 0; c < kMax; ++c) {
      for (std::size_t k = 0; k < kMax; ++k) result[r][c] += half[r][k] * std::abs(m[c][k]);
    }
  }
  return result;
}

struct Problem {
  Conv2DSizes s;
  const float *in, *filters, *bias;
  Matrices matrices;
  std::size_t places;  // along an axis

  double pixel(int n, int y, int x, int i) const {
    const int row = y - s.pad_top, col = x - s.pad_left;
    if (row < 0 || row >= s.h || col < 0 || col >= s.w) return 0;
    return static_cast<double>(in[((n * s.h + row) * s.w + col) * s.in + i]);
  }
  double weight(int ky, int kx, int i, int o) const {
    return static_cast<double>(filters[((ky * s.kernel_w + kx) * s.in + i) * s.out + o]);
  }
  double exact(int n, int y, int x, int o) const {
    double sum = bias ? static_cast<double>(bias[o]) : 0;
    for (int ky = 0; ky < s.kernel_h; ++ky) {
      for (int kx = 0; kx < s.kernel_w; ++kx) {
        for (int i = 0; i < s.in; ++i) sum += pixel(n, y + ky, x + kx, i) * weight(ky, kx, i, o);
      }
    }
    return s.relu && sum < 0 ? 0 : sum;
  }
  void add_magnitudes(Grid& sum, int n, int top, int left, int i, int o) const {
    Grid g{}, d{};
    for (std::size_t y = 0; y < places; ++y) {
      for (std::size_t x = 0; x < places; ++x) {
        const int row = static_cast<int>(y), col = static_cast<int>(x);
        d[y][x] = pixel(n, top + row, left + col, i);
        g[y][x] = row < s.kernel_h && col < s.kernel_w ? weight(row, col, i, o) : 0;
      }
    }
    const Grid u = magnitudes(matrices.g, g), v = magnitudes(matrices.bt, d);
    for (std::size_t y = 0; y < places; ++y) {
      for (std::size_t x = 0; x < places; ++x) sum[y][x] += u[y][x] * v[y][x];
    }
  }
  // How far the outputs of the block at (top, left) may be off, for filter o.
  Grid tolerance(int n, int top, int left, int o) const {
    Grid sum{};
    for (int i = 0; i < s.in; ++i) add_magnitudes(sum, n, top, left, i, o);
    Grid bound = magnitudes(matrices.at, sum);
    const double r = 20 + 18 + s.in + 1 + 19, unit = 0x1p-24, gamma = r * unit / (1 - r * unit);
    for (auto& row : bound) {
      for (double& value : row) value = gamma * (value + (bias ? std::abs(static_cast<double>(bias[o])) : 0));
    }
    return bound;
  }
};

void check(int images, int h, int w, int in, int out, Padding padding, bool relu, bool with_bias,
           int kernel_h = 3, int kernel_w = 3) {
  INFO(images << " of " << h << "×" << w << "×" << in << ", " << out << " filters, " << name_of(padding)
              << ", " << kernel_h << "×" << kernel_w << (relu ? ", relu" : "")
              << (with_bias ? ", with bias" : ""));
  const WindowAxis y_axis = window_axis(h, kernel_h, 1, 1, padding),
                   x_axis = window_axis(w, kernel_w, 1, 1, padding);
  Conv2DSizes s;
  s.images = images, s.h = h, s.w = w, s.in = in, s.out = out, s.kernel_h = kernel_h, s.kernel_w = kernel_w;
  s.out_h = y_axis.out, s.out_w = x_axis.out, s.pad_top = y_axis.before, s.pad_left = x_axis.before;
  s.relu = relu;
  const auto count = [](int a, int b, int c, int d) { return static_cast<std::size_t>(a * b * c * d); };
  const Input pixels(count(images, h, w, in), 1, 2, Rng(1)),
      filters(count(kernel_h, kernel_w, in, out), 2, 1, Rng(2));
  const Input bias(static_cast<std::size_t>(out), 3, 1, Rng(3));
  const kernels::WinogradSizes sizes(s);
  std::vector<float> prepared(sizes.prepared()), scratch(sizes.scratch());
  kernels::winograd_prepare(prepared.data(), filters.begin, sizes);
  const std::size_t points = static_cast<std::size_t>(sizes.points);
  const Problem problem{s,
                        pixels.begin,
                        filters.begin,
                        with_bias ? bias.begin : nullptr,
                        Matrices(points, static_cast<std::size_t>(sizes.cells)),
                        points};
  const int tile = sizes.tile;
  const std::size_t size = count(images, s.out_h, s.out_w, out);
  for (auto kernel : {kernels::winograd_ref, kernels::winograd_simd}) {
    CAPTURE((kernel == kernels::winograd_ref ? "reference" : "simd"));
    Output result(size, 1);
    kernel(result.begin, pixels.begin, prepared.data(), problem.bias, scratch.data(), sizes);
    REQUIRE(result.guards_stand());
    int wrong = 0;
    for (int n = 0; n < images; ++n) {
      for (int top = 0; top < s.out_h; top += tile) {
        for (int left = 0; left < s.out_w; left += tile) {
          for (int o = 0; o < out; ++o) {
            const Grid tolerance = problem.tolerance(n, top, left, o);
            for (int y = top; y < std::min(top + tile, s.out_h); ++y) {
              for (int x = left; x < std::min(left + tile, s.out_w); ++x) {
                const double value =
                    static_cast<double>(result.begin[((n * s.out_h + y) * s.out_w + x) * out + o]);
                const double bound =
                    tolerance[static_cast<std::size_t>(y - top)][static_cast<std::size_t>(x - left)];
                // Asked this way round, not-a-number is wrong.
                wrong += !(std::abs(value - problem.exact(n, y, x, o)) <= bound);
              }
            }
          }
        }
      }
    }
    CHECK(wrong == 0);
  }
}

}  // namespace

void compare_winograd() {
  for (Padding padding : {Padding::valid, Padding::same}) {
    for (int side : {3, 4, 5, 6, 7, 9, 12}) {
      check(1, side, side + 2, 4, 4, padding, false, true);
      check(2, side + 1, side, 5, 3, padding, true, false);
    }
    check(3, 14, 11, 16, 17, padding, true, true);  // more tiles than are worked on at once
    check(1, 8, 8, 33, 20, padding, false, false);
    check(1, 3, 40, 1, 1, padding, false, true);
    for (auto [kernel_h, kernel_w] : {std::pair{5, 5}, {7, 7}, {4, 3}, {3, 7}, {6, 4}, {1, 2}}) {
      check(2, 9, 12, 8, 9, padding, false, true, kernel_h, kernel_w);
    }
  }
}
