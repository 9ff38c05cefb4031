// The window's scene of the lesson `padding`: the picture in its border, the filter, and the output.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "lesson/number_text.h"
#include "view/easing.h"
#include "view/lessons/padding_view.h"
#include "view/widgets/button.h"
#include "view/widgets/flying_value.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {
namespace {

constexpr double kSlideUntil = 0.2;  // the window glides to its place in this first part of a step
constexpr float kFrame = 2.5f;       // units: the window, and the cell it makes
constexpr float kLeastOutput = 72;   // units: a smaller output is drawn with larger cells than the input
constexpr float kReadable = 28;      // units: a cell that can hold a number
constexpr float kStrip = 40;         // units: the filter and the sum in a row
constexpr int kNumberedFilter = 4;   // up to this side a filter's weights are written out

std::string side_text(int side) { return std::to_string(side) + "×" + std::to_string(side); }

Rect window_box(const Rect& map, const PaddedAxis& axis, const PaddingLesson::Stop& at) {
  return cells_box(map, axis.n, axis.n, static_cast<float>(at.top), static_cast<float>(at.left),
                   static_cast<float>(axis.f), static_cast<float>(axis.f));
}

Colour border_colour(const Ui& ui) { return mix({0, 0, 0, 1}, ui.theme.muted, 0.45f); }

}  // namespace

void PaddingView::window_scene(Ui& ui, Rect room, const PaddingLesson& lesson) {
  const bool column = room.w > ui.u(600);
  const float gap = ui.u(column ? 30 : 12), filter = column ? ui.u(150) : -gap;
  const float heading = ui.u(column ? 24 : 20);
  if (!column && room.h >= ui.u(kStrip + 8 + 100)) {
    filter_strip(ui, room.cut_bottom(ui.u(kStrip)), lesson);
    room.cut_bottom(ui.u(8));
  } else {
    sum_box_ = {};
  }
  const float side = std::min(room.h - heading, (room.w - filter - 2 * gap) / 2);
  const float slack = std::max(0.0f, room.w - 2 * side - filter - 2 * gap);
  room = room.inset(std::min(slack / 2, ui.u(60)), std::max(0.0f, (room.h - heading - side) / 2));
  input_map(ui, room.cut_left(side), lesson);
  output_map(ui, room.cut_right(side), lesson);
  if (column) filter_column(ui, {room.middle_x() - filter / 2, room.y, filter, room.h}, lesson);
  if (lesson.hidden()) return;
  const PaddingLesson::Stop here = lesson.stop(lesson.timeline().step());
  flying_value(ui, lesson.timeline(),
               {sum_box_, output_cell_, lesson.sum(here), reach_of(lesson.output().values())});
}

void PaddingView::input_map(Ui& ui, Rect room, const PaddingLesson& lesson) {
  const PaddedAxis& a = lesson.axis();
  const bool narrow = room.w < ui.u(200);
  const std::string border = a.before + a.after == 0 ? ""
                             : a.uneven()
                                 ? ", border " + std::to_string(a.before) + " + " + std::to_string(a.after)
                                 : ", border " + std::to_string(a.before);
  ui.heading(room.cut_top(ui.u(narrow ? 20 : 24)), "Input", side_text(a.n) + border);
  Rect whole, map;
  const Rect square{room.x, room.y, room.w, std::min(room.w, room.h)};
  if (before_ == a.before && after_ == a.after) {
    whole = fit_cells(ui, square, a.padded(), a.padded());
    map = cells_box(whole, a.padded(), a.padded(), static_cast<float>(a.before), static_cast<float>(a.before),
                    static_cast<float>(a.n), static_cast<float>(a.n));
  } else {
    const float sides = static_cast<float>(before_ + a.n + after_),
                cell = std::min(square.w, square.h) / sides;
    const float before = static_cast<float>(before_) * cell, inner = static_cast<float>(a.n) * cell;
    whole = {square.x, square.y, cell * sides, cell * sides};
    map = {square.x + before, square.y + before, inner, inner};
  }
  cell_ = map.w / static_cast<float>(a.n);
  ui.part("border", whole);
  ui.part("input", map);
  HeatMapLook look;
  look.id = "input";
  look.ink = HeatMap::Ink::grey;
  look.reach = a.n <= kNumbersUpTo ? 9 : 1;
  const HeatMapTouch touch = heat_map(ui, map, a.n, a.n, lesson.input().values(), look);
  border_cells(ui, whole, map, a);
  window_frames(ui, map, lesson);
  if (!touch.hovered && !touch.held) return;
  bold_frame(ui, cell_box(map, a.n, a.n, touch.row, touch.col), ui.theme.panel, 1.5f);
  ui.tooltip("row " + std::to_string(touch.row) + ", column " + std::to_string(touch.col) + ": " +
             number_text(static_cast<double>(lesson.input().at(0, touch.row, touch.col, 0))));
}

