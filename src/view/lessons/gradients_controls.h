// What can be chosen in the lesson `gradients`.
#pragma once

#include "lesson/gradients.h"
#include "view/ui.h"

namespace kg {

// The presets in two columns, and below them what is to be seen in the one that is chosen.
void gradients_presets_panel(Ui& ui, Rect box, const GradientsLesson& lesson);
// Depth, activation, initializer, scale, batch norm, rate, one below the other; in a low box in two columns.
void gradients_settings(Ui& ui, Rect box, const GradientsLesson& lesson, bool two_columns);
// Keep as A, or forget it.
void gradients_keep(Ui& ui, const Rect& row, const GradientsLesson& lesson);

}  // namespace kg
