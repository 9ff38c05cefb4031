#include "view/lessons/shapes_view.h"

#include <algorithm>

#include "view/lessons/shapes_panel.h"
#include "view/lessons/shapes_table.h"
#include "view/widgets/button.h"
#include "view/widgets/tabs.h"

namespace kg {
namespace {

constexpr float kPhoneRow = 23;  // units: as tall as a row on a phone would like to be

}  // namespace

void ShapesView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const ShapesLesson&>(base);
  if (lesson.timeline().position() != input_position_) input_chosen_ = false;
  if (ui.lies_low(stage)) {
    draw_short(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
}

int ShapesView::chosen(const ShapesLesson& lesson) const {
  return input_chosen_ ? kInputRow : lesson.current();
}

void ShapesView::table(Ui& ui, const Rect& box, const ShapesLesson& lesson) {
  const int now = chosen(lesson), pressed = shapes_table(ui, box, lesson, now);
  if (pressed == now) return;
  input_chosen_ = pressed == kInputRow;
  input_position_ = lesson.timeline().position();
  if (!input_chosen_) ui.intend("select", pressed);
}

void ShapesView::draw_wide(Ui& ui, Rect stage, const ShapesLesson& lesson) {
  stage = stage.inset(ui.u(22), ui.u(16));
  Rect strip = stage.cut_top(ui.u(38));
  if (ui.shows("layers")) {
    ButtonLook look;
    look.words = adding_ ? "Done adding" : "Add a layer";
    look.icon = adding_ ? Icon::none : Icon::plus;
    look.kind = adding_ ? ButtonLook::Kind::chosen : ButtonLook::Kind::plain;
    if (button(ui, "add", strip.cut_right(ui.u(130)), look.words, look)) adding_ = !adding_;
    strip.cut_right(ui.u(8));
  }
  if (ui.shows("count")) {
    count_parameters(ui, strip.cut_right(ui.u(180)), lesson);
    strip.cut_right(ui.u(8));
  }
  if (ui.shows("presets")) stack_presets(ui, strip.cut_left(std::min(strip.w - ui.u(8), ui.u(520))), lesson);
  stage.cut_top(ui.u(12));
  Rect below = stage.cut_bottom(std::clamp(stage.h * 0.34f, ui.u(156), ui.u(190)));
  stage.cut_bottom(ui.u(12));
  ui.card(stage);
  table(ui, stage.inset(ui.u(8), ui.u(8)), lesson);

  ui.card(below);
  below = below.inset(ui.u(20), ui.u(12));
  const Rect right = below.cut_right(below.w * 0.47f);
  below.cut_right(ui.u(24));
  row_explained(ui, below, lesson, chosen(lesson));
  if (adding_) {
    new_layers(ui, right, lesson, chosen(lesson));
  } else {
    row_settings(ui, right, lesson, chosen(lesson));
  }
}

void ShapesView::draw_narrow(Ui& ui, Rect stage, const ShapesLesson& lesson) {
  stage = stage.inset(ui.u(10), ui.u(6));
  const float wanted = table_height(ui, lesson, kPhoneRow);
  table(ui, stage.cut_top(std::min(wanted, stage.h - ui.u(192))), lesson);
  stage.cut_top(ui.u(6));
  tabs(ui, stage, lesson);
}

void ShapesView::draw_short(Ui& ui, Rect stage, const ShapesLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(6));
  table(ui, stage.cut_left(stage.w * 0.54f), lesson);
  stage.cut_left(ui.u(14));
  tabs(ui, stage, lesson);
}

void ShapesView::tabs(Ui& ui, Rect box, const ShapesLesson& lesson) {
  tab_ = kg::tabs(
      ui, "tab ", box.cut_top(ui.u(40)),
      {{"Explain", {"explained"}}, {"Change", {"settings"}}, {"Add"}, {"Stacks", {"presets", "count"}}},
      tab_);
  box.cut_top(ui.u(8));
  const int row = chosen(lesson);
  if (tab_ == 0) row_explained(ui, box, lesson, row);
  if (tab_ == 1) row_settings(ui, box, lesson, row);
  if (tab_ == 2 && ui.shows("layers")) new_layers(ui, box, lesson, row);
  if (tab_ != 3) return;
  if (ui.shows("presets")) stack_presets(ui, box.cut_top(ui.u(44)), lesson);
  box.cut_top(ui.u(8));
  if (ui.shows("count")) count_parameters(ui, box.cut_top(ui.u(44)), lesson);
}

}  // namespace kg
