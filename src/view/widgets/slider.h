// Slider: a value from 0 to 1 on a line.
#pragma once

#include <optional>
#include <string>

#include "view/ui.h"

namespace kg {

struct SliderLook {
  bool filled = true;  // the way so far is drawn strongly
  float arrow_step =
      0;  // arrow keys move by this while it has the keyboard; 0: they keep their general meaning
};

// The new value while it is dragged, clicked or moved by keys; nothing otherwise.
std::optional<float> slider(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
                            float value, const SliderLook& look = {});

}  // namespace kg
