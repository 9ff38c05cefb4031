// The product of factors, with the learner's numbers.
#pragma once

#include "lesson/gradients.h"
#include "view/ui.h"

namespace kg {

// The factor of the layer where the gradient is, what it is made of, and the product so far.
void gradient_factors(Ui& ui, Rect box, const GradientsLesson& lesson);

}  // namespace kg
