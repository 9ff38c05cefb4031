// Every SIMD kernel against its reference, over sizes around the width of a vector; and which kernels run at
// all.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"
#include "engine/layers/conv2d.h"
#include "engine/rng.h"
#include "tolerance.h"
#include "with_kernels.h"

using namespace kg;
using kernels::Conv2DSizes;

namespace {

// Floats that begin `offset` floats behind whatever the allocator gave, and end where the allocation ends, so
// that the sanitizer sees every read behind them.
struct Input {
  Input(std::size_t count, std::size_t offset, float limit, Rng rng)
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

// "" if the results agree, else where they do not. A tolerance of 0 asks for the same bits.
std::string difference(const Output& reference, const Output& simd, double tolerance) {
  if (!reference.guards_stand()) return "the reference wrote outside of its output";
  if (!simd.guards_stand()) return "the SIMD kernel wrote outside of its output";
  for (std::size_t k = 0; k < reference.count; ++k) {
    const float a = reference.begin[k], b = simd.begin[k];
    const bool same = tolerance == 0 ? std::memcmp(&a, &b, sizeof a) == 0
                                     : std::abs(static_cast<double>(a) - static_cast<double>(b)) <= tolerance;
    if (!same) {
      return "value " + std::to_string(k) + " is " + std::to_string(b) + " instead of " + std::to_string(a) +
             " (tolerance " + std::to_string(tolerance) + ")";
    }
  }
  return "";
}

struct Conv2DCase {
  Shape in;
  FilterShape filters;
  Conv2DSettings settings;
  bool bias = true;
  std::size_t offset = 0;  // of every pointer from an aligned one, in floats

  std::string recipe() const {
    return "in " + in.text() + ", filters " + filters.text() + ", stride " +
           std::to_string(settings.stride_y) + "×" + std::to_string(settings.stride_x) +
           (settings.padding == Padding::same ? ", same" : ", valid") + (settings.flip ? ", flipped" : "") +
           (bias ? ", with bias" : ", no bias") + ", pointers off by " + std::to_string(offset) + ": ";
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
          .flip = c.settings.flip};
}

template <class Kernel>
std::string compare(Kernel* reference, Kernel* simd, const Conv2DCase& c) {
  constexpr float kMaxIn = 2.0f, kMaxWeight = 1.0f, kMaxBias = 0.5f;
  const Conv2DSizes sizes = sizes_of(c);
  const Input in(c.in.size(), c.offset, kMaxIn, Rng(1));
  const Input filters(c.filters.size(), c.offset, kMaxWeight, Rng(2));
  const Input bias(static_cast<std::size_t>(c.filters.out), c.offset, kMaxBias, Rng(3));
  const std::size_t count = Shape{c.in.n, sizes.out_h, sizes.out_w, c.filters.out}.size();
  Output expected(count, c.offset), out(count, c.offset);
  const float* maybe_bias = c.bias ? bias.begin : nullptr;
  reference(expected.begin, in.begin, filters.begin, maybe_bias, sizes);
  simd(out.begin, in.begin, filters.begin, maybe_bias, sizes);
  const int products = c.filters.h * c.filters.w * c.filters.in;
  const double rounding = sum_of_products_tolerance(
      products, static_cast<double>(kMaxIn), static_cast<double>(kMaxWeight), static_cast<double>(kMaxBias));
  const std::string wrong = difference(expected, out, kg::simd::kFusedMadd ? rounding : 0);
  return wrong.empty() ? "" : c.recipe() + wrong;
}

// The sizes to compare each kernel over, by name; each row of kernels.inc asks for one.

template <class Kernel>
void compare_conv2d(Kernel* reference, Kernel* simd) {
  int cases = 0, failed = 0;
  const auto check = [&](const Conv2DCase& c) {
    ++cases;
    const std::string wrong = failed < 5 ? compare(reference, simd, c) : "";
    if (!wrong.empty()) {
      ++failed;
      FAIL_CHECK(wrong);
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
    CHECK(cases == 17 * 17 * 2 * 3);
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
    CHECK(cases == 12 * 9 * 5 * 6 * 4);
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
}

template <class Kernel>
void compare_relu(Kernel* reference, Kernel* simd) {
  for (std::size_t count = 0; count < 40; ++count) {
    for (std::size_t offset = 0; offset < 4; ++offset) {
      CAPTURE(count);
      CAPTURE(offset);
      Input in(count, offset, 1, Rng(count));
      if (count > 2) in.all[offset + 2] = std::numeric_limits<float>::quiet_NaN();
      if (count > 5) in.all[offset + 5] = -0.0f;
      Output expected(count, offset), out(count, offset);
      reference(expected.begin, in.begin, count);
      simd(out.begin, in.begin, count);
      CHECK(difference(expected, out, 0) == "");
      float* here = in.all.data() + offset;  // in place
      simd(here, here, count);
      CHECK((count == 0 || std::memcmp(here, expected.begin, count * sizeof(float)) == 0));
    }
  }
}

}  // namespace

#define KG_KERNEL(name, ...)                                                   \
  TEST_CASE("engine/kernels: " #name "_simd gives what " #name "_ref gives") { \
    compare_##name(kernels::name##_ref, kernels::name##_simd);                 \
  }
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL

TEST_CASE("engine/kernels: the SIMD kernels run unless the reference is chosen") {
  CHECK(kernels::active() == std::vector<std::string>{"conv2d_simd", "relu_simd"});
  CHECK((kernels::table().conv2d == kernels::conv2d_simd));
  {
    const WithKernels with(kernels::Flavour::reference);
    CHECK(kernels::active() == std::vector<std::string>{"conv2d_ref", "relu_ref"});
    CHECK((kernels::table().conv2d == kernels::conv2d_ref));
    CHECK((kernels::table().relu == kernels::relu_ref));
  }
  CHECK((kernels::table().relu == kernels::relu_simd));
}

TEST_CASE("engine/kernels: each build has the instruction set it is made for") {
  const std::string variant = KG_VARIANT;
  const std::string set = kernels::instruction_set();
  CAPTURE(variant);
  if (variant == "web") {
    CHECK(set == "wasm-simd128");
  } else if (variant == "web-relaxed") {
    CHECK(set == "wasm-relaxed");
  } else if (variant == "web-scalar") {
    CHECK(set == "scalar");
  } else {
    const bool native = variant == "native" || variant == "native-asan";
    CHECK(native);
#if defined(__x86_64__)
    CHECK(set == "sse2");
#elif defined(__aarch64__)
    CHECK(set == "neon");
#endif
  }
  CHECK(kg::simd::kFusedMadd == (variant == "web-relaxed"));
}
