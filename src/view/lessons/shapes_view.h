// The stage of the lesson `shapes`: the summary table with a box for every output, and beneath it the chosen
// row: explained, and to be changed.
#pragma once

#include "lesson/shapes.h"
#include "view/view.h"

namespace kg {

class ShapesView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  void draw_wide(Ui& ui, Rect stage, const ShapesLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const ShapesLesson& lesson);
  void draw_short(Ui& ui, Rect stage, const ShapesLesson& lesson);
  void table(Ui& ui, const Rect& box, const ShapesLesson& lesson);
  void tabs(Ui& ui, Rect box, const ShapesLesson& lesson);
  int chosen(const ShapesLesson& lesson) const;

  bool input_chosen_ = false;  // the input's row is looked at, until the lesson looks at a layer again
  double input_position_ = 0;  // of the timeline, when it was chosen
  bool adding_ = false;        // the settings give way to the kinds of layers
  int tab_ = 0;                // where there is room for one thing at a time
};

}  // namespace kg
