#include "view/lessons/network_filters.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/axis.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr int kFirst = 0, kSecond = 2;  // layers with filters

// Gradients are those of the last update; before it there are none.
std::span<const float> shown_values(const NetworkLesson& lesson, int layer, bool gradient) {
  const Parameter& kernel = lesson.run().network().parameters(layer)[0];
  return gradient ? std::span<const float>(kernel.gradient) : std::span<const float>(kernel.values);
}

void tell(Ui& ui, const NetworkLesson& lesson, int layer, std::size_t index) {
  const Parameter& kernel = lesson.run().network().parameters(layer)[0];
  ui.tooltip("weight " + fixed_text(static_cast<double>(kernel.values[index]), 3) + ", last gradient " +
             reading_text(static_cast<double>(kernel.gradient[index])) + ". Press to check its gradient");
}

}  // namespace

void NetworkFilters::draw(Ui& ui, Rect room, const NetworkLesson& lesson) {
  Rect head = room.cut_top(ui.u(32));
  room.cut_top(ui.u(6));
  const int chosen =
      segmented(ui, "filters", head.cut_left(std::min(ui.u(210), head.w)), "Show", {"Weights", "Gradients"},
                shown_, {"The filters as they are", "∂loss/∂weight, of the last update"});
  if (chosen >= 0) shown_ = chosen;
  const Rect foot = room.cut_bottom(ui.u(58));
  room.cut_bottom(ui.u(6));
  const bool wide = room.w > room.h * 1.2f;
  if (wide) {
    first_layer(ui, room.cut_left(room.w * 0.32f), lesson, shown_ == 1);
    room.cut_left(ui.u(20));
  } else {
    first_layer(ui, room.cut_top(room.h * 0.36f), lesson, shown_ == 1);
    room.cut_top(ui.u(8));
  }
  second_layer(ui, room, lesson, shown_ == 1);
  check(ui, foot, lesson);
}

// Eight filters of 3×3.
void NetworkFilters::first_layer(Ui& ui, Rect room, const NetworkLesson& lesson, bool gradient) {
  ui.part("filters", room);
  ui.text(room.x, room.y, ui.shortened("conv2d: 8 filters, 3×3", type::kSmall, room.w), type::kSmall,
          ui.theme.muted);
  room.cut_top(ui.u(18));
  const std::span<const float> values = shown_values(lesson, kFirst, gradient);
  const float reach = reach_of(values), gap = ui.u(6);
  const int columns = room.w > room.h ? 4 : 2, rows = 8 / columns;
  const float side = std::min((room.w - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns),
                              (room.h - static_cast<float>(rows - 1) * gap) / static_cast<float>(rows));
  for (int o = 0; o < 8; ++o) {
    const Rect box{ui.snap(room.x + static_cast<float>(o % columns) * (side + gap)),
                   ui.snap(room.y + static_cast<float>(o / columns) * (side + gap)), side, side};
    HeatMapLook look;
    look.reach = reach;
    look.id = "filter" + std::to_string(o);
    const HeatMapTouch touch = heat_map(ui, box, 3, 3, every_nth(values, 8, o), look);
    const auto index = static_cast<std::size_t>((touch.row * 3 + touch.col) * 8 + o);
    if (touch.hovered) tell(ui, lesson, kFirst, index);
    if (touch.clicked) ui.intend("check_gradient", kFirst, 0, static_cast<int>(index));
  }
}

