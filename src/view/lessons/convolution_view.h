// The stage of the lesson `convolution`: picture, filter and output side by side, and the sum written out
// beneath them.
#pragma once

#include "lesson/convolution.h"
#include "view/lessons/filter_panel.h"
#include "view/lessons/window_sum.h"
#include "view/view.h"
#include "view/widgets/picture_chooser.h"

namespace kg {

class ConvolutionView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return chooser_.covers_stage(); }

 private:
  void draw_wide(Ui& ui, Rect stage, const Convolution& lesson);
  void draw_narrow(Ui& ui, Rect stage, const Convolution& lesson);
  void draw_short(Ui& ui, Rect stage, const Convolution& lesson);
  void tabs(Ui& ui, Rect stage, const Convolution& lesson);

  FiltersShown filters_shown(Ui& ui, const Convolution& lesson) const;
  WindowSum sum_shown(const Convolution& lesson) const;
  void input_map(Ui& ui, const Rect& room, const Convolution& lesson);
  void output_map(Ui& ui, const Rect& room, const Convolution& lesson);
  void channel_tabs(Ui& ui, const Rect& box, const Convolution& lesson);
  void picture_controls(Ui& ui, const Rect& box, const Convolution& lesson);

  PictureChooser chooser_;
  FilterPanel filters_;
  int channel_ = -1;  // input channel looked at; −1: all together, or the first
  int tab_ = 0;       // of the narrow layout
  bool over_input_ = false, over_output_ = false;  // where the pointer is, from the last frame
  int over_row_ = 0, over_col_ = 0;
  double pointed_at_position_ = -1;  // of the timeline, when the pointer last moved over the output
  Rect output_map_;
  Rect sum_box_, output_cell_;  // where the value flies from and to, in this frame
};

}  // namespace kg
