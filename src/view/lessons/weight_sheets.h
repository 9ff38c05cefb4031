// A layer's weights unfolded: for every filter (or unit) its sheets, one for each input channel, as matrices,
// and its bias as a small square.
#pragma once

#include <optional>

#include "lesson/parameters.h"
#include "view/ui.h"

namespace kg {

// Draws the current layer's; answers which weight or bias the pointer is on.
std::optional<ParametersLesson::Selection> weight_sheets(Ui& ui, const Rect& room,
                                                         const ParametersLesson& lesson);

}  // namespace kg
