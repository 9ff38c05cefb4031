// The second scene of the lesson `batchnorm`: the activations of a unit, one above the other as they are and
// after each of the three steps, over one axis; and the moving averages that take the batch's place in use.
#pragma once

#include <array>
#include <vector>

#include "lesson/batchnorm.h"
#include "view/ui.h"
#include "view/widgets/histogram.h"
#include "view/widgets/line_plot.h"

namespace kg {

class BatchnormSteps {
 public:
  // Four rows: name, numbers and histogram; with `sliders`, g and b stand in theirs.
  void rows(Ui& ui, Rect room, const BatchnormLesson& lesson, bool sliders);
  void gamma(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const;
  void beta(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const;
  void unit(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const;
  void batch(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const;
  // Which mean and deviation are used, and how the moving averages follow.
  void moving(Ui& ui, Rect room, const BatchnormLesson& lesson);

 private:
  std::array<Histogram, 4> histograms_;
  LinePlot means_;
  std::vector<float> x_, batch_means_, moving_means_;  // as the plot wants them
};

}  // namespace kg
