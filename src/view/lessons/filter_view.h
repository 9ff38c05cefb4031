// The stage of the lesson `filter`: the picture, the chosen filter and its output; all filters side by side;
// and beneath them, in words and numbers, why the output is as it is at its strongest places.
#pragma once

#include "lesson/filter.h"
#include "view/lessons/filter_panel.h"
#include "view/view.h"
#include "view/widgets/picture_chooser.h"

namespace kg {

class FilterView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return chooser_.covers_stage(); }

 private:
  void draw_wide(Ui& ui, Rect stage, const FilterLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const FilterLesson& lesson);
  void draw_low(Ui& ui, Rect stage, const FilterLesson& lesson);
  void tabs(Ui& ui, Rect stage, const FilterLesson& lesson);

  void input_map(Ui& ui, Rect room, const FilterLesson& lesson) const;
  void output_map(Ui& ui, Rect room, const FilterLesson& lesson);
  void marks(Ui& ui, const Rect& map, const FilterLesson& lesson, bool on_input) const;
  void look_at(Ui& ui, const FilterLesson& lesson, const FilterLesson::Cell& cell) const;
  void filter_column(Ui& ui, Rect room, const FilterLesson& lesson);
  void choices(Ui& ui, Rect room, const FilterLesson& lesson);
  void scale_switch(Ui& ui, const Rect& row, const FilterLesson& lesson) const;
  void explanation(Ui& ui, Rect room, const FilterLesson& lesson) const;
  void sum(Ui& ui, const Rect& room, const FilterLesson& lesson) const;

  PictureChooser chooser_;
  FilterPanel filters_;
  int tab_ = 0;      // of the layouts with little room
  Rect output_map_;  // in this frame
};

}  // namespace kg
