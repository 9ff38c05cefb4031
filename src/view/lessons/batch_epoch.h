// The scene `epoch` of the lesson `batch`: all images, and the batches that light up one after the other.
#pragma once

#include <vector>

#include "view/lessons/batch_settings.h"

namespace kg {

class BatchEpoch {
 public:
  void main(Ui& ui, const Rect& room, const BatchLesson& lesson);
  // How many batches that makes, with the numbers on stage.
  void facts(Ui& ui, Rect room, const BatchLesson& lesson);
  float facts_height(const Ui& ui, BatchRoom how) const { return ui.u(how == BatchRoom::wide ? 92 : 84); }
  void controls(Ui& ui, Rect room, const BatchLesson& lesson) const;

 private:
  void riddle(Ui& ui, Rect room, const BatchLesson& lesson);

  // All digits side by side, as one picture; made anew when something of it changes.
  std::vector<float> picture_;
  Digits shown_;
  int columns_ = 0;
  std::vector<int> place_;  // of each image in the epoch’s order
  int guess_ = 10;
};

}  // namespace kg
