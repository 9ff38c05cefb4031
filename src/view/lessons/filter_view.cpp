#include "view/lessons/filter_view.h"

#include <algorithm>
#include <string>

#include "lesson/number_text.h"
#include "lesson/wording.h"
#include "view/lessons/filter_gallery.h"
#include "view/lessons/window_sum.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"
#include "view/widgets/picture_map.h"
#include "view/widgets/tabs.h"

namespace kg {
namespace {

constexpr int kSide = FilterBank::kSide;
constexpr float kFrame = 2.5f;        // units: around the place looked at
constexpr float kSmallestWords = 11;  // of the explanation, on a phone on its side

std::string text_of(float value) { return number_text(static_cast<double>(value)); }

std::string size_text(const Shape& shape) { return std::to_string(shape.h) + "×" + std::to_string(shape.w); }

std::string place_text(const FilterLesson::Cell& at) {
  return "row " + std::to_string(at.row) + ", column " + std::to_string(at.col);
}

// A small sign at a frame's upper corner, so that the two places are told apart without their colours.
void badge(const Ui& ui, const Rect& frame, const Rect& map, bool positive) {
  const float size = ui.u(14);
  const float x = std::clamp(frame.right() - size * 0.3f, map.x, map.right() - size);
  const float y = std::clamp(frame.y - size * 0.7f, map.y, map.bottom() - size);
  const Colour back = value_colour(positive ? 0.85f : -0.85f);
  const Rect box{x, y, size, size};
  ui.fill(box.inset(-ui.u(1)), text_on(back), 8);
  ui.fill(box, back, 7);
  ui.text_in(box, positive ? "+" : "−", type::kSmall, text_on(back), Weight::semibold);
}

FiltersShown filters_shown(Ui& ui, const FilterLesson& lesson) {
  return {lesson.bank(), lesson.channels(), lesson.chosen(), -1,
          [&ui](int filter) { ui.intend("choose", filter); }};
}

}  // namespace

void FilterView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const FilterLesson&>(base);
  if (chooser_.covers_stage()) return chooser_.cover(ui, stage, lesson.picture());
  if (ui.lies_low(stage)) {
    draw_low(ui, stage.inset(ui.u(12), ui.u(8)), lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage.inset(ui.u(12), ui.u(8)), lesson);
  } else {
    draw_wide(ui, stage.inset(ui.u(22), ui.u(14)), lesson);
  }
}

void FilterView::draw_wide(Ui& ui, Rect stage, const FilterLesson& lesson) {
  const float gap = ui.u(16), middle = ui.u(126), right = ui.u(228), head = ui.u(24), under = ui.u(34);
  const Rect card = stage.cut_bottom(std::clamp(stage.h * 0.265f, ui.u(128), ui.u(220)));
  stage.cut_bottom(ui.u(12));
  const Rect cards = stage.cut_bottom(std::clamp(stage.h * 0.27f, ui.u(88), ui.u(150)));
  stage.cut_bottom(ui.u(10));

  const float side = std::min((stage.w - middle - right - 3 * gap) / 2, stage.h - head - under);
  Rect row = stage;
  input_map(ui, row.cut_left(side), lesson);
  row.cut_left(gap);
  filter_column(ui, row.cut_left(middle), lesson);
  row.cut_left(gap);
  output_map(ui, row.cut_left(side), lesson);
  row.cut_left(gap);
  choices(ui, row, lesson);

  filter_cards(ui, cards, lesson);

  ui.card(card);
  Rect inside = card.inset(ui.u(18), ui.u(10));
  sum(ui, inside.cut_right(inside.w * 0.57f), lesson);
  inside.cut_right(ui.u(16));
  explanation(ui, inside, lesson);
}

void FilterView::draw_narrow(Ui& ui, Rect stage, const FilterLesson& lesson) {
  const float gap = ui.u(8), centre = ui.u(58), head = ui.u(20);
  const float side = std::min((stage.w - centre - 2 * gap) / 2, stage.h * 0.36f);
  Rect top = stage.cut_top(head + side);
  input_map(ui, top.cut_left(side), lesson);
  output_map(ui, top.cut_right(side), lesson);
  const float small = std::min(top.w - 2 * gap, ui.u(64));
  const Rect kernel{top.middle_x() - small / 2, top.y + head + side / 2 - small / 2, small, small};
  ui.text_in({top.x, kernel.y - ui.u(20), top.w, ui.u(16)}, "Filter", type::kText, ui.theme.ink,
             Weight::semibold);
  thumbnail(ui, kernel, kSide, kSide, every_nth(lesson.weights(lesson.chosen()), lesson.channels(), 0),
            reach_of(lesson.weights(lesson.chosen())));
  ui.part("filter", kernel);
  stage.cut_top(ui.u(6));
  filter_strip(ui, stage.cut_top(ui.u(42)), lesson);
  stage.cut_top(ui.u(6));
  tabs(ui, stage, lesson);
}

