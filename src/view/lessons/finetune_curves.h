// How the runs of the lesson `finetune` get on: what they read of the pictures kept apart, and their loss.
#pragma once

#include <array>
#include <vector>

#include "lesson/finetune.h"
#include "view/ui.h"
#include "view/widgets/line_plot.h"

namespace kg {

class FinetuneCurves {
 public:
  void accuracy(Ui& ui, const Rect& room, const FinetuneLesson& lesson);
  void loss(Ui& ui, const Rect& room, const FinetuneLesson& lesson);

 private:
  void plot(Ui& ui, const Rect& room, const FinetuneLesson& lesson, bool accuracy);

  LinePlot accuracy_, loss_;
  // The curves as the plots want them; refilled in each frame.
  std::array<std::vector<float>, 3> x_, y_;
};

}  // namespace kg
