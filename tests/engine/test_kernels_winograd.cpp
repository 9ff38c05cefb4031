// Winograd's algorithm, both kernels, against the direct convolution in double precision.
//
// The tolerance. Each result is Σ over the 36 places of (products of Aᵀ twice) · Σ_i (filter transformed) ·
// (input transformed), and the transformed values are short sums themselves. A term is rounded at most
// 2·(2 + 3) times on the filter's way (products and additions of G, twice), 2·(1 + 5) on the input's (Bᵀ), I
// + 1 times in the middle, and 2·(1 + 5) + 1 on the way out (Aᵀ and bias). With all those roundings r, each
// by at most u = 2⁻²⁴ (Higham, as in tolerance.h), the result is off by at most γ_r times the same sum with
// all matrices, weights and values replaced by their absolute values.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <utility>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/winograd.h"
#include "engine/layers/window.h"
#include "kernel_compare.h"

using namespace kg;
using kernels::Conv2DSizes;

namespace {

using Grid = std::array<std::array<double, 6>, 6>;

constexpr double kG[6][3] = {{1.0 / 4, 0, 0},
                             {-1.0 / 6, -1.0 / 6, -1.0 / 6},
                             {-1.0 / 6, 1.0 / 6, -1.0 / 6},
                             {1.0 / 24, 1.0 / 12, 1.0 / 6},
                             {1.0 / 24, -1.0 / 12, 1.0 / 6},
                             {0, 0, 1}};
constexpr double kBt[6][6] = {{4, 0, -5, 0, 1, 0},  {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0},
                              {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}};
constexpr double kAt[4][6] = {
    {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}};

// |m| · |values| · |m|ᵀ
template <int R, int S>
Grid magnitudes(const double (&m)[R][S], const Grid& values) {
  Grid half{}, result{};
  for (std::size_t r = 0; r < R; ++r) {
    for (std::size_t c = 0; c < S; ++c) {
      for (std::size_t k = 0; k < S; ++k) half[r][c] += std::abs(m[r][k]) * std::abs(values[k][c]);
    }
  }
  for (std::size_t r = 0; r < R; ++r) {
    for (std::size_t c = 0; c < R; ++c) {
      for (std::size_t k = 0; k < S; ++k) result[r][c] += half[r][k] * std::abs(m[c][k]);
    }
  }
  return result;
}

struct Problem {
  Conv2DSizes s;
  const float *in, *filters, *bias;

  double pixel(int n, int y, int x, int i) const {
    const int row = y - s.pad_top, col = x - s.pad_left;
    if (row < 0 || row >= s.h || col < 0 || col >= s.w) return 0;
    return static_cast<double>(in[((n * s.h + row) * s.w + col) * s.in + i]);
  }
  double weight(int ky, int kx, int i, int o) const {
    if (ky >= s.kernel_h || kx >= s.kernel_w) return 0;
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
  // One piece of the filter, one channel.
  void add_magnitudes(Grid& sum, int n, int top, int left, int down, int right, int i, int o) const {
    Grid g{}, d{};
    for (int y = 0; y < 6; ++y) {
      for (int x = 0; x < 6; ++x) {
        const std::size_t row = static_cast<std::size_t>(y), col = static_cast<std::size_t>(x);
        d[row][col] = pixel(n, top + down + y, left + right + x, i);
        if (y < 3 && x < 3) g[row][col] = weight(down + y, right + x, i, o);
      }
    }
    const Grid u = magnitudes(kG, g), v = magnitudes(kBt, d);
    for (std::size_t k = 0; k < 36; ++k) sum[k / 6][k % 6] += u[k / 6][k % 6] * v[k / 6][k % 6];
  }
  // How far the outputs of the tile at (top, left) may be off, for filter o.
  Grid tolerance(int n, int top, int left, int o) const {
    Grid sum{};
    for (int down = 0; down < s.kernel_h; down += 3) {
      for (int right = 0; right < s.kernel_w; right += 3) {
        for (int i = 0; i < s.in; ++i) add_magnitudes(sum, n, top, left, down, right, i, o);
      }
    }
    Grid bound = magnitudes(kAt, sum);
    const double r = 10 + 12 + kernels::winograd_channels(s) + 1 + 13, unit = 0x1p-24,
                 gamma = r * unit / (1 - r * unit);
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
  std::vector<float> prepared(kernels::winograd_filters(s)), scratch(kernels::winograd_scratch(s));
  kernels::winograd_prepare(prepared.data(), filters.begin, s);
  const Problem problem{s, pixels.begin, filters.begin, with_bias ? bias.begin : nullptr};
  const std::size_t size = count(images, s.out_h, s.out_w, out);
  for (auto kernel : {kernels::winograd_ref, kernels::winograd_simd}) {
    CAPTURE((kernel == kernels::winograd_ref ? "reference" : "simd"));
    Output result(size, 1);
    kernel(result.begin, pixels.begin, prepared.data(), problem.bias, scratch.data(), s);
    REQUIRE(result.guards_stand());
    int wrong = 0;
    for (int n = 0; n < images; ++n) {
      for (int top = 0; top < s.out_h; top += 4) {
        for (int left = 0; left < s.out_w; left += 4) {
          for (int o = 0; o < out; ++o) {
            const Grid tolerance = problem.tolerance(n, top, left, o);
            for (int y = top; y < std::min(top + 4, s.out_h); ++y) {
              for (int x = left; x < std::min(left + 4, s.out_w); ++x) {
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
    for (auto [kernel_h, kernel_w] : {std::pair{5, 5}, {4, 3}, {3, 7}, {6, 4}}) {
      check(2, 9, 12, 8, 9, padding, false, true, kernel_h, kernel_w);
    }
  }
}
