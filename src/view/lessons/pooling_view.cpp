#include "view/lessons/pooling_view.h"

#include <algorithm>

#include "lesson/number_text.h"
#include "view/easing.h"
#include "view/widgets/flying_value.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"
#include "view/widgets/tabs.h"

namespace kg {
namespace {

constexpr double kSlideUntil = 0.2;  // the window glides to its place in this first part of a step
constexpr float kFrame = 2.5f;       // units: the window, and the cell it makes
constexpr int kMostKnobs = 36;       // an input of more numbers is not for changing one by one
constexpr float kRoomForMark = 5;    // units a cell must be wide to carry the winner's mark

std::string size_text(const Tensor& map) { return text_of(Size2{map.shape().h, map.shape().w}); }

std::string place_text(int row, int col) {
  return "row " + std::to_string(row) + ", column " + std::to_string(col);
}

}  // namespace

void PoolingView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const PoolingLesson&>(base);
  if (covers_lesson()) {
    over_input_ = over_output_ = false;
    return controls_.chooser.cover(ui, stage, lesson.picture());
  }
  if (ui.lies_low(stage)) {
    draw_short(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
  const PoolingLesson::Cell cell = lesson.cell(lesson.timeline().step());
  flying_value(ui, lesson.timeline(),
               {result_box_, output_cell_, lesson.value(cell), reach_of(lesson.input().values())});
}

void PoolingView::draw_wide(Ui& ui, Rect stage, const PoolingLesson& lesson) {
  stage = stage.inset(ui.u(22), ui.u(18));
  const float gap = ui.u(28), centre = ui.u(226), controls = ui.u(82), under = ui.u(42), title = ui.u(24);
  const float maps_at_most = (stage.w - centre - 2 * gap) / 2;
  const float card_height = std::clamp(stage.h * 0.27f, ui.u(132), ui.u(200));
  const float side = std::min(maps_at_most, stage.h - card_height - controls - under - title - ui.u(14));
  const float slack = (stage.w - centre - 2 * gap - 2 * side) / 2;
  stage = stage.inset(std::min(slack, ui.u(60)), 0);

  Rect top = stage.cut_top(title + side + under + controls);
  Rect left = top.cut_left(side), right = top.cut_right(side);
  Rect middle{top.middle_x() - centre / 2, top.y, centre, top.h};

  input_map(ui, left.cut_top(title + side), lesson);
  controls_.examples(ui, left.cut_top(under).inset(0, ui.u(4)), lesson);
  left.cut_top(ui.u(4));
  controls_.picture(ui, left, lesson);

  output_map(ui, right.cut_top(title + side), lesson);
  legend(ui, {output_map_.x, output_map_.bottom() + ui.u(6), side, under}, reach_of(lesson.input().values()));
  right.cut_top(under);
  controls_.output(ui, right, lesson);

  ui.heading(middle.cut_top(title), "Pooling", lesson.overlapping() ? "windows overlap" : "");
  controls_.pooling(ui, middle.cut_top(ui.u(168)), lesson);
  middle.cut_top(ui.u(6));
  controls_.mark_legend(ui, middle.cut_top(ui.u(28)), lesson);
  controls_.pipeline(ui, middle, lesson);

  stage.cut_top(ui.u(14));
  const Rect card{ui.u(22), stage.y, ui.display.width - ui.u(44), stage.h};
  ui.card(card);
  result_box_ = pooling_card(ui, card.inset(ui.u(20), ui.u(10)), lesson, card_shown(lesson));
}

void PoolingView::draw_narrow(Ui& ui, Rect stage, const PoolingLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  const float gap = ui.u(16), title = ui.u(20);
  const float side = std::min((stage.w - gap) / 2, stage.h * 0.42f);
  Rect top = stage.cut_top(title + side);
  input_map(ui, top.cut_left(side), lesson);
  output_map(ui, top.cut_right(side), lesson);
  stage.cut_top(ui.u(10));
  tabs(ui, stage, lesson);
}

// A phone on its side: the maps left and right, everything else between them.
void PoolingView::draw_short(Ui& ui, Rect stage, const PoolingLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  const float gap = ui.u(14), title = ui.u(20);
  const float side = std::min((stage.w - 2 * gap) * 0.32f, stage.h - title);
  const Rect left = stage.cut_left(side), right = stage.cut_right(side);
  input_map(ui, {left.x, left.y, side, side + title}, lesson);
  output_map(ui, {right.x, right.y, side, side + title}, lesson);
  tabs(ui, stage.inset(gap, 0), lesson);
}

// What has no room beside the maps, one at a time.
void PoolingView::tabs(Ui& ui, Rect stage, const PoolingLesson& lesson) {
  tab_ = kg::tabs(ui, "tab", stage.cut_top(ui.u(40)),
                  {{"Window", {"line", "result"}},
                   {"Pooling", {"mode", "size", "stride", "padding", "gradient"}},
                   {"Input"},
                   {"Filter"}},
                  tab_);
  stage.cut_top(ui.u(8));
  if (tab_ != 0) result_box_ = {};
  if (tab_ == 0) {
    result_box_ = pooling_card(ui, stage, lesson, card_shown(lesson));
  } else if (tab_ == 1) {
    Rect left = stage.cut_left(stage.w * 0.52f);
    stage.cut_left(ui.u(12));
    controls_.pooling(ui, left, lesson);
    controls_.output(ui, stage.cut_top(ui.u(95)), lesson);
    stage.cut_top(ui.u(10));
    legend(ui, stage, reach_of(lesson.input().values()));
  } else if (tab_ == 2) {
    controls_.examples(ui, stage.cut_top(ui.u(38)), lesson);
    stage.cut_top(ui.u(8));
    controls_.picture(ui, stage.cut_top(std::min(stage.h, ui.u(96))), lesson);
  } else {
    controls_.filters(ui, stage, lesson);
  }
}

// The window of this moment, or of the finished output cell that is pointed at, until the lesson moves on.
CardShown PoolingView::card_shown(const PoolingLesson& lesson) const {
  const Timeline& time = lesson.timeline();
  const PoolingLesson::Cell under{over_row_, over_col_};
  const bool pointing = over_output_ && time.position() == pointed_at_position_;
  if (pointing && lesson.step_of(under) < time.steps_done()) return {under, time.ticks()};
  return {lesson.cell(time.step()), time.ticks_shown()};
}

void PoolingView::input_map(Ui& ui, const Rect& room, const PoolingLesson& lesson) {
  const Tensor& shown = controls_.gradient ? lesson.gradient() : lesson.input();
  const Shape& shape = shown.shape();
  const WindowAxis down = lesson.down(), right = lesson.right();
  const float reach = reach_of(shown.values());
  Rect rest = room;
  const bool narrow = room.w < ui.u(200);
  const std::string name = controls_.gradient ? "Gradient" : "Input";
  const std::string most =
      controls_.gradient && !narrow ? ", deep red is " + number_text(static_cast<double>(reach)) : "";
  ui.heading(rest.cut_top(ui.u(narrow ? 20 : 24)), name, size_text(shown) + most);

  // The places beyond the edge that windows reach over are drawn around the input.
  const int rows = shape.h + down.before + down.after, cols = shape.w + right.before + right.after;
  const Rect whole = fit_cells(ui, rest, rows, cols);
  const Rect map =
      cells_box(whole, rows, cols, static_cast<float>(down.before), static_cast<float>(right.before),
                static_cast<float>(shape.h), static_cast<float>(shape.w));
  if (rows > shape.h || cols > shape.w) border_around(ui, whole, map, ui.theme.empty);
  HeatMapLook look;
  const bool edited =
      ui.shows("numbers") && !controls_.gradient && !lesson.from_picture() && shape.h * shape.w <= kMostKnobs;
  look.id = edited ? "" : "input";
  look.reach = reach;
  HeatMapTouch touch = heat_map(ui, map, shape.h, shape.w, shown.values(), look);
  if (edited) touch = edit_cells(ui, map, lesson);
  ui.part("input", map);
  if (!controls_.gradient) winners(ui, map, lesson);
  windows(ui, map, lesson);
  over_input_ = touch.hovered || touch.held;
  if (!over_input_) return;
  over_row_ = touch.row;
  over_col_ = touch.col;
  const PoolingLesson::Cells users = lesson.cells_using(touch.row, touch.col);
  const int windows = std::max(users.bottom - users.top + 1, 0) * std::max(users.right - users.left + 1, 0);
  bold_frame(ui, cell_box(map, shape.h, shape.w, touch.row, touch.col), ui.theme.panel, 1.5f);
  ui.tooltip(place_text(touch.row, touch.col) + ": " +
             fixed_text(static_cast<double>(shown.at(0, touch.row, touch.col, 0))) + ", in " +
             (windows == 0   ? "no window"
              : windows == 1 ? "1 window"
                             : std::to_string(windows) + " windows"));
}

// Plain numbers can be changed where they stand.
HeatMapTouch PoolingView::edit_cells(Ui& ui, const Rect& map, const PoolingLesson& lesson) {
  const Shape& shape = lesson.input().shape();
  HeatMapTouch touch;
  for (int row = 0; row < shape.h; ++row) {
    for (int col = 0; col < shape.w; ++col) {
      const std::string place = std::to_string(row) + "." + std::to_string(col);
      const Rect cell = cell_box(map, shape.h, shape.w, row, col);
      const KnobTouch knob = knobs_.touch(ui, "input" + place, cell, "Input, " + place_text(row, col),
                                          static_cast<double>(lesson.input().at(0, row, col, 0)), 1);
      if (knob.value) ui.intend("set_cell", row, col, *knob.value);
      if (knob.focused) ui.focus_ring(cell.inset(ui.u(4)));
      if (!knob.typed.empty()) {
        ui.fill(cell.inset(ui.u(3)), ui.theme.panel, 4);
        ui.text_in(cell.inset(ui.u(5)), knob.typed, type::kStrong, ui.theme.ink, Weight::semibold);
      }
      if (knob.hovered) touch = {.hovered = true, .row = row, .col = col};
    }
  }
  return touch;
}

// Where the output cells so far have their values from.
void PoolingView::winners(const Ui& ui, const Rect& map, const PoolingLesson& lesson) const {
  const Shape& shape = lesson.input().shape();
  const Timeline& time = lesson.timeline();
  if (lesson.mode() != PoolingLesson::Mode::max || map.w < ui.u(kRoomForMark) * static_cast<float>(shape.w))
    return;
  const float reach = reach_of(lesson.input().values());
  std::vector<bool> marked(lesson.input().values().size());  // an input may win several windows
  for (int step = 0; step < time.steps() && is_computed(time, step); ++step) {
    const PoolingLesson::Place won = lesson.winner(lesson.cell(step));
    const auto at = static_cast<std::size_t>(won.row * shape.w + won.col);
    if (marked[at]) continue;
    marked[at] = true;
    winner_mark(ui, cell_box(map, shape.h, shape.w, won.row, won.col), value_colour(won.value / reach),
                lesson.so_far(lesson.cell(step), time.ticks()).tied);
  }
}

// The window of this moment and its next place; and the window of the output cell that is pointed at.
void PoolingView::windows(Ui& ui, const Rect& map, const PoolingLesson& lesson) const {
  const Shape& shape = lesson.input().shape();
  const Timeline& time = lesson.timeline();
  const PoolingLesson::Cell cell = lesson.cell(time.step());
  const auto window_box = [&](const PoolingLesson::Cell& of) {
    const PoolingLesson::Cell first = lesson.corner(of);
    const auto side = static_cast<float>(lesson.window());
    return cells_box(map, shape.h, shape.w, static_cast<float>(first.row), static_cast<float>(first.col),
                     side, side);
  };
  if (over_output_) bold_frame(ui, window_box({over_row_, over_col_}), ui.theme.panel, 2);
  if (time.at_end()) return;
  Rect at = window_box(cell);
  if (cell.col > 0 && time.phase() < kSlideUntil && moves_gently(ui, time)) {
    const Rect from = window_box({cell.row, cell.col - 1});
    at.x = from.x + (at.x - from.x) * eased(static_cast<float>(time.phase() / kSlideUntil));
  }
  bold_frame(ui, at, ui.theme.attention, kFrame);
  ui.part("window", at);
  if (time.ticks_shown() == time.ticks()) return;
  const int side = lesson.window(), tick = time.ticks_shown();
  bold_frame(ui, cell_box(at, side, side, tick / side, tick % side).inset(ui.u(2)), ui.theme.attention, 1.5f);
}

void PoolingView::output_map(Ui& ui, const Rect& room, const PoolingLesson& lesson) {
  const Shape& shape = lesson.output().shape();
  const Timeline& time = lesson.timeline();
  const PoolingLesson::Cell cell = lesson.cell(time.step());
  Rect rest = room;
  const bool narrow = room.w < ui.u(200);
  ui.heading(rest.cut_top(ui.u(narrow ? 20 : 24)), "Output", size_text(lesson.output()));
  const Rect map = output_map_ = fit_cells(ui, rest, shape.h, shape.w);
  HeatMapLook look;
  look.id = "output";
  look.reach = reach_of(lesson.input().values());
  look.shown = time.steps_done();
  const HeatMapTouch touch = heat_map(ui, map, shape.h, shape.w, lesson.output().values(), look);
  ui.part("output", map);

  if (over_input_) {
    const PoolingLesson::Cells users = lesson.cells_using(over_row_, over_col_);
    if (users.top <= users.bottom && users.left <= users.right) {
      bold_frame(ui,
                 cells_box(map, shape.h, shape.w, static_cast<float>(users.top),
                           static_cast<float>(users.left), static_cast<float>(users.bottom - users.top + 1),
                           static_cast<float>(users.right - users.left + 1)),
                 ui.theme.panel, 2);
    }
  }
  output_cell_ = cell_box(map, shape.h, shape.w, cell.row, cell.col);
  if (!time.at_end()) {
    if (time.ticks_shown() == time.ticks()) {
      const Colour back = value_colour(lesson.value(cell) / look.reach);
      ui.fill(output_cell_, back);
      cell_number(ui, output_cell_, lesson.value(cell), back, all_whole(lesson.output().values()));
    }
    bold_frame(ui, output_cell_, ui.theme.attention, kFrame);
  }
  over_output_ = touch.hovered || touch.held;
  if (!over_output_) return;
  over_row_ = touch.row;
  over_col_ = touch.col;
  const int under = lesson.step_of({touch.row, touch.col});
  if (ui.pointer_moved()) pointed_at_position_ = time.position();
  if (touch.held) ui.intend("seek", under);
  bold_frame(ui, cell_box(map, shape.h, shape.w, touch.row, touch.col), ui.theme.panel, 1.5f);
  ui.tooltip(place_text(touch.row, touch.col) + ": " +
             (is_computed(lesson.timeline(), under)
                  ? fixed_text(static_cast<double>(lesson.value({touch.row, touch.col})))
                  : "not computed yet"));
}

}  // namespace kg