// A phone on its side: the maps left and right, everything else between them.
void FilterView::draw_low(Ui& ui, Rect stage, const FilterLesson& lesson) {
  const float side = std::min(stage.w * 0.24f, stage.h - ui.u(20));
  input_map(ui, stage.cut_left(side), lesson);
  output_map(ui, stage.cut_right(side), lesson);
  stage = stage.inset(ui.u(12), 0);
  filter_strip(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(2));
  tabs(ui, stage, lesson);
}

// What has no room beside the maps, one at a time.
void FilterView::tabs(Ui& ui, Rect stage, const FilterLesson& lesson) {
  tab_ = kg::tabs(
      ui, "tab", stage.cut_top(ui.u(36)),
      {{"Why", {"words"}}, {"Sum", {"sum"}}, {"Edit", {"filter"}}, {"Try", {"catalogue"}}, {"Picture"}},
      tab_);
  stage.cut_top(ui.u(8));
  if (tab_ == 0) {
    explanation(ui, stage, lesson);
  } else if (tab_ == 1) {
    sum(ui, stage, lesson);
  } else if (tab_ == 2) {
    const float grid = std::min(stage.h - ui.u(42), stage.w * 0.42f);
    filters_.grid(ui, {stage.x, stage.y, grid, grid}, filters_shown(ui, lesson));
    stage.cut_left(std::max(grid, ui.u(100)) + ui.u(14));
    const std::string name = title_of(lesson.bank().filter(lesson.chosen()));
    ui.text(stage.x, stage.y, name, type::kStrong, ui.theme.ink, Weight::semibold);
    stage.cut_top(ui.u(24));
    scale_switch(ui, stage.cut_top(ui.u(34)), lesson);
    stage.cut_top(ui.u(8));
    legend(ui, stage.cut_top(ui.u(30)), lesson.reach(lesson.chosen()));
  } else if (tab_ == 3) {
    Rect row = stage.cut_top(ui.u(36));
    add_and_remove(ui, row.cut_left(ui.u(94)), lesson);
    row.cut_left(ui.u(6));
    filter_sets(ui, row);
    stage.cut_top(ui.u(8));
    ui.part("catalogue", stage);
    filters_.presets(ui, stage, filters_shown(ui, lesson));
  } else if (ui.shows("picture")) {
    chooser_.panel(ui, stage.cut_top(std::min(stage.h, ui.u(96))), lesson.picture());
  }
}

void FilterView::input_map(Ui& ui, Rect room, const FilterLesson& lesson) const {
  const Shape& shape = lesson.picture().pixels().shape();
  const bool narrow = room.w < ui.u(180);
  ui.heading(room.cut_top(ui.u(narrow ? 20 : 24)), "Input",
             size_text(shape) + (shape.c > 1 ? "×" + std::to_string(shape.c) : ""));
  const Rect map = fit_cells(ui, {room.x, room.y, room.w, std::min(room.h, room.w)}, shape.h, shape.w);
  const HeatMapTouch touch = picture_map(ui, map, lesson.picture(), -1, "input");
  ui.part("input", map);
  if (room.bottom() - map.bottom() >= ui.u(24)) {
    ui.text(map.x, map.bottom() + ui.u(6), ui.shortened(lesson.picture().label(), type::kSmall, room.w),
            type::kSmall, ui.theme.muted);
  }
  marks(ui, map, lesson, true);
  if (!touch.hovered && !touch.held) return;
  bold_frame(ui, cell_box(map, shape.h, shape.w, touch.row, touch.col), ui.theme.panel, 1.5f);
  std::string words = place_text({touch.row, touch.col}) + ":";
  for (int c = 0; c < std::min(shape.c, 3); ++c)
    words += " " + text_of(lesson.picture().pixels().at(0, touch.row, touch.col, c));
  ui.tooltip(words);
  if (!touch.held) return;
  // The window around this pixel; at the edge, the nearest.
  const Shape& out = lesson.output().shape();
  look_at(ui, lesson, {std::clamp(touch.row - 1, 0, out.h - 1), std::clamp(touch.col - 1, 0, out.w - 1)});
}

