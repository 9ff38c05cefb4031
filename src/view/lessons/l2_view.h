// The stage of the lesson `l2`: two runs over each other: curves, gap, weights; at the left what can be set.
#pragma once

#include "view/lessons/l2_controls.h"
#include "view/lessons/l2_curves.h"
#include "view/lessons/l2_weights.h"
#include "view/view.h"

namespace kg {

class L2View final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  enum class Panel { loss, accuracy, weights, filters, digits, settings };
  void draw_wide(Ui& ui, Rect stage, const L2Lesson& lesson);
  void draw_phone(Ui& ui, Rect stage, const L2Lesson& lesson);
  void draw_low(Ui& ui, Rect stage, const L2Lesson& lesson);
  void tabs(Ui& ui, const Rect& row);
  void panel(Ui& ui, Rect room, const L2Lesson& lesson);
  void settings(Ui& ui, Rect room, const L2Lesson& lesson);
  void keys(Ui& ui, const L2Lesson& lesson) const;

  L2Controls controls_;
  L2Curves curves_;
  L2Weights weights_;
  Panel panel_ = Panel::loss;  // where there is room for one thing at a time
  bool digits_ = false;        // in the wide layout: instead of the filters
};

}  // namespace kg
