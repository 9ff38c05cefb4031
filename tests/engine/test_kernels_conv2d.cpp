// The kernels of convolution against their references, over sizes around the width of a vector.
#include <doctest/doctest.h>

#include <utility>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/turn_filters.h"
#include "engine/layers/conv2d.h"
#include "kernel_compare.h"
#include "tolerance.h"

using namespace kg;
using kernels::Conv2DSizes;

namespace {

constexpr float kMaxIn = 2.0f, kMaxWeight = 1.0f, kMaxBias = 0.5f;

struct Conv2DCase {
  Shape in;
  FilterShape filters;
  Conv2DSettings settings;
  bool bias = true;
  std::size_t offset = 0;  // of every pointer from an aligned one, in floats
  bool relu = false;

  std::string recipe() const {
    return "in " + in.text() + ", filters " + filters.text() + ", stride " +
           std::to_string(settings.stride_y) + "×" + std::to_string(settings.stride_x) +
           (settings.padding == Padding::same ? ", same" : ", valid") + (settings.flip ? ", flipped" : "") +
           ", dilation " + std::to_string(settings.dilation_y) + "×" + std::to_string(settings.dilation_x) +
           (relu ? ", relu" : "") + (bias ? ", with bias" : ", no bias") + ", pointers off by " +
           std::to_string(offset) + ": ";
  }
};

Conv2DSizes sizes_of(const Conv2DCase& c) {
  Conv2DGeometry geometry;  // stays at 0 outputs for the shapes that the layer refuses
  const Shape image{c.in.n, c.in.h, c.in.w, 1};
  if (const auto legal = conv2d_geometry(image, {c.filters.h, c.filters.w, 1, 1}, c.settings))
    geometry = *legal;
  return {.images = c.in.n,
          .h = c.in.h,
          .w = c.in.w,
          .in = c.in.c,
          .kernel_h = c.filters.h,
          .kernel_w = c.filters.w,
          .out_h = geometry.out_h,
          .out_w = geometry.out_w,
          .out = c.filters.out,
          .stride_y = c.settings.stride_y,
          .stride_x = c.settings.stride_x,
          .pad_top = geometry.pad_top,
          .pad_left = geometry.pad_left,
          .dilation_y = c.settings.dilation_y,
          .dilation_x = c.settings.dilation_x,
          .flip = c.settings.flip,
          .relu = c.relu};
}

// What the rounding of a sum of so many products can make of the difference between two kernels; the same
// bits if both add in the same order and neither fuses multiplying and adding.
double tolerance(int products, bool same_order) {
  if (same_order && !kg::simd::kFusedMadd) return 0;
  return sum_of_products_tolerance(products, static_cast<double>(kMaxIn), static_cast<double>(kMaxWeight),
                                   static_cast<double>(kMaxBias));
}

std::size_t outputs(const Conv2DCase& c, const Conv2DSizes& s) {
  return Shape{c.in.n, s.out_h, s.out_w, c.filters.out}.size();
}

std::string forward(const Conv2DCase& c) {
  const Conv2DSizes sizes = sizes_of(c);
  const Input in(c.in.size(), c.offset, kMaxIn, Rng(1));
  const Input filters(c.filters.size(), c.offset, kMaxWeight, Rng(2));
  const Input bias(static_cast<std::size_t>(c.filters.out), c.offset, kMaxBias, Rng(3));
  Output expected(outputs(c, sizes), c.offset), out(outputs(c, sizes), c.offset);
  const float* maybe_bias = c.bias ? bias.begin : nullptr;
  kernels::conv2d_ref(expected.begin, in.begin, filters.begin, maybe_bias, sizes);
  kernels::conv2d_simd(out.begin, in.begin, filters.begin, maybe_bias, sizes);
  return difference(expected, out, tolerance(c.filters.h * c.filters.w * c.filters.in, true));
}

std::string input_gradient(const Conv2DCase& c) {
  if (c.settings.flip) return "";  // forward only
  const Conv2DSizes sizes = sizes_of(c);
  const Input filters(c.filters.size(), c.offset, kMaxWeight, Rng(2));
  const Input dout(outputs(c, sizes), c.offset, kMaxIn, Rng(4));
  std::vector<float> turned(c.filters.size() + 1);
  kernels::turn_filters(turned.data(), filters.begin, sizes);
  Output expected(c.in.size(), c.offset), out(c.in.size(), c.offset);
  kernels::conv2d_input_ref(expected.begin, dout.begin, turned.data(), sizes);
  kernels::conv2d_input_simd(out.begin, dout.begin, turned.data(), sizes);
  return difference(expected, out, tolerance(c.filters.h * c.filters.w * c.filters.out, true));
}

std::string filter_gradient(const Conv2DCase& c) {
  if (c.settings.flip) return "";
  const Conv2DSizes sizes = sizes_of(c);
  const Input in(c.in.size(), c.offset, kMaxIn, Rng(1));
  const Input dout(outputs(c, sizes), c.offset, kMaxWeight, Rng(4));
  InPlace expected(c.filters.size(), c.offset, kMaxBias, Rng(5)),
      out(c.filters.size(), c.offset, kMaxBias, Rng(5));
  kernels::conv2d_filters_ref(expected.begin, in.begin, dout.begin, sizes);
  kernels::conv2d_filters_simd(out.begin, in.begin, dout.begin, sizes);
  return difference(expected, out, tolerance(c.in.n * sizes.out_h * sizes.out_w, false));
}

// Every case by `compare`, which answers with "" or says what is wrong.
void compare_all(std::string (*compare)(const Conv2DCase&)) {
  int cases = 0, failed = 0;
  const auto check = [&](Conv2DCase c) {
    c.relu = ++cases % 3 == 0;
    const std::string wrong = failed < 5 ? compare(c) : "";
    if (!wrong.empty()) {
      ++failed;
      FAIL_CHECK(c.recipe() << wrong);
    }
  };

  SUBCASE("channels around the lane width") {
    const int channels[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 31, 33};
    for (int in : channels) {
      for (int out : channels) {
        for (int flip = 0; flip < 2; ++flip) {
          const std::size_t offset = static_cast<std::size_t>(in + out) % 4;
          check({{1, 5, 12, in}, {3, 3, in, out}, {1, 1, Padding::same, flip == 1}, true, offset});
          check({{2, 3, 4, in}, {1, 1, in, out}, {1, 1, Padding::valid, flip == 1}, false, offset});
          check({{1, 6, 9, in}, {2, 4, in, out}, {2, 1, Padding::same, flip == 1}, true, offset});
        }
      }
    }
  }

  SUBCASE("every place of the window: images, kernels, strides, paddings") {
    const std::pair<int, int> images[] = {{1, 1}, {1, 9}, {2, 3}, {3, 2},  {4, 4},   {5, 8},
                                          {6, 7}, {9, 1}, {8, 5}, {7, 19}, {11, 23}, {3, 40}};
    const std::pair<int, int> kernels[] = {{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5},
                                           {2, 3}, {3, 1}, {1, 4}, {5, 2}};
    const std::pair<int, int> strides[] = {{1, 1}, {2, 2}, {3, 3}, {1, 2}, {3, 1}};
    const std::pair<int, int> channels[] = {{1, 1}, {3, 1}, {2, 3}, {1, 4}, {2, 9}, {1, 16}};
    std::size_t offset = 0;
    for (auto [h, w] : images) {
      for (auto [kernel_h, kernel_w] : kernels) {
        for (auto [down, right] : strides) {
          for (auto [in, out] : channels) {
            for (Padding padding : {Padding::valid, Padding::same}) {
              for (bool flip : {false, true}) {
                offset = (offset + 1) % 4;
                check({{1, h, w, in},
                       {kernel_h, kernel_w, in, out},
                       {down, right, padding, flip},
                       true,
                       offset});
              }
            }
          }
        }
      }
    }
  }

  SUBCASE("nothing to do, and next to nothing") {
    for (int out : {1, 2, 3, 4, 8, 16}) {
      for (Padding padding : {Padding::valid, Padding::same}) {
        for (bool flip : {false, true}) {
          const Conv2DSettings settings{1, 1, padding, flip};
          check({{0, 5, 5, 2}, {3, 3, 2, out}, settings});  // no images
          check({{1, 0, 5, 2}, {3, 3, 2, out}, settings});  // no rows
          check({{1, 5, 0, 2}, {3, 3, 2, out}, settings});  // no columns
          check({{1, 5, 5, 0}, {3, 3, 0, out}, settings});  // no channels: only the bias is left
          check({{1, 2, 2, 1},
                 {3, 3, 1, out},
                 settings});  // a filter that does not fit, or hangs over everywhere
          check({{1, 1, 1, 1}, {1, 1, 1, out}, settings});    // one product
          check({{1, 1, 1, 1}, {5, 5, 1, out}, settings});    // one pixel in the middle of the window
          check({{3, 1, 1, 33}, {1, 1, 33, out}, settings});  // one pixel, many channels, a batch
        }
      }
    }
    check({{1, 5, 5, 2}, {3, 3, 2, 0}, {}});  // no filters
  }

  SUBCASE("long sums") {
    for (bool flip : {false, true}) {
      check({{1, 7, 9, 64}, {7, 7, 64, 18}, {1, 1, Padding::valid, flip}});
      check({{2, 6, 6, 100}, {3, 3, 100, 7}, {1, 1, Padding::same, flip}, false, 1});
      check({{1, 6, 20, 50}, {5, 5, 50, 2}, {1, 1, Padding::same, flip}, true, 3});
    }
  }

  SUBCASE("cells of the filter that lie apart") {
    for (int dilation : {2, 3}) {
      for (auto [in, out] : {std::pair{1, 1}, {1, 8}, {3, 5}, {4, 16}, {8, 20}}) {
        for (Padding padding : {Padding::valid, Padding::same}) {
          for (bool flip : {false, true}) {
            check({{2, 9, 11, in}, {3, 3, in, out}, {1, 1, padding, flip, dilation, dilation}});
            check({{1, 7, 16, in}, {2, 4, in, out}, {1, 1, padding, flip, dilation, 1}});
            check({{1, 6, 17, in}, {4, 2, in, out}, {1, 1, padding, flip, 1, dilation}, false, 3});
          }
        }
      }
    }
  }

  SUBCASE("weights that are taken in portions") {
    for (int out : {17, 20, 24, 32, 40}) {
      check({{1, 13, 12, 64}, {5, 5, 64, out}, {1, 1, Padding::same, false}, true, 1});
      check({{2, 9, 9, 40}, {4, 3, 40, out}, {1, 1, Padding::valid, false}, false, 2});
      check({{1, 9, 11, 160}, {3, 3, 160, out}, {1, 1, Padding::same, false}});  // a row is too long
    }
  }
  REQUIRE(cases > 0);
}

}  // namespace

void compare_conv2d() { compare_all(forward); }
void compare_conv2d_input() { compare_all(input_gradient); }
void compare_conv2d_filters() { compare_all(filter_gradient); }
