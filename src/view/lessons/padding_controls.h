// The padding lesson's controls: the four numbers, the padding, the layers of the chain, the weights.
#pragma once

#include "lesson/padding.h"
#include "view/ui.h"

namespace kg {

// In so many rows; the box is shared out evenly.
void padding_controls(Ui& ui, const Rect& box, int rows, const PaddingLesson& lesson);

// Which scene, and in the window's scene the button that asks a riddle.
void padding_scenes(Ui& ui, Rect row, const PaddingLesson& lesson);

}  // namespace kg
