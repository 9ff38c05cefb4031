// A neuron that is given miles and age: how large the gradients of its two weights are.
#pragma once

#include "lesson/batchnorm.h"
#include "view/ui.h"

namespace kg {

void batchnorm_gradient(Ui& ui, Rect room, const BatchnormLesson& lesson);

}  // namespace kg
