#include "view/lessons/pooling_card.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "lesson/number_text.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Place = PoolingLesson::Place;
using SoFar = PoolingLesson::SoFar;

constexpr float kRoomForNumber = 30;  // units

struct Window {
  const PoolingLesson& lesson;
  PoolingLesson::Cell cell;
  int ticks;
  std::vector<Place> places;
  SoFar known;
  float reach;  // of the colours

  bool max() const { return lesson.mode() == PoolingLesson::Mode::max; }
  bool complete() const { return ticks == static_cast<int>(places.size()); }
  bool whole() const {
    return std::all_of(places.begin(), places.end(),
                       [](const Place& p) { return p.value == std::round(p.value); });
  }
  Colour colour(const Place& place) const { return value_colour(place.value / reach); }
  float outcome() const {
    if (complete()) return lesson.value(cell);
    if (!max()) return known.sum;
    return known.largest < 0 ? 0 : places[static_cast<std::size_t>(known.largest)].value;
  }
};

std::string number_of(float value, bool whole) {
  return fixed_text(static_cast<double>(value), whole && value == std::round(value) ? 0 : 2);
}

void values(Ui& ui, const Rect& box, const Window& window) {
  const int side = window.lesson.window();
  for (int i = 0; i < side * side; ++i) {
    const Place& place = window.places[static_cast<std::size_t>(i)];
    const Rect cell = cell_box(box, side, side, i / side, i % side);
    const Colour back = place.inside ? window.colour(place) : ui.theme.empty;
    ui.fill(cell, back);
    if (place.inside && cell.w >= ui.u(24))
      ui.text_in(cell.inset(ui.u(3), 0), number_of(place.value, window.whole()), type::kText, text_on(back));
    ui.outline(cell, faded(ui.theme.muted, 0.5f), 0.75f);
    if (window.max() && i == window.known.largest) winner_mark(ui, cell, back, window.known.tied);
  }
  ui.outline(box, ui.theme.attention, 3);
  if (!window.complete())
    bold_frame(ui, cell_box(box, side, side, window.ticks / side, window.ticks % side).inset(ui.u(2)),
               ui.theme.attention, 2);
}

// The values as bars, in the order in which they are visited, their numbers beneath them; and a line that
// goes along: the largest so far, or the mean so far.
void bars(Ui& ui, Rect room, const Window& window) {
  const int count = static_cast<int>(window.places.size());
  const float slot = room.w / static_cast<float>(count), width = std::min(slot * 0.72f, ui.u(64));
  const Rect numbers = room.cut_bottom(slot >= ui.u(kRoomForNumber) ? ui.u(18) : ui.u(2));
  room.cut_top(ui.u(4));
  float top = 0, low = 0;
  for (const Place& place : window.places) top = std::max(top, place.value), low = std::min(low, place.value);
  if (top == low) top = 1;  // nothing but zeros: the line lies at the foot
  const float span = top - low;
  const auto level = [&](float value) { return room.y + (top - value) / span * room.h; };
  const auto slot_at = [&](int i) { return room.x + slot * static_cast<float>(i); };
  for (int i = 0; i < count; ++i) {
    const Place& place = window.places[static_cast<std::size_t>(i)];
    const Rect under{slot_at(i), numbers.y + ui.u(3), slot, ui.u(14)};
    const bool visited = i < window.ticks, best = window.max() && visited && i == window.known.largest;
    if (place.inside) {
      const float from = level(std::max(place.value, 0.0f)), to = level(std::min(place.value, 0.0f));
      const Rect bar{under.middle_x() - width / 2, from, width, to - from};
      if (visited) ui.fill(bar, window.colour(place));
      if (bar.w >= ui.u(8) && bar.h >= ui.u(1))
        ui.outline(bar, visited ? ui.theme.muted : ui.theme.hairline, best ? 2 : 1);
    }
    if (numbers.h < ui.u(14)) continue;
    ui.text_in(under, place.inside ? number_of(place.value, window.whole()) : "–", type::kText,
               visited && place.inside ? ui.theme.ink : ui.theme.muted,
               best ? Weight::semibold : Weight::regular);
  }
  ui.fill({room.x, level(0), room.w, ui.u(1)}, ui.theme.muted);
  const float line = ui.u(2.5f);
  std::optional<float> before;
  for (int i = 0; i < window.ticks; ++i) {
    const SoFar known = window.lesson.so_far(window.cell, i + 1);
    if (known.inside == 0) continue;
    const float y = level(window.max() ? window.places[static_cast<std::size_t>(known.largest)].value
                                       : known.sum / static_cast<float>(known.inside));
    if (before)
      ui.fill({slot_at(i), std::min(*before, y) - line / 2, line, std::abs(y - *before) + line},
              ui.theme.attention);
    ui.fill({slot_at(i), y - line / 2, slot, line}, ui.theme.attention);
    before = y;
  }
}

