// Four values at a time; limited by memory, so there is nothing more to win.
#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {

using simd::Float4;

void relu_simd(float* out, const float* in, std::size_t count) {
  const Float4 zero = simd::splat(0.0f);
  simd::for_each(
      out, count, [&](Float4 x) { return simd::max(x, zero); }, in);
}

void relu_gradient_simd(float* din, const float* dout, const float* out, std::size_t count) {
  const Float4 zero = simd::splat(0.0f);
  simd::for_each(
      din, count, [&](Float4 d, Float4 y) { return simd::select(simd::less(zero, y), d, zero); }, dout, out);
}

void leaky_relu_simd(float* out, const float* in, float slope, std::size_t count) {
  const Float4 zero = simd::splat(0.0f), by = simd::splat(slope);
  simd::for_each(
      out, count, [&](Float4 x) { return simd::select(simd::less(x, zero), simd::mul(by, x), x); }, in);
}

void leaky_relu_gradient_simd(float* din, const float* dout, const float* out, float slope,
                              std::size_t count) {
  const Float4 zero = simd::splat(0.0f), by = simd::splat(slope);
  simd::for_each(
      din, count, [&](Float4 d, Float4 y) { return simd::select(simd::less(zero, y), d, simd::mul(by, d)); },
      dout, out);
}

}  // namespace kg::kernels
