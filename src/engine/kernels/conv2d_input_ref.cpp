// Every output hands its dout back to the pixels of its window, by the weights through which they came.
#include <algorithm>
#include <cstddef>

#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void conv2d_input_ref(float* din, const float* dout, const float* turned, const Conv2DSizes& s) {
  std::fill_n(din, static_cast<std::size_t>(s.images) * static_cast<std::size_t>(s.h * s.w * s.in), 0.0f);
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < s.out_h; ++y) {
      for (int x = 0; x < s.out_w; ++x) {
        const float* d = dout + ((n * s.out_h + y) * s.out_w + x) * s.out;

        for (int ky = 0; ky < s.kernel_h; ++ky) {
          const int row = y * s.stride_y + ky * s.dilation_y - s.pad_top;
          if (row < 0 || row >= s.h) continue;

          for (int kx = 0; kx < s.kernel_w; ++kx) {
            const int col = x * s.stride_x + kx * s.dilation_x - s.pad_left;
            if (col < 0 || col >= s.w) continue;

            const int cell = (s.kernel_h - 1 - ky) * s.kernel_w + s.kernel_w - 1 - kx;
            const float* weights = turned + static_cast<std::ptrdiff_t>(cell) * s.out * s.in;
            float* pixel = din + ((n * s.h + row) * s.w + col) * s.in;
            for (int o = 0; o < s.out; ++o) {
              for (int i = 0; i < s.in; ++i) pixel[i] += d[o] * weights[o * s.in + i];
            }
          }
        }
      }
    }
  }
}

}  // namespace kg::kernels
