// The stage of the lesson `gradients`: the net as a row of layers, the gradient of each above it on a
// logarithmic axis, what an update would change, the product of factors, and how the loss falls, or does not.
#pragma once

#include "lesson/gradients.h"
#include "view/lessons/gradients_run.h"
#include "view/view.h"

namespace kg {

class GradientsView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  void draw_wide(Ui& ui, Rect stage, const GradientsLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const GradientsLesson& lesson);
  void draw_short(Ui& ui, Rect stage, const GradientsLesson& lesson);
  void tabs(Ui& ui, Rect stage, const GradientsLesson& lesson);

  void gradients(Ui& ui, Rect box, const GradientsLesson& lesson);
  void updates(Ui& ui, Rect box, const GradientsLesson& lesson) const;

  GradientsRun run_;
  bool of_weights_ = false;  // the chart shows the gradient of the weights
  int tab_ = 0;              // of the small layouts
};

}  // namespace kg
