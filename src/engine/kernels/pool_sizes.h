// The sizes of one call of the pooling kernels.
#pragma once

#include <cstddef>

namespace kg::kernels {

struct PoolSizes {
  int images = 0;            // N
  int h = 0, w = 0;          // of the input (N, H, W, C)
  int out_h = 0, out_w = 0;  // of the output (N, out_h, out_w, C), as window_axis computes them
  int channels = 0;          // C
  int window_h = 1, window_w = 1;
  int stride_y = 1, stride_x = 1;
  int pad_top = 0, pad_left = 0;  // places before the image; they never count, not even as zeros
};

inline std::size_t inputs(const PoolSizes& s) {
  return static_cast<std::size_t>(s.images) * static_cast<std::size_t>(s.h) * static_cast<std::size_t>(s.w) *
         static_cast<std::size_t>(s.channels);
}

// The part of the window of output `at` that lies inside of the image, along one axis.
struct PoolSpan {
  int begin, end;
};

inline PoolSpan pool_span(int at, int size, int window, int stride, int pad) {
  const int start = at * stride - pad;
  return {start < 0 ? 0 : start, start + window > size ? size : start + window};
}

}  // namespace kg::kernels
