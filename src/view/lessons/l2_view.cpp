#include "view/lessons/l2_view.h"

#include <imgui.h>

#include <algorithm>

#include "view/widgets/button.h"
#include "view/widgets/training_bar.h"

namespace kg {
namespace {

TrainingBarLook whole_bar() {
  TrainingBarLook bar;
  bar.one_image = false;
  bar.rewind_hint = "Both runs back to the same first weights";
  return bar;
}

}  // namespace

void L2View::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const L2Lesson&>(base);
  keys(ui, lesson);
  if (ui.lies_low(stage)) {
    draw_low(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_phone(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
}

void L2View::draw_wide(Ui& ui, Rect stage, const L2Lesson& lesson) {
  const float gap = ui.u(12);
  stage = stage.inset(ui.u(18), ui.u(12));
  Rect left = stage.cut_left(ui.u(244));
  stage.cut_left(ui.u(18));
  if (ui.shows("presets")) {
    controls_.presets(ui, left.cut_top(ui.u(34)), lesson);
    left.cut_top(gap);
  }
  if (ui.shows("training")) {
    training_bar(ui, left.cut_top(training_bar_height(ui, whole_bar())), lesson, whole_bar());
    left.cut_top(gap);
  }
  if (ui.shows("lambda")) {
    controls_.lambda(ui, left.cut_top(controls_.lambda_height(ui, true)), lesson, true);
    left.cut_top(ui.u(4));
  }
  if (ui.shows("settings")) {
    controls_.settings(ui, left.cut_top(controls_.settings_height(ui)), lesson);
    left.cut_top(gap);
  }
  controls_.status(ui, left, lesson);

  if (ui.shows("gap")) {
    const Rect card = stage.cut_top(L2Curves::table_height(ui) + ui.u(12));
    ui.card(card);
    curves_.table(ui, card.inset(ui.u(12), ui.u(6)), lesson);
    stage.cut_top(gap);
  }
  if (ui.shows("curves")) {
    Rect plots = stage.cut_top((stage.h - gap) * 0.5f);
    stage.cut_top(gap);
    curves_.loss(ui, plots.cut_left(plots.w * 0.54f), lesson);
    plots.cut_left(ui.u(14));
    curves_.accuracy(ui, plots, lesson);
  }
  if (ui.shows("weights")) {
    const bool beside = ui.shows("filters") || ui.shows("digits");
    weights_.histograms(ui, beside ? stage.cut_left(stage.w * 0.42f) : stage, lesson);
    if (!beside) return;
    stage.cut_left(ui.u(14));
  }
  if (ui.display.pointed == "filters") digits_ = false;
  if (ui.display.pointed == "digits") digits_ = true;
  if (ui.shows("filters") && ui.shows("digits")) {
    const int chosen = segmented(ui, "beside", stage.cut_top(ui.u(30)), "Show",
                                 {"Weights as pictures", "Digits learned"}, digits_ ? 1 : 0);
    if (chosen >= 0) digits_ = chosen == 1;
    stage.cut_top(ui.u(6));
  }
  if (ui.shows(digits_ ? "digits" : "filters")) {
    if (digits_) {
      weights_.digits(ui, stage, lesson);
    } else {
      weights_.filters(ui, stage, lesson);
    }
  }
}

void L2View::tabs(Ui& ui, const Rect& row) {
  struct Tab {
    const char* words;
    std::initializer_list<std::string_view> parts;
  };
  static const Tab kTabs[] = {
      {"Loss", {"loss", "gap"}},
      {"Right", {"accuracy"}},
      {"Weights", {"histogram"}},
      {"Pictures", {"filters"}},
      {"Digits", {"digits"}},
      {"Setup", {"presets", "settings", "size", "noise", "rate", "pace", "steps", "factor", "status"}}};
  std::vector<std::string> words;
  int at = 0;
  for (const Tab& tab : kTabs) {
    words.emplace_back(tab.words);
    // Words of the text bring the tab to the front on which their part is.
    if (std::find(tab.parts.begin(), tab.parts.end(), ui.display.pointed) != tab.parts.end())
      panel_ = static_cast<Panel>(at);
    ++at;
  }
  const int chosen = segmented(ui, "tab", row, "Show", words, static_cast<int>(panel_));
  if (chosen >= 0) panel_ = static_cast<Panel>(chosen);
}

// One thing at a time, and beneath it λ and what sets the training going.
void L2View::draw_phone(Ui& ui, Rect stage, const L2Lesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  if (ui.shows("tabs")) {
    tabs(ui, stage.cut_top(ui.u(36)));
    stage.cut_top(ui.u(8));
  }
  TrainingBarLook bar = whole_bar();
  bar.steps = bar.pace = false;
  if (ui.shows("training")) {
    training_bar(ui, stage.cut_bottom(training_bar_height(ui, bar)), lesson, bar);
    stage.cut_bottom(ui.u(6));
  }
  if (ui.shows("lambda")) {
    controls_.lambda(ui, stage.cut_bottom(controls_.lambda_height(ui, false)), lesson, false);
    stage.cut_bottom(ui.u(6));
  }
  if (ui.shows("gap") && panel_ != Panel::settings && panel_ != Panel::digits) {
    curves_.table(ui, stage.cut_bottom(L2Curves::table_height(ui)), lesson);
    stage.cut_bottom(ui.u(6));
  }
  panel(ui, stage, lesson);
}

void L2View::draw_low(Ui& ui, Rect stage, const L2Lesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  if (ui.shows("tabs")) {
    tabs(ui, stage.cut_top(ui.u(30)));
    stage.cut_top(ui.u(8));
  }
  Rect left = stage.cut_left(stage.w * 0.4f);
  stage.cut_left(ui.u(16));
  TrainingBarLook bar = whole_bar();
  bar.steps = bar.pace = false;
  if (ui.shows("training")) {
    training_bar(ui, left.cut_top(training_bar_height(ui, bar)), lesson, bar);
    left.cut_top(ui.u(8));
  }
  if (ui.shows("lambda")) {
    controls_.lambda(ui, left.cut_top(controls_.lambda_height(ui, false)), lesson, false);
    left.cut_top(ui.u(8));
  }
  if (ui.shows("gap")) curves_.table(ui, left, lesson);
  panel(ui, stage, lesson);
}

void L2View::panel(Ui& ui, Rect room, const L2Lesson& lesson) {
  switch (panel_) {
    case Panel::loss:
      if (ui.shows("curves")) curves_.loss(ui, room, lesson);
      return;
    case Panel::accuracy:
      if (ui.shows("curves")) curves_.accuracy(ui, room, lesson);
      return;
    case Panel::weights:
      if (ui.shows("weights")) weights_.histograms(ui, room, lesson);
      return;
    case Panel::filters:
      if (ui.shows("filters")) weights_.filters(ui, room, lesson);
      return;
    case Panel::digits:
      if (ui.shows("digits")) weights_.digits(ui, room, lesson);
      return;
    case Panel::settings:
      return settings(ui, room, lesson);
  }
}

// What has no room elsewhere; on a low stage in two columns.
void L2View::settings(Ui& ui, Rect room, const L2Lesson& lesson) {
  const float gap = ui.u(8);
  Rect words = room.cut_bottom(ui.u(34));
  controls_.status(ui, words, lesson);
  room.cut_bottom(gap);
  if (ui.shows("presets")) {
    controls_.presets(ui, room.cut_top(ui.u(34)), lesson);
    room.cut_top(gap);
  }
  Rect other = room;
  const bool columns = room.h < ui.u(200);
  if (columns) {
    other = room.cut_right((room.w - ui.u(14)) * 0.46f);
    room.cut_right(ui.u(14));
  }
  if (ui.shows("settings")) {
    controls_.settings(ui, room.cut_top(controls_.settings_height(ui)), lesson);
    room.cut_top(gap);
  }
  if (!columns) other = room;
  if (ui.shows("lambda")) controls_.factor(ui, other.cut_bottom(ui.u(40)), lesson);
  if (!ui.shows("training")) return;
  TrainingBarLook bar = whole_bar();
  bar.train = false;
  training_bar(ui, other.cut_top(training_bar_height(ui, bar)), lesson, bar);
}

// The space bar, as in the bar of a timeline; the arrow to the right is one batch.
void L2View::keys(Ui& ui, const L2Lesson& lesson) const {
  if (!ui.shows("training") || !ui.focus.current().empty()) return;
  if (ui.key(ImGuiKey_Space, false)) ui.intend(lesson.playing() || lesson.busy() ? "pause" : "play");
  if (ui.key(ImGuiKey_RightArrow)) ui.intend("train", 1);
  if (ui.key(ImGuiKey_Home, false)) ui.intend("rewind");
}

}  // namespace kg
