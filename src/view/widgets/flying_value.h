// A number on its way: from where it was worked out to its cell in the output.
#pragma once

#include "lesson/timeline.h"
#include "view/ui.h"

namespace kg {

// Whether things glide and fly at all: not under reduced motion, and not when they go by too fast to be
// followed.
bool moves_gently(const Ui& ui, const Timeline& time);

struct Flight {
  Rect from, to;  // nothing flies from an empty box
  float value = 0;
  float reach = 1;  // of the output's colours
};

// In the last part of a step (timeline.h).
void flying_value(Ui& ui, const Timeline& time, const Flight& flight);

}  // namespace kg