void FilterView::output_map(Ui& ui, Rect room, const FilterLesson& lesson) {
  const Shape& shape = lesson.output().shape();
  const int filter = lesson.chosen();
  const bool narrow = room.w < ui.u(180);
  ui.heading(room.cut_top(ui.u(narrow ? 20 : 24)), "Output",
             size_text(shape) +
                 (narrow ? "" : ", channel " + std::to_string(filter) + " of " + std::to_string(shape.c)));
  const Rect map = output_map_ =
      fit_cells(ui, {room.x, room.y, room.w, std::min(room.h, room.w)}, shape.h, shape.w);
  HeatMapLook look;
  look.id = "output";
  look.reach = lesson.reach(filter);
  look.shown = lesson.written(filter);
  const std::vector<float> values = every_nth(lesson.output().values(), shape.c, filter);
  const HeatMapTouch touch = heat_map(ui, map, shape.h, shape.w, values, look);
  ui.part("output", map);
  if (room.bottom() - map.bottom() >= ui.u(34)) {
    const Rect scale{map.x, map.bottom() + ui.u(6), map.w, ui.u(28)};
    legend(ui, scale, look.reach);
    ui.part("scale", scale);
  }
  marks(ui, map, lesson, false);
  if (!touch.hovered && !touch.held) return;
  const FilterLesson::Cell under{touch.row, touch.col};
  bold_frame(ui, cell_box(map, shape.h, shape.w, under.row, under.col), ui.theme.panel, 1.5f);
  const bool known = under.row * shape.w + under.col < look.shown;
  ui.tooltip(
      place_text(under) + ": " +
      (known ? text_of(lesson.value(filter, under)) + ". " + as_sentence(lesson.seen(filter, under).words)
             : "not computed yet"));
  if (touch.held && known) look_at(ui, lesson, under);
}

// Pressing one of the two marked places is looking at it as such: it stays the strongest when filters change.
void FilterView::look_at(Ui& ui, const FilterLesson& lesson, const FilterLesson::Cell& cell) const {
  if (!ui.shows("places") || !lesson.complete(lesson.chosen())) return;
  for (const bool positive : {true, false}) {
    if (lesson.strongest(lesson.chosen(), positive) == cell)
      return ui.intend("look", positive ? "positive" : "negative");
  }
  ui.intend("look_at", cell.row, cell.col);
}

// The strongest places and the one looked at; on the picture, the blocks under the window there. While the
// filter sweeps: the rows that it is reading.
void FilterView::marks(Ui& ui, const Rect& map, const FilterLesson& lesson, bool on_input) const {
  const Shape& in = lesson.picture().pixels().shape();
  const Shape& out = lesson.output().shape();
  const int filter = lesson.chosen();
  const auto frame = [&](int row, int col, int height, int width) {
    return on_input ? cells_box(map, in.h, in.w, static_cast<float>(row), static_cast<float>(col),
                                static_cast<float>(height), static_cast<float>(width))
                    : cell_box(map, out.h, out.w, row, col);
  };
  if (!lesson.complete(filter)) {
    const int row = std::min(lesson.written(filter) / out.w, out.h - 1);
    if (on_input) bold_frame(ui, frame(row, 0, kSide, in.w), ui.theme.attention, kFrame);
    return;
  }
  const FilterLesson::Cell here = lesson.looked_at();
  for (const bool positive : {false, true}) {
    const std::optional<FilterLesson::Cell> at = lesson.strongest(filter, positive);
    if (!at) continue;
    const Rect box = frame(at->row, at->col, kSide, kSide);
    if (*at != here) bold_frame(ui, box, ui.theme.panel, 1.5f);
    badge(ui, box, map, positive);
  }
  const Rect looked = frame(here.row, here.col, kSide, kSide);
  bold_frame(ui, looked, ui.theme.attention, kFrame);
  ui.part(on_input ? "block" : "place", looked);
}

void FilterView::filter_column(Ui& ui, Rect room, const FilterLesson& lesson) {
  const BankFilter& filter = lesson.bank().filter(lesson.chosen());
  ui.heading(room.cut_top(ui.u(24)), "Filter", title_of(filter));
  filters_.grid(ui, room.cut_top(room.w), filters_shown(ui, lesson));
  room.cut_top(ui.u(ui.shows("editor") ? 50 : 8));
  const FilterPreset* const preset = find_filter_preset(filter.name);
  const std::string about = preset                    ? std::string(preset->about)
                            : filter.name == "random" ? "Random weights: how training starts."
                                                      : "Your own weights.";
  ui.paragraph(room, about, type::kSmall, ui.theme.muted);
}

