// The sizes of one call of the conv2d kernels.
#pragma once

namespace kg::kernels {

struct Conv2DSizes {
  int images;              // N
  int h, w, in;            // H, W, I of the input (N, H, W, I)
  int kernel_h, kernel_w;  // of the filters (kernel_h, kernel_w, I, O)
  int out_h, out_w, out;   // of the output (N, out_h, out_w, O), as conv2d_geometry computes them
  int stride_y, stride_x;
  int pad_top, pad_left;  // rows and columns of zeros before the image; those behind it follow from the rest
  bool flip;              // the filters are turned by half a turn
};

}  // namespace kg::kernels
