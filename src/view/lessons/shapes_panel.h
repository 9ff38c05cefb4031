// What stands beneath the table of the lesson `shapes`: the chosen row explained, its settings, new layers,
// and whole stacks to begin with.
#pragma once

#include "lesson/shapes.h"
#include "view/ui.h"

namespace kg {

void row_explained(Ui& ui, const Rect& box, const ShapesLesson& lesson, int row);
void row_settings(Ui& ui, const Rect& box, const ShapesLesson& lesson, int row);
// New layers come behind the row.
void new_layers(Ui& ui, const Rect& box, const ShapesLesson& lesson, int row);
// To the lesson that counts this network's parameters one by one.
void count_parameters(Ui& ui, const Rect& box, const ShapesLesson& lesson);
void stack_presets(Ui& ui, const Rect& box, const ShapesLesson& lesson);

}  // namespace kg
