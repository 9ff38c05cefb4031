// The sum of one output cell, written out: window × filter = products, and what they add up to.
#pragma once

#include "lesson/convolution.h"
#include "view/ui.h"

namespace kg {

// Channel by channel if the picture has several: `channel` is the one looked at (−1: follow the products as they come in).
// Returns the box in which the sum stands.
Rect convolution_sum(Ui& ui, const Rect& room, const Convolution& lesson, int channel);

}  // namespace kg
