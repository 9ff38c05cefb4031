// The stage of the lesson `padding`: the picture with its border of zeros, the window on it and the output;
// or a chain of such layers.
#pragma once

#include "lesson/padding.h"
#include "view/lessons/padding_chain.h"
#include "view/view.h"

namespace kg {

class PaddingView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  void draw_wide(Ui& ui, Rect stage, const PaddingLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const PaddingLesson& lesson);
  void draw_short(Ui& ui, Rect stage, const PaddingLesson& lesson);
  void scene(Ui& ui, const Rect& room, const PaddingLesson& lesson);

  void window_scene(Ui& ui, Rect room, const PaddingLesson& lesson);
  void grow_border(Ui& ui, const PaddedAxis& axis);
  void input_map(Ui& ui, Rect room, const PaddingLesson& lesson);
  void border_cells(Ui& ui, const Rect& whole, const Rect& map, const PaddedAxis& axis) const;
  void window_frames(Ui& ui, const Rect& map, const PaddingLesson& lesson) const;
  void sum(Ui& ui, const Rect& box, const PaddingLesson& lesson);
  void filter_strip(Ui& ui, Rect row, const PaddingLesson& lesson);
  void filter_column(Ui& ui, Rect room, const PaddingLesson& lesson);
  void output_map(Ui& ui, Rect room, const PaddingLesson& lesson);
  void riddle(Ui& ui, Rect room, const PaddingLesson& lesson);

  PaddingChain chain_;
  double before_ = -1, after_ = -1;  // lines of the border as drawn, on their way to what they are; −1: new
  float cell_ = 0;                   // CSS pixels: of the input in this frame
  bool over_output_ = false;         // where the pointer is, from the last frame
  int over_row_ = 0, over_col_ = 0;
  int guess_ = 4;  // the learner's, until it is said
  Rect sum_box_, output_cell_;
};

}  // namespace kg
