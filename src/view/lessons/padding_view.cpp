#include "view/lessons/padding_view.h"

#include <algorithm>
#include <cmath>

#include "view/lessons/padding_controls.h"
#include "view/lessons/padding_formula.h"

namespace kg {
namespace {

constexpr double kGrowing = 6;  // lines a second at which the border of zeros appears or goes, at least

}  // namespace

void PaddingView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const PaddingLesson&>(base);
  grow_border(ui, lesson.axis());
  if (ui.lies_low(stage)) {
    draw_short(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
}

void PaddingView::draw_wide(Ui& ui, Rect stage, const PaddingLesson& lesson) {
  stage = stage.inset(ui.u(22), ui.u(16));
  padding_scenes(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(16));
  const Rect card = stage.cut_bottom(ui.u(92));
  stage.cut_bottom(ui.u(14));
  padding_controls(ui, stage.cut_bottom(ui.u(53)), 1, lesson);
  stage.cut_bottom(ui.u(14));
  scene(ui, stage, lesson);

  ui.card(card);
  Rect inside = card.inset(ui.u(20), ui.u(10));
  const float used = padding_formula(ui, {inside.x, inside.y, inside.w * 0.56f, inside.h}, lesson);
  inside.cut_left(used + ui.u(22));
  ui.fill({inside.x, inside.y + ui.u(4), ui.u(1), inside.h - ui.u(8)}, ui.theme.hairline);
  inside.cut_left(ui.u(20));
  const std::string words = padding_words(lesson);
  const float lines = std::ceil(ui.text_width(words, type::kText) / inside.w + 0.15f);  // they break early
  const float top = std::max(0.0f, (inside.h - lines * ui.u(17)) / 2);
  ui.paragraph({inside.x, inside.y + top, inside.w, inside.h}, words, type::kText, ui.theme.ink);
}

void PaddingView::draw_narrow(Ui& ui, Rect stage, const PaddingLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  padding_scenes(ui, stage.cut_top(ui.u(34)), lesson);
  stage.cut_top(ui.u(8));
  padding_controls(ui, stage.cut_bottom(ui.u(108)), 2, lesson);
  stage.cut_bottom(ui.u(4));
  padding_formula(ui, stage.cut_bottom(ui.u(46)), lesson);
  stage.cut_bottom(ui.u(6));
  scene(ui, stage, lesson);
}

// A phone on its side: the scene on the left, everything else beside it.
void PaddingView::draw_short(Ui& ui, Rect stage, const PaddingLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  Rect panel = stage.cut_right(std::max(stage.w * 0.44f, ui.u(350)));
  stage.cut_right(ui.u(16));
  scene(ui, stage, lesson);
  padding_scenes(ui, panel.cut_top(ui.u(34)), lesson);
  panel.cut_top(ui.u(8));
  padding_controls(ui, panel.cut_top(ui.u(104)), 2, lesson);
  panel.cut_top(ui.u(8));
  padding_formula(ui, panel.cut_top(ui.u(46)), lesson);
}

void PaddingView::scene(Ui& ui, const Rect& room, const PaddingLesson& lesson) {
  if (lesson.scene() == PaddingLesson::Scene::chain) {
    over_output_ = false;
    return chain_.draw(ui, room, lesson);
  }
  window_scene(ui, room, lesson);
}

// The border of zeros slides in and out, so that one sees what padding adds.
void PaddingView::grow_border(Ui& ui, const PaddedAxis& axis) {
  const auto towards = [&](double& drawn, double target) {
    const double way = target - drawn;
    if (drawn < 0 || ui.display.reduced_motion || way == 0) {
      drawn = target;
      return;
    }
    const double step = std::max(kGrowing, std::abs(way) * kGrowing) * static_cast<double>(ui.seconds);
    drawn = std::abs(way) <= step ? target : drawn + (way > 0 ? step : -step);
    if (drawn != target) ui.animating = true;
  };
  towards(before_, axis.before);
  towards(after_, axis.after);
}

}  // namespace kg
