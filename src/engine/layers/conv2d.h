// Conv2D: the layer that slides filters over an image.
//
//   out(n, y, x, o) = bias(o) + Σ_ky Σ_kx Σ_i in(n, y·stride_y + ky·dilation_y − pad_top,
//                                                   x·stride_x + kx·dilation_x − pad_left, i)
//                                             · filter(ky, kx, i, o)
//
// where places outside the image count as 0. That is cross-correlation, which deep learning calls
// convolution; `flip` turns every filter by half a turn first and so gives the convolution of mathematics.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "engine/initializer.h"
#include "engine/layer.h"
#include "engine/layers/activation.h"
#include "engine/layers/window.h"
#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

// The layer of a network. Parameters: kernel (kernel_h, kernel_w, I, O), bias (O).
struct Conv2D {
  static constexpr const char* kKerasName = "Conv2D";
  static constexpr const char* kBaseName = "conv2d";
  int filters = 1;
  Size2 kernel = {3, 3};
  Size2 strides = {1, 1};
  Padding padding = Padding::valid;
  Size2 dilation = {1, 1};
  ActivationKind activation = ActivationKind::linear;
  bool use_bias = true;
  Initializer kernel_initializer = {};
  Initializer bias_initializer = {Initializer::Kind::zeros};
  float l2 = 0;  // of the kernel

  Result<SampleShape> output(const SampleShape& in) const;
  ParameterCounts counts(const SampleShape& in) const;
  std::unique_ptr<Layer> make(const SampleShape& in) const;
  std::string keras() const;
};

// One convolution by itself, for the lesson that looks into it.
struct Conv2DSettings {
  int stride_y = 1, stride_x = 1;  // at least 1
  Padding padding = Padding::valid;
  bool flip = false;
  int dilation_y = 1, dilation_x = 1;  // at least 1; more only at stride 1
};

// Where the window goes (window.h has the formulas).
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
