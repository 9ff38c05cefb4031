// The scene `race` of the lesson `batch`: batch sizes against each other, from one start.
#pragma once

#include <array>
#include <vector>

#include "view/lessons/batch_settings.h"
#include "view/widgets/line_plot.h"

namespace kg {

class BatchRace {
 public:
  // What the race is looked at along, and its curves: both if there is room, else the accuracy.
  void main(Ui& ui, Rect room, const BatchLesson& lesson, BatchRoom how);
  // Who is ahead.
  void facts(Ui& ui, Rect room, const BatchLesson& lesson) const;
  float facts_height(const Ui& ui, BatchRoom how) const;
  void controls(Ui& ui, Rect room, const BatchLesson& lesson) const;

 private:
  void bar(Ui& ui, Rect& room, const BatchLesson& lesson, bool whole) const;
  void curves(Ui& ui, Rect room, const BatchLesson& lesson, bool both);

  LinePlot accuracy_, loss_;
  // The curves as the plots want them; refilled in each frame.
  struct Curves {
    std::vector<float> x, y;
  };
  std::array<Curves, BatchLesson::kMostRuns> accuracies_, losses_;
};

}  // namespace kg
