// The summary table of the lesson `shapes`: a row per layer with its name, output shape and parameters as
// Keras prints them, and beside it the output as a box.
#pragma once

#include "lesson/shapes.h"
#include "view/ui.h"

namespace kg {

inline constexpr int kInputRow = -1;

// How tall a table with all its rows would like to be, in CSS pixels.
float table_height(const Ui& ui, const ShapesLesson& lesson, float row_height);

// `chosen` is the row that is lit, kInputRow for the input. Answers the row that was pressed, or `chosen`.
int shapes_table(Ui& ui, const Rect& box, const ShapesLesson& lesson, int chosen);

}  // namespace kg
