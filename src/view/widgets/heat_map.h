// Heat map: a matrix as coloured cells, with the numbers in them where there is room and at the pointer
// everywhere.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "view/ui.h"

namespace kg {

struct HeatMapLook {
  HeatMap::Ink ink = HeatMap::Ink::diverging;
  float reach = 1;
  int shown = -1;  // cells that have a value; −1: all
  std::string id;  // empty: a picture only, nothing to hover
  std::string label;
};

struct HeatMapTouch {
  bool hovered = false, held = false, clicked = false;
  int row = 0, col = 0;  // of the cell under the pointer, when hovered or held
};

// The largest box with whole device pixels for each cell that fits into `room`, at its upper left corner.
Rect fit_cells(const Ui& ui, const Rect& room, int rows, int cols);
Rect cell_box(const Rect& map, int rows, int cols, int row, int col);
// Around cells (row, col) … (row + h, col + w); parts outside the map are drawn outside it.
Rect cells_box(const Rect& map, int rows, int cols, float row, float col, float h, float w);
// The places around a map that padding adds.
void border_around(const Ui& ui, const Rect& whole, const Rect& map, const Colour& colour);
// A frame around them that stays visible on black, white, red and blue alike; `width` in units.
void bold_frame(const Ui& ui, const Rect& box, const Colour& colour, float width);

// The largest |value|, or 1 if all are 0: what the full colour is to stand for.
float reach_of(std::span<const float> values);
// Whether numbers are best written without decimals.
bool all_whole(std::span<const float> values);
// The number of one cell, if the cell has room for it.
void cell_number(const Ui& ui, const Rect& cell, float value, const Colour& back, bool whole);

// `values`: rows × cols, row by row (three for each cell with Ink::rgb).
HeatMapTouch heat_map(Ui& ui, const Rect& box, int rows, int cols, std::span<const float> values,
                      const HeatMapLook& look);

}  // namespace kg
