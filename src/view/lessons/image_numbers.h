// The zoomed region as numbers: pixels turn into them row by row as the timeline goes on, and back.
#pragma once

#include "view/lessons/image_hand.h"

namespace kg {

// Returns the box of the cells; none of `room` is needed beyond it. Whether the numbers can be read where
// they stand is told by numbers_fit().
Rect image_numbers(Ui& ui, const Rect& room, const ImageLesson& lesson, ImageHand& hand);

// Whether cells of this width (CSS pixels) have room for the region's numbers.
bool numbers_fit(const Ui& ui, const ImageLesson& lesson, float cell);

}  // namespace kg
