// Four exponentials at a time; they are nearly all of the work. The sums stay in the reference's order, and
// so the results are the same bits.
#include <algorithm>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/exp4.h"

namespace kg::kernels {

using simd::Float4;

void softmax_simd(float* out, const float* in, int rows, int channels) {
  const std::size_t count = static_cast<std::size_t>(channels);
  for (int r = 0; r < rows; ++r, out += channels, in += channels) {
    float largest = in[0];
    for (int c = 1; c < channels; ++c) largest = std::max(largest, in[c]);
    const Float4 most = simd::splat(largest);
    simd::for_each(
        out, count, [&](Float4 x) { return simd::exp(simd::sub(x, most)); }, in);
    float sum = 0;
    for (int c = 0; c < channels; ++c) sum += out[c];
    const Float4 by = simd::splat(sum);
    simd::for_each(
        out, count, [&](Float4 x) { return simd::div(x, by); }, out);
  }
}

void softmax_gradient_simd(float* din, const float* dout, const float* out, int rows, int channels) {
  const std::size_t count = static_cast<std::size_t>(channels);
  for (int r = 0; r < rows; ++r, din += channels, dout += channels, out += channels) {
    float sum = 0;
    for (int c = 0; c < channels; ++c) sum += dout[c] * out[c];
    const Float4 mean = simd::splat(sum);
    simd::for_each(
        din, count, [&](Float4 d, Float4 y) { return simd::mul(y, simd::sub(d, mean)); }, dout, out);
  }
}

}  // namespace kg::kernels