// The zeros, and a veil over the lines at the far end that the stride leaves out.
void PaddingView::border_cells(Ui& ui, const Rect& whole, const Rect& map, const PaddedAxis& a) const {
  if (whole.w > map.w) {
    border_around(ui, whole, map, border_colour(ui));
    const float cell = cell_;
    const Colour line = faded(ui.theme.ground, 0.3f);
    const int rows = static_cast<int>(std::lround(whole.h / cell));
    for (int i = 1; i < rows && cell > ui.u(6); ++i) {
      const float at = static_cast<float>(i) * cell, hair = ui.u(0.75f);
      const float x = whole.x + at, y = whole.y + at;
      ui.fill({x, whole.y, hair, map.y - whole.y}, line);
      ui.fill({x, map.bottom(), hair, whole.bottom() - map.bottom()}, line);
      ui.fill({whole.x, y, map.x - whole.x, hair}, line);
      ui.fill({map.right(), y, whole.right() - map.right(), hair}, line);
    }
    const bool still = before_ == a.before && after_ == a.after;
    for (int i = 0; still && cell >= ui.u(kReadable) && i < rows * rows; ++i) {
      const int row = i / rows - a.before, col = i % rows - a.before;
      if (row >= 0 && row < a.n && col >= 0 && col < a.n) continue;
      ui.text_in(cell_box(whole, rows, rows, i / rows, i % rows), "0",
                 std::clamp(cell / ui.u(1) * 0.27f, type::kSmall, type::kSign), text_on(border_colour(ui)));
    }
    const Press press = ui.area("border", whole);
    if (press.hovered) ui.tooltip("The border of zeros: padding adds it, the picture does not change.");
  }
  if (a.unused() == 0) return;
  const float lost = static_cast<float>(a.unused()) * cell_;
  const Colour veil = faded(ui.theme.ground, 0.62f);
  ui.fill({whole.right() - lost, whole.y, lost, whole.h}, veil);
  ui.fill({whole.x, whole.bottom() - lost, whole.w - lost, lost}, veil);
}

void PaddingView::window_frames(Ui& ui, const Rect& map, const PaddingLesson& lesson) const {
  const PaddedAxis& a = lesson.axis();
  const Timeline& time = lesson.timeline();
  if (over_output_ && over_row_ < a.out() && over_col_ < a.out()) {
    bold_frame(ui, window_box(map, a, lesson.stop(over_row_ * a.out() + over_col_)), ui.theme.panel, 2);
  }
  if (time.at_end()) return;
  const PaddingLesson::Stop stop = lesson.stop(time.step());
  Rect at = window_box(map, a, stop);
  if (stop.col > 0 && time.phase() < kSlideUntil && moves_gently(ui, time)) {
    const Rect from = window_box(map, a, lesson.stop(time.step() - 1));
    at.x = from.x + (at.x - from.x) * eased(static_cast<float>(time.phase() / kSlideUntil));
  }
  bold_frame(ui, at, ui.theme.attention, kFrame);
  ui.part("window", at);
  const int tick = time.ticks_shown();
  if (tick < time.ticks()) {
    ui.fill(cell_box(at, a.f, a.f, tick / a.f, tick % a.f), faded(ui.theme.attention, 0.55f));
  }
}

