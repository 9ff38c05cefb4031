#include "view/lessons/network_view.h"

#include <imgui.h>

#include <algorithm>

#include "view/widgets/button.h"

namespace kg {

void NetworkView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const NetworkLesson&>(base);
  if (covers_lesson()) {
    Rect sheet = stage;
    const Rect foot = sheet.cut_bottom(ui.u(30));
    digits_.pad.draw(ui, sheet, lesson.picture());
    ui.text_in(foot, "The network " + reading_words(lesson), type::kStrong, ui.theme.ink, Weight::semibold);
    return;
  }
  // Who presses a value wants to see what it is made of.
  if (lesson.selected() != seen_) {
    seen_ = lesson.selected();
    if (seen_) wide_tab_ = 1, small_tab_ = static_cast<int>(Panel::value);
  }
  keys(ui, lesson);
  if (stage.w < ui.u(kNarrow) || ui.lies_low(stage)) {
    draw_small(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
}

void NetworkView::draw_wide(Ui& ui, Rect stage, const NetworkLesson& lesson) {
  stage = stage.inset(ui.u(18), ui.u(12));
  const float lower = std::max(ui.u(344), stage.h * 0.5f);
  Rect top = stage.cut_top(stage.h - lower - ui.u(12));
  stage.cut_top(ui.u(12));
  Rect head = top.cut_top(ui.u(34));
  top.cut_top(ui.u(8));
  if (ui.shows("flow")) {
    const int chosen = segmented(ui, "show", head.cut_right(ui.u(190)), "Show in the maps",
                                 {"values", "gradients"}, flow_.gradients ? 1 : 0,
                                 {"What each layer answers",
                                  "∂loss/∂value for the right label: how each value should move to lower the "
                                  "loss, with the sign turned"});
    if (chosen >= 0) flow_.gradients = chosen == 1;
    head.cut_right(ui.u(14));
  }
  digits_.picture_row(ui, {head.x, head.y, std::min(head.w, ui.u(470)), head.h}, lesson);
  flow_.draw(ui, top, lesson);
  Rect left = stage.cut_left(ui.u(236));
  stage.cut_left(ui.u(18));
  training_.controls(ui, left.cut_top(training_.controls_height(ui)), lesson);
  training_.status(ui, left, lesson);
  if (!ui.shows("tabs")) return panel(ui, stage, Panel::train, lesson);
  const Rect tabs = stage.cut_top(ui.u(34));
  ui.part("tabs", tabs);
  const int chosen =
      segmented(ui, "tab", tabs, "Show", {"Curves", "Value", "Filters", "Answers", "Data"}, wide_tab_);
  if (chosen >= 0) wide_tab_ = chosen;
  stage.cut_top(ui.u(8));
  const Panel which = static_cast<Panel>(wide_tab_ + 1);
  // Heat maps lie beneath the interface: a card would cover them.
  if (which == Panel::filters || which == Panel::answers) {
    ui.outline(stage, ui.theme.hairline, ui.theme.border, 8);
  } else {
    ui.card(stage);
  }
  panel(ui, stage.inset(ui.u(14), ui.u(10)), which, lesson);
}

// One thing at a time.
void NetworkView::draw_small(Ui& ui, Rect stage, const NetworkLesson& lesson) {
  const bool low = ui.lies_low(stage);
  stage = stage.inset(ui.u(12), ui.u(8));
  const Rect tabs = stage.cut_top(ui.u(low ? 30 : 36));
  ui.part("tabs", tabs);
  const int chosen = segmented(ui, "tab", tabs, "Show",
                               {"Flow", "Train", "Value", "Filters", "Answers", "Data"}, small_tab_);
  if (chosen >= 0) small_tab_ = chosen;
  stage.cut_top(ui.u(8));
  const Panel which = static_cast<Panel>(small_tab_);
  if (which == Panel::train) {
    if (low) {
      Rect left = stage.cut_left(stage.w * 0.48f);
      stage.cut_left(ui.u(14));
      training_.controls(ui, left, lesson, 2);
      training_.status(ui, stage.cut_bottom(ui.u(34)), lesson);
    } else {
      training_.controls(ui, stage.cut_top(training_.controls_height(ui, 2)), lesson, 2);
      training_.status(ui, stage.cut_top(ui.u(36)), lesson);
    }
  } else if (which == Panel::flow || which == Panel::digits) {
    digits_.picture_row(ui, stage.cut_top(ui.u(34)), lesson);
    stage.cut_top(ui.u(8));
  }
  panel(ui, stage, which, lesson);
}

void NetworkView::panel(Ui& ui, Rect room, Panel which, const NetworkLesson& lesson) {
  switch (which) {
    case Panel::flow:
      return flow_.draw(ui, room, lesson);
    case Panel::train:
      return training_.curves(ui, room, lesson);
    case Panel::value:
      return value_.draw(ui, room, lesson);
    case Panel::filters:
      return filters_.draw(ui, room, lesson);
    case Panel::answers:
      return answers_.draw(ui, room, lesson);
    case Panel::digits:
      return digits_.draw(ui, room, lesson);
  }
}

// As the transport bar’s, in the lessons that have one.
void NetworkView::keys(Ui& ui, const NetworkLesson& lesson) const {
  if (!ui.shows("training") || !ui.focus.current().empty()) return;
  if (ui.key(ImGuiKey_Space, false)) ui.intend(lesson.playing() || lesson.busy() ? "pause" : "play");
  if (ui.key(ImGuiKey_RightArrow)) ui.intend("train", 1);
  if (ui.key(ImGuiKey_Home, false)) ui.intend("rewind");
}

}  // namespace kg