std::string caption(const Window& window) {
  const std::string n = std::to_string(window.known.inside);
  if (window.max()) return window.complete() ? "The largest of " + n : "The largest so far";
  if (!window.complete()) return "The sum so far";
  return number_of(window.known.sum, window.whole()) + " divided by " + n;
}

std::string way_back(const Window& window) {
  if (!window.max()) return "gradient: 1/" + std::to_string(window.known.inside) + " to each of them";
  const Place won = window.lesson.winner(window.cell);
  return "gradient: to row " + std::to_string(won.row) + ", column " + std::to_string(won.col);
}

// What is known of the prediction for this cell; or else where its gradient will go.
std::string remark(const Window& window) {
  const auto& guess = window.lesson.prediction();
  if (guess && guess->step == window.lesson.step_of(window.cell)) {
    const std::string said = "you predicted " + number_text(guess->value);
    return said + (!window.complete() ? "" : window.lesson.predicted_right() ? ": right" : ": no");
  }
  return window.complete() ? way_back(window) : "";
}

void result(Ui& ui, const Rect& box, const Window& window) {
  const Colour back = value_colour(window.outcome() / window.reach);
  ui.part("result", box);
  ui.fill(box, back, 6);
  ui.outline(box, window.complete() ? ui.theme.attention : ui.theme.muted, window.complete() ? 3 : 1, 6);
  if (window.known.inside == 0) return;
  ui.text_in(box.inset(ui.u(6), 0), number_of(window.outcome(), window.whole()),
             box.h < ui.u(40) ? type::kSign : type::kSum, text_on(back), Weight::semibold);
}

}  // namespace

void winner_mark(const Ui& ui, const Rect& place, Colour back, bool tied) {
  const float size = std::clamp(place.w * 0.1f, ui.u(1.5f), ui.u(4));
  const Colour ink = faded(text_on(back), tied ? 0.3f : 1);
  // Small ones in the middle, as squares, which cost four corners; large ones beside the number.
  if (place.w < ui.u(20)) {
    ui.fill({place.middle_x() - size, place.middle_y() - size, 2 * size, 2 * size}, ink);
  } else {
    const float away = size + place.w * 0.05f;
    ui.paint.AddCircleFilled(ImVec2(place.right() - away, place.y + away), size, packed(ink));
  }
}

Rect pooling_card(Ui& ui, const Rect& room, const PoolingLesson& lesson, const CardShown& what) {
  const Window window{lesson,
                      what.cell,
                      what.ticks,
                      lesson.places(what.cell),
                      lesson.so_far(what.cell, what.ticks),
                      reach_of(lesson.input().values())};
  const std::string into =
      "into row " + std::to_string(what.cell.row) + ", column " + std::to_string(what.cell.col);
  const bool narrow = room.w < ui.u(520);
  const std::string title =
      std::string(window.max() ? "Compared one after the other" : "Added one after the other") +
      (narrow         ? ""
       : window.max() ? "; the line is the largest so far"
                      : "; the line is the mean so far");
  Rect rest = room, foot;
  if (narrow) foot = rest.cut_bottom(ui.u(56));
  Rect names = rest.cut_top(ui.u(20));
  const float side = std::min(rest.h, room.w * 0.4f), gap = ui.u(narrow ? 14 : 28);
  const Rect matrix = rest.cut_left(side);
  rest.cut_left(gap);
  ui.text(matrix.middle_x(), names.y, "Window", type::kSmall, ui.theme.muted, Weight::regular, Align::centre);
  values(ui, {matrix.x, matrix.y, side, side}, window);
  Rect column;
  if (!narrow) {
    column = rest.cut_right(ui.u(230));
    rest.cut_right(gap);
  }
  ui.text(rest.x, names.y, ui.shortened(title, type::kSmall, rest.w), type::kSmall, ui.theme.muted);
  ui.part("line", rest);
  bars(ui, rest, window);
  Rect box;
  if (narrow) {
    Rect row = foot;
    row.cut_top(ui.u(6));
    Rect line = row.cut_top(ui.u(32));
    ui.text_in(line.cut_left(ui.u(122)), caption(window), type::kText, ui.theme.muted);
    box = line.cut_left(ui.u(84));
    line.cut_left(ui.u(10));
    ui.text_in(line, into, type::kText, ui.theme.muted);
    ui.text(row.middle_x(), row.y + ui.u(3), remark(window), type::kSmall, ui.theme.muted, Weight::regular,
            Align::centre);
  } else {
    column.y -= ui.u(8), column.h += ui.u(8);
    ui.text(column.x, column.y, caption(window), type::kText, ui.theme.muted);
    column.cut_top(ui.u(22));
    box = column.cut_top(ui.u(46));
    ui.text(column.x, column.y + ui.u(7), into, type::kText, ui.theme.muted);
    ui.text(column.x, column.y + ui.u(26), ui.shortened(remark(window), type::kText, column.w), type::kText,
            ui.theme.ink);
  }
  result(ui, box, window);
  return box;
}

}  // namespace kg