// What the filter makes of the block that it stands on, as far as it has come.
void PaddingView::sum(Ui& ui, const Rect& box, const PaddingLesson& lesson) {
  const Timeline& time = lesson.timeline();
  const auto weights = lesson.weights().values(), values = lesson.output().values();
  const PaddingLesson::Stop stop = lesson.stop(time.step());
  const std::vector<float> block = lesson.block(stop);
  const bool complete = time.ticks_shown() == time.ticks();
  const float so_far =
      std::inner_product(block.begin(), block.begin() + time.ticks_shown(), weights.begin(), 0.0f);
  const float sum = complete ? lesson.sum(stop) : so_far;
  sum_box_ = box;
  ui.part("sum", box);
  const Colour back = value_colour(sum / reach_of(values));
  ui.fill(box, back, 6);
  ui.outline(box, complete ? ui.theme.attention : ui.theme.muted, complete ? 3 : 1, 6);
  ui.text_in(box.inset(ui.u(6), 0), fixed_text(static_cast<double>(sum), all_whole(values) ? 0 : 2),
             box.h < ui.u(40) ? type::kSign : type::kSum, text_on(back), Weight::semibold);
}

// The filter and its sum, where there is no room for a column.
void PaddingView::filter_strip(Ui& ui, Rect row, const PaddingLesson& lesson) {
  const PaddedAxis& a = lesson.axis();
  const auto weights = lesson.weights().values();
  sum_box_ = {};
  Rect box = row.cut_left(row.h);
  box = {ui.snap(box.x), ui.snap(box.y), box.w, box.h};
  thumbnail(ui, box, a.f, a.f, weights, reach_of(weights));
  ui.part("filter", box);
  row.cut_left(ui.u(8));
  ui.text(row.x, row.middle_y() - ui.u(7), "Filter " + side_text(a.f), type::kText, ui.theme.muted);
  row.cut_left(ui.u(76));
  if (lesson.hidden() || lesson.timeline().at_end()) return;
  sum(ui, row.cut_left(ui.u(84)).inset(0, ui.u(2)), lesson);
  row.cut_left(ui.u(10));
  const int zeros = lesson.zeros(lesson.stop(lesson.timeline().step()));
  const std::string words =
      "the sum; " + std::to_string(zeros) + " of " + std::to_string(a.f * a.f) + " on zeros";
  ui.text(row.x, row.middle_y() - ui.u(7), ui.shortened(words, type::kText, row.w), type::kText,
          zeros > 0 ? ui.theme.ink : ui.theme.muted);
}

// The same in a column between the maps.
void PaddingView::filter_column(Ui& ui, Rect room, const PaddingLesson& lesson) {
  const PaddedAxis& a = lesson.axis();
  const auto weights = lesson.weights().values();
  sum_box_ = {};
  ui.heading(room.cut_top(ui.u(24)), "Filter", side_text(a.f));
  const float side = std::min(room.w, std::max(ui.u(60), room.h - ui.u(132)));
  const Rect box{ui.snap(room.x), ui.snap(room.y), side, side};
  if (a.f <= kNumberedFilter) {
    MatrixLook look;
    look.reach = reach_of(weights);
    matrix(ui, box, a.f, a.f, weights, look);
  } else {
    thumbnail(ui, box, a.f, a.f, weights, reach_of(weights));
  }
  ui.part("filter", box);
  room.cut_top(side + ui.u(14));
  const Timeline& time = lesson.timeline();
  if (lesson.hidden() || time.at_end()) return;
  const bool complete = time.ticks_shown() == time.ticks();
  ui.text(room.x, room.y, complete ? "Sum of the products" : "Sum so far", type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(20));
  sum(ui, room.cut_top(ui.u(40)), lesson);
  room.cut_top(ui.u(8));
  const int zeros = lesson.zeros(lesson.stop(time.step()));
  ui.text_in({room.x, room.y, room.w, ui.u(16)},
             std::to_string(zeros) + " of " + std::to_string(a.f * a.f) + " on zeros", type::kText,
             zeros > 0 ? ui.theme.ink : ui.theme.muted);
}

