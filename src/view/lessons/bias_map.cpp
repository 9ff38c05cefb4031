#include "view/lessons/bias_map.h"

#include <algorithm>
#include <string>
#include <vector>

#include "lesson/number_text.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"
#include "view/widgets/picture_map.h"
#include "view/widgets/preset_buttons.h"

namespace kg {
namespace {

constexpr float kFrame = 2.5f;  // units: around the cell that is looked at

std::string text_of(float value) { return number_text(static_cast<double>(value)); }

}  // namespace

float map_reach(const BiasLesson& lesson) { return reach_of(lesson.sums().values()); }

void BiasMap::cover(Ui& ui, const Rect& stage, const BiasLesson& lesson) {
  chooser_.cover(ui, stage, lesson.picture());
}

void BiasMap::map(Ui& ui, const Rect& place, const char* id, const Tensor& values, const BiasLesson& lesson) {
  const Shape& shape = values.shape();
  HeatMapLook look;
  look.id = id;
  look.reach = map_reach(lesson);
  const HeatMapTouch touch = heat_map(ui, place, shape.h, shape.w, values.values(), look);
  const BiasLesson::Cell here = lesson.cell();
  bold_frame(ui, cell_box(place, shape.h, shape.w, here.row, here.col), ui.theme.attention, kFrame);
  if (!touch.hovered && !touch.held) return;
  if (touch.held) ui.intend("seek", lesson.step_of({touch.row, touch.col}));
  bold_frame(ui, cell_box(place, shape.h, shape.w, touch.row, touch.col), ui.theme.panel, 1.5f);
  const float sum = lesson.sums().at(0, touch.row, touch.col, 0);
  const float output = lesson.fired().at(0, touch.row, touch.col, 0);
  ui.tooltip("row " + std::to_string(touch.row) + ", column " + std::to_string(touch.col) + ": sum " +
             text_of(sum) + ", with the bias " +
             text_of(lesson.sums_with_bias().at(0, touch.row, touch.col, 0)) + ", after relu " +
             text_of(output));
}

void BiasMap::before(Ui& ui, const Rect& room, const BiasLesson& lesson) {
  Rect rest = room;
  const bool narrow = room.w < ui.u(220);
  ui.heading(rest.cut_top(ui.u(narrow ? 20 : 24)), narrow ? "Sum + bias" : "Weighted sums + bias",
             narrow ? "" : "before relu");
  const Shape& shape = lesson.sums().shape();
  map(ui, fit_cells(ui, rest, shape.h, shape.w), "before", lesson.sums_with_bias(), lesson);
}

void BiasMap::after(Ui& ui, const Rect& room, const BiasLesson& lesson) {
  Rect rest = room;
  const bool narrow = room.w < ui.u(220);
  const std::string firing = std::to_string(lesson.cells_firing());
  ui.heading(rest.cut_top(ui.u(narrow ? 20 : 24)), "After relu",
             narrow ? firing + " fire" : firing + " of " + std::to_string(lesson.cells()) + " cells fire");
  const Shape& shape = lesson.sums().shape();
  map(ui, fit_cells(ui, rest, shape.h, shape.w), "after", lesson.fired(), lesson);
}

void BiasMap::input(Ui& ui, const Rect& room, const BiasLesson& lesson) const {
  const Shape& shape = lesson.picture().pixels().shape();
  const Rect place = fit_cells(ui, room, shape.h, shape.w);
  picture_map(ui, place, lesson.picture(), -1, "");
  const BiasLesson::Cell here = lesson.cell();
  bold_frame(ui,
             cells_box(place, shape.h, shape.w, static_cast<float>(here.row), static_cast<float>(here.col),
                       FilterBank::kSide, FilterBank::kSide),
             ui.theme.attention, kFrame);
}

void BiasMap::column(Ui& ui, Rect room, const BiasLesson& lesson) {
  const Shape& shape = lesson.picture().pixels().shape();
  Rect heads = room.cut_top(ui.u(24));
  const float gap = ui.u(40), side = ui.u(118);
  ui.heading(heads, "Input", std::to_string(shape.h) + "×" + std::to_string(shape.w));
  Rect row = room.cut_top(side);
  input(ui, row.cut_left(side), lesson);
  ui.text_in(row.cut_left(gap), "×", type::kSign, ui.theme.ink);
  const float grid = row.w;
  const Rect kernel{row.x, row.middle_y() - grid / 2, grid, grid};
  ui.heading({row.x, heads.y, row.w, heads.h}, "Filter", "");
  const std::vector<float> weights = every_nth(lesson.bank().values(0, shape.c), shape.c, 0);
  MatrixLook look;
  look.reach = reach_of(weights);
  look.text_size = type::kSmall;
  matrix(ui, kernel, FilterBank::kSide, FilterBank::kSide, weights, look);
  room.cut_top(ui.u(12));
  if (ui.shows("picture")) picture_controls(ui, room.cut_top(ui.u(78)), lesson);
  room.cut_top(ui.u(12));
  if (!ui.shows("presets")) return;
  ui.text(room.x, room.y, "Filters to try", type::kText, ui.theme.muted);
  room.cut_top(ui.u(22));
  presets(ui, room, lesson);
}

void BiasMap::picture_controls(Ui& ui, const Rect& box, const BiasLesson& lesson) {
  if (ui.shows("picture")) chooser_.panel(ui, box, lesson.picture());
}

void BiasMap::presets(Ui& ui, const Rect& room, const BiasLesson& lesson) const {
  if (!ui.shows("presets")) return;
  const std::string chosen = preset_buttons(ui, room, lesson.bank().filter(0).name);
  if (!chosen.empty()) ui.intend("set_preset", chosen);
}

}  // namespace kg
