// The digit network of the lesson `backprop`: every layer's maps, beneath them what the loss wants of them,
// and the filters with their gradients: forward they come in from left to right, back from right to left.
#pragma once

#include "lesson/backprop.h"
#include "view/ui.h"

namespace kg {

void digit_flow(Ui& ui, Rect box, const BackpropLesson& lesson);

}  // namespace kg
