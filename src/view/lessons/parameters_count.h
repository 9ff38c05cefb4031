// The count: for every layer its formula with numbers, as far as it has been counted, and the sum of all.
#pragma once

#include "lesson/parameters.h"
#include "view/ui.h"

namespace kg {

// Side by side, for the layers that have parameters: card + card = total.
void count_cards(Ui& ui, const Rect& box, const ParametersLesson& lesson);
// One line for each layer, and the total below.
void count_list(Ui& ui, const Rect& box, const ParametersLesson& lesson);

}  // namespace kg
