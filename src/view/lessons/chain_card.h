// The card of the lesson `backprop`: the number of this moment, written out factor by factor with the
// learner's own numbers; or the weight that is selected, and its gradient check.
#pragma once

#include "lesson/backprop.h"
#include "view/ui.h"

namespace kg {

void chain_card(Ui& ui, Rect box, const BackpropLesson& lesson);
// The same for a weight of the digit network, which has too many factors to be written out.
void check_card(Ui& ui, Rect box, const BackpropLesson& lesson);

// The name of a step: "Back: output weights".
const char* step_name(BackpropStep step);
const char* step_name(BackpropLesson::DigitStep step);

}  // namespace kg
