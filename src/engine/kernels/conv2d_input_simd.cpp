// At stride 1 the gradient with respect to the input is itself a convolution, of dout under the turned
// filters (turn_filters.h): the fast kernel is there already. At larger strides the outputs hand back their
// dout as in the reference, four input channels at a time.
#include <algorithm>
#include <cstddef>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"
#include "engine/kernels/turn_filters.h"

namespace kg::kernels {
namespace {

using simd::Float4;

// pixel (I) += d (O) · weights (O, I)
void hand_back(float* pixel, const float* d, const float* weights, const Conv2DSizes& s) {
  simd::for_each_four(s.in, [&](int i, auto lanes) {
    Float4 sum = lanes.load(pixel + i);
    const float* weight = weights + i;
    for (int o = 0; o < s.out; ++o, weight += s.in)
      sum = simd::madd(simd::splat(d[o]), lanes.load(weight), sum);
    lanes.store(pixel + i, sum);
  });
}

void strided(float* din, const float* dout, const float* turned, const Conv2DSizes& s) {
  const std::ptrdiff_t image = std::ptrdiff_t{s.h} * s.w * s.in, cell = std::ptrdiff_t{s.out} * s.in;
  std::fill_n(din, s.images * image, 0.0f);
  for (int n = 0; n < s.images; ++n, din += image) {
    for (int y = 0; y < s.out_h; ++y) {
      for (int x = 0; x < s.out_w; ++x, dout += s.out) {
        const float* weights = turned + s.kernel_h * s.kernel_w * cell;
        for (int ky = 0; ky < s.kernel_h; ++ky) {
          const int row = y * s.stride_y + ky * s.dilation_y - s.pad_top;
          for (int kx = 0; kx < s.kernel_w; ++kx) {
            const int col = x * s.stride_x + kx * s.dilation_x - s.pad_left;
            weights -= cell;
            if (row < 0 || row >= s.h || col < 0 || col >= s.w) continue;
            hand_back(din + (std::ptrdiff_t{row} * s.w + col) * s.in, dout, weights, s);
          }
        }
      }
    }
  }
}

}  // namespace

void conv2d_input_simd(float* din, const float* dout, const float* turned, const Conv2DSizes& s) {
  if (s.stride_y == 1 && s.stride_x == 1) {
    conv2d_simd(din, dout, turned, nullptr, turned_sizes(s));
  } else {
    strided(din, dout, turned, s);
  }
}

}  // namespace kg::kernels
