#include "view/lessons/batchnorm_view.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "view/lessons/batchnorm_gradient.h"
#include "view/widgets/button.h"
#include "view/widgets/tabs.h"
#include "view/widgets/training_bar.h"

namespace kg {
namespace {

using Which = BatchnormLesson::Scene;

constexpr float kRow = 34, kFinger = 36;  // units

// The parts of each scene that the text has words for. While another scene is on the stage they are to be
// found behind their scene's name.
constexpr std::array<std::string_view, 4> kTableParts = {"scalings", "strips", "table", "gradient"};
constexpr std::array<std::string_view, 6> kStepsParts = {"histograms", "gamma", "beta",
                                                         "unit",       "batch", "moving"};
constexpr std::array<std::string_view, 5> kRunsParts = {"loss", "accuracy", "layers", "rate", "standing"};

std::span<const std::string_view> parts_of(Which scene) {
  switch (scene) {
    case Which::miles_age:
      return kTableParts;
    case Which::three_steps:
      return kStepsParts;
    case Which::training:
      return kRunsParts;
  }
  return {};
}

}  // namespace

void BatchnormView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const BatchnormLesson&>(base);
  keys(ui, lesson);
  const bool low = ui.lies_low(stage);
  if (low || stage.w < ui.u(kNarrow)) {
    const Rect room = stage.inset(ui.u(12), ui.u(8));
    switch (lesson.scene()) {
      case Which::miles_age:
        return table_small(ui, room, lesson, low);
      case Which::three_steps:
        return steps_small(ui, room, lesson, low);
      case Which::training:
        return runs_small(ui, room, lesson, low);
    }
  }
  const Rect room = stage.inset(ui.u(20), ui.u(14));
  switch (lesson.scene()) {
    case Which::miles_age:
      return table_wide(ui, room, lesson);
    case Which::three_steps:
      return steps_wide(ui, room, lesson);
    case Which::training:
      return runs_wide(ui, room, lesson);
  }
}

