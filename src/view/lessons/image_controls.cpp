#include "view/lessons/image_controls.h"

#include <algorithm>
#include <cmath>

#include "view/widgets/button.h"
#include "view/widgets/slider.h"

namespace kg {
namespace {

constexpr int kBlankSide = 8;  // of the empty grid: all of its numbers can be read

void scale(Ui& ui, const Rect& row, const ImageLesson& lesson) {
  ui.part("scale", row);
  const int now = lesson.scale() == ImageLesson::Scale::ones ? 1 : 0;
  const int chosen = segmented(
      ui, "scale", row, "Numbers", {"0–255", "0–1"}, now,
      {"As files keep them: whole numbers, one byte each", "As networks like them: divided by 255"});
  if (chosen >= 0) ui.intend("set_scale", chosen == 1 ? 1 : 255);
}

void shades(Ui& ui, const Rect& row, const ImageLesson& lesson) {
  ui.part("shades", row);
  const int chosen =
      segmented(ui, "shades", row, "Behind the numbers", {"shades", "none"}, lesson.shaded() ? 0 : 1,
                {"Each number on the shade of its pixel", "The numbers alone: what a computer gets"});
  if (chosen >= 0) ui.intend("set_shaded", chosen == 0);
}

void pencil(Ui& ui, const Rect& row, ImageHand& hand) {
  ui.part("pencil", row);
  const int chosen =
      segmented(ui, "hand", row, "A press", {"looks", "draws"}, hand.pencil ? 1 : 0,
                {"A press on a pixel looks at it", "A press on a pixel writes a number into it"});
  if (chosen >= 0) hand.pencil = chosen == 1;
}

void ink(Ui& ui, Rect row, ImageHand& hand) {
  const std::string words = std::to_string(hand.ink);
  Rect sample = row.cut_left(ui.u(44));
  sample = {sample.x, sample.middle_y() - ui.u(13), sample.w, ui.u(26)};
  const Colour back = grey_colour(static_cast<float>(hand.ink) / 255);
  ui.fill(sample, back, 4);
  ui.outline(sample, ui.theme.muted, 1, 4);
  ui.text_in(sample, words, type::kText, text_on(back));
  SliderLook look;
  look.arrow_step = 1.0f / 255;
  const auto to =
      slider(ui, "ink", row, "The pencil writes " + words, static_cast<float>(hand.ink) / 255, look);
  if (!to) return;
  hand.ink = static_cast<int>(std::lround(*to * 255));
  hand.pencil = true;
}

void blank(Ui& ui, const Rect& row, ImageHand& hand) {
  ButtonLook look;
  look.words = "Empty 8×8 grid";
  look.hint = "64 pixels, all 0, to draw in";
  if (!button(ui, "blank", row, look.words, look)) return;
  ui.intend("set_blank", kBlankSide);
  ui.intend("finish");
  hand.pencil = true;
}

}  // namespace

void zoom_control(Ui& ui, const Rect& row, const ImageLesson& lesson) {
  ui.part("zoom", row);
  const auto& zoom = lesson.zoom();
  const int way =
      stepper(ui, "zoom", row, "Zoom", std::to_string(zoom.height) + "×" + std::to_string(zoom.width),
              ImageHand::can_zoom(lesson, -1), ImageHand::can_zoom(lesson, 1), "This is the whole picture",
              "Nearer is not possible: these pixels fill the frame");
  if (way != 0) ImageHand::zoom(ui, lesson, way);
}

void image_controls(Ui& ui, const Rect& box, const ImageLesson& lesson, ImageHand& hand, int columns) {
  const float gap = ui.u(8);
  const int rows = 6 / columns;
  const float width = (box.w - gap * 2 * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float height =
      std::min(ui.u(36), (box.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows));
  int n = 0;
  const auto row = [&] {
    const int col = n / rows, at = n % rows;
    ++n;
    return Rect{box.x + (width + 2 * gap) * static_cast<float>(col),
                box.y + (height + gap) * static_cast<float>(at), width, height};
  };
  const auto named = [&](const char* words) {
    Rect place = row();
    const Rect name = place.cut_left(ui.u(54));
    ui.text(name.x, name.middle_y() - ui.u(7), words, type::kText, ui.theme.muted);
    return place;
  };
  if (ui.shows("zoom")) zoom_control(ui, named("Zoom"), lesson);
  if (ui.shows("scale")) scale(ui, named("Scale"), lesson);
  if (ui.shows("shades")) shades(ui, named("Behind"), lesson);
  if (!ui.shows("pencil")) return;
  pencil(ui, named("Press"), hand);
  ink(ui, row(), hand);
  blank(ui, row(), hand);
}

}  // namespace kg
