// Picture map: a lesson's picture as a heat map: grey, in its colours, or as numbers of any sign.
#pragma once

#include <string>

#include "lesson/picture.h"
#include "view/ui.h"
#include "view/widgets/heat_map.h"

namespace kg {

// `channel` is the one shown; −1: all together if there are three, else the first. An empty `id`: nothing to
// hover.
HeatMapTouch picture_map(Ui& ui, const Rect& box, const Picture& picture, int channel, const std::string& id);

}  // namespace kg
