// Pooling controls: how the window pools, and what.
#pragma once

#include "lesson/pooling.h"
#include "view/ui.h"
#include "view/widgets/picture_chooser.h"

namespace kg {

struct PoolingControls {
  // Max or average, window, stride, padding: four rows, about 168 units tall.
  void pooling(Ui& ui, Rect room, const PoolingLesson& lesson) const;
  // What the dots on the input say.
  void mark_legend(const Ui& ui, const Rect& row, const PoolingLesson& lesson) const;
  void examples(Ui& ui, const Rect& row, const PoolingLesson& lesson) const;
  // The learner's picture, if it is what the input was made of.
  void picture(Ui& ui, const Rect& box, const PoolingLesson& lesson);
  // How the input came about: picture, filter, relu; and the filters to choose from. For plain numbers, what
  // the other mode makes of them.
  void pipeline(Ui& ui, Rect room, const PoolingLesson& lesson) const;
  void filters(Ui& ui, const Rect& room, const PoolingLesson& lesson) const;
  // The output's size as a formula; whether the input shows its values or what comes back to it.
  void output(Ui& ui, Rect room, const PoolingLesson& lesson);

  PictureChooser chooser;
  bool gradient = false;  // the input shows its gradient

 private:
  void comparison(Ui& ui, Rect room, const PoolingLesson& lesson) const;
};

}  // namespace kg
