// The network of units as circles and lines: a line is a weight, a small square a bias.
#pragma once

#include <optional>

#include "lesson/parameters.h"
#include "view/ui.h"

namespace kg {

// The slice of `box` that belongs to one of the places of a network.
Rect place_column(const Rect& box, int place, int places);

// Draws it; answers which weight or bias the pointer is on.
std::optional<ParametersLesson::Selection> network_lines(Ui& ui, const Rect& box,
                                                         const ParametersLesson& lesson);

}  // namespace kg
