// The stage of the lesson `backprop`: the small net with every number and the chain rule beneath it; or the
// digit network, values above and gradients below.
#pragma once

#include "lesson/backprop.h"
#include "view/lessons/backprop_controls.h"
#include "view/lessons/net_drawing.h"
#include "view/view.h"
#include "view/widgets/picture_chooser.h"

namespace kg {

class BackpropView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return chooser_.covers_stage(); }

 private:
  void small_wide(Ui& ui, Rect stage, const BackpropLesson& lesson);
  void digits_wide(Ui& ui, Rect stage, const BackpropLesson& lesson);
  void narrow(Ui& ui, Rect stage, const BackpropLesson& lesson);
  void low(Ui& ui, Rect stage, const BackpropLesson& lesson);
  void main_part(Ui& ui, const Rect& box, const BackpropLesson& lesson);
  void tabs(Ui& ui, Rect box, const BackpropLesson& lesson);
  void step_bar(Ui& ui, const Rect& row, const BackpropLesson& lesson) const;
  void digit_words(Ui& ui, Rect box, const BackpropLesson& lesson) const;
  void picture(Ui& ui, const Rect& box, const BackpropLesson& lesson) const;

  NetDrawing net_;
  BackpropControls controls_;
  PictureChooser chooser_;
  int tab_ = 0;  // of the narrow and low layouts
};

}  // namespace kg
