#include <algorithm>

#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void average_pool_ref(float* out, const float* in, const PoolSizes& s) {
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < s.out_h; ++y) {
      const PoolSpan rows = pool_span(y, s.h, s.window_h, s.stride_y, s.pad_top);
      for (int x = 0; x < s.out_w; ++x) {
        const PoolSpan cols = pool_span(x, s.w, s.window_w, s.stride_x, s.pad_left);
        const float places = static_cast<float>((rows.end - rows.begin) * (cols.end - cols.begin));
        for (int c = 0; c < s.channels; ++c, ++out) {
          float sum = 0;
          for (int row = rows.begin; row < rows.end; ++row) {
            for (int col = cols.begin; col < cols.end; ++col) {
              sum += in[((n * s.h + row) * s.w + col) * s.channels + c];
            }
          }
          *out = sum / places;
        }
      }
    }
  }
}

void average_pool_gradient_ref(float* din, const float* dout, const PoolSizes& s) {
  std::fill_n(din, inputs(s), 0.0f);
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < s.out_h; ++y) {
      const PoolSpan rows = pool_span(y, s.h, s.window_h, s.stride_y, s.pad_top);
      for (int x = 0; x < s.out_w; ++x) {
        const PoolSpan cols = pool_span(x, s.w, s.window_w, s.stride_x, s.pad_left);
        const float places = static_cast<float>((rows.end - rows.begin) * (cols.end - cols.begin));
        for (int c = 0; c < s.channels; ++c, ++dout) {
          const float share = *dout / places;
          for (int row = rows.begin; row < rows.end; ++row) {
            for (int col = cols.begin; col < cols.end; ++col) {
              din[((n * s.h + row) * s.w + col) * s.channels + c] += share;
            }
          }
        }
      }
    }
  }
}

}  // namespace kg::kernels
