// The filters of both convolutions and their gradients, live; and the check of any one gradient.
#pragma once

#include "lesson/network.h"
#include "view/ui.h"

namespace kg {

class NetworkFilters {
 public:
  void draw(Ui& ui, Rect room, const NetworkLesson& lesson);

 private:
  void first_layer(Ui& ui, Rect room, const NetworkLesson& lesson, bool gradient);
  void second_layer(Ui& ui, const Rect& room, const NetworkLesson& lesson, bool gradient);
  void check(Ui& ui, const Rect& room, const NetworkLesson& lesson) const;

  int shown_ = 0;  // weights, or gradients
};

}  // namespace kg
