#include "view/widgets/heat_map.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr float kRoomForNumbers = 28;  // units a cell must be wide

// Which of so many cells lies there, at a share of the way; the first or the last if it is none. (The pointer may be as
// far away as a float reaches: "nowhere".)
int cell_at(float share, int count) {
  return std::min(static_cast<int>(std::clamp(share, 0.0f, 1.0f) * static_cast<float>(count)), count - 1);
}

}  // namespace

float reach_of(std::span<const float> values) {
  float reach = 0;
  for (const float v : values) reach = std::max(reach, std::abs(v));
  return reach > 0 ? reach : 1;
}

bool all_whole(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return v == std::round(v); });
}

void cell_number(const Ui& ui, const Rect& cell, float value, const Colour& back, bool whole) {
  const float units = cell.w / ui.display.scale;
  if (units < kRoomForNumbers) return;
  const float size = std::clamp(units * 0.27f, type::kSmall, type::kSign);
  ui.text_in(cell.inset(ui.u(2), 0), fixed_text(static_cast<double>(value), whole ? 0 : 2), size,
             text_on(back));
}

Rect fit_cells(const Ui& ui, const Rect& room, int rows, int cols) {
  const float room_each = std::min(room.w / static_cast<float>(cols), room.h / static_cast<float>(rows));
  const float pixels = std::floor(room_each * ui.display.density);
  const float cell = pixels >= 1 ? pixels / ui.display.density : room_each;
  const float w = cell * static_cast<float>(cols), h = cell * static_cast<float>(rows);
  return {ui.snap(room.x), ui.snap(room.y), w, h};
}

Rect cell_box(const Rect& map, int rows, int cols, int row, int col) {
  const float w = map.w / static_cast<float>(cols), h = map.h / static_cast<float>(rows);
  return {map.x + w * static_cast<float>(col), map.y + h * static_cast<float>(row), w, h};
}

Rect cells_box(const Rect& map, int rows, int cols, float row, float col, float h, float w) {
  const float cw = map.w / static_cast<float>(cols), ch = map.h / static_cast<float>(rows);
  return {map.x + col * cw, map.y + row * ch, w * cw, h * ch};
}

void border_around(const Ui& ui, const Rect& whole, const Rect& map, const Colour& colour) {
  // Four strips, not one box: the heat map lies beneath the interface and must stay uncovered.
  ui.fill({whole.x, whole.y, whole.w, map.y - whole.y}, colour);
  ui.fill({whole.x, map.bottom(), whole.w, whole.bottom() - map.bottom()}, colour);
  ui.fill({whole.x, map.y, map.x - whole.x, map.h}, colour);
  ui.fill({map.right(), map.y, whole.right() - map.right(), map.h}, colour);
}

void bold_frame(const Ui& ui, const Rect& box, const Colour& colour, float width) {
  ui.outline(box.inset(-ui.u(width * 0.5f + 0.5f)), {0, 0, 0, 0.55f}, width + 2, 1);
  ui.outline(box.inset(-ui.u(width * 0.5f)), colour, width, 1);
}

HeatMapTouch heat_map(Ui& ui, const Rect& box, int rows, int cols, std::span<const float> values,
                      const HeatMapLook& look) {
  HeatMap map;
  map.place = box;
  map.rows = rows;
  map.cols = cols;
  map.first = static_cast<int>(ui.scene.values.size());
  map.shown = look.shown < 0 ? rows * cols : look.shown;
  map.ink = look.ink;
  map.reach = look.reach > 0 ? look.reach : 1;
  ui.scene.values.insert(ui.scene.values.end(), values.begin(), values.end());
  ui.scene.maps.push_back(map);
  const bool room = box.w / static_cast<float>(cols) >= ui.u(kRoomForNumbers);
  const bool whole = room && all_whole(values);
  for (int i = 0; room && i < map.shown && look.ink != HeatMap::Ink::rgb; ++i) {
    const float value = values[static_cast<std::size_t>(i)] / map.reach;
    const Colour back = look.ink == HeatMap::Ink::diverging ? value_colour(value) : grey_colour(value);
    cell_number(ui, cell_box(box, rows, cols, i / cols, i % cols), values[static_cast<std::size_t>(i)], back,
                whole);
  }
  ui.outline(box, ui.theme.muted, 1);
  if (look.id.empty()) return {};
  const Press press = ui.area(look.id, box);
  HeatMapTouch touch{press.hovered, press.held, press.clicked, 0, 0};
  float x = 0, y = 0;
  ui.pointer(x, y);
  touch.row = cell_at((y - box.y) / box.h, rows);
  touch.col = cell_at((x - box.x) / box.w, cols);
  return touch;
}

}  // namespace kg
