// One size per layer of a net on a logarithmic axis, the first layer at the left and the last at the right:
// bars for the net on the stage, a line with rings for A.
//
// Nets of different depth share the chart: each is stretched over its width, first above first and last above
// last.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lesson/gradients.h"
#include "view/ui.h"

namespace kg {

using LayerSize = double LayerGradient::*;

// From `low` to `high` is as it should be.
struct HealthyBand {
  double low = 0, high = 0;
  const char* words = "";
};

struct LayerChartShown {
  const char* id = "";  // of the chart's place on the stage
  LayerSize size = nullptr;
  double least = 1, most = 1;  // the axis shows these at least
  std::optional<HealthyBand> band = {};
  bool level = false;      // a line at the height of the last layer
  bool net_below = false;  // the layers as a row of boxes, with the gradient on its way
};

// Colours of the two nets, as indices into theme.series.
inline constexpr int kNetSeries = 0, kKeptSeries = 1;

// Pressing a layer goes to it.
void layer_chart(Ui& ui, const Rect& box, const GradientsLesson& lesson, const LayerChartShown& what);

// The chart of the gradients as a stop of the keyboard: arrow keys walk along the layers.
void layer_keys(Ui& ui, const Rect& box, const GradientsLesson& lesson);

}  // namespace kg
