// The kernels that go down the rows of (rows, C), and pooling, against their references. Each channel is
// taken in the order of the reference, so they are asked for the same bits.
#include <doctest/doctest.h>

#include <utility>

#include "engine/kernels/dispatch.h"
#include "engine/layers/window.h"
#include "kernel_compare.h"

using namespace kg;
using kernels::PoolSizes;

namespace {

// visit(rows, channels, count, offset) over sizes around the width of a vector.
template <class Visit>
void for_each_size(int least_rows, Visit visit) {
  for (int channels : {1, 2, 3, 4, 5, 7, 8, 9, 16, 17}) {
    for (int rows : {0, 1, 2, 5, 40}) {
      if (rows < least_rows) continue;
      CAPTURE(rows);
      CAPTURE(channels);
      visit(rows, channels, static_cast<std::size_t>(rows * channels), static_cast<std::size_t>(rows % 4));
    }
  }
}

}  // namespace

void compare_channel_sums() {
  for_each_size(0, [](int rows, int channels, std::size_t count, std::size_t offset) {
    const std::size_t width = static_cast<std::size_t>(channels);
    const Input values(count, offset, 1, Rng(count));
    InPlace expected(width, offset, 1, Rng(1)), sums(width, offset, 1, Rng(1));
    kernels::channel_sums_ref(expected.begin, values.begin, rows, channels);
    kernels::channel_sums_simd(sums.begin, values.begin, rows, channels);
    CHECK(difference(expected, sums, 0) == "");
  });
}

void compare_moments() {
  for_each_size(1, [](int rows, int channels, std::size_t count, std::size_t offset) {
    const std::size_t width = static_cast<std::size_t>(channels);
    const Input values(count, offset, 1, Rng(count));
    Output expected_mean(width, offset), expected_variance(width, offset);
    Output mean(width, offset), variance(width, offset);
    kernels::moments_ref(expected_mean.begin, expected_variance.begin, values.begin, rows, channels);
    kernels::moments_simd(mean.begin, variance.begin, values.begin, rows, channels);
    CHECK(difference(expected_mean, mean, 0) == "");
    CHECK(difference(expected_variance, variance, 0) == "");
  });
}

void compare_scale_shift() {
  for_each_size(0, [](int rows, int channels, std::size_t count, std::size_t offset) {
    const std::size_t width = static_cast<std::size_t>(channels);
    const Input in(count, offset, 1, Rng(count)), scale(width, 1, 2, Rng(1)), shift(width, 3, 2, Rng(2));
    Output expected(count, offset), out(count, offset);
    kernels::scale_shift_ref(expected.begin, in.begin, scale.begin, shift.begin, rows, channels);
    kernels::scale_shift_simd(out.begin, in.begin, scale.begin, shift.begin, rows, channels);
    CHECK(difference(expected, out, 0) == "");
  });
}

void compare_centred_products() {
  for_each_size(0, [](int rows, int channels, std::size_t count, std::size_t offset) {
    const std::size_t width = static_cast<std::size_t>(channels);
    const Input a(count, offset, 1, Rng(count)), b(count, 1, 1, Rng(count + 1)), mean(width, 2, 1, Rng(3));
    InPlace expected(width, offset, 1, Rng(1)), sums(width, offset, 1, Rng(1));
    kernels::centred_products_ref(expected.begin, a.begin, b.begin, mean.begin, rows, channels);
    kernels::centred_products_simd(sums.begin, a.begin, b.begin, mean.begin, rows, channels);
    CHECK(difference(expected, sums, 0) == "");
  });
}

void compare_blend() {
  for_each_size(0, [](int rows, int channels, std::size_t count, std::size_t offset) {
    const std::size_t width = static_cast<std::size_t>(channels);
    const Input a(count, offset, 1, Rng(count)), b(count, 1, 1, Rng(count + 1));
    const Input by_a(width, 1, 2, Rng(1)), by_b(width, 2, 2, Rng(2)), plus(width, 3, 2, Rng(3));
    Output expected(count, offset), out(count, offset);
    kernels::blend_ref(expected.begin, a.begin, b.begin, by_a.begin, by_b.begin, plus.begin, rows, channels);
    kernels::blend_simd(out.begin, a.begin, b.begin, by_a.begin, by_b.begin, plus.begin, rows, channels);
    CHECK(difference(expected, out, 0) == "");
  });
}

