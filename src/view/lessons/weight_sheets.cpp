#include "view/lessons/weight_sheets.h"

#include <algorithm>

#include "view/lessons/parameters_controls.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Selection = ParametersLesson::Selection;

constexpr float kHeader = 24, kGap = 4, kGroupGap = 16, kLargestCell = 46;  // units

int lines(int count, int per_line) { return (count + per_line - 1) / per_line; }

// So many filters side by side, and so many of a filter's sheets: the way with the largest cells.
struct Layout {
  int groups = 1, sheets = 1;
  float cell = 0;  // CSS pixels
};

Layout layout_for(const Ui& ui, const Rect& room, const WeightGrid& grid) {
  Layout best;
  for (int groups = 1; groups <= grid.out; ++groups) {
    for (int sheets = 1; sheets <= grid.in; ++sheets) {
      const int down = lines(grid.out, groups), under = lines(grid.in, sheets);
      const float w =
          (room.w - ui.u(kGroupGap) * static_cast<float>(groups - 1)) / static_cast<float>(groups);
      const float h =
          (room.h - ui.u(kGap) * static_cast<float>(down - 1)) / static_cast<float>(down) - ui.u(kHeader);
      const float cell_w =
          (w - ui.u(kGap) * static_cast<float>(sheets - 1)) / static_cast<float>(sheets * grid.width);
      const float cell_h =
          (h - ui.u(kGap) * static_cast<float>(under - 1)) / static_cast<float>(under * grid.height);
      const float cell = std::min({cell_w, cell_h, ui.u(kLargestCell)});
      if (cell > best.cell * 1.01f) best = {groups, sheets, cell};
    }
  }
  const float pixels = static_cast<float>(static_cast<int>(best.cell * ui.display.density));
  if (pixels >= 1) best.cell = pixels / ui.display.density;
  return best;
}

// "Filter 0" and its bias.
Press header(const Ui& ui, const Rect& row, const ParametersLesson& lesson, const Selection& bias, bool lit) {
  const WeightGrid& grid = lesson.grid(bias.layer);
  const int output = bias.index - grid.weights();
  const std::string number = std::to_string(output);
  const std::string name = (lesson.row(bias.layer).type == "Conv2D" ? "Filter " : "Unit ") + number;
  const float mark_size = ui.u(13);
  const float room = row.w - mark_size - ui.u(6);
  const std::string text = ui.text_width(name, type::kSmall) <= room ? name : number;
  ui.text(row.x, row.y + ui.u(2), text, type::kSmall, ui.theme.muted);
  if (!grid.has_biases) return {};
  const Rect mark{ui.snap(row.x + ui.text_width(text, type::kSmall) + ui.u(6)), ui.snap(row.y + ui.u(2)),
                  mark_size, mark_size};
  const bool in = output < lesson.counted(bias.layer).biases;
  ui.fill(mark, in ? value_colour(lesson.value(bias)) : ui.theme.empty, 2);
  ui.outline(mark, in ? ui.theme.ink : ui.theme.muted, 1.5f, 2);
  const Press press = ui.area("bias of " + number, mark.inset(-ui.u(4)));
  if (lit || press.hovered) ui.outline(mark.inset(-ui.u(3)), ui.theme.attention, 3, 4);
  return press;
}

}  // namespace

std::optional<Selection> weight_sheets(Ui& ui, const Rect& room, const ParametersLesson& lesson) {
  const int layer = lesson.current();
  const WeightGrid& grid = lesson.grid(layer);
  const Layout layout = layout_for(ui, room, grid);
  const float sheet_w = layout.cell * static_cast<float>(grid.width),
              sheet_h = layout.cell * static_cast<float>(grid.height);
  const float group_w = static_cast<float>(layout.sheets) * (sheet_w + ui.u(kGap)) - ui.u(kGap);
  const float group_h =
      ui.u(kHeader) + static_cast<float>(lines(grid.in, layout.sheets)) * (sheet_h + ui.u(kGap));
  const float used_w = static_cast<float>(layout.groups) * (group_w + ui.u(kGroupGap)) - ui.u(kGroupGap);
  const float left = room.x + (room.w - used_w) / 2;
  HeatMapLook look;
  look.reach = weight_reach(lesson, layer);
  const int cells = grid.height * grid.width, counted = lesson.counted(layer).weights;
  const std::vector<float>& kernel = lesson.network().parameters(lesson.network_layer(layer)).front().values;
  std::vector<float> values(static_cast<std::size_t>(cells));
  std::optional<Selection> under;
  bool pressed = false;
  Rect chosen;
  for (int o = 0; o < grid.out; ++o) {
    const Rect group{left + static_cast<float>(o % layout.groups) * (group_w + ui.u(kGroupGap)),
                     room.y + static_cast<float>(o / layout.groups) * group_h, group_w, group_h};
    const Selection bias{layer, grid.weights() + o};
    const Press mark =
        header(ui, {group.x, group.y, group.w, ui.u(kHeader)}, lesson, bias, lesson.selected() == bias);
    if (mark.hovered || mark.held) under = bias;
    pressed |= mark.clicked;
    for (int i = 0; i < grid.in; ++i) {
      const Rect sheet{
          ui.snap(group.x + static_cast<float>(i % layout.sheets) * (sheet_w + ui.u(kGap))),
          ui.snap(group.y + ui.u(kHeader) + static_cast<float>(i / layout.sheets) * (sheet_h + ui.u(kGap))),
          sheet_w, sheet_h};
      for (int n = 0; n < cells; ++n) {
        const int index = grid.index({n / grid.width, n % grid.width, i, o, false});
        values[static_cast<std::size_t>(n)] = kernel[static_cast<std::size_t>(index)];
      }
      look.id = "sheet " + std::to_string(o) + "." + std::to_string(i);
      look.shown = std::clamp(counted - (o * grid.in + i) * cells, 0, cells);
      const HeatMapTouch touch = heat_map(ui, sheet, grid.height, grid.width, values, look);
      const auto cell = [&](int row, int col) { return cell_box(sheet, grid.height, grid.width, row, col); };
      if (touch.hovered || touch.held) {
        under = {layer, grid.index({touch.row, touch.col, i, o, false})};
        bold_frame(ui, cell(touch.row, touch.col), ui.theme.panel, 1.5f);
      }
      pressed |= touch.clicked;
      if (!lesson.selected() || lesson.selected()->layer != layer) continue;
      const WeightGrid::Place at = grid.place(lesson.selected()->index);
      if (!at.bias && at.in == i && at.out == o) chosen = cell(at.row, at.col);
    }
  }
  if (chosen.w > 0) bold_frame(ui, chosen, ui.theme.attention, 2.5f);
  if (pressed && under) choose(ui, lesson, under);
  if (under) ui.tooltip(lesson.words(*under) + ": " + weight_text(lesson, *under));
  return under;
}

}  // namespace kg