void PaddingView::output_map(Ui& ui, Rect room, const PaddingLesson& lesson) {
  const PaddedAxis& a = lesson.axis();
  const Timeline& time = lesson.timeline();
  const int out = a.out();
  const bool narrow = room.w < ui.u(200);
  Rect heading = room.cut_top(ui.u(narrow ? 20 : 24));
  if (lesson.hidden()) {
    over_output_ = false;
    ui.heading(heading, "Output", "hidden");
    return riddle(ui, room, lesson);
  }
  // Cells as large as the input's: one sees how much smaller the output is.
  const float legend_room = ui.u(narrow ? 34 : 40);
  const float side = std::min(room.w, room.h);
  const float most = side / static_cast<float>(out);
  const float cell = std::min(std::max(cell_, ui.u(kLeastOutput) / static_cast<float>(out)), most);
  ui.heading(heading, "Output", side_text(out) + (cell > cell_ * 1.01f ? ", drawn larger" : ""));
  const float extent = cell * static_cast<float>(out) + 0.01f;
  const Rect map = fit_cells(ui, {room.x, room.y, extent, extent}, out, out);
  const auto values = lesson.output().values();
  HeatMapLook look;
  look.id = "output";
  look.reach = reach_of(values);
  look.shown = lesson.written();
  const HeatMapTouch touch = heat_map(ui, map, out, out, values, look);
  const PaddingLesson::Stop stop = lesson.stop(time.step());
  ui.part("output", map);
  output_cell_ = cell_box(map, out, out, stop.row, stop.col);
  if (!time.at_end()) {
    if (time.ticks_shown() == time.ticks()) {
      const Colour back = value_colour(lesson.sum(stop) / look.reach);
      ui.fill(output_cell_, back);
      cell_number(ui, output_cell_, lesson.sum(stop), back, all_whole(values));
    }
    bold_frame(ui, output_cell_, ui.theme.attention, kFrame);
  }
  if (room.bottom() - map.bottom() >= legend_room) {
    legend(ui, {map.x, map.bottom() + ui.u(narrow ? 4 : 8), std::max(map.w, ui.u(130)), ui.u(30)},
           look.reach);
  }
  over_output_ = touch.hovered || touch.held;
  if (!over_output_) return;
  over_row_ = touch.row, over_col_ = touch.col;
  const int step = touch.row * out + touch.col;
  if (touch.held) ui.intend("seek", step);
  bold_frame(ui, cell_box(map, out, out, touch.row, touch.col), ui.theme.panel, 1.5f);
  const PaddingLesson::Stop under = lesson.stop(step);
  ui.tooltip("row " + std::to_string(touch.row) + ", column " + std::to_string(touch.col) + ": " +
             (step < lesson.written() || step == time.step()
                  ? number_text(static_cast<double>(lesson.sum(under))) + ", " +
                        std::to_string(lesson.zeros(under)) + " of " + std::to_string(a.f * a.f) +
                        " places on zeros"
                  : "not computed yet"));
}

void PaddingView::riddle(Ui& ui, Rect room, const PaddingLesson&) {
  const float width = std::min(room.w, ui.u(230));
  room.w = width;
  const Rect mark = room.cut_top(std::min(width, room.h - ui.u(96)));
  ui.fill(mark, ui.theme.empty, 6);
  ui.text_in(mark, "How large?", type::kStrong, ui.theme.muted, Weight::semibold);
  room.cut_top(ui.u(8));
  const int way =
      stepper(ui, "guess", room.cut_top(ui.u(38)), "My prediction", side_text(guess_), guess_ > 1,
              guess_ < PaddingLesson::kMaxSide, "It has one cell at least", "It is not as large as that");
  guess_ += way;
  room.cut_top(ui.u(8));
  Rect row = room.cut_top(ui.u(38));
  ButtonLook look;
  look.kind = ButtonLook::Kind::primary;
  look.words = "Predict";
  if (button(ui, "predict", row.cut_left(row.w * 0.5f - ui.u(4)), "Say this prediction", look))
    ui.intend("predict", guess_);
  row.cut_left(ui.u(8));
  look.kind = ButtonLook::Kind::plain;
  look.words = "Show me";
  if (button(ui, "reveal", row, "Show the output", look)) ui.intend("reveal");
}

}  // namespace kg
