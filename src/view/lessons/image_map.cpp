#include "view/lessons/image_map.h"

#include <imgui.h>

#include <algorithm>

#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Pixel = ImageLesson::Pixel;
using Region = ImageLesson::Region;

constexpr float kRulerLeft = 24, kRulerTop = 18;  // units

// So many rows or columns lie between two numbers of a ruler.
int ruler_step(float cell, float room) {
  for (const int step : {1, 2, 5, 10, 20, 50, 100}) {
    if (cell * static_cast<float>(step) >= room) return step;
  }
  return 200;
}

void rulers(const Ui& ui, const Rect& map, const ImageLesson& lesson, const Pixel& shown) {
  const Shape& shape = lesson.input().shape();
  const float w = map.w / static_cast<float>(shape.w), h = map.h / static_cast<float>(shape.h);
  const auto across = [&](int col, bool strong) {
    ui.text(map.x + w * (static_cast<float>(col) + 0.5f), map.y - ui.u(kRulerTop), std::to_string(col),
            type::kSmall, strong ? ui.theme.ink : ui.theme.muted, strong ? Weight::semibold : Weight::regular,
            Align::centre);
  };
  const auto down = [&](int row, bool strong) {
    ui.text(map.x - ui.u(6), map.y + h * (static_cast<float>(row) + 0.5f) - ui.u(7), std::to_string(row),
            type::kSmall, strong ? ui.theme.ink : ui.theme.muted, strong ? Weight::semibold : Weight::regular,
            Align::right);
  };
  // A number of the ruler makes way for that of the pixel which is looked at.
  const int columns = ruler_step(w, ui.u(26)), rows = ruler_step(h, ui.u(20));
  for (int col = 0; col < shape.w; col += columns) {
    if (std::abs(static_cast<float>(col - shown.col)) * w >= ui.u(20)) across(col, false);
  }
  for (int row = 0; row < shape.h; row += rows) {
    if (std::abs(static_cast<float>(row - shown.row)) * h >= ui.u(14)) down(row, false);
  }
  across(shown.col, true);
  down(shown.row, true);
}

// Arrow keys move from pixel to pixel.
void by_keys(Ui& ui, const ImageLesson& lesson, const ImageHand& hand) {
  const Shape& shape = lesson.input().shape();
  ui.arrows_taken = true;
  const int right = (ui.key(ImGuiKey_RightArrow) ? 1 : 0) - (ui.key(ImGuiKey_LeftArrow) ? 1 : 0);
  const int down = (ui.key(ImGuiKey_DownArrow) ? 1 : 0) - (ui.key(ImGuiKey_UpArrow) ? 1 : 0);
  const Pixel to{std::clamp(lesson.pixel().row + down, 0, shape.h - 1),
                 std::clamp(lesson.pixel().col + right, 0, shape.w - 1)};
  if (!(to == lesson.pixel())) ui.intend("look_at", to.row, to.col);
  if (ui.key(ImGuiKey_Equal)) ImageHand::zoom(ui, lesson, 1);
  if (ui.key(ImGuiKey_Minus)) ImageHand::zoom(ui, lesson, -1);
  if (hand.pencil && (ui.key(ImGuiKey_Enter, false) || ui.key(ImGuiKey_Space, false)))
    hand.use(ui, lesson, lesson.pixel());
}

}  // namespace

void pixel_marks(const Ui& ui, const Rect& box, const Region& region, const ImageLesson& lesson,
                 const ImageHand& hand) {
  const auto cell = [&](const Pixel& p) {
    return cell_box(box, region.height, region.width, p.row - region.top, p.col - region.left);
  };
  const int bar = hand.bar >= 0 ? hand.bar : lesson.chosen_bar();
  const float size = box.w / static_cast<float>(region.width);
  for (int row = region.top; bar >= 0 && row < region.top + region.height; ++row) {
    for (int col = region.left; col < region.left + region.width; ++col) {
      const int first = col;
      while (col < region.left + region.width && lesson.in_bar({row, col}, bar)) ++col;
      if (col == first) continue;
      Rect run = cell({row, first});
      run.w *= static_cast<float>(col - first);
      if (size < ui.u(18)) {
        ui.fill(run, faded(ui.theme.attention, 0.72f));
      } else {
        for (int c = first; c < col; ++c)
          ui.outline(cell({row, c}).inset(ui.u(2.5f)), ui.theme.attention, 2.5f, 2);
      }
    }
  }
  if (hand.over && region.contains(*hand.over)) bold_frame(ui, cell(*hand.over), ui.theme.panel, 1.5f);
  if (region.contains(lesson.pixel())) bold_frame(ui, cell(lesson.pixel()), ui.theme.action, 2);
}

ImageMap image_map(Ui& ui, const Rect& room, const ImageLesson& lesson, ImageHand& hand, bool with_rulers) {
  const Shape& shape = lesson.input().shape();
  Rect rest = room;
  if (with_rulers) {
    rest.cut_left(ui.u(kRulerLeft));
    rest.cut_top(ui.u(kRulerTop));
  }
  ImageMap made;
  made.map = fit_cells(ui, rest, shape.h, shape.w);
  HeatMapLook look;
  look.id = "picture";
  look.ink = HeatMap::Ink::rgb;
  look.reach = std::max(1.0f, reach_of(lesson.input().values()));
  const Region whole{0, 0, shape.h, shape.w};
  const HeatMapTouch touch = heat_map(ui, made.map, shape.h, shape.w, light_of(lesson, whole), look);
  const Pixel under{touch.row, touch.col};
  ui.part("picture", made.map);

  const Region& zoom = lesson.zoom();
  made.region =
      cells_box(made.map, shape.h, shape.w, static_cast<float>(zoom.top), static_cast<float>(zoom.left),
                static_cast<float>(zoom.height), static_cast<float>(zoom.width));
  pixel_marks(ui, made.map, whole, lesson, hand);
  bold_frame(ui, made.region, ui.theme.attention, 2);
  ui.part("region", made.region);
  if (with_rulers) rulers(ui, made.map, lesson, hand.over ? *hand.over : lesson.pixel());

  const bool focused =
      ui.focus.offer("pixels", reading(lesson, lesson.pixel()) + ". Arrow keys move, plus and minus zoom" +
                                   (hand.pencil ? ", space draws" : ""));
  if (focused) {
    ui.space_taken |= hand.pencil;
    by_keys(ui, lesson, hand);
    ui.focus_ring(made.map, 2);
  }
  if (touch.held) {
    ui.focus.drop();
    hand.use(ui, lesson, under);
  }
  if (touch.hovered || touch.held) {
    hand.found = under;
    ui.tooltip(reading(lesson, under));
    ImageHand::wheel(ui, lesson);
  }
  return made;
}

}  // namespace kg
