// Convolution as one would explain it: for every cell of the output, go through the window, multiply, add.
#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void conv2d_ref(float* out, const float* in, const float* filters, const float* bias, const Conv2DSizes& s) {
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < s.out_h; ++y) {
      for (int x = 0; x < s.out_w; ++x) {
        for (int o = 0; o < s.out; ++o) {
          float sum = bias ? bias[o] : 0.0f;

          for (int ky = 0; ky < s.kernel_h; ++ky) {
            const int row = y * s.stride_y + ky * s.dilation_y - s.pad_top;
            if (row < 0 || row >= s.h) continue;  // in the border of zeros: adds nothing

            for (int kx = 0; kx < s.kernel_w; ++kx) {
              const int col = x * s.stride_x + kx * s.dilation_x - s.pad_left;
              if (col < 0 || col >= s.w) continue;

              const int filter_y = s.flip ? s.kernel_h - 1 - ky : ky;
              const int filter_x = s.flip ? s.kernel_w - 1 - kx : kx;
              const float* pixel = in + ((n * s.h + row) * s.w + col) * s.in;
              const float* weights = filters + (filter_y * s.kernel_w + filter_x) * s.in * s.out;
              for (int i = 0; i < s.in; ++i) sum += pixel[i] * weights[i * s.out + o];
            }
          }
          out[((n * s.out_h + y) * s.out_w + x) * s.out + o] = s.relu && sum < 0.0f ? 0.0f : sum;
        }
      }
    }
  }
}

}  // namespace kg::kernels
