// Log slider: a number above 0 on a line whose equal steps multiply, with its name in front and its value
// behind.
#pragma once

#include <optional>

#include "view/ui.h"

namespace kg {

struct LogSlider {
  const char* id;
  const char* name;
  double least, most, step;                 // step: of an arrow key, as a share of the whole
  float name_width = 44, value_width = 50;  // units
};

// The new value, of two digits that count so that it reads well; nothing if it is the old one.
std::optional<double> log_slider(Ui& ui, Rect row, const LogSlider& what, double value);

}  // namespace kg
