// The kernels that take value by value, or row by row, against their references. All of them compute in the
// same steps as the reference, so they are asked for the same bits.
#include <doctest/doctest.h>

#include "engine/kernels/dispatch.h"
#include "kernel_compare.h"

using namespace kg;

namespace {

constexpr float kLimit = 12;  // far enough for exponentials to grow and vanish
constexpr std::size_t kMostValues = 40;

// reference(out, in, count) and simd(out, in, count), also in place.
template <class Reference, class Simd>
void compare_map(Reference reference, Simd simd) {
  for (std::size_t count = 0; count < kMostValues; ++count) {
    for (std::size_t offset = 0; offset < 4; ++offset) {
      CAPTURE(count);
      CAPTURE(offset);
      Input in(count, offset, kLimit, Rng(count));
      float* here = in.all.data() + offset;
      constexpr float kSpecial[] = {std::numeric_limits<float>::quiet_NaN(),
                                    -0.0f,
                                    0.0f,
                                    1e30f,
                                    -1e30f,
                                    std::numeric_limits<float>::infinity(),
                                    -std::numeric_limits<float>::infinity(),
                                    1e-30f,
                                    -1e-30f};
      for (std::size_t k = 0; k < std::size(kSpecial) && 3 * k + 2 < count; ++k)
        here[3 * k + 2] = kSpecial[k];
      Output expected(count, offset), out(count, offset);
      reference(expected.begin, in.begin, count);
      simd(out.begin, in.begin, count);
      CHECK(difference(expected, out, 0) == "");
      simd(here, here, count);
      CHECK((count == 0 || same_bits(here, expected.begin, count)));
    }
  }
}

// reference(din, dout, out, count) and simd(…), also with din in the place of dout. `activate` makes `out`.
template <class Reference, class Simd, class Activate>
void compare_gradient(Reference reference, Simd simd, Activate activate) {
  for (std::size_t count = 0; count < kMostValues; ++count) {
    for (std::size_t offset = 0; offset < 4; ++offset) {
      CAPTURE(count);
      CAPTURE(offset);
      Input dout(count, offset, 1, Rng(count)), out(count, offset, kLimit, Rng(count + 100));
      activate(out.all.data() + offset, out.begin, count);
      Output expected(count, offset), din(count, offset);
      reference(expected.begin, dout.begin, out.begin, count);
      simd(din.begin, dout.begin, out.begin, count);
      CHECK(difference(expected, din, 0) == "");
      float* here = dout.all.data() + offset;
      simd(here, here, out.begin, count);
      CHECK((count == 0 || same_bits(here, expected.begin, count)));
    }
  }
}

}  // namespace

void compare_relu() { compare_map(kernels::relu_ref, kernels::relu_simd); }
void compare_sigmoid() { compare_map(kernels::sigmoid_ref, kernels::sigmoid_simd); }
void compare_tanh() { compare_map(kernels::tanh_ref, kernels::tanh_simd); }
void compare_leaky_relu() {
  for (float slope : {0.01f, 0.3f}) {
    compare_map([=](float* o, const float* i, std::size_t n) { kernels::leaky_relu_ref(o, i, slope, n); },
                [=](float* o, const float* i, std::size_t n) { kernels::leaky_relu_simd(o, i, slope, n); });
  }
}

void compare_relu_gradient() {
  compare_gradient(kernels::relu_gradient_ref, kernels::relu_gradient_simd, kernels::relu_ref);
}
void compare_sigmoid_gradient() {
  compare_gradient(kernels::sigmoid_gradient_ref, kernels::sigmoid_gradient_simd, kernels::sigmoid_ref);
}
void compare_tanh_gradient() {
  compare_gradient(kernels::tanh_gradient_ref, kernels::tanh_gradient_simd, kernels::tanh_ref);
}
void compare_leaky_relu_gradient() {
  constexpr float kSlope = 0.2f;
  const auto with_slope = [](auto kernel) {
    return
        [kernel](float* di, const float* d, const float* o, std::size_t n) { kernel(di, d, o, kSlope, n); };
  };
  compare_gradient(with_slope(kernels::leaky_relu_gradient_ref),
                   with_slope(kernels::leaky_relu_gradient_simd),
                   [](float* o, const float* i, std::size_t n) { kernels::leaky_relu_ref(o, i, kSlope, n); });
}

void compare_softmax() {
  for (int channels = 1; channels < 20; ++channels) {
    for (int rows : {0, 1, 3}) {
      const auto over_rows = [=](auto kernel) {
        return [=](float* out, const float* in, std::size_t) { kernel(out, in, rows, channels); };
      };
      const std::size_t count = static_cast<std::size_t>(rows * channels);
      CAPTURE(rows);
      CAPTURE(channels);
      Input in(count, 1, kLimit, Rng(count));
      Output expected(count, 1), out(count, 1);
      over_rows(kernels::softmax_ref)(expected.begin, in.begin, count);
      over_rows(kernels::softmax_simd)(out.begin, in.begin, count);
      CHECK(difference(expected, out, 0) == "");
    }
  }
}

void compare_softmax_gradient() {
  for (int channels = 1; channels < 20; ++channels) {
    for (int rows : {0, 1, 3}) {
      CAPTURE(rows);
      CAPTURE(channels);
      const std::size_t count = static_cast<std::size_t>(rows * channels);
      const Input dout(count, 2, 1, Rng(count)), out(count, 3, 1, Rng(count + 1));
      Output expected(count, 1), din(count, 1);
      kernels::softmax_gradient_ref(expected.begin, dout.begin, out.begin, rows, channels);
      kernels::softmax_gradient_simd(din.begin, dout.begin, out.begin, rows, channels);
      CHECK(difference(expected, din, 0) == "");
    }
  }
}
