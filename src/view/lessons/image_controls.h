// How the numbers are shown, and the pencil: rows of controls in one column or in two.
#pragma once

#include "view/lessons/image_hand.h"

namespace kg {

// Each of the six rows is at most 36 units tall, with 8 between them.
void image_controls(Ui& ui, const Rect& box, const ImageLesson& lesson, ImageHand& hand, int columns);
void zoom_control(Ui& ui, const Rect& row, const ImageLesson& lesson);

}  // namespace kg
