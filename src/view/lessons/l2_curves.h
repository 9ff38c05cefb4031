// How the two runs of the lesson `l2` get on: loss and accuracy on training and validation digits, and a
// table with the gap between them.
#pragma once

#include <array>
#include <vector>

#include "lesson/l2.h"
#include "view/ui.h"
#include "view/widgets/line_plot.h"

namespace kg {

class L2Curves {
 public:
  void loss(Ui& ui, const Rect& room, const L2Lesson& lesson);
  void accuracy(Ui& ui, const Rect& room, const L2Lesson& lesson);
  void table(Ui& ui, Rect room, const L2Lesson& lesson) const;
  static float table_height(const Ui& ui);

 private:
  void plot(Ui& ui, const Rect& room, const L2Lesson& lesson, bool accuracy);

  LinePlot loss_, accuracy_;
  // The curves as the plots want them, training and validation of each run; refilled in each frame.
  std::array<std::vector<float>, 4> x_, y_;
};

}  // namespace kg
