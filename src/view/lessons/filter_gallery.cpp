#include "view/lessons/filter_gallery.h"

#include <algorithm>
#include <string>
#include <vector>

#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {
namespace {

constexpr float kSideBySide = 54;  // units: smaller than that, the 3×3 goes into the card's head

std::string name_of(const FilterLesson& lesson, int filter) { return title_of(lesson.bank().filter(filter)); }

// In the middle of `room`.
void output(Ui& ui, const Rect& room, const FilterLesson& lesson, int filter) {
  const Shape& shape = lesson.output().shape();
  Rect map = fit_cells(ui, room, shape.h, shape.w);
  map.x = ui.snap(room.x + (room.w - map.w) / 2), map.y = ui.snap(room.y + (room.h - map.h) / 2);
  HeatMapLook look;
  look.reach = lesson.reach(filter);
  look.shown = lesson.written(filter);
  // The numbers of a picture this small would be in the way; the map of the chosen filter has them.
  const std::vector<float> values = every_nth(lesson.output().values(), shape.c, filter);
  heat_map(ui, map, shape.h, shape.w, values, look);
}

void kernel(Ui& ui, const Rect& box, const FilterLesson& lesson, int filter) {
  const std::vector<float> plane = every_nth(lesson.weights(filter), lesson.channels(), 0);
  thumbnail(ui, box, FilterBank::kSide, FilterBank::kSide, plane, reach_of(lesson.weights(filter)));
}

// The frame of a card and what a press on it means.
void choose_by_press(Ui& ui, const Rect& card, const FilterLesson& lesson, int filter) {
  const bool chosen = filter == lesson.chosen();
  const std::string name = "Filter " + std::to_string(filter) + ", " + name_of(lesson, filter);
  const Press press = ui.press("filter" + std::to_string(filter), card, name + (chosen ? ", chosen" : ""));
  if (chosen) {
    ui.outline(card, ui.theme.action, 2.5f, 8);
  } else if (press.hovered) {
    ui.outline(card, ui.theme.action, 1.5f, 8);
  }
  if (press.focused) ui.focus_ring(card, 8);
  if (press.hovered) ui.tooltip(name + " makes output channel " + std::to_string(filter));
  if (press.clicked) ui.intend("choose", filter);
}

void card(Ui& ui, const Rect& box, const FilterLesson& lesson, int filter) {
  // Not filled: maps are drawn beneath the interface, and a filled card would lie over its own.
  ui.outline(box, ui.theme.hairline, ui.theme.border, 8);
  Rect inside = box.inset(ui.u(8), ui.u(6));
  const float gap = ui.u(8), head = ui.u(20);
  const float half = std::min((inside.w - gap) / 2, inside.h - head);
  Rect top = inside.cut_top(head);
  if (half >= ui.u(kSideBySide)) {
    inside = inside.inset((inside.w - gap - 2 * half) / 2, 0);
    top.x = inside.x, top.w = inside.w;
    const float matrix = std::min(half, ui.u(66));
    const Rect left = inside.cut_left(half);
    kernel(ui, {left.middle_x() - matrix / 2, left.middle_y() - matrix / 2, matrix, matrix}, lesson, filter);
    inside.cut_left(gap);
  } else {
    const float small = ui.u(17);
    kernel(ui, {top.x, top.y - ui.u(1), small, small}, lesson, filter);
    top.cut_left(small + ui.u(5));
  }
  output(ui, inside, lesson, filter);
  ui.text(top.x, top.y, ui.shortened(name_of(lesson, filter), type::kSmall, top.w), type::kSmall,
          filter == lesson.chosen() ? ui.theme.ink : ui.theme.muted);
  choose_by_press(ui, box, lesson, filter);
}

}  // namespace

void add_and_remove(Ui& ui, Rect box, const FilterLesson& lesson) {
  if (!ui.shows("filters")) return;
  const int count = lesson.bank().count();
  const bool upright = box.h > box.w;
  const float gap = ui.u(6);
  const Rect add = upright ? box.cut_top((box.h - gap) / 2) : box.cut_left((box.w - gap) / 2);
  upright ? box.cut_top(gap) : box.cut_left(gap);
  ButtonLook look;
  look.icon = Icon::plus;
  look.enabled = count < FilterBank::kMaxFilters;
  look.hint =
      look.enabled ? "One more filter: one more output channel" : "Eight filters are the most that fit here";
  if (button(ui, "add filter", add, "Add a filter", look)) {
    const std::span<const FilterPreset> all = filter_presets();
    ui.intend("add_filter", std::string(all[static_cast<std::size_t>(count) % all.size()].name));
  }
  look.icon = Icon::minus;
  look.enabled = count > 1;
  look.hint = look.enabled ? "Take the chosen filter away" : "This is the only filter; a layer needs one";
  if (button(ui, "remove filter", box, "Remove the chosen filter", look))
    ui.intend("remove_filter", lesson.chosen());
}

void filter_cards(Ui& ui, const Rect& row, const FilterLesson& lesson) {
  const int count = lesson.bank().count();
  const float gap = ui.u(8), buttons = ui.shows("filters") ? ui.u(40) : 0;
  const float width = std::min((row.w - buttons) / static_cast<float>(count) - gap, row.h * 1.75f);
  Rect rest = row;
  for (int i = 0; i < count; ++i) {
    card(ui, rest.cut_left(width), lesson, i);
    rest.cut_left(gap);
  }
  ui.part("filters", {row.x, row.y, rest.x - gap - row.x, row.h});
  add_and_remove(ui, rest.cut_left(buttons), lesson);
}

void filter_strip(Ui& ui, const Rect& row, const FilterLesson& lesson) {
  const float gap = ui.u(5), most = static_cast<float>(FilterBank::kMaxFilters);
  const float side = std::min((row.w - gap * (most - 1)) / most, row.h);
  Rect rest = row;
  for (int i = 0; i < lesson.bank().count(); ++i) {
    const Rect box = rest.cut_left(side);
    rest.cut_left(gap);
    const Rect square{box.x, row.y + (row.h - side) / 2, side, side};
    output(ui, square.inset(ui.u(3)), lesson, i);
    choose_by_press(ui, square, lesson, i);
  }
  ui.part("filters", {row.x, row.y, rest.x - gap - row.x, row.h});
}

void filter_sets(Ui& ui, Rect row) {
  if (!ui.shows("filters")) return;
  const float gap = ui.u(6);
  ButtonLook look;
  look.words = "Four edges";
  look.text_size = type::kSmall;
  look.hint = "The four classic edge detectors";
  if (button(ui, "edge detectors", row.cut_left((row.w - gap) * 0.44f), "The four edge detectors", look))
    ui.intend("edge_detectors");
  row.cut_left(gap);
  look.words = "Eight random";
  look.icon = Icon::shuffle;
  look.hint = "Eight filters with random weights: how training starts";
  if (button(ui, "eight random", row, "Eight random filters", look))
    ui.intend("random_filters", FilterBank::kMaxFilters);
}

}  // namespace kg
