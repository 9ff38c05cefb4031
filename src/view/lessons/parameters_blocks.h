// A network on a picture as a row of blocks, one for each place: a sheet for each channel, a bar for a
// flattened list, a circle for each unit; of many sheets or units only some.
#pragma once

#include "lesson/parameters.h"
#include "view/ui.h"

namespace kg {

// Pressing a block goes to its layer.
void network_blocks(Ui& ui, const Rect& box, const ParametersLesson& lesson);

}  // namespace kg
