// Geometry controls: stride, padding and flip: how the window goes over the picture.
#pragma once

#include "lesson/convolution.h"
#include "view/ui.h"

namespace kg {

void geometry_controls(Ui& ui, const Rect& box, const Convolution& lesson);

}  // namespace kg
