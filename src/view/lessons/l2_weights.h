// What the penalty does to the weights of the lesson `l2`: the histograms of both runs over each other, the
// weights into the hidden units as pictures; and the digits that are learned, with their labels.
#pragma once

#include <vector>

#include "lesson/l2.h"
#include "view/ui.h"
#include "view/widgets/histogram.h"

namespace kg {

class L2Weights {
 public:
  void histograms(Ui& ui, const Rect& room, const L2Lesson& lesson);
  void filters(Ui& ui, Rect room, const L2Lesson& lesson) const;
  void digits(Ui& ui, Rect room, const L2Lesson& lesson) const;

 private:
  Histogram histogram_;
};

}  // namespace kg
