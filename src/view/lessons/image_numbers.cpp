#include "view/lessons/image_numbers.h"

#include <algorithm>

#include "view/easing.h"
#include "view/lessons/image_map.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Pixel = ImageLesson::Pixel;
using Region = ImageLesson::Region;

constexpr float kSmallest = 9.5f;  // units: what is smaller cannot be read

bool all_channels(const ImageLesson& lesson) { return lesson.channel() == ImageLesson::kAllChannels; }

// The type size at which the widest number fits into a cell, in units.
float type_size(const Ui& ui, const ImageLesson& lesson, float cell) {
  const Region& zoom = lesson.zoom();
  std::string longest = lesson.scale() == ImageLesson::Scale::ones ? "0.00" : "255";
  for (int row = zoom.top; row < zoom.top + zoom.height; ++row) {
    for (int col = zoom.left; col < zoom.left + zoom.width; ++col) {
      for (int c = 0; c < lesson.input().shape().c; ++c) {
        const std::string text = lesson.text(lesson.value({row, col}, c));
        if (text.size() > longest.size()) longest = text;
      }
    }
  }
  const float share = all_channels(lesson) ? 0.27f : 0.42f;
  const float at_most = std::min(cell / ui.display.scale * share, type::kSign);
  const float width = ui.text_width(longest, type::kText) / ui.u(type::kText);  // of a letter size of 1
  return std::min(at_most, (cell - ui.u(3)) / ui.display.scale / width);
}

void number(const Ui& ui, const Rect& cell, const ImageLesson& lesson, const Pixel& at, float size,
            const Colour& ink) {
  if (lesson.covered(at)) return ui.text_in(cell, "…", std::max(size, type::kText), ink, Weight::semibold);
  if (!all_channels(lesson)) {
    return ui.text_in(cell, lesson.text(lesson.value(at, lesson.channel())), size, ink);
  }
  const float line = cell.h / 3.2f;
  for (int c = 0; c < 3; ++c) {
    const float y = cell.middle_y() + (static_cast<float>(c) - 1.5f) * line;
    ui.text_in({cell.x, y, cell.w, line}, lesson.text(lesson.value(at, c)), size, ink);
  }
}

// How far the next pixel is on its way to being a number.
float turning(const Ui& ui, const Timeline& time) {
  if (ui.display.reduced_motion || time.at_end()) return 0;
  const double ticks = time.phase() / Timeline::kRest * time.ticks();
  return eased(static_cast<float>(ticks) - static_cast<float>(time.ticks_shown()));
}

}  // namespace

bool numbers_fit(const Ui& ui, const ImageLesson& lesson, float cell) {
  return type_size(ui, lesson, cell) >= kSmallest;
}

Rect image_numbers(Ui& ui, const Rect& room, const ImageLesson& lesson, ImageHand& hand) {
  const Region& zoom = lesson.zoom();
  const Timeline& time = lesson.timeline();
  const Rect box = fit_cells(ui, room, zoom.height, zoom.width);
  HeatMapLook look;
  look.id = "numbers";
  look.ink = HeatMap::Ink::rgb;
  look.reach = std::max(1.0f, reach_of(lesson.input().values()));
  const HeatMapTouch touch = heat_map(ui, box, zoom.height, zoom.width, light_of(lesson, zoom), look);
  const Pixel under{zoom.top + touch.row, zoom.left + touch.col};
  ui.part("numbers", box);

  const float cell = box.w / static_cast<float>(zoom.width);
  const float size = type_size(ui, lesson, cell);
  const int read = lesson.pixels_read();
  const float next = turning(ui, time);
  for (int i = 0; i < lesson.places() && size >= kSmallest && i <= read; ++i) {
    const Pixel at{zoom.top + i / zoom.width, zoom.left + i % zoom.width};
    const Rect place = cell_box(box, zoom.height, zoom.width, i / zoom.width, i % zoom.width);
    const float there = i < read ? 1 : next;
    if (there <= 0) continue;
    Colour ink = text_on(shade_of(lesson, at));
    if (!lesson.shaded()) {
      ui.fill(place, faded(ui.theme.panel, there));
      ui.outline(place, faded(ui.theme.hairline, there), 1);
      ink = ui.theme.ink;
    }
    number(ui, place, lesson, at, size, faded(ink, there));
  }
  pixel_marks(ui, box, zoom, lesson, hand);
  if (!time.at_end()) {
    // The row that is being read, and its next pixel.
    const Rect row = cells_box(box, zoom.height, zoom.width, static_cast<float>(time.step()), 0, 1,
                               static_cast<float>(zoom.width));
    bold_frame(ui, row, ui.theme.attention, 2);
    ui.part("row", row);
  }
  ui.outline(box, ui.theme.attention, 2);

  if (touch.held) hand.use(ui, lesson, under);
  if (touch.hovered || touch.held) {
    hand.found = under;
    ui.tooltip(reading(lesson, under));
    ImageHand::wheel(ui, lesson);
  }
  return box;
}

}  // namespace kg
