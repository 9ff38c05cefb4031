// The sizes of one call of the conv2d kernels.
#pragma once

namespace kg::kernels {

struct Conv2DSizes {
  int images = 0;                     // N
  int h = 0, w = 0, in = 0;           // H, W, I of the input (N, H, W, I)
  int kernel_h = 0, kernel_w = 0;     // of the filters (kernel_h, kernel_w, I, O)
  int out_h = 0, out_w = 0, out = 0;  // of the output (N, out_h, out_w, O), as window_axis computes them
  int stride_y = 1, stride_x = 1;
  int pad_top = 0, pad_left = 0;       // rows and columns of zeros before the image; those behind follow
  int dilation_y = 1, dilation_x = 1;  // from cell to cell of the filter, in pixels
  bool flip = false;                   // the filters are turned by half a turn (forward only)
  bool relu = false;                   // negative sums become 0 (forward only)
};

// out (rows, O) = in (rows, I) · weights (I, O): a convolution whose pixels are the rows.
inline Conv2DSizes product_sizes(int rows, int in, int out) {
  Conv2DSizes s;
  s.images = s.h = s.kernel_h = s.kernel_w = s.out_h = 1;
  s.w = s.out_w = rows;
  s.in = in;
  s.out = out;
  return s;
}

}  // namespace kg::kernels
