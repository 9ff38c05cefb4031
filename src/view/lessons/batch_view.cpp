#include "view/lessons/batch_view.h"

#include <imgui.h>

#include "view/widgets/button.h"
#include "view/widgets/tabs.h"

namespace kg {

void BatchView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const BatchLesson&>(base);
  if (ui.lies_low(stage)) {
    draw_low(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
  keys(ui, lesson);
}

void BatchView::draw_wide(Ui& ui, Rect stage, const BatchLesson& lesson) {
  stage = stage.inset(ui.u(20), ui.u(14));
  if (ui.shows("view")) {
    scenes(ui, stage.cut_top(ui.u(36)), lesson);
    stage.cut_top(ui.u(14));
  }
  const Rect side = stage.cut_left(ui.u(236));
  stage.cut_left(ui.u(20));
  controls(ui, side, lesson);
  const Rect below = stage.cut_bottom(facts_height(ui, lesson, BatchRoom::wide));
  stage.cut_bottom(ui.u(12));
  main(ui, stage, lesson, BatchRoom::wide);
  facts(ui, below, lesson);
}

void BatchView::draw_narrow(Ui& ui, Rect stage, const BatchLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  if (ui.shows("view")) {
    scenes(ui, stage.cut_top(ui.u(34)), lesson);
    stage.cut_top(ui.u(6));
  }
  panels(ui, stage.cut_top(ui.u(34)), "Watch");
  stage.cut_top(ui.u(8));
  if (tab_ == 1) return controls(ui, stage, lesson);
  const Rect below = stage.cut_bottom(facts_height(ui, lesson, BatchRoom::narrow));
  stage.cut_bottom(ui.u(8));
  main(ui, stage, lesson, BatchRoom::narrow);
  facts(ui, below, lesson);
}

// A phone on its side: what is to be watched at the left, beside it its numbers or its settings.
void BatchView::draw_low(Ui& ui, Rect stage, const BatchLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  Rect panel = stage.cut_right(std::max(stage.w * 0.46f, ui.u(330)));
  stage.cut_right(ui.u(14));
  main(ui, stage, lesson, BatchRoom::low);
  Rect head = panel.cut_top(ui.u(30));
  const Rect second = head.cut_right(ui.u(140));
  head.cut_right(ui.u(8));
  if (ui.shows("view")) scenes(ui, head, lesson);
  panels(ui, second, "Numbers");
  panel.cut_top(ui.u(8));
  if (tab_ == 1) return controls(ui, panel, lesson);
  facts(ui, panel.cut_top(std::min(panel.h, facts_height(ui, lesson, BatchRoom::low))), lesson);
}

// What the text names and another scene has, is to be found behind that scene’s button.
void BatchView::scenes(Ui& ui, const Rect& row, const BatchLesson& lesson) const {
  ui.part("view", row);
  const bool short_names = row.w < ui.u(330);
  const int chosen =
      segmented(ui, "scene", row, "Scene", {"Epoch", "Race", short_names ? "Surface" : "Loss surface"},
                static_cast<int>(lesson.scene()),
                {"One pass over all images, batch by batch", "Batch sizes against each other",
                 "Their paths over the loss of two weights"});
  if (chosen >= 0) ui.intend("set_view", BatchLesson::name_of(static_cast<BatchLesson::Scene>(chosen)));
  static const std::vector<std::string_view> kParts[] = {
      {"shuffle", "images"}, {"rate", "axis", "standing", "accuracy"}, {"noise", "map"}};
  const float width = row.w / 3;
  for (int k = 0; k < 3; ++k) {
    if (k == static_cast<int>(lesson.scene())) continue;
    for (const std::string_view part : kParts[k])
      ui.part(part, {row.x + width * static_cast<float>(k), row.y, width, row.h});
  }
}

// What is to be watched, or the settings; on a low stage the numbers beside what is watched, or the settings.
void BatchView::panels(Ui& ui, const Rect& row, const char* first) {
  static const std::vector<std::string_view> kWatched = {"images", "formula",  "accuracy", "loss",
                                                         "axis",   "standing", "map",      "noise"},
                                             kSettings = {"set",          "batch_size", "epochs",     "epoch",
                                                          "shuffle",      "riddle",     "sizes",      "rate",
                                                          "surface_rate", "start_left", "start_right"};
  tab_ = tabs(ui, "tab", row, {{first, kWatched}, {"Set up", kSettings}}, tab_);
}

// As the transport bar’s, in the scene that has none.
void BatchView::keys(Ui& ui, const BatchLesson& lesson) const {
  if (lesson.scene() != BatchLesson::Scene::race || !ui.shows("training") || !ui.focus.current().empty())
    return;
  if (ui.key(ImGuiKey_Space, false)) ui.intend(lesson.playing() || lesson.busy() ? "pause" : "play");
  if (ui.key(ImGuiKey_RightArrow, false)) ui.intend("train_epoch");
  if (ui.key(ImGuiKey_Home, false)) ui.intend("rewind");
}

void BatchView::main(Ui& ui, const Rect& room, const BatchLesson& lesson, BatchRoom how) {
  if (lesson.scene() == BatchLesson::Scene::epoch) return epoch_.main(ui, room, lesson);
  if (lesson.scene() == BatchLesson::Scene::race) return race_.main(ui, room, lesson, how);
  map_.main(ui, room, lesson);
}

void BatchView::facts(Ui& ui, const Rect& room, const BatchLesson& lesson) {
  if (lesson.scene() == BatchLesson::Scene::epoch) return epoch_.facts(ui, room, lesson);
  if (lesson.scene() == BatchLesson::Scene::race) return race_.facts(ui, room, lesson);
  map_.facts(ui, room, lesson);
}

float BatchView::facts_height(const Ui& ui, const BatchLesson& lesson, BatchRoom how) const {
  if (lesson.scene() == BatchLesson::Scene::epoch) return epoch_.facts_height(ui, how);
  return lesson.scene() == BatchLesson::Scene::race ? race_.facts_height(ui, how)
                                                    : map_.facts_height(ui, how);
}

void BatchView::controls(Ui& ui, const Rect& room, const BatchLesson& lesson) const {
  if (lesson.scene() == BatchLesson::Scene::epoch) return epoch_.controls(ui, room, lesson);
  if (lesson.scene() == BatchLesson::Scene::race) return race_.controls(ui, room, lesson);
  map_.controls(ui, room, lesson);
}

}  // namespace kg
