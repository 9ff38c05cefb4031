// Walks over all windows: visit(out, in, rows, cols) gets where the window's result and the first place
// inside of it lie (as steps from the beginnings), and how many rows and columns of it are inside of the
// image.
#pragma once

#include <cstddef>

#include "engine/kernels/pool_sizes.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {

// Whether all windows are 2×2 and lie inside of the image, none over another: the usual case.
inline bool two_by_two(const PoolSizes& s) {
  return s.window_h == 2 && s.window_w == 2 && s.stride_y == 2 && s.stride_x == 2 && s.pad_top == 0 &&
         s.pad_left == 0 && s.out_h == s.h / 2 && s.out_w == s.w / 2;
}

// Walks over such windows, one value of the output after the other: visit(out, in, lanes) gets where four
// channels of the result, or the last few, and of the window's first place lie.
template <class Visit>
inline void for_each_two_by_two(const PoolSizes& s, Visit visit) {
  std::ptrdiff_t out = 0;
  for (int y = 0; y < s.images * s.out_h; ++y) {
    std::ptrdiff_t in = (std::ptrdiff_t{y / s.out_h} * s.h + y % s.out_h * 2) * s.w * s.channels;
    for (int x = 0; x < s.out_w; ++x, out += s.channels, in += 2 * s.channels) {
      simd::for_each_four(s.channels, [&](int c, auto lanes) { visit(out + c, in + c, lanes); });
    }
  }
}

template <class Visit>
inline void for_each_window(const PoolSizes& s, Visit visit) {
  std::ptrdiff_t out = 0;
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < s.out_h; ++y) {
      const PoolSpan rows = pool_span(y, s.h, s.window_h, s.stride_y, s.pad_top);
      const std::ptrdiff_t row = (std::ptrdiff_t{n} * s.h + rows.begin) * s.w;
      for (int x = 0; x < s.out_w; ++x) {
        const PoolSpan cols = pool_span(x, s.w, s.window_w, s.stride_x, s.pad_left);
        visit(out, (row + cols.begin) * s.channels, rows.end - rows.begin, cols.end - cols.begin);
        out += s.channels;
      }
    }
  }
}

}  // namespace kg::kernels
