// Every product of the forward pass in which a weight took part says how much it matters: its input value
// times dout of its output.
#include <cstddef>

#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void conv2d_filters_ref(float* dfilters, const float* in, const float* dout, const Conv2DSizes& s) {
  for (int n = 0; n < s.images; ++n) {
    for (int ky = 0; ky < s.kernel_h; ++ky) {
      for (int kx = 0; kx < s.kernel_w; ++kx) {
        float* weights = dfilters + static_cast<std::ptrdiff_t>(ky * s.kernel_w + kx) * s.in * s.out;

        for (int y = 0; y < s.out_h; ++y) {
          const int row = y * s.stride_y + ky * s.dilation_y - s.pad_top;
          if (row < 0 || row >= s.h) continue;

          for (int x = 0; x < s.out_w; ++x) {
            const int col = x * s.stride_x + kx * s.dilation_x - s.pad_left;
            if (col < 0 || col >= s.w) continue;

            const float* pixel = in + ((n * s.h + row) * s.w + col) * s.in;
            const float* d = dout + ((n * s.out_h + y) * s.out_w + x) * s.out;
            for (int i = 0; i < s.in; ++i) {
              for (int o = 0; o < s.out; ++o) weights[i * s.out + o] += pixel[i] * d[o];
            }
          }
        }
      }
    }
  }
}

}  // namespace kg::kernels
