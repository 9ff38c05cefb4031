// Conv2D: the layer that slides filters over an image.
//
//   out(n, y, x, o) = bias(o) + Σ_ky Σ_kx Σ_i in(n, y·stride_y + ky − pad_top, x·stride_x + kx − pad_left, i)
//                                             · filter(ky, kx, i, o)
//
// where places outside the image count as 0. That is cross-correlation, which deep learning calls
// convolution; `flip` turns every filter by half a turn first and so gives the convolution of mathematics.
#pragma once

#include <span>

#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

enum class Padding { valid, same };

struct Conv2DSettings {
  int stride_y = 1, stride_x = 1;  // at least 1
  Padding padding = Padding::valid;
  bool flip = false;
};

// Where the window goes. `valid`: floor((n − k)/s) + 1 outputs and no border. `same`: ceil(n/s) outputs and a
// border of zeros of max((out − 1)·s + k − n, 0) rows or columns, the odd one at the bottom or right, as
// Keras does it.
struct Conv2DGeometry {
  int out_h = 0, out_w = 0;
  int pad_top = 0, pad_bottom = 0, pad_left = 0, pad_right = 0;
};

// Refuses, in words: sizes below 1 (only the batch may be 0), a stride below 1, channels of input and filter
// that differ, a filter larger than the image under `valid`, tensors of more than kMaxValues (the sentence
// gives the numbers).
Result<Conv2DGeometry> conv2d_geometry(const Shape& in, const FilterShape& filters,
                                       const Conv2DSettings& settings);

// Runs the active kernel (see kernels/dispatch.h). `bias` is empty (none) or has one value per output
// channel. The products are added in the order of the formula, bias first, in single precision.
Result<Tensor> conv2d(const Tensor& in, const Filters& filters, std::span<const float> bias,
                      const Conv2DSettings& settings);

}  // namespace kg
