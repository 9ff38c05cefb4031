// Matrix: a few numbers in a grid, each on the colour of its value; the small form of a heat map, drawn by
// the interface.
#pragma once

#include <span>
#include <string>

#include "view/ui.h"

namespace kg {

struct MatrixLook {
  enum class Ink { diverging, grey };
  Ink ink = Ink::diverging;
  float reach = 1;                // |value| of the full colour
  int shown = -1;                 // so many cells have come in; −1: all
  int lit = -1;                   // a cell to point at
  float text_size = type::kText;  // units; made smaller where a number is too long
};

void matrix(Ui& ui, const Rect& box, int rows, int cols, std::span<const float> values,
            const MatrixLook& look);

// A tiny one without numbers.
void thumbnail(const Ui& ui, const Rect& box, int rows, int cols, std::span<const float> values, float reach);

// The colours' scale: −reach … 0 … reach. About 36 units tall.
void legend(const Ui& ui, const Rect& box, float reach);

}  // namespace kg
