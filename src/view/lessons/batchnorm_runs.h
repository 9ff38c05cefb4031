// The third scene of the lesson `batchnorm`: two runs over each other: loss, accuracy, the gradient of each
// layer, and how they stand.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "lesson/batchnorm.h"
#include "view/ui.h"
#include "view/widgets/line_plot.h"
#include "view/widgets/training_bar.h"

namespace kg {

class BatchnormRuns {
 public:
  void loss(Ui& ui, const Rect& room, const BatchnormLesson& lesson);
  void accuracy(Ui& ui, const Rect& room, const BatchnormLesson& lesson);
  void layers(Ui& ui, const Rect& room, const BatchnormLesson& lesson);
  void table(Ui& ui, Rect room, const BatchnormLesson& lesson) const;
  static float table_height(const Ui& ui);
  void rate(Ui& ui, Rect room, const BatchnormLesson& lesson) const;
  static float rate_height(const Ui& ui);
  // Where the training stands, and what has become of g and b.
  void status(Ui& ui, const Rect& room, const BatchnormLesson& lesson) const;
  static TrainingBarLook bar();

 private:
  // A line for each run, of the points that `fill` puts into its x and y.
  std::vector<PlotLine> lines(
      const std::function<void(int run, std::vector<float>& x, std::vector<float>& y)>& fill);
  void curve(Ui& ui, const Rect& room, const BatchnormLesson& lesson, bool accuracy);

  LinePlot loss_, accuracy_, layers_;
  std::array<std::vector<float>, 2> x_, y_;  // of both runs, as a plot wants them
};

}  // namespace kg
