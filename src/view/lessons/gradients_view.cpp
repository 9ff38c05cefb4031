#include "view/lessons/gradients_view.h"

#include <algorithm>

#include "view/lessons/gradients_chart.h"
#include "view/lessons/gradients_controls.h"
#include "view/lessons/gradients_factors.h"
#include "view/widgets/button.h"

namespace kg {
namespace {

constexpr float kFinger = 38, kControl = 34;

// The axis of the gradients shows these at least, so that small differences stay small.
constexpr double kLeastGradient = 1e-3, kMostGradient = 10;
constexpr double kLeastUpdate = 1e-5, kMostUpdate = 0.1;

}  // namespace

void GradientsView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const GradientsLesson&>(base);
  if (ui.lies_low(stage)) {
    draw_short(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
}

void GradientsView::gradients(Ui& ui, Rect box, const GradientsLesson& lesson) {
  ui.part("gradients", box);
  Rect head = box.cut_top(ui.u(30));
  if (ui.shows("show")) {
    const Rect choice = head.cut_right(std::min(ui.u(210), head.w * 0.5f));
    const int chosen = segmented(ui, "show", choice, "Show the gradient",
                                 {"at the neurons", "of the weights"}, of_weights_ ? 1 : 0,
                                 {"What a change of a layer’s weighted sums would do to the loss",
                                  "That times what comes in through each weight: what an update follows"});
    if (chosen >= 0) of_weights_ = chosen == 1;
    ui.part("show", choice);
    head.cut_right(ui.u(8));
  }
  const bool room = head.w > ui.u(250);
  ui.text(head.x, head.y + ui.u(6), room ? "Gradient, layer by layer" : "Gradient", type::kStrong,
          ui.theme.ink, Weight::semibold);
  LayerChartShown what;
  what.id = "chart";
  what.size = of_weights_ ? &LayerGradient::weight_gradient : &LayerGradient::gradient;
  what.least = kLeastGradient, what.most = kMostGradient;
  what.level = true;
  what.net_below = true;
  layer_chart(ui, box, lesson, what);
  layer_keys(ui, box, lesson);
}

void GradientsView::updates(Ui& ui, Rect box, const GradientsLesson& lesson) const {
  ui.part("updates", box);
  ui.heading(box.cut_top(ui.u(20)), "One update", "changes this share of a layer’s weights");
  LayerChartShown what;
  what.id = "update chart";
  what.size = &LayerGradient::update_ratio;
  what.least = kLeastUpdate, what.most = kMostUpdate;
  what.band =
      HealthyBand{GradientsLesson::kHealthyLow, GradientsLesson::kHealthyHigh, "healthy: about 0.001"};
  layer_chart(ui, box, lesson, what);
}

void GradientsView::draw_wide(Ui& ui, Rect stage, const GradientsLesson& lesson) {
  stage = stage.inset(ui.u(20), ui.u(14));
  Rect left = stage.cut_left(std::clamp(stage.w * 0.27f, ui.u(220), ui.u(270)));
  stage.cut_left(ui.u(22));
  gradients_presets_panel(ui, left.cut_top(ui.u(226)), lesson);
  left.cut_top(ui.u(6));
  gradients_keep(ui, left.cut_bottom(ui.u(kControl)), lesson);
  left.cut_bottom(ui.u(10));
  gradients_settings(ui, left, lesson, false);

  Rect foot = stage.cut_bottom(std::clamp(stage.h * 0.32f, ui.u(150), ui.u(230)));
  stage.cut_bottom(ui.u(12));
  updates(ui, stage.cut_bottom(std::max(stage.h * 0.32f, ui.u(90))), lesson);
  stage.cut_bottom(ui.u(6));
  gradients(ui, stage, lesson);

  Rect right = foot.cut_right(foot.w * 0.44f);
  foot.cut_right(ui.u(16));
  ui.card(foot);
  gradient_factors(ui, foot.inset(ui.u(16), ui.u(12)), lesson);
  run_.draw(ui, right, lesson);
}

void GradientsView::draw_narrow(Ui& ui, Rect stage, const GradientsLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  gradients(ui, stage.cut_top(stage.h * 0.46f), lesson);
  stage.cut_top(ui.u(8));
  tabs(ui, stage, lesson);
}

// A phone on its side: the gradients left, everything else right.
void GradientsView::draw_short(Ui& ui, Rect stage, const GradientsLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  gradients(ui, stage.cut_left(stage.w * 0.5f), lesson);
  stage.cut_left(ui.u(14));
  tabs(ui, stage, lesson);
}

// What has no room beside the gradients, one at a time.
void GradientsView::tabs(Ui& ui, Rect stage, const GradientsLesson& lesson) {
  const int chosen = segmented(ui, "tab", stage.cut_top(ui.u(ui.narrow() ? kFinger : kControl)), "Show",
                               {"Presets", "Factors", "Update", "Loss", "Net"}, tab_);
  if (chosen >= 0) tab_ = chosen;
  stage.cut_top(ui.u(8));
  switch (tab_) {
    case 0: {
      gradients_keep(ui, stage.cut_bottom(std::min(ui.u(kControl), stage.h / 5)), lesson);
      stage.cut_bottom(ui.u(6));
      return gradients_presets_panel(ui, stage, lesson);
    }
    case 1:
      return gradient_factors(ui, stage, lesson);
    case 2:
      return updates(ui, stage, lesson);
    case 3:
      return run_.draw(ui, stage, lesson);
    default:
      return gradients_settings(ui, stage, lesson, stage.h < ui.u(240));
  }
}

}  // namespace kg
