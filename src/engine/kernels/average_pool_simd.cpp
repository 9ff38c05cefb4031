// Four channels at a time.
#include <algorithm>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/pool_windows.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {

using simd::Float4;
using Step = std::ptrdiff_t;

void average_pool_simd(float* out, const float* in, const PoolSizes& s) {
  const Step down = Step{s.w} * s.channels;
  for_each_window(s, [&](Step to, Step from, int rows, int cols) {
    const Float4 places = simd::splat(static_cast<float>(rows * cols));
    simd::for_each_four(s.channels, [&](int c, auto lanes) {
      const float* first = in + from + c;
      Float4 sum = simd::splat(0.0f);
      for (int row = 0; row < rows; ++row) {
        for (int col = 0; col < cols; ++col) {
          sum = simd::add(sum, lanes.load(first + row * down + Step{col} * s.channels));
        }
      }
      lanes.store(out + to + c, simd::div(sum, places));
    });
  });
}

void average_pool_gradient_simd(float* din, const float* dout, const PoolSizes& s) {
  std::fill_n(din, inputs(s), 0.0f);
  const Step down = Step{s.w} * s.channels;
  for_each_window(s, [&](Step to, Step from, int rows, int cols) {
    const Float4 places = simd::splat(static_cast<float>(rows * cols));
    simd::for_each_four(s.channels, [&](int c, auto lanes) {
      const Float4 share = simd::div(lanes.load(dout + to + c), places);
      for (int row = 0; row < rows; ++row) {
        for (int col = 0; col < cols; ++col) {
          float* place = din + from + c + row * down + Step{col} * s.channels;
          lanes.store(place, simd::add(lanes.load(place), share));
        }
      }
    });
  });
}

}  // namespace kg::kernels
