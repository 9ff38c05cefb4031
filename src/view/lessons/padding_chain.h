// The chain's scene: the picture and what each layer makes of it, as squares of their true relative size.
#pragma once

#include "lesson/padding.h"
#include "view/ui.h"

namespace kg {

class PaddingChain {
 public:
  void draw(Ui& ui, Rect room, const PaddingLesson& lesson);

 private:
  void square(Ui& ui, const Rect& box, int layer, const PaddingLesson& lesson) const;
  void gone(Ui& ui, const Rect& box, float cell, const PaddingLesson& lesson) const;
  void close_up(Ui& ui, Rect room, const PaddingLesson& lesson) const;
};

}  // namespace kg