// Everything one can choose: the chosen filter, whole sets of filters, the picture, the colours' scale.
void FilterView::choices(Ui& ui, Rect room, const FilterLesson& lesson) {
  if (ui.shows("presets")) {
    ui.text(room.x, room.y, "Filters to try", type::kStrong, ui.theme.ink, Weight::semibold);
    room.cut_top(ui.u(24));
    const Rect catalogue = room.cut_top((room.w - 6 * ui.u(3)) / 7 * 2 + ui.u(3));
    ui.part("catalogue", catalogue);
    filters_.presets(ui, catalogue, filters_shown(ui, lesson));
    room.cut_top(ui.u(8));
  }
  filter_sets(ui, room.cut_top(ui.u(32)));
  room.cut_top(ui.u(14));
  if (ui.shows("picture")) {
    chooser_.panel(ui, room.cut_top(ui.u(74)), lesson.picture());
    room.cut_top(ui.u(14));
  }
  scale_switch(ui, room.cut_top(ui.u(30)), lesson);
}

void FilterView::scale_switch(Ui& ui, const Rect& row, const FilterLesson& lesson) const {
  if (!ui.shows("scale")) return;
  const int pressed =
      segmented(ui, "scale", row, "Colours", {"One scale", "Each its own"}, lesson.common_scale() ? 0 : 1,
                {"Full red and full blue mean the same in every output",
                 "Each output uses its colours to the full: good for a weak one"});
  if (pressed >= 0) ui.intend("set_scale", pressed == 0 ? "common" : "own");
}

void FilterView::explanation(Ui& ui, Rect room, const FilterLesson& lesson) const {
  const int filter = lesson.chosen();
  if (ui.shows("places")) {
    const int now = lesson.look() == FilterLesson::Look::positive   ? 0
                    : lesson.look() == FilterLesson::Look::negative ? 1
                                                                    : -1;
    const bool low = ui.lies_low({0, 0, ui.display.width, ui.display.height});
    const Rect row = room.cut_top(ui.u(low ? 28 : 32));
    const int pressed = segmented(ui, "place", {row.x, row.y, std::min(row.w, ui.u(300)), row.h}, "Look at",
                                  {"Strongest +", "Strongest −"}, now);
    if (pressed >= 0) ui.intend("look", pressed == 0 ? "positive" : "negative");
    room.cut_top(ui.u(low ? 3 : 8));
  }
  ui.part("words", room);
  if (!lesson.complete(filter)) {
    ui.paragraph(room,
                 title_of(lesson.bank().filter(filter)) +
                     " sweeps over the picture: each block of 3×3 pixels makes one cell.",
                 type::kText, ui.theme.ink);
    return;
  }
  const FilterLesson::Cell here = lesson.looked_at();
  const std::string all = lesson.words(filter, here);
  const std::string seen = as_sentence(lesson.seen(filter, here).words);
  const std::string first = "Row " + std::to_string(here.row) + ", column " + std::to_string(here.col) +
                            ": " + lesson.seen(filter, here).words + ".";
  std::string why = all.substr(seen.size() + 1);
  // As large as there is room for; and what has none, the text beside the stage still says.
  float size = type::kStrong;
  const auto height = [&] {
    return ui.paragraph_height(first, size, room.w) + ui.u(4) + ui.paragraph_height(why, size - 2, room.w);
  };
  while (size > kSmallestWords && height() > room.h) size -= 0.5f;
  while (why.size() > 1 && height() > room.h) {
    const std::size_t end = why.rfind(". ", why.size() - 2);
    why.resize(end == std::string::npos ? 0 : end + 1);
  }
  ui.paragraph(room, first, size, ui.theme.ink);
  room.cut_top(ui.paragraph_height(first, size, room.w) + ui.u(4));
  ui.paragraph(room, why, size - 2, ui.theme.muted);
}

void FilterView::sum(Ui& ui, const Rect& room, const FilterLesson& lesson) const {
  const int filter = lesson.chosen();
  const FilterLesson::Cell here = lesson.looked_at();
  WindowSum what;
  what.block = lesson.block(here), what.weights = lesson.weights(filter);
  what.products = lesson.products(filter, here);
  what.channels = lesson.channels();
  const int products = kSide * kSide * what.channels;
  what.shown = lesson.complete(filter) ? products : 0;
  what.sum = lesson.value(filter, here), what.reach = lesson.reach(filter);
  what.row = here.row, what.col = here.col;
  what.own_numbers = lesson.picture().source() == Picture::Source::pixels;
  window_sum(ui, room, what);
}

}  // namespace kg
