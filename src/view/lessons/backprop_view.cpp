#include "view/lessons/backprop_view.h"

#include <algorithm>
#include <string>

#include "lesson/number_text.h"
#include "view/lessons/chain_card.h"
#include "view/lessons/digit_flow.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr float kControl = 34, kFinger = 40;  // units: how tall controls are

int step_seen(const Timeline& time) {
  if (time.at_end()) return time.steps() - 1;
  return time.ticks_shown() > 0 || time.step() == 0 ? time.step() : time.step() - 1;
}

}  // namespace

void BackpropView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const BackpropLesson&>(base);
  if (covers_lesson()) return chooser_.cover(ui, stage, lesson.picture());
  if (ui.lies_low(stage)) {
    low(ui, stage.inset(ui.u(12), ui.u(8)), lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    narrow(ui, stage.inset(ui.u(12), ui.u(8)), lesson);
  } else if (lesson.scene() == BackpropLesson::Scene::small) {
    small_wide(ui, stage.inset(ui.u(22), ui.u(16)), lesson);
  } else {
    digits_wide(ui, stage.inset(ui.u(22), ui.u(16)), lesson);
  }
}

// Where on the way we are; a press goes there.
void BackpropView::step_bar(Ui& ui, const Rect& row, const BackpropLesson& lesson) const {
  float words = 0;
  const auto name = [](int k) { return std::string(step_name(static_cast<BackpropStep>(k))); };
  for (int k = 0; k < kBackpropSteps; ++k) words += ui.text_width(name(k), type::kSmall, Weight::semibold);
  const float pad = (row.w - words) / (2 * kBackpropSteps);
  const int now = step_seen(lesson.timeline());
  float x = row.x;
  for (int k = 0; k < kBackpropSteps; ++k) {
    const float w = ui.text_width(name(k), type::kSmall, Weight::semibold) + 2 * pad;
    const Rect part{x, row.y, w, row.h};
    x += w;
    const Press press =
        ui.press("step" + std::to_string(k), part,
                 "Step " + std::to_string(k + 1) + ": " + name(k) + (k == now ? ", shown" : ""));
    const bool done = k <= now;
    ui.fill({part.x + ui.u(2), part.bottom() - ui.u(4), part.w - ui.u(4), ui.u(3)},
            k == now ? ui.theme.attention
            : done   ? ui.theme.action
                     : ui.theme.hairline,
            1.5f);
    ui.text_in({part.x, part.y, part.w, part.h - ui.u(6)}, name(k), type::kSmall,
               k == now        ? ui.theme.ink
               : press.hovered ? ui.theme.action
                               : ui.theme.muted,
               k == now ? Weight::semibold : Weight::regular);
    if (press.focused) ui.focus_ring(part);
    if (press.clicked) ui.intend("seek", k);
  }
  ui.part("steps", row);
}

void BackpropView::small_wide(Ui& ui, Rect stage, const BackpropLesson& lesson) {
  Rect top = stage.cut_top(ui.u(36));
  controls_.scenes(ui, top.cut_left(ui.u(230)), lesson);
  controls_.label(ui, top.cut_right(ui.u(272)), lesson);
  stage.cut_top(ui.u(8));
  step_bar(ui, stage.cut_top(ui.u(30)), lesson);
  stage.cut_top(ui.u(10));
  Rect card = stage.cut_bottom(ui.u(116));
  stage.cut_bottom(ui.u(12));
  Rect side = stage.cut_right(ui.u(272));
  stage.cut_right(ui.u(18));
  net_.draw(ui, stage, lesson);

  ui.card(card);
  chain_card(ui, card.inset(ui.u(18), ui.u(10)), lesson);

  controls_.activations(ui, side.cut_top(ui.u(2 * kControl + 6)), lesson);
  side.cut_top(ui.u(10));
  controls_.rate(ui, side.cut_top(ui.u(kControl)), lesson);
  side.cut_top(ui.u(6));
  controls_.updates(ui, side.cut_top(ui.u(38)), lesson);
  side.cut_top(ui.u(6));
  controls_.starts(ui, side.cut_top(ui.u(kControl)), lesson);
  side.cut_top(ui.u(10));
  controls_.curve(ui, side, lesson);
}

void BackpropView::picture(Ui& ui, const Rect& box, const BackpropLesson& lesson) const {
  const Tensor& pixels = lesson.picture().pixels();
  const Shape& shape = pixels.shape();
  const Rect place = fit_cells(ui, box, shape.h, shape.w);
  HeatMapLook look;
  const bool numbers = lesson.picture().source() == Picture::Source::pixels;
  look.reach = numbers ? reach_of(pixels.values()) : 1;
  look.ink = shape.c == 3 ? HeatMap::Ink::rgb : numbers ? HeatMap::Ink::diverging : HeatMap::Ink::grey;
  if (shape.c == 3) {
    heat_map(ui, place, shape.h, shape.w, pixels.values(), look);
  } else {
    heat_map(ui, place, shape.h, shape.w, every_nth(pixels.values(), shape.c, 0), look);
  }
  ui.part("picture", place);
}

