// Filter editor: the weights of one filter, to be changed by mouse, touch or keyboard.
//
//   Press a cell to select it; drag it up or down, or use the − and + below it.
//   Keyboard: arrows select, digits type a value (point or comma), Enter keeps it, Escape does not, Shift ↑ ↓
//   change it.
#pragma once

#include <span>
#include <string>

#include "view/ui.h"
#include "view/widgets/number_typing.h"

namespace kg {

struct FilterShown {
  int index = 0;                   // of the filter
  int channel = 0;                 // of the plane
  std::span<const float> weights;  // 9, row by row
  float reach = 1;                 // |weight| of the full colour
};

class FilterEditor {
 public:
  // Draws the grid; intends set_cell(index, row, col, value, channel).
  void grid(Ui& ui, const Rect& box, const FilterShown& filter);
  // The − value + of the selected cell.
  void cell_stepper(Ui& ui, const Rect& box, const FilterShown& filter);

 private:
  void keys(Ui& ui, const FilterShown& filter);
  void commit(Ui& ui, const FilterShown& filter);
  void change(Ui& ui, const FilterShown& filter, float value);

  int selected_ = 4;
  NumberTyping typing_;
  float drag_from_ = 0;  // the weight when the drag began
};

}  // namespace kg
