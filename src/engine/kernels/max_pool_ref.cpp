#include <algorithm>

#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void max_pool_ref(float* out, const float* in, const PoolSizes& s) {
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < s.out_h; ++y) {
      const PoolSpan rows = pool_span(y, s.h, s.window_h, s.stride_y, s.pad_top);
      for (int x = 0; x < s.out_w; ++x) {
        const PoolSpan cols = pool_span(x, s.w, s.window_w, s.stride_x, s.pad_left);
        for (int c = 0; c < s.channels; ++c, ++out) {
          float largest = in[((n * s.h + rows.begin) * s.w + cols.begin) * s.channels + c];
          for (int row = rows.begin; row < rows.end; ++row) {
            for (int col = cols.begin; col < cols.end; ++col) {
              const float value = in[((n * s.h + row) * s.w + col) * s.channels + c];
              if (largest < value) largest = value;
            }
          }
          *out = largest;
        }
      }
    }
  }
}

void max_pool_gradient_ref(float* din, const float* dout, const float* in, const float* out,
                           const PoolSizes& s) {
  std::fill_n(din, inputs(s), 0.0f);
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < s.out_h; ++y) {
      const PoolSpan rows = pool_span(y, s.h, s.window_h, s.stride_y, s.pad_top);
      for (int x = 0; x < s.out_w; ++x) {
        const PoolSpan cols = pool_span(x, s.w, s.window_w, s.stride_x, s.pad_left);
        for (int c = 0; c < s.channels; ++c, ++out, ++dout) {
          bool taken = false;
          for (int row = rows.begin; row < rows.end; ++row) {
            for (int col = cols.begin; col < cols.end; ++col) {
              const int place = ((n * s.h + row) * s.w + col) * s.channels + c;
              if (taken || in[place] != *out) continue;
              din[place] += *dout;
              taken = true;
            }
          }
        }
      }
    }
  }
}

}  // namespace kg::kernels
