#include "view/lessons/finetune_view.h"

#include <imgui.h>

#include <algorithm>

#include "view/widgets/tabs.h"
#include "view/widgets/training_bar.h"

namespace kg {
namespace {

using L = FinetuneLesson;

TrainingBarLook whole_bar() {
  TrainingBarLook bar;
  bar.one_image = false;
  return bar;
}

TrainingBarLook short_bar() {
  TrainingBarLook bar = whole_bar();
  bar.steps = bar.pace = false;
  return bar;
}

}  // namespace

void FinetuneView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const L&>(base);
  if (covers_lesson()) return pad_.draw(ui, stage, lesson.picture());
  keys(ui, lesson);
  if (ui.lies_low(stage)) {
    draw_low(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_phone(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
}

void FinetuneView::draw_wide(Ui& ui, Rect stage, const L& lesson) {
  const float gap = ui.u(12);
  stage = stage.inset(ui.u(18), ui.u(12));
  Rect left = stage.cut_left(ui.u(244));
  stage.cut_left(ui.u(18));
  controls_.scenes(ui, left.cut_top(ui.u(36)), lesson);
  left.cut_top(gap);
  if (ui.shows("training")) {
    training_bar(ui, left.cut_top(training_bar_height(ui, whole_bar())), lesson, whole_bar());
    left.cut_top(gap);
  }
  if (lesson.scene() == L::Scene::base) {
    controls_.next(ui, left.cut_top(ui.u(40)), lesson);
    left.cut_top(gap);
  } else {
    controls_.settings(ui, left.cut_top(controls_.settings_height(ui, lesson)), lesson);
    left.cut_top(gap);
  }
  Rect card = left.cut_top(controls_.picture_height(ui) + ui.u(20));
  if (ui.shows("picture")) {
    // Only a frame: the picture lies beneath whatever is filled.
    ui.outline(card, ui.theme.hairline, ui.theme.border, 8);
    picture(ui, card.inset(ui.u(12), ui.u(10)), lesson);
  }
  left.cut_top(gap);
  controls_.status(ui, left, lesson);

  if (ui.shows("nets")) {
    const Rect nets = stage.cut_top(std::clamp(stage.h * 0.46f, ui.u(286), ui.u(360)));
    ui.card(nets);
    nets_.draw(ui, nets.inset(ui.u(12), ui.u(8)), lesson);
    stage.cut_top(gap);
  }
  if (ui.shows("examples")) {
    symbols_.draw(ui, stage.cut_right(ui.shows("curves") ? stage.w * 0.46f : stage.w), lesson);
    stage.cut_right(ui.u(16));
  }
  if (ui.shows("curves")) curves(ui, stage, lesson);
}

void FinetuneView::tabs_row(Ui& ui, const Rect& row) {
  if (!ui.shows("tabs")) return;
  const std::vector<Tab> all = {
      {"Nets", {"nets", "change", "locks"}},
      {"Curves", {"accuracy", "loss"}},
      {"Data", {"examples", "filters", "sheet"}},
      {"Ask", {"picture"}},
      {"Setup", {"next", "task", "count", "kept", "rate", "steps", "pace", "status"}}};
  panel_ = static_cast<Panel>(tabs(ui, "tab", row, all, static_cast<int>(panel_)));
}

// One thing at a time, and beneath it what sets the training going.
void FinetuneView::draw_phone(Ui& ui, Rect stage, const L& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  controls_.scenes(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(6));
  tabs_row(ui, stage.cut_top(ui.u(36)));
  stage.cut_top(ui.u(8));
  if (ui.shows("training")) {
    training_bar(ui, stage.cut_bottom(training_bar_height(ui, short_bar())), lesson, short_bar());
    stage.cut_bottom(ui.u(8));
  }
  panel(ui, stage, lesson);
}

void FinetuneView::draw_low(Ui& ui, Rect stage, const L& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  Rect left = stage.cut_left(ui.u(236));
  stage.cut_left(ui.u(16));
  controls_.scenes(ui, left.cut_top(ui.u(34)), lesson);
  left.cut_top(ui.u(8));
  if (ui.shows("training")) {
    training_bar(ui, left.cut_top(training_bar_height(ui, short_bar())), lesson, short_bar());
    left.cut_top(ui.u(8));
  }
  if (panel_ != Panel::ask) {
    picture(ui, left, lesson);
  } else {
    controls_.status(ui, left, lesson);
  }
  tabs_row(ui, stage.cut_top(ui.u(34)));
  stage.cut_top(ui.u(8));
  panel(ui, stage, lesson);
}

void FinetuneView::panel(Ui& ui, Rect room, const L& lesson) {
  switch (panel_) {
    case Panel::nets:
      if (ui.shows("nets")) nets_.draw(ui, room, lesson);
      return;
    case Panel::curves:
      if (ui.shows("curves")) curves(ui, room, lesson);
      return;
    case Panel::data:
      if (ui.shows("examples")) symbols_.draw(ui, room, lesson);
      return;
    case Panel::ask:
      return picture(ui, room, lesson);
    case Panel::setup:
      return setup(ui, room, lesson);
  }
}

// One above the other, or side by side where the room is wide.
void FinetuneView::curves(Ui& ui, Rect room, const L& lesson) {
  if (room.w > room.h * 1.6f) {
    curves_.accuracy(ui, room.cut_left((room.w - ui.u(14)) / 2), lesson);
    room.cut_left(ui.u(14));
  } else {
    curves_.accuracy(ui, room.cut_top((room.h - ui.u(8)) * 0.56f), lesson);
    room.cut_top(ui.u(8));
  }
  curves_.loss(ui, room, lesson);
}

// What has no room elsewhere; on a low stage in two columns.
void FinetuneView::setup(Ui& ui, Rect room, const L& lesson) {
  const float gap = ui.u(8);
  TrainingBarLook bar = whole_bar();
  bar.train = false;
  Rect other = room;
  if (room.w > room.h * 1.3f) {
    other = room.cut_right((room.w - ui.u(16)) / 2);
    room.cut_right(ui.u(16));
  }
  const bool columns = other.x != room.x;
  if (lesson.scene() == L::Scene::base) {
    controls_.next(ui, room.cut_top(ui.u(40)), lesson);
    room.cut_top(gap);
  } else {
    controls_.settings(ui, room.cut_top(controls_.settings_height(ui, lesson)), lesson);
    room.cut_top(gap);
  }
  if (!columns) other = room;
  if (ui.shows("training")) {
    training_bar(ui, other.cut_top(training_bar_height(ui, bar)), lesson, bar);
    other.cut_top(gap);
  }
  controls_.status(ui, other, lesson);
}

void FinetuneView::picture(Ui& ui, const Rect& room, const L& lesson) {
  if (!controls_.picture(ui, room, lesson)) return;
  pad_.open();
  ui.intend("show_drawing");
}

// The space bar, as in the bar of a timeline; the arrow to the right is one batch.
void FinetuneView::keys(Ui& ui, const L& lesson) const {
  if (!ui.shows("training") || !ui.focus.current().empty()) return;
  if (ui.key(ImGuiKey_Space, false)) ui.intend(lesson.playing() || lesson.busy() ? "pause" : "play");
  if (ui.key(ImGuiKey_RightArrow)) ui.intend("train", 1);
  if (ui.key(ImGuiKey_Home, false)) ui.intend("rewind");
}

}  // namespace kg
