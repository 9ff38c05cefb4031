// relu over the weighted sum: the curve with its threshold, which the bias moves, and the point where the
// neuron is. The threshold can be dragged along the axis.
#pragma once

#include <optional>
#include <span>

#include "view/ui.h"

namespace kg {

struct ReluShown {
  float sum = 0, bias = 0, output = 0;
  bool sum_known = true, output_known = true;
  std::span<const float> sums;  // of many neurons with this bias: how often each occurs, beneath the curve
  bool may_drag = true;
};

class ReluPlot {
 public:
  // The bias for which the threshold would be where it is dragged to; nothing if it is left alone.
  std::optional<double> draw(Ui& ui, const Rect& box, const ReluShown& what);

 private:
  float reach_ = 0;  // of the axis; it stays while the threshold is dragged
  bool held_ = false;
};

}  // namespace kg
