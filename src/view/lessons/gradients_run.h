// The runs of the lesson `gradients`: their losses, and the buttons that make updates.
#pragma once

#include <vector>

#include "lesson/gradients.h"
#include "view/ui.h"
#include "view/widgets/line_plot.h"

namespace kg {

class GradientsRun {
 public:
  void draw(Ui& ui, Rect box, const GradientsLesson& lesson);

 private:
  void buttons(Ui& ui, Rect row, const GradientsLesson& lesson) const;

  struct Points {
    std::vector<float> x, y;
    void take(const DeepNet& net);
  };
  Points net_, kept_;
  LinePlot plot_;
};

}  // namespace kg
