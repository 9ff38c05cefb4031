// How the network is set to learn, and how it gets on: buttons, settings, curves.
#pragma once

#include <vector>

#include "lesson/network.h"
#include "view/ui.h"
#include "view/widgets/line_plot.h"

namespace kg {

class NetworkTraining {
 public:
  // Play and steps, pace, and the settings that may change on the way. `columns`: how many settings side by
  // side.
  void controls(Ui& ui, Rect room, const NetworkLesson& lesson, int columns = 1) const;
  float controls_height(const Ui& ui, int columns = 1) const;
  // Loss and accuracy, side by side or one above the other.
  void curves(Ui& ui, Rect room, const NetworkLesson& lesson);
  // Where the training stands, in one or two lines; what went wrong, if it did.
  void status(Ui& ui, const Rect& room, const NetworkLesson& lesson) const;

 private:
  void settings(Ui& ui, Rect room, const NetworkLesson& lesson, int columns) const;

  LinePlot loss_, accuracy_;
  // The curves as the plots want them; refilled in each frame.
  struct Curve {
    std::vector<float> x, loss, accuracy;
    void fill(const TrainingCurve& curve);
  };
  Curve batches_, validations_, before_;
};

}  // namespace kg
