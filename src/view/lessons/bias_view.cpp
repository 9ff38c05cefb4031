#include "view/lessons/bias_view.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/number_text.h"
#include "view/lessons/bias_sum.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"
#include "view/widgets/slider.h"
#include "view/widgets/tabs.h"

namespace kg {
namespace {

constexpr float kMapShort = 580;  // the same for the map, which has more to show
constexpr float kBiasStep = 0.05f;
constexpr float kNeuronBias = 5;  // the slider's ends; a bias beyond them can be typed

std::string text_of(float value) { return number_text(static_cast<double>(value)); }

// How wide a map will be in a square of this size: whole pixels for each cell leave a little over.
float map_width(const Ui& ui, float side, const BiasLesson& lesson) {
  const Shape& shape = lesson.sums().shape();
  return fit_cells(ui, {0, 0, side, side}, shape.h, shape.w).w;
}

}  // namespace

void BiasView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const BiasLesson&>(base);
  if (map_.covers_stage()) return map_.cover(ui, stage, lesson);
  const bool map = lesson.scene() == BiasLesson::Scene::map;
  const bool on_its_side = ui.lies_low(stage);
  if (on_its_side || (map && stage.w >= ui.u(kNarrow) && stage.h < ui.u(kMapShort))) {
    const Rect inside = stage.inset(ui.u(12), ui.u(8));
    map ? map_short(ui, inside, lesson) : neuron_short(ui, inside, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    const Rect inside = stage.inset(ui.u(12), ui.u(8));
    map ? map_narrow(ui, inside, lesson) : neuron_narrow(ui, inside, lesson);
  } else {
    const Rect inside = stage.inset(ui.u(22), ui.u(18));
    map ? map_wide(ui, inside, lesson) : neuron_wide(ui, inside, lesson);
  }
}

void BiasView::scenes(Ui& ui, const Rect& row, const BiasLesson& lesson) const {
  if (!ui.shows("view")) return;
  const int chosen = segmented(ui, "view", row, "Show", {"One neuron", "A whole map"},
                               lesson.scene() == BiasLesson::Scene::map ? 1 : 0,
                               {"Inputs, weights, the weighted sum, the bias and relu of a single neuron",
                                "The same neuron at every place of a picture: one filter and its bias"});
  if (chosen >= 0) ui.intend("set_view", chosen == 1 ? "map" : "neuron");
}

void BiasView::input_count(Ui& ui, const Rect& row, const BiasLesson& lesson) const {
  if (!ui.shows("inputs")) return;
  std::vector<float> inputs = lesson.inputs();
  const int count = static_cast<int>(inputs.size());
  const int way = stepper(ui, "count", ui.labelled(row, "Inputs"), "Number of inputs", std::to_string(count),
                          count > 1, count < BiasLesson::kMaxInputs, "A neuron has at least one input",
                          "Four inputs are the most that fit here");
  if (way == 0) return;
  inputs.resize(static_cast<std::size_t>(count + way), 1);
  ui.intend("set_inputs", inputs);
}

void BiasView::bias_slider(Ui& ui, Rect row, const BiasLesson& lesson) const {
  if (!ui.shows("bias")) return;
  const bool map = lesson.scene() == BiasLesson::Scene::map;
  const float reach = map ? std::ceil(map_reach(lesson)) + 1 : kNeuronBias;
  const std::string value = text_of(lesson.bias());
  const std::string name = "Bias " + value;
  // As wide as the widest, so that the slider stays where it is.
  Rect words = row.cut_left(ui.text_width("Bias −0.00", type::kStrong, Weight::semibold) + ui.u(10));
  ui.text(words.x, words.middle_y() - ui.u(8), name, type::kStrong, ui.theme.ink, Weight::semibold);
  SliderLook look;
  look.filled = false;
  look.arrow_step = kBiasStep / (2 * reach);
  const float place = (lesson.bias() / reach + 1) / 2;
  const float middle = row.x + ui.u(9) + (row.w - ui.u(18)) / 2;
  ui.fill({middle - ui.u(0.5f), row.middle_y() - ui.u(8), ui.u(1), ui.u(16)}, ui.theme.muted);  // 0
  if (const auto to = slider(ui, "bias slider", row, name, place, look)) {
    const double bias = static_cast<double>((*to * 2 - 1) * reach);
    ui.intend("set_bias", std::round(bias * 20) / 20);
  }
}

void BiasView::plot(Ui& ui, const Rect& box, const BiasLesson& lesson) {
  ReluShown what;
  what.sum = lesson.weighted_sum(), what.bias = lesson.bias(), what.output = lesson.activation();
  what.may_drag = ui.shows("bias");
  if (lesson.scene() == BiasLesson::Scene::map) {
    what.sums = lesson.sums().values();
  } else {
    const int count = static_cast<int>(lesson.inputs().size());
    what.sum_known = lesson.shown() > count;
    what.output_known = lesson.shown() > count + 2;
  }
  if (const auto bias = plot_.draw(ui, box, what)) {
    if (std::abs(*bias - static_cast<double>(lesson.bias())) > 0.001) ui.intend("set_bias", *bias);
  }
}

void BiasView::neuron_wide(Ui& ui, Rect stage, const BiasLesson& lesson) {
  Rect top = stage.cut_top(ui.u(36));
  scenes(ui, top.cut_left(ui.u(280)), lesson);
  input_count(ui, top.cut_right(ui.u(170)), lesson);
  stage.cut_top(ui.u(16));
  Rect foot = stage.cut_bottom(ui.u(124));
  stage.cut_bottom(ui.u(16));

  Rect right = stage.cut_right(stage.w * 0.38f);
  stage.cut_right(ui.u(24));
  const Rect scale = stage.cut_bottom(ui.u(36));
  neuron_.draw(ui, stage, lesson);
  legend(ui, {scale.x, scale.y, std::min(scale.w, ui.u(240)), scale.h}, neuron_reach(lesson));
  ui.heading(right.cut_top(ui.u(24)), "relu", "what the neuron makes of each weighted sum");
  plot(ui, right, lesson);

  ui.card(foot);
  foot = foot.inset(ui.u(20), ui.u(14));
  const Rect slide = foot.cut_right(foot.w * 0.38f);
  foot.cut_right(ui.u(24));
  bias_sum(ui, foot, lesson);
  Rect rows = slide;
  bias_slider(ui, rows.cut_top(ui.u(40)), lesson);
  rows.cut_top(ui.u(8));
  ui.paragraph(rows,
               "The neuron fires from a weighted sum of " + text_of(lesson.threshold()) +
                   " on: the opposite of its bias.",
               type::kText, ui.theme.muted);
}

void BiasView::neuron_narrow(Ui& ui, Rect stage, const BiasLesson& lesson) {
  scenes(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(6));
  Rect foot = stage.cut_bottom(ui.u(36));
  stage.cut_bottom(ui.u(6));
  neuron_.draw(ui, stage.cut_top(stage.h * 0.53f), lesson);
  stage.cut_top(ui.u(6));
  plot(ui, stage, lesson);
  input_count(ui, foot.cut_left(ui.u(150)), lesson);
  foot.cut_left(ui.u(12));
  bias_slider(ui, foot, lesson);
}

// A phone on its side: the neuron left, its curve right.
void BiasView::neuron_short(Ui& ui, Rect stage, const BiasLesson& lesson) {
  Rect right = stage.cut_right(stage.w * 0.4f);
  stage.cut_right(ui.u(14));
  neuron_.draw(ui, stage, lesson);
  Rect top = right.cut_top(ui.u(36));
  scenes(ui, top.cut_left(top.w * 0.58f), lesson);
  top.cut_left(ui.u(8));
  input_count(ui, top, lesson);
  right.cut_top(ui.u(4));
  bias_slider(ui, right.cut_bottom(ui.u(34)), lesson);
  plot(ui, right, lesson);
}

void BiasView::map_wide(Ui& ui, Rect stage, const BiasLesson& lesson) {
  Rect top = stage.cut_top(ui.u(36));
  scenes(ui, top.cut_left(ui.u(280)), lesson);
  stage.cut_top(ui.u(14));
  const float gap = ui.u(22), left = ui.u(236), scale = ui.u(38), head = ui.u(24);
  const float side = std::min((stage.w - left - 2 * gap) / 2, stage.h - ui.u(150 + 14) - scale - head);
  const float width = map_width(ui, side, lesson);
  Rect maps = stage.cut_top(std::max(head + side + scale, ui.u(336)));  // the column is as tall as that
  stage.cut_top(ui.u(14));
  map_.column(ui, maps.cut_left(left), lesson);
  const Rect after = maps.cut_right(width);
  const Rect before{(maps.x + after.x - width) / 2, maps.y, width, maps.h};
  map_.before(ui, {before.x, before.y, width, head + side}, lesson);
  map_.after(ui, {after.x, after.y, width, head + side}, lesson);
  const Rect under{before.x, before.y + head + side + ui.u(6), width, scale};
  legend(ui, under, map_reach(lesson));
  ui.paragraph({after.x, under.y, width, scale},
               std::to_string(lesson.cells_firing_without_bias()) +
                   " would fire without a bias. Press a cell to look at it.",
               type::kSmall, ui.theme.muted);

  ui.card(stage);
  Rect foot = stage.inset(ui.u(20), ui.u(12));
  Rect right = foot.cut_right(foot.w * 0.52f);
  foot.cut_right(ui.u(24));
  bias_slider(ui, foot.cut_top(ui.u(34)), lesson);
  const BiasLesson::Cell here = lesson.cell();
  foot.cut_top(ui.u(8));
  ui.text(foot.x, foot.y,
          "The framed cell: row " + std::to_string(here.row) + ", column " + std::to_string(here.col),
          type::kText, ui.theme.muted);
  foot.cut_top(ui.u(20));
  bias_sum(ui, foot, lesson);
  plot(ui, right, lesson);
}

void BiasView::map_narrow(Ui& ui, Rect stage, const BiasLesson& lesson) {
  scenes(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(8));
  const float gap = ui.u(12), side = std::min((stage.w - gap) / 2, stage.h * 0.485f);
  Rect maps = stage.cut_top(ui.u(20) + side);
  map_.before(ui, maps.cut_left(side), lesson);
  map_.after(ui, maps.cut_right(map_width(ui, side, lesson)), lesson);
  stage.cut_top(ui.u(8));
  map_tabs(ui, stage, lesson);
}

// A phone on its side: the maps left and right, everything else between them.
void BiasView::map_short(Ui& ui, Rect stage, const BiasLesson& lesson) {
  const float side = map_width(ui, std::min(stage.w * 0.32f, stage.h - ui.u(24)), lesson);
  map_.before(ui, stage.cut_left(side), lesson);
  map_.after(ui, stage.cut_right(side), lesson);
  stage = stage.inset(ui.u(14), 0);
  scenes(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(6));
  map_tabs(ui, stage, lesson);
}

// What has no room beside the maps, one at a time.
void BiasView::map_tabs(Ui& ui, Rect stage, const BiasLesson& lesson) {
  tab_ = tabs(ui, "tab", stage.cut_top(ui.u(36)), {{"Bias", {"bias", "threshold"}}, {"Picture"}, {"Filter"}},
              tab_);
  stage.cut_top(ui.u(6));
  if (tab_ == 0) {
    bias_slider(ui, stage.cut_top(ui.u(34)), lesson);
    plot(ui, stage, lesson);
  } else if (tab_ == 1) {
    map_.picture_controls(ui, stage.cut_top(std::min(stage.h, ui.u(96))), lesson);
  } else {
    legend(ui, stage.cut_bottom(ui.u(27)), map_reach(lesson));
    map_.presets(ui, stage, lesson);
  }
}

}  // namespace kg
