// The deep net of the lesson `init`: a histogram for every layer (columns) and every initialiser (rows), and
// one plot of how large activations or gradients are, layer by layer.
#pragma once

#include <vector>

#include "lesson/init.h"
#include "view/ui.h"
#include "view/widgets/histogram.h"
#include "view/widgets/line_plot.h"

namespace kg {

class InitNetGrid {
 public:
  // `gradients`: those instead of activations.
  void histograms(Ui& ui, Rect box, const InitLesson& lesson, bool gradients);
  void sizes(Ui& ui, const Rect& box, const InitLesson& lesson, bool gradients);

 private:
  std::vector<Histogram> cells_;
  LinePlot plot_;
};

}  // namespace kg