// What this step does, and the loss.
void BackpropView::digit_words(Ui& ui, Rect box, const BackpropLesson& lesson) const {
  if (lesson.selected()) return check_card(ui, box, lesson);
  ui.part("loss", box);
  const Rect head = box.cut_top(ui.u(24));
  const auto step = static_cast<BackpropLesson::DigitStep>(step_seen(lesson.timeline()));
  ui.text(head.x, head.y, step_name(step), type::kStrong, ui.theme.ink, Weight::semibold);
  if (lesson.reached(BackpropLesson::DigitStep::loss) > 0) {
    const bool both = lesson.reached(BackpropLesson::DigitStep::again) > 0;
    const std::string after = lesson.diverges() ? "too large" : significant_text(lesson.loss_after());
    const std::string words = "Loss " + significant_text(lesson.loss()) + (both ? " → " + after : "");
    ui.text(head.right(), head.y, words, type::kStrong, ui.theme.ink, Weight::semibold, Align::right);
  }
  const std::string advice = lesson.reached(BackpropLesson::DigitStep::again) > 0 ? lesson.advice() : "";
  ui.paragraph(box, advice.empty() ? lesson.narrate() : advice, box.h < ui.u(60) ? type::kSmall : type::kText,
               advice.empty() ? ui.theme.muted : ui.theme.error);
}

void BackpropView::digits_wide(Ui& ui, Rect stage, const BackpropLesson& lesson) {
  Rect top = stage.cut_top(ui.u(36));
  controls_.scenes(ui, top.cut_left(ui.u(230)), lesson);
  stage.cut_top(ui.u(12));
  Rect foot = stage.cut_bottom(ui.u(150));
  stage.cut_bottom(ui.u(16));
  Rect left = stage.cut_left(ui.u(206));
  stage.cut_left(ui.u(24));
  ui.heading(left.cut_top(ui.u(24)), "Input", "label " + std::to_string(lesson.label()));
  picture(ui, left.cut_top(std::min(left.w, left.h - ui.u(90))), lesson);
  left.cut_top(ui.u(10));
  if (ui.shows("picture")) chooser_.panel(ui, left.cut_top(std::min(left.h, ui.u(78))), lesson.picture());
  digit_flow(ui, stage, lesson);

  ui.card(foot);
  foot = foot.inset(ui.u(18), ui.u(12));
  Rect side = foot.cut_left(ui.u(270));
  foot.cut_left(ui.u(20));
  controls_.rate(ui, side.cut_top(ui.u(kControl)), lesson);
  side.cut_top(ui.u(6));
  controls_.updates(ui, side.cut_top(ui.u(38)), lesson);
  side.cut_top(ui.u(6));
  controls_.starts(ui, side.cut_top(ui.u(kControl)), lesson);
  controls_.curve(ui, foot.cut_right(foot.w * 0.46f), lesson);
  foot.cut_right(ui.u(20));
  digit_words(ui, foot, lesson);
}

void BackpropView::main_part(Ui& ui, const Rect& box, const BackpropLesson& lesson) {
  if (lesson.scene() == BackpropLesson::Scene::small) return net_.draw(ui, box, lesson);
  digit_flow(ui, box, lesson);
}

void BackpropView::narrow(Ui& ui, Rect stage, const BackpropLesson& lesson) {
  controls_.scenes(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(6));
  main_part(ui, stage.cut_top(stage.h * 0.57f), lesson);
  stage.cut_top(ui.u(8));
  tabs(ui, stage, lesson);
}

// A phone on its side: the network at the left, everything else beside it.
void BackpropView::low(Ui& ui, Rect stage, const BackpropLesson& lesson) {
  Rect left = stage.cut_left(stage.w * 0.55f);
  stage.cut_left(ui.u(14));
  controls_.scenes(ui, stage.cut_top(ui.u(kControl)), lesson);
  stage.cut_top(ui.u(6));
  main_part(ui, left, lesson);
  tabs(ui, stage, lesson);
}

// What has no room beside the network, one at a time.
void BackpropView::tabs(Ui& ui, Rect box, const BackpropLesson& lesson) {
  const bool small = lesson.scene() == BackpropLesson::Scene::small;
  const int chosen =
      segmented(ui, "tab", box.cut_top(ui.u(ui.narrow() ? kFinger - 4 : kControl - 2)), "Show",
                {small ? "Chain rule" : "Step", "Update", "Loss", small ? "Settings" : "Picture"}, tab_);
  if (chosen >= 0) tab_ = chosen;
  box.cut_top(ui.u(8));
  if (tab_ == 0) return small ? chain_card(ui, box, lesson) : digit_words(ui, box, lesson);
  if (tab_ == 1) {
    controls_.rate(ui, box.cut_top(ui.u(kControl)), lesson);
    Rect row = box.cut_top(ui.u(36));
    box.cut_top(ui.u(6));
    controls_.updates(ui, row.cut_left(row.w * 0.46f), lesson);
    row.cut_left(ui.u(8));
    return controls_.starts(ui, row, lesson);
  }
  if (tab_ == 2) return controls_.curve(ui, box, lesson);
  if (small) {
    controls_.label(ui, box.cut_top(ui.u(kControl)), lesson);
    box.cut_top(ui.u(6));
    return controls_.activations(ui, box.cut_top(std::min(box.h, ui.u(2 * kControl + 6))), lesson);
  }
  Rect left = box.cut_left(std::min(box.h, box.w * 0.3f));
  box.cut_left(ui.u(10));
  picture(ui, left, lesson);
  if (ui.shows("picture")) chooser_.panel(ui, box.cut_top(std::min(box.h, ui.u(96))), lesson.picture());
}

}  // namespace kg
