// The stage of the lesson `pooling`: input and output side by side, and beneath them the window's values as
// they are compared or added up.
#pragma once

#include "lesson/pooling.h"
#include "view/lessons/pooling_card.h"
#include "view/lessons/pooling_controls.h"
#include "view/view.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/number_knob.h"

namespace kg {

class PoolingView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return controls_.chooser.covers_stage(); }

 private:
  void draw_wide(Ui& ui, Rect stage, const PoolingLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const PoolingLesson& lesson);
  void draw_short(Ui& ui, Rect stage, const PoolingLesson& lesson);
  void tabs(Ui& ui, Rect stage, const PoolingLesson& lesson);

  CardShown card_shown(const PoolingLesson& lesson) const;
  void input_map(Ui& ui, const Rect& room, const PoolingLesson& lesson);
  HeatMapTouch edit_cells(Ui& ui, const Rect& map, const PoolingLesson& lesson);
  void winners(const Ui& ui, const Rect& map, const PoolingLesson& lesson) const;
  void windows(Ui& ui, const Rect& map, const PoolingLesson& lesson) const;
  void output_map(Ui& ui, const Rect& room, const PoolingLesson& lesson);

  PoolingControls controls_;
  NumberKnobs knobs_;
  int tab_ = 0;                                    // of the narrow layout
  bool over_input_ = false, over_output_ = false;  // where the pointer is, from the last frame
  int over_row_ = 0, over_col_ = 0;
  double pointed_at_position_ = -1;  // of the timeline, when the pointer last moved over the output
  Rect output_map_;
  Rect result_box_, output_cell_;  // where the value flies from and to, in this frame
};

}  // namespace kg
