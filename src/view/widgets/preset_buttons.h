// Preset buttons: the catalogue of filters as small pictures, and one for random weights.
#pragma once

#include <string>
#include <string_view>

#include "view/ui.h"

namespace kg {

// The name of the one pressed, "random" among them; "" if none is. `current` is framed.
std::string preset_buttons(Ui& ui, const Rect& room, std::string_view current);

}  // namespace kg
