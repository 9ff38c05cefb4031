// Setting: a number with a name, changed along a list of values that make sense for it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "view/ui.h"

namespace kg {

// The neighbour of a value in an ascending list, up or down; the value itself at an end.
double beside(std::span<const double> list, double value, int way);

struct SettingShown {
  std::string id = {};    // of the control
  std::string name = {};  // beside it
  std::string text = {};  // the value, as it is shown
  double value = 0;
  std::span<const double> list = {};  // ascending
  std::string least = {}, most = {};  // why there is no smaller, no larger one
  float label = 84;                   // units, for the name
};

// The new value, if it was changed.
std::optional<double> setting(Ui& ui, Rect box, const SettingShown& shown);

}  // namespace kg
