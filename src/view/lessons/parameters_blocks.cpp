#include "view/lessons/parameters_blocks.h"

#include <imgui.h>

#include <algorithm>

#include "view/lessons/parameters_lines.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr float kCaption = 36, kStep = 5;  // units: two lines of words; between two sheets of a block

std::string size_text(const SampleShape& shape) {
  if (shape.rank() == 1) return std::to_string(shape.c());
  return std::to_string(shape.h()) + "×" + std::to_string(shape.w()) + "×" + std::to_string(shape.c());
}

// The front sheet of a place's block.
Rect front_sheet(const Ui& ui, const Rect& column, int channels) {
  const float back = ui.u(kStep) * static_cast<float>(channels - 1);
  const float side = std::min(column.h - ui.u(4 + kStep * 3), column.w * 0.62f);
  return {column.middle_x() - (side + back) / 2, column.middle_y() - (side - back) / 2, side, side};
}

void sheets(const Ui& ui, const Rect& front, int channels, bool lit) {
  for (int c = channels - 1; c >= 0; --c) {
    const float back = ui.u(kStep) * static_cast<float>(c);
    const Rect sheet{front.x + back, front.y - back, front.w, front.h};
    ui.fill(sheet, c == 0 ? ui.theme.panel : mix(ui.theme.panel, ui.theme.hairline, 0.6f), 2);
    ui.outline(sheet, lit ? ui.theme.attention : ui.theme.muted, lit ? 2.5f : 1.2f, 2);
  }
}

// The filter on the block before, and the way from it to one cell of the block it makes.
void filter_window(const Ui& ui, const Rect& from, const Rect& to, float share, bool lit) {
  const float side = std::max(from.w * std::min(share, 1.0f), ui.u(6));
  const Rect window{from.middle_x() - side / 2, from.middle_y() - side / 2, side, side};
  const Colour colour = lit ? ui.theme.attention : ui.theme.muted;
  const ImVec2 cell(to.middle_x(), to.middle_y());
  ui.paint.AddLine(ImVec2(window.right(), window.y), cell, packed(faded(colour, 0.8f)), ui.u(1.2f));
  ui.paint.AddLine(ImVec2(window.right(), window.bottom()), cell, packed(faded(colour, 0.8f)), ui.u(1.2f));
  ui.outline(window, colour, lit ? 2.5f : 1.5f);
  ui.fill({cell.x - ui.u(2.5f), cell.y - ui.u(2.5f), ui.u(5), ui.u(5)}, colour);
}

// Where the units of the last layer stand.
ImVec2 unit_at(const Ui& ui, const Rect& column, int unit, int units) {
  const float spacing = std::min(ui.u(26), column.h / static_cast<float>(units));
  return {column.middle_x(),
          column.middle_y() + spacing * (static_cast<float>(unit) - static_cast<float>(units - 1) / 2)};
}

}  // namespace

void network_blocks(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const std::vector<ParametersLesson::Row>& rows = lesson.rows();
  const int places = static_cast<int>(rows.size());
  Rect drawing = box;
  const Rect captions = drawing.cut_bottom(ui.u(kCaption));
  const auto row_at = [&](int place) -> const ParametersLesson::Row& {
    return rows[static_cast<std::size_t>(place)];
  };
  const auto lit = [&](int place) { return row_at(place).layer == lesson.current(); };
  for (int place = 0; place < places; ++place) {
    const Rect column = place_column(box, place, places);
    const int layer = row_at(place).layer;
    if (layer < 0) continue;
    const Press press =
        ui.press("block" + std::to_string(place), column.inset(ui.u(3), 0),
                 row_at(place).name + ", " + size_text(row_at(place).out) + (lit(place) ? ", chosen" : ""));
    if (press.hovered && !lit(place)) ui.fill(column.inset(ui.u(3), 0), faded(ui.theme.action, 0.08f), 6);
    if (press.focused) ui.focus_ring(column.inset(ui.u(3), 0));
    if (press.clicked) ui.intend("seek", layer);
  }
  Rect before;  // the front sheet of the block to the left
  for (int place = 0; place < places; ++place) {
    const ParametersLesson::Row& row = row_at(place);
    const Rect column = place_column(drawing, place, places);
    if (row.out.rank() == 3) {
      const Rect front = front_sheet(ui, column, row.out.c());
      sheets(ui, front, row.out.c(), lit(place));
      if (place > 0) {
        filter_window(ui, before, front,
                      static_cast<float>(lesson.kernel(row.layer)) / static_cast<float>(row.in.w()),
                      lit(place));
      }
      before = front;
    } else if (row.type == "Flatten") {
      const Rect bar{column.middle_x() - ui.u(7), column.y + ui.u(4), ui.u(14), column.h - ui.u(8)};
      ui.fill(bar, ui.theme.panel, 2);
      for (float y = bar.y + ui.u(5); y < bar.bottom() - ui.u(2); y += ui.u(5))
        ui.fill({bar.x, y, bar.w, ui.u(1)}, mix(ui.theme.hairline, ui.theme.muted, 0.4f));
      ui.outline(bar, ui.theme.muted, 1.2f, 2);
      before = bar;
    } else {
      const int units = row.out.c();
      for (int unit = 0; unit < units; ++unit) {
        const ImVec2 at = unit_at(ui, column, unit, units);
        const Colour line = lit(place) ? ui.theme.attention : mix(ui.theme.hairline, ui.theme.muted, 0.5f);
        for (const float y : {before.y, before.middle_y(), before.bottom()})
          ui.paint.AddLine(ImVec2(before.right(), y), at, packed(line), ui.u(1.2f));
      }
      const float radius = std::min(ui.u(10), column.h / static_cast<float>(units) * 0.4f);
      for (int unit = 0; unit < units; ++unit) {
        const ImVec2 at = unit_at(ui, column, unit, units);
        ui.paint.AddCircleFilled(at, radius, packed(ui.theme.panel));
        ui.paint.AddCircle(at, radius, packed(lit(place) ? ui.theme.attention : ui.theme.ink), 0,
                           ui.u(lit(place) ? 2.5f : 1.5f));
      }
    }
    const Rect words = place_column(captions, place, places);
    ui.text_in({words.x, words.y + ui.u(2), words.w, ui.u(16)}, row.type, type::kText, ui.theme.ink,
               Weight::semibold);
    ui.text_in({words.x, words.y + ui.u(19), words.w, ui.u(14)}, size_text(row.out), type::kSmall,
               ui.theme.muted);
  }
}

}  // namespace kg