void BatchnormView::scenes(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const {
  if (!ui.shows("scenes")) return;
  const auto presets = BatchnormLesson::presets();
  std::vector<std::string> names, hints;
  const float width = row.w / static_cast<float>(presets.size());
  for (const BatchnormLesson::ScenePreset& one : presets) {
    const Rect tab{row.x + width * static_cast<float>(names.size()), row.y, width, row.h};
    if (one.scene != lesson.scene()) {
      for (const std::string_view part : parts_of(one.scene)) ui.part(part, tab);
    }
    names.emplace_back(one.title), hints.emplace_back(one.comment);
  }
  const int chosen = segmented(ui, "scene", row, "Scene", names, static_cast<int>(lesson.scene()), hints);
  if (chosen >= 0) ui.intend("set_view", presets[static_cast<std::size_t>(chosen)].name);
}

void BatchnormView::table_wide(Ui& ui, Rect stage, const BatchnormLesson& lesson) {
  const float gap = ui.u(14);
  Rect top = stage.cut_top(ui.u(kFinger));
  scenes(ui, top.cut_left(std::min(ui.u(400), top.w * 0.5f)), lesson);
  if (ui.shows("scaling")) table_.scalings(ui, top.cut_right(std::min(ui.u(340), top.w - ui.u(16))), lesson);
  stage.cut_top(gap);
  if (ui.shows("table")) {
    const Rect card = stage.cut_left(std::min(ui.u(350), stage.w * 0.42f));
    ui.card(card);
    table_.table(ui, card.inset(ui.u(12), ui.u(10)), lesson);
    stage.cut_left(gap);
  }
  if (ui.shows("gradient")) {
    batchnorm_gradient(ui, stage.cut_bottom(std::min(ui.u(172), stage.h * 0.34f)), lesson);
    stage.cut_bottom(gap);
  }
  if (ui.shows("strips")) table_.strips(ui, stage, lesson);
}

void BatchnormView::table_small(Ui& ui, Rect stage, const BatchnormLesson& lesson, bool low) {
  const float row = ui.u(low ? kRow : kFinger), gap = ui.u(6);
  Rect left = stage;
  if (low) {
    left = stage.cut_left(stage.w * 0.53f);
    stage.cut_left(ui.u(14));
  }
  scenes(ui, left.cut_top(row), lesson);
  left.cut_top(gap);
  Rect& right = low ? stage : left;
  if (ui.shows("scaling")) {
    table_.scalings(ui, right.cut_top(row), lesson);
    right.cut_top(gap);
  }
  if (low) {
    if (ui.shows("strips")) table_.strips(ui, left, lesson);
    table_tab_ =
        tabs(ui, "tab", right.cut_top(row), {{"Table", {"table"}}, {"Gradient", {"gradient"}}}, table_tab_);
    right.cut_top(gap);
    if (table_tab_ == 0 && ui.shows("table")) table_.table(ui, right, lesson);
    if (table_tab_ == 1 && ui.shows("gradient")) batchnorm_gradient(ui, right, lesson);
    return;
  }
  table_tab_ = tabs(ui, "tab", right.cut_top(row),
                    {{"Picture", {"strips", "gradient"}}, {"Table", {"table"}}}, table_tab_);
  right.cut_top(gap);
  if (table_tab_ == 1) {
    if (ui.shows("table")) table_.table(ui, right, lesson);
    return;
  }
  if (ui.shows("gradient")) {
    batchnorm_gradient(ui, right.cut_bottom(ui.u(150)), lesson);
    right.cut_bottom(gap);
  }
  if (ui.shows("strips")) table_.strips(ui, right, lesson);
}

void BatchnormView::steps_wide(Ui& ui, Rect stage, const BatchnormLesson& lesson) {
  const float gap = ui.u(14);
  Rect top = stage.cut_top(ui.u(kFinger));
  scenes(ui, top.cut_left(std::min(ui.u(400), top.w * 0.5f)), lesson);
  steps_.unit(ui, top.cut_right(ui.u(170)), lesson);
  top.cut_right(ui.u(16));
  steps_.batch(ui, top.cut_right(ui.u(180)), lesson);
  stage.cut_top(gap);
  if (ui.shows("moving")) {
    const Rect card = stage.cut_bottom(std::clamp(stage.h * 0.26f, ui.u(142), ui.u(200)));
    steps_.moving(ui, card, lesson);
    stage.cut_bottom(gap);
  }
  steps_.rows(ui, stage, lesson, true);
}

void BatchnormView::steps_small(Ui& ui, Rect stage, const BatchnormLesson& lesson, bool low) {
  const float row = ui.u(low ? kRow : kFinger), gap = ui.u(6);
  if (low) {
    steps_.rows(ui, stage.cut_left(stage.w * 0.53f), lesson, false);
    stage.cut_left(ui.u(14));
    scenes(ui, stage.cut_top(row), lesson);
    stage.cut_top(gap);
  } else {
    scenes(ui, stage.cut_top(row), lesson);
    stage.cut_top(gap);
    steps_.rows(ui, stage.cut_top(stage.h - ui.u(36 + 6 + 128 + 8)), lesson, false);
    stage.cut_top(ui.u(8));
  }
  steps_tab_ =
      tabs(ui, "tab", stage.cut_top(row),
           {{"g and b", {"gamma", "beta"}}, {"Batch, unit", {"batch", "unit"}}, {"Averages", {"moving"}}},
           steps_tab_);
  stage.cut_top(gap);
  if (steps_tab_ == 2) return steps_.moving(ui, stage, lesson);
  const float height = std::min(ui.u(40), (stage.h - gap) / 2);
  const Rect first = stage.cut_top(height);
  stage.cut_top(gap);
  const Rect second = stage.cut_top(height);
  if (steps_tab_ == 0) {
    steps_.gamma(ui, first, lesson);
    steps_.beta(ui, second, lesson);
  } else {
    steps_.batch(ui, first, lesson);
    steps_.unit(ui, second, lesson);
  }
}

void BatchnormView::runs_wide(Ui& ui, Rect stage, const BatchnormLesson& lesson) {
  const float gap = ui.u(14);
  Rect top = stage.cut_top(ui.u(kFinger));
  scenes(ui, top.cut_left(std::min(ui.u(400), top.w * 0.5f)), lesson);
  stage.cut_top(gap);
  Rect left = stage.cut_left(ui.u(268));
  stage.cut_left(ui.u(18));
  if (ui.shows("training")) {
    const float height = training_bar_height(ui, BatchnormRuns::bar());
    training_bar(ui, left.cut_top(height), lesson, BatchnormRuns::bar());
    left.cut_top(gap);
  }
  runs_.rate(ui, left.cut_top(BatchnormRuns::rate_height(ui)), lesson);
  left.cut_top(ui.u(10));
  const Rect card = left.cut_top(BatchnormRuns::table_height(ui) + ui.u(14));
  ui.card(card);
  runs_.table(ui, card.inset(ui.u(12), ui.u(6)), lesson);
  left.cut_top(gap);
  runs_.status(ui, left.cut_top(ui.u(72)), lesson);
  left.cut_top(ui.u(6));
  runs_.layers(ui, left, lesson);
  runs_.accuracy(ui, stage.cut_top((stage.h - gap) / 2), lesson);
  stage.cut_top(gap);
  runs_.loss(ui, stage, lesson);
}

void BatchnormView::runs_small(Ui& ui, Rect stage, const BatchnormLesson& lesson, bool low) {
  const float row = ui.u(low ? kRow : kFinger), gap = ui.u(6);
  TrainingBarLook bar = BatchnormRuns::bar();
  bar.steps = bar.pace = false;
  Rect left = stage;
  if (low) {
    left = stage.cut_left(stage.w * 0.42f);
    stage.cut_left(ui.u(16));
  }
  scenes(ui, left.cut_top(row), lesson);
  left.cut_top(gap);
  if (ui.shows("training")) {
    training_bar(
        ui, low ? left.cut_top(training_bar_height(ui, bar)) : left.cut_bottom(training_bar_height(ui, bar)),
        lesson, bar);
    low ? left.cut_top(gap) : left.cut_bottom(gap);
  }
  const float height = BatchnormRuns::rate_height(ui);
  runs_.rate(ui, low ? left.cut_top(height) : left.cut_bottom(height), lesson);
  low ? left.cut_top(gap) : left.cut_bottom(gap);
  const float rows = BatchnormRuns::table_height(ui);
  runs_.table(ui, low ? left.cut_top(rows) : left.cut_bottom(rows), lesson);
  if (!low) left.cut_bottom(gap);
  Rect& right = low ? stage : left;
  runs_tab_ = tabs(ui, "tab", right.cut_top(row),
                   {{"Right", {"accuracy"}},
                    {"Loss", {"loss"}},
                    {"Layers", {"layers"}},
                    {"More", {"status", "steps", "pace"}}},
                   runs_tab_);
  right.cut_top(gap);
  if (runs_tab_ == 0) return runs_.accuracy(ui, right, lesson);
  if (runs_tab_ == 1) return runs_.loss(ui, right, lesson);
  if (runs_tab_ == 2) return runs_.layers(ui, right, lesson);
  bar.train = false, bar.steps = bar.pace = true;
  if (ui.shows("training")) {
    training_bar(ui, right.cut_top(training_bar_height(ui, bar)), lesson, bar);
    right.cut_top(gap);
  }
  runs_.status(ui, right, lesson);
}

// The space bar trains wherever one is, which brings the training into sight; the arrow to the right is one
// batch.
void BatchnormView::keys(Ui& ui, const BatchnormLesson& lesson) const {
  if (!ui.shows("training") || !ui.focus.current().empty()) return;
  const bool here = lesson.scene() == Which::training;
  if (ui.key(ImGuiKey_Space, false))
    ui.intend(here && (lesson.playing() || lesson.busy()) ? "pause" : "play");
  if (!here) return;
  if (ui.key(ImGuiKey_RightArrow)) ui.intend("train", 1);
  if (ui.key(ImGuiKey_Home, false)) ui.intend("rewind");
}

}  // namespace kg