// 16 filters of 3×3×8: a column for each filter, a row for each input channel.
void NetworkFilters::second_layer(Ui& ui, const Rect& room, const NetworkLesson& lesson, bool gradient) {
  ui.text(
      room.x, room.y,
      ui.shortened("conv2d_1: 16 filters (across), 3×3 for each of 8 channels (down)", type::kSmall, room.w),
      type::kSmall, ui.theme.muted);
  const std::span<const float> values = shown_values(lesson, kSecond, gradient);
  constexpr int kIn = 8, kOut = 16, kRows = 3 * kIn, kCols = 3 * kOut;
  const auto index_of = [](int row, int col) {
    return static_cast<std::size_t>((((row % 3) * 3 + col % 3) * kIn + row / 3) * kOut + col / 3);
  };
  std::vector<float> grid(kRows * kCols);
  for (int row = 0; row < kRows; ++row) {
    for (int col = 0; col < kCols; ++col)
      grid[static_cast<std::size_t>(row * kCols + col)] = values[index_of(row, col)];
  }
  const Rect box = fit_cells(ui, {room.x, room.y + ui.u(18), room.w, room.h - ui.u(18)}, kRows, kCols);
  HeatMapLook look;
  look.reach = reach_of(values);
  look.id = "filters2";
  const HeatMapTouch touch = heat_map(ui, box, kRows, kCols, grid, look);
  for (int k = 1; k < kOut; ++k)
    ui.fill({box.x + box.w * static_cast<float>(k) / kOut - ui.u(0.5f), box.y, ui.u(1), box.h},
            ui.theme.panel);
  for (int k = 1; k < kIn; ++k)
    ui.fill({box.x, box.y + box.h * static_cast<float>(k) / kIn - ui.u(0.5f), box.w, ui.u(1)},
            ui.theme.panel);
  const std::size_t index = index_of(touch.row, touch.col);
  if (touch.hovered) tell(ui, lesson, kSecond, index);
  if (touch.clicked) ui.intend("check_gradient", kSecond, 0, static_cast<int>(index));
}

// The gradient of one weight, by backpropagation and by trying it out.
void NetworkFilters::check(Ui& ui, const Rect& room, const NetworkLesson& lesson) const {
  ui.part("check", room);
  Rect rest = room;
  Rect row = rest.cut_top(ui.u(30));
  const auto& checked = lesson.checked();
  const Network& network = lesson.run().network();
  const int layer = checked ? checked->spot.layer : kFirst;
  const auto count = static_cast<int>(network.parameters(layer)[0].values.size());
  const int index = checked ? static_cast<int>(checked->spot.index) : 0;
  ui.text_in(row.cut_left(ui.u(72)), "Gradient of", type::kSmall, ui.theme.muted);
  row.cut_left(ui.u(6));
  const int way =
      stepper(ui, "check index", row.cut_left(std::min(row.w - ui.u(110), ui.u(150))), "Number of the weight",
              "weight " + std::to_string(index), index > 0, index + 1 < count,
              "This is the first weight of the layer", "This is the last weight of the layer");
  if (way != 0) ui.intend("check_gradient", layer, 0, index + way);
  row.cut_left(ui.u(6));
  const int chosen = segmented(ui, "check layer", row.cut_left(std::min(row.w, ui.u(200))), "Layer",
                               {"conv", "conv 2", "dense"},
                               layer == 0   ? 0
                               : layer == 2 ? 1
                                            : 2);
  if (chosen >= 0) ui.intend("check_gradient", chosen == 0 ? 0 : chosen == 1 ? 2 : 5, 0, 0);
  rest.cut_top(ui.u(4));
  if (!checked) {
    ui.paragraph(rest,
                 "Press a weight: its gradient is compared with what the loss really does when the weight "
                 "moves a little.",
                 type::kSmall, ui.theme.muted);
    return;
  }
  // Where both are less than what rounding leaves open, there is nothing to compare.
  const double size = std::max(std::abs(checked->analytic), std::abs(checked->numeric));
  std::string verdict = ": they agree.";
  if (!checked->agrees) verdict = ": they do not agree. A relu or a maximum may change over just there.";
  if (size <= checked->uncertainty) verdict = ": both are too small to be told from 0.";
  ui.paragraph(rest,
               "backpropagation " + reading_text(checked->analytic) + ", tried out " +
                   reading_text(checked->numeric) + " ± " + reading_text(checked->uncertainty) + verdict,
               type::kSmall, checked->agrees ? ui.theme.ink : ui.theme.error);
}

}  // namespace kg
