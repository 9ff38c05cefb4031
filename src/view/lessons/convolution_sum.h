// The sum of one output cell, written out: window × filter = products, and what they add up to.
#pragma once

#include "lesson/convolution.h"
#include "view/ui.h"

namespace kg {

struct SumShown {
  Convolution::Cell cell;
  int products = 0;  // so many have come in
  int channel =
      -1;  // of the picture, if it has several: the one looked at; −1: follow the products as they come in
};

// Returns the box in which the sum stands.
Rect convolution_sum(Ui& ui, const Rect& room, const Convolution& lesson, const SumShown& what);

}  // namespace kg
