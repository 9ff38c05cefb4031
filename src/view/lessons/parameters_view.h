// The stage of the lesson `parameters`: the network, its weights one by one, and the count.
#pragma once

#include "lesson/parameters.h"
#include "view/lessons/weight_sheets.h"
#include "view/view.h"

namespace kg {

class ParametersView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  void draw_wide(Ui& ui, Rect stage, const ParametersLesson& lesson);
  void draw_stack(Ui& ui, Rect stage, const ParametersLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const ParametersLesson& lesson);
  void draw_short(Ui& ui, Rect stage, const ParametersLesson& lesson);
  void network(Ui& ui, const Rect& box, const ParametersLesson& lesson);
  void weights(Ui& ui, const Rect& box, const ParametersLesson& lesson);
  void tabs(Ui& ui, Rect stage, const ParametersLesson& lesson);

  WeightSheets sheets_;
  int tab_ = 0;                                       // of the narrow and short layouts
  std::optional<ParametersLesson::Selection> under_;  // the pointer, in this frame
};

}  // namespace kg
