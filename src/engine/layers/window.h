// Window: where the filters of a convolution, or the windows of a pooling layer, come to lie.
//
//   valid: floor((n − e)/s) + 1 outputs and no border
//   same:  ceil(n/s) outputs and a border of max((out − 1)·s + e − n, 0) places, the odd one behind
//
// with n places, a stride s, and windows that reach over e = (k − 1)·d + 1 places: k cells, d apart (the
// dilation). As Keras does it.
#pragma once

#include <string>

#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

enum class Padding { valid, same };

const char* name_of(Padding padding);  // "valid", "same"

// Two sizes, down and right.
struct Size2 {
  int h = 1, w = 1;
  friend bool operator==(const Size2&, const Size2&) = default;
};

std::string text_of(Size2 size);  // "3×3"

// Along one axis: how many outputs, and how many places before and behind the image.
struct WindowAxis {
  int out = 0, before = 0, after = 0;
};

// All at least 1; under `valid` the window fits: say so yourself before you ask.
WindowAxis window_axis(int n, int kernel, int stride, int dilation, Padding padding);

// Refuses, in words, what a layer of that name cannot slide over.
Status check_picture(const std::string& layer, const SampleShape& in);

// Refuses, in words: a window, stride or dilation below 1, a stride and a dilation that are both more than 1
// (as Keras does), and, under `valid`, a window that does not fit into the image. `noun` is what slides:
// "filter", "window".
Status check_window(const std::string& noun, Size2 image, Size2 window, Size2 stride, Size2 dilation,
                    Padding padding);

}  // namespace kg
