// Icons, drawn from lines and triangles so that they are sharp at every size.
#pragma once

#include "view/ui.h"

namespace kg {

enum class Icon {
  none,
  first,
  back,
  play,
  pause,
  forward,
  last,
  plus,
  minus,
  pen,
  undo,
  clear,
  open,
  shuffle,
  lock,
  open_lock
};

// In the middle of `box`, about `size` units across.
void draw_icon(const Ui& ui, Icon icon, const Rect& box, const Colour& colour, float size = 14);

}  // namespace kg
