// One value of the network, taken apart: its window, the weights, the products, their sum, the bias, the
// activation.
#pragma once

#include "lesson/network.h"
#include "view/ui.h"

namespace kg {

class NetworkValue {
 public:
  void draw(Ui& ui, Rect room, const NetworkLesson& lesson);

 private:
  void walk(Ui& ui, Rect row, const NetworkLesson& lesson, const Spot& spot) const;
  void convolution(Ui& ui, Rect room, const NetworkLesson& lesson, const Explained& made);
  void dense(Ui& ui, Rect room, const NetworkLesson& lesson, const Explained& made) const;
  void pool(Ui& ui, Rect room, const Explained& made) const;
  void total(Ui& ui, Rect row, const Explained& made) const;

  int channel_ = 0;  // of the layer before, whose products are shown
};

}  // namespace kg
