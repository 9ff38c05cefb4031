// Picture panel: choose the picture of a lesson: a digit, one in colour, the learner's own drawing, a file.
#pragma once

#include "lesson/picture.h"
#include "view/ui.h"

namespace kg {

// Returns true when the learner wants to draw.
bool picture_panel(Ui& ui, const Rect& box, const Picture& picture);

}  // namespace kg