namespace {

struct PoolCase {
  PoolSizes sizes;
  std::size_t in, out, offset;
};

// visit(case) over images, windows, strides, paddings and channels.
template <class Visit>
void for_each_pool(Visit visit) {
  std::size_t number = 0;
  for (auto [h, w] : {std::pair{1, 1}, {2, 3}, {5, 4}, {7, 9}}) {
    for (auto [window_h, window_w] : {std::pair{1, 1}, {2, 2}, {3, 3}, {2, 3}, {4, 1}}) {
      for (auto [down, right] : {std::pair{1, 1}, {2, 2}, {1, 2}, {3, 2}}) {
        for (Padding padding : {Padding::valid, Padding::same}) {
          if (padding == Padding::valid && (window_h > h || window_w > w)) continue;
          for (int channels : {1, 3, 4, 6, 8, 13}) {
            const WindowAxis y = window_axis(h, window_h, down, 1, padding);
            const WindowAxis x = window_axis(w, window_w, right, 1, padding);
            PoolSizes s;
            s.images = static_cast<int>(number % 3);
            s.h = h, s.w = w, s.channels = channels, s.out_h = y.out, s.out_w = x.out;
            s.window_h = window_h, s.window_w = window_w, s.stride_y = down, s.stride_x = right;
            s.pad_top = y.before, s.pad_left = x.before;
            INFO(s.images << " of " << h << "×" << w << "×" << channels << ", window " << window_h << "×"
                          << window_w << ", stride " << down << "×" << right << ", " << name_of(padding));
            const int in = s.images * h * w * channels, out = s.images * y.out * x.out * channels;
            visit(PoolCase{s, static_cast<std::size_t>(in), static_cast<std::size_t>(out), number++ % 4});
          }
        }
      }
    }
  }
}

// Coarse values, so that windows have several largest ones.
Input coarse(const PoolCase& c) {
  Input in(c.in, c.offset, 1, Rng(c.in));
  for (float& value : in.all) value = std::round(value * 3);
  return in;
}

}  // namespace

void compare_max_pool() {
  for_each_pool([](const PoolCase& c) {
    const Input in = coarse(c);
    Output expected(c.out, c.offset), out(c.out, c.offset);
    kernels::max_pool_ref(expected.begin, in.all.data() + c.offset, c.sizes);
    kernels::max_pool_simd(out.begin, in.all.data() + c.offset, c.sizes);
    CHECK(difference(expected, out, 0) == "");
  });
}

void compare_max_pool_gradient() {
  for_each_pool([](const PoolCase& c) {
    const Input in = coarse(c), dout(c.out, c.offset, 1, Rng(7));
    Output out(c.out, c.offset);
    kernels::max_pool_ref(out.begin, in.all.data() + c.offset, c.sizes);
    Output expected(c.in, c.offset), din(c.in, c.offset);
    kernels::max_pool_gradient_ref(expected.begin, dout.begin, in.all.data() + c.offset, out.begin, c.sizes);
    kernels::max_pool_gradient_simd(din.begin, dout.begin, in.all.data() + c.offset, out.begin, c.sizes);
    CHECK(difference(expected, din, 0) == "");
  });
}

void compare_average_pool() {
  for_each_pool([](const PoolCase& c) {
    const Input in(c.in, c.offset, 1, Rng(c.in));
    Output expected(c.out, c.offset), out(c.out, c.offset);
    kernels::average_pool_ref(expected.begin, in.begin, c.sizes);
    kernels::average_pool_simd(out.begin, in.begin, c.sizes);
    CHECK(difference(expected, out, 0) == "");
  });
}

void compare_average_pool_gradient() {
  for_each_pool([](const PoolCase& c) {
    const Input dout(c.out, c.offset, 1, Rng(7));
    Output expected(c.in, c.offset), din(c.in, c.offset);
    kernels::average_pool_gradient_ref(expected.begin, dout.begin, c.sizes);
    kernels::average_pool_gradient_simd(din.begin, dout.begin, c.sizes);
    CHECK(difference(expected, din, 0) == "");
  });
}
