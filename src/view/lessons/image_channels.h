// The picture taken apart: it and its channels side by side, each to be pressed.
#pragma once

#include "lesson/image.h"
#include "view/ui.h"

namespace kg {

void image_channels(Ui& ui, const Rect& box, const ImageLesson& lesson);

}  // namespace kg
