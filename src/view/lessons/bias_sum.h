// The sum of the bias lesson in words of mathematics, with the learner's numbers.
#pragma once

#include "lesson/bias.h"
#include "view/ui.h"

namespace kg {

// Two lines: the weighted sum, and what bias and relu make of it, as far as they have come in.
void bias_sum(const Ui& ui, Rect box, const BiasLesson& lesson);

}  // namespace kg
