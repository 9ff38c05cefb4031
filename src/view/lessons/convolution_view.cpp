#include "view/lessons/convolution_view.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/easing.h"
#include "view/lessons/geometry_controls.h"
#include "view/widgets/button.h"
#include "view/widgets/flying_value.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"
#include "view/widgets/picture_map.h"
#include "view/widgets/tabs.h"

namespace kg {
namespace {

constexpr double kSlideUntil = 0.2;  // the window glides to its place in this first part of a step
constexpr float kFrame = 2.5f;       // units: the window, and the cell it makes

std::string size_text(int h, int w, int c) {
  return std::to_string(h) + "×" + std::to_string(w) + (c > 1 ? "×" + std::to_string(c) : "");
}

std::vector<float> channel_of(const Tensor& image, int channel) {
  return every_nth(image.values(), image.shape().c, channel);
}

}  // namespace

void ConvolutionView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const Convolution&>(base);
  if (channel_ >= lesson.input().shape().c || lesson.input().shape().c == 1) channel_ = -1;
  if (chooser_.covers_stage()) {
    over_input_ = over_output_ = false;
    return chooser_.cover(ui, stage, lesson.picture());
  }
  if (ui.lies_low(stage)) {
    draw_short(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
  const Convolution::Cell cell = lesson.cell(lesson.timeline().step());
  flying_value(ui, lesson.timeline(), {sum_box_, output_cell_, lesson.sum(cell), lesson.output_reach()});
}

void ConvolutionView::draw_wide(Ui& ui, Rect stage, const Convolution& lesson) {
  stage = stage.inset(ui.u(22), ui.u(18));
  const float gap = ui.u(28), centre = ui.u(226), controls = ui.u(78), under = ui.u(38);
  const float maps_at_most = (stage.w - centre - 2 * gap) / 2;
  const float sum_height = std::clamp(stage.h * 0.27f, ui.u(132), ui.u(200));
  const float side = std::min(maps_at_most, stage.h - sum_height - controls - under - ui.u(24 + 14));
  const float slack = (stage.w - centre - 2 * gap - 2 * side) / 2;
  stage = stage.inset(std::min(slack, ui.u(60)), 0);

  Rect top = stage.cut_top(ui.u(24) + side + under + controls);
  Rect left = top.cut_left(side), right = top.cut_right(side);
  Rect middle{top.middle_x() - centre / 2, top.y, centre, top.h};

  input_map(ui, left.cut_top(ui.u(24) + side), lesson);
  channel_tabs(ui, left.cut_top(under), lesson);
  picture_controls(ui, left, lesson);
  filters_.column(ui, middle, filters_shown(ui, lesson));
  output_map(ui, right.cut_top(ui.u(24) + side), lesson);
  legend(ui, {output_map_.x, output_map_.bottom() + ui.u(6), output_map_.w, under}, lesson.output_reach());
  right.cut_top(under);
  geometry_controls(ui, right, lesson);

  stage.cut_top(ui.u(14));
  const Rect card{ui.u(22), stage.y, ui.display.width - ui.u(44), stage.h};
  ui.card(card);
  sum_box_ = window_sum(ui, card.inset(ui.u(20), ui.u(10)), sum_shown(lesson));
}

void ConvolutionView::draw_narrow(Ui& ui, Rect stage, const Convolution& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  const float gap = ui.u(8), centre = ui.u(64);
  const float side = std::min((stage.w - centre - 2 * gap) / 2, stage.h * 0.42f);
  Rect top = stage.cut_top(ui.u(20) + side);
  const Rect left = top.cut_left(side), right = top.cut_right(side);
  input_map(ui, left, lesson);
  output_map(ui, right, lesson);
  const float small = std::min(top.w - ui.u(8), ui.u(60));
  const Rect kernel{top.middle_x() - small / 2, top.y + ui.u(20) + side / 2 - small / 2, small, small};
  const int filter = lesson.cell(lesson.timeline().step()).channel;
  ui.text_in({top.x, kernel.y - ui.u(20), top.w, ui.u(16)}, "Filter", type::kText, ui.theme.ink,
             Weight::semibold);
  // The plane of the channel that is looked at, as it meets the picture: flipped if it is.
  const std::vector<float> weights = lesson.weights(filter);
  const std::vector<float> plane = every_nth(weights, lesson.input().shape().c, std::max(channel_, 0));
  thumbnail(ui, kernel, 3, 3, plane, reach_of(weights));
  ui.part("filter", kernel);

  stage.cut_top(ui.u(10));
  tabs(ui, stage, lesson);
}

// A phone on its side: the maps left and right, everything else between them.
void ConvolutionView::draw_short(Ui& ui, Rect stage, const Convolution& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  const float gap = ui.u(14);
  const float side = std::min((stage.w - 2 * gap) * 0.32f, stage.h - ui.u(20));
  const Rect left = stage.cut_left(side), right = stage.cut_right(side);
  input_map(ui, {left.x, left.y, side, side + ui.u(20)}, lesson);
  output_map(ui, {right.x, right.y, side, side + ui.u(20)}, lesson);
  tabs(ui, stage.inset(gap, 0), lesson);
}

// What has no room beside the maps, one at a time.
void ConvolutionView::tabs(Ui& ui, Rect stage, const Convolution& lesson) {
  tab_ = kg::tabs(
      ui, "tab", stage.cut_top(ui.u(40)),
      {{"Sum", {"sum"}}, {"Picture"}, {"Filter", {"filter"}}, {"Window", {"stride", "padding", "flip"}}},
      tab_);
  stage.cut_top(ui.u(8));
  if (tab_ != 0) sum_box_ = {};
  if (tab_ == 0) {
    sum_box_ = window_sum(ui, stage, sum_shown(lesson));
  } else if (tab_ == 1) {
    Rect room = stage;
    picture_controls(ui, room.cut_top(ui.u(96)), lesson);
    room.cut_top(ui.u(8));
    channel_tabs(ui, room.cut_top(ui.u(40)), lesson);
  } else if (tab_ == 2) {
    Rect room = stage;
    const float grid = std::min(room.h - ui.u(44), room.w * 0.42f);
    Rect editing = room.cut_left(grid);
    filters_.grid(ui, editing.cut_top(grid), filters_shown(ui, lesson));
    room.cut_left(ui.u(12));
    filters_.bank(ui, room.cut_top(ui.u(34)), filters_shown(ui, lesson));
    room.cut_top(ui.u(8));
    filters_.presets(ui, room, filters_shown(ui, lesson));
  } else {
    Rect room = stage;
    geometry_controls(ui, room.cut_top(ui.u(96)), lesson);
    room.cut_top(ui.u(16));
    legend(ui, room, lesson.output_reach());
  }
}

// The sum of this moment, or of the finished output cell that is pointed at, until the lesson moves on.
WindowSum ConvolutionView::sum_shown(const Convolution& lesson) const {
  const Timeline& time = lesson.timeline();
  Convolution::Cell cell = lesson.cell(time.step());
  WindowSum sum;
  sum.shown = time.ticks_shown();
  const Convolution::Cell under{over_row_, over_col_, cell.channel};
  const bool pointing = over_output_ && time.position() == pointed_at_position_;
  if (pointing && lesson.step_of(under) < time.steps_done()) cell = under, sum.shown = time.ticks();
  sum.block = lesson.block(cell), sum.weights = lesson.weights(cell.channel);
  sum.products = lesson.products(cell);
  sum.channels = lesson.input().shape().c, sum.channel = channel_;
  sum.sum = lesson.sum(cell), sum.reach = lesson.output_reach();
  sum.row = cell.row, sum.col = cell.col;
  sum.flipped = lesson.flipped();
  sum.own_numbers = lesson.picture().source() == Picture::Source::pixels;
  if (const auto& guess = lesson.prediction(); guess && guess->step == lesson.step_of(cell)) {
    const bool complete = sum.shown == time.ticks();
    sum.remark = "you predicted " + number_text(guess->value) +
                 (!complete                  ? ""
                  : lesson.predicted_right() ? ": right"
                                             : ": no");
  }
  return sum;
}

// Choosing a filter shows its output channel at the same place.
FiltersShown ConvolutionView::filters_shown(Ui& ui, const Convolution& lesson) const {
  const Convolution::Cell cell = lesson.cell(lesson.timeline().step());
  return {lesson.bank(), lesson.input().shape().c, cell.channel, channel_, [&ui, &lesson, cell](int filter) {
            ui.intend("seek", lesson.step_of({cell.row, cell.col, filter}));
          }};
}

void ConvolutionView::input_map(Ui& ui, const Rect& room, const Convolution& lesson) {
  const Shape& shape = lesson.input().shape();
  const Conv2DGeometry& pad = lesson.geometry();
  const Timeline& time = lesson.timeline();
  Rect rest = room;
  const bool narrow = room.w < ui.u(200);
  ui.heading(rest.cut_top(ui.u(narrow ? 20 : 24)), "Input", size_text(shape.h, shape.w, shape.c));

  // The border of zeros belongs to the picture that the window visits; it is drawn around it.
  const int rows = shape.h + pad.pad_top + pad.pad_bottom, cols = shape.w + pad.pad_left + pad.pad_right;
  const Rect whole = fit_cells(ui, {rest.x, rest.y, rest.w, rest.h}, rows, cols);
  const Rect map =
      cells_box(whole, rows, cols, static_cast<float>(pad.pad_top), static_cast<float>(pad.pad_left),
                static_cast<float>(shape.h), static_cast<float>(shape.w));
  if (rows > shape.h || cols > shape.w) {
    border_around(ui, whole, map, mix({0, 0, 0, 1}, ui.theme.muted, 0.45f));
  }
  const HeatMapTouch touch = picture_map(ui, map, lesson.picture(), channel_, "input");
  ui.part("input", map);

  const auto window_box = [&](const Convolution::Window& w) {
    return cells_box(map, shape.h, shape.w, static_cast<float>(w.top), static_cast<float>(w.left),
                     static_cast<float>(w.height), static_cast<float>(w.width));
  };
  if (over_output_) {
    const Convolution::Cell here = lesson.cell(time.step());
    bold_frame(ui, window_box(lesson.window({over_row_, over_col_, here.channel})), ui.theme.panel, 2);
  }
  if (!time.at_end()) {
    const Convolution::Cell cell = lesson.cell(time.step());
    Rect at = window_box(lesson.window(cell));
    if (cell.col > 0 && time.phase() < kSlideUntil && moves_gently(ui, time)) {
      const Rect from = window_box(lesson.window({cell.row, cell.col - 1, cell.channel}));
      at.x = from.x + (at.x - from.x) * eased(static_cast<float>(time.phase() / kSlideUntil));
    }
    bold_frame(ui, at, ui.theme.attention, kFrame);
    ui.part("window", at);
    if (time.ticks_shown() < time.ticks()) {
      const int tick = time.ticks_shown() % 9;
      ui.fill(cell_box(at, 3, 3, tick / 3, tick % 3), faded(ui.theme.attention, 0.55f));
    }
  }
  over_input_ = touch.hovered || touch.held;
  if (!over_input_) return;
  over_row_ = touch.row;
  over_col_ = touch.col;
  std::string words = "row " + std::to_string(touch.row) + ", column " + std::to_string(touch.col) + ":";
  for (int c = 0; c < std::min(shape.c, 3); ++c) {
    words += " " + fixed_text(static_cast<double>(lesson.input().at(0, touch.row, touch.col, c)));
  }
  bold_frame(ui, cell_box(map, shape.h, shape.w, touch.row, touch.col), ui.theme.panel, 1.5f);
  ui.tooltip(words + (shape.c > 3 ? " …" : ""));
}

void ConvolutionView::output_map(Ui& ui, const Rect& room, const Convolution& lesson) {
  const Shape& shape = lesson.output().shape();
  const Timeline& time = lesson.timeline();
  const Convolution::Cell cell = lesson.cell(time.step());
  Rect rest = room;
  const bool narrow = room.w < ui.u(200);
  const std::string which =
      shape.c > 1 && !narrow ? ", channel " + std::to_string(cell.channel) + " of " + std::to_string(shape.c)
                             : "";
  ui.heading(rest.cut_top(ui.u(narrow ? 20 : 24)), "Output",
             size_text(shape.h, shape.w, narrow ? shape.c : 1) + which);
  const Rect map = output_map_ = fit_cells(ui, rest, shape.h, shape.w);
  const std::vector<float> values = channel_of(lesson.output(), cell.channel);
  HeatMapLook look;
  look.id = "output";
  look.reach = lesson.output_reach();
  look.shown = lesson.written(cell.channel);
  const HeatMapTouch touch = heat_map(ui, map, shape.h, shape.w, values, look);
  ui.part("output", map);

  if (over_input_) {
    const Convolution::Cells users = lesson.cells_using(over_row_, over_col_);
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
      const Colour back = value_colour(lesson.sum(cell) / std::max(look.reach, 1e-6f));
      ui.fill(output_cell_, back);
      cell_number(ui, output_cell_, lesson.sum(cell), back, all_whole(values));
    }
    bold_frame(ui, output_cell_, ui.theme.attention, kFrame);
  }
  over_output_ = touch.hovered || touch.held;
  if (!over_output_) return;
  over_row_ = touch.row;
  over_col_ = touch.col;
  const Convolution::Cell under{touch.row, touch.col, cell.channel};
  if (ui.pointer_moved()) pointed_at_position_ = time.position();
  if (touch.held) ui.intend("seek", lesson.step_of(under));
  bold_frame(ui, cell_box(map, shape.h, shape.w, touch.row, touch.col), ui.theme.panel, 1.5f);
  const bool known = touch.row * shape.w + touch.col < lesson.written(cell.channel) || under == cell;
  ui.tooltip("row " + std::to_string(touch.row) + ", column " + std::to_string(touch.col) + ": " +
             (known ? fixed_text(static_cast<double>(lesson.sum(under))) : "not computed yet"));
}

void ConvolutionView::channel_tabs(Ui& ui, const Rect& box, const Convolution& lesson) {
  const int channels = lesson.input().shape().c;
  const Rect row = box.inset(0, ui.u(4));
  if (channels == 1) {
    const std::string label = ui.shortened(lesson.picture().label(), type::kSmall, row.w);
    ui.text(row.x, row.y + ui.u(4), label, type::kSmall, ui.theme.muted);
    return;
  }
  if (channels == 3) {
    const int chosen =
        segmented(ui, "channel", row, "Channel", {"all", "red", "green", "blue"}, channel_ + 1);
    if (chosen >= 0) channel_ = chosen - 1;
    return;
  }
  const int now = std::max(channel_, 0);
  const int way = stepper(ui, "channel", row, "Channel",
                          "channel " + std::to_string(now) + " of " + std::to_string(channels), now > 0,
                          now < channels - 1, "This is the first channel", "This is the last channel");
  if (way != 0) channel_ = now + way;
}

void ConvolutionView::picture_controls(Ui& ui, const Rect& box, const Convolution& lesson) {
  if (ui.shows("picture")) chooser_.panel(ui, box, lesson.picture());
}

}  // namespace kg
