// What the learner sets in the lesson `backprop`: learning rate, updates, label, activations; and the curve
// of the loss.
#pragma once

#include "lesson/backprop.h"
#include "view/ui.h"
#include "view/widgets/line_plot.h"

namespace kg {

class BackpropControls {
 public:
  void scenes(Ui& ui, const Rect& row, const BackpropLesson& lesson) const;
  void rate(Ui& ui, Rect row, const BackpropLesson& lesson) const;
  void updates(Ui& ui, Rect row, const BackpropLesson& lesson) const;  // update, ten of them
  void starts(Ui& ui, Rect row, const BackpropLesson& lesson) const;   // rewind, new weights
  void label(Ui& ui, const Rect& row, const BackpropLesson& lesson) const;
  void activations(Ui& ui, Rect rows, const BackpropLesson& lesson) const;  // two rows
  void curve(Ui& ui, const Rect& box, const BackpropLesson& lesson);

 private:
  LinePlot plot_;
};

}  // namespace kg
