// Turned filters: what the gradient with respect to the input slides over dout.
//
// In out(y) = Σ in(y + k)·filter(k) the input at place p meets cell k in output p − k. So
// din(p) = Σ dout(p − k)·filter(k): again a sliding window, with the filter turned by half a turn and its
// input and output channels exchanged.
#pragma once

#include <cstddef>

#include "engine/kernels/conv2d_sizes.h"

namespace kg::kernels {

// turned (kernel_h, kernel_w, O, I) = filters (kernel_h, kernel_w, I, O)
inline void turn_filters(float* turned, const float* filters, const Conv2DSizes& s) {
  const int cells = s.kernel_h * s.kernel_w;
  for (int cell = cells - 1; cell >= 0; --cell) {
    const float* from = filters + static_cast<std::ptrdiff_t>(cell) * s.in * s.out;
    for (int o = 0; o < s.out; ++o) {
      for (int i = 0; i < s.in; ++i) *turned++ = from[static_cast<std::ptrdiff_t>(i) * s.out + o];
    }
  }
}

// The sizes of the convolution that slides turned filters over dout, at stride 1.
inline Conv2DSizes turned_sizes(const Conv2DSizes& s) {
  Conv2DSizes t = s;
  t.h = s.out_h, t.w = s.out_w, t.in = s.out;
  t.out_h = s.h, t.out_w = s.w, t.out = s.in;
  t.pad_top = (s.kernel_h - 1) * s.dilation_y - s.pad_top;
  t.pad_left = (s.kernel_w - 1) * s.dilation_x - s.pad_left;
  t.flip = t.relu = false;
  return t;
}

}  // namespace kg::kernels
