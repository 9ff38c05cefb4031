// How the network answers a whole set: which digit it takes for which, the digits behind each cell, and the
// worst mistakes.
#pragma once

#include "lesson/network.h"
#include "view/ui.h"

namespace kg {

class NetworkAnswers {
 public:
  void draw(Ui& ui, Rect room, const NetworkLesson& lesson);

 private:
  void matrix_of(Ui& ui, const Rect& room, const Examination& examination);
  void digits(Ui& ui, Rect room, const Examination& examination) const;

  int row_ = -1, col_ = -1;  // the cell whose digits are shown; −1: the worst mistakes
};

}  // namespace kg
