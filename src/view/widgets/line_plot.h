// Line plot: curves over a common x, as they are computed: loss over images seen, for one run or for two.
//
// Pointed at, touched or walked along with the arrow keys it tells the exact values at that x.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "view/ui.h"
#include "view/widgets/plot_frame.h"

namespace kg {

// A curve. x ascends, and there is one y for every x; where y is not finite (or not above 0 on a logarithmic
// scale) the curve has a gap. Of two runs the first is solid, the second dashed, in the same colour.
struct PlotLine {
  std::string name;
  int colour = 0;  // of theme.series
  Dash dash = Dash::solid;
  std::span<const float> x, y;
  // The values before they were smoothed: drawn faintly beneath; as many as y, or none. Readings tell them,
  // too.
  std::span<const float> raw = {};
  float width = 2.25f;  // units
};

struct LinePlotShown {
  std::string id;    // of the control
  std::string name;  // for those who hear it: "Loss"
  std::string x_name, y_name;
  std::span<const PlotLine> lines;
  AxisScale x_scale = AxisScale::linear, y_scale = AxisScale::linear;
  bool from_zero = false;     // the y axis shows 0 (linear scale only)
  std::optional<Axis> x, y;   // instead of what fits the values
  std::optional<double> now;  // a marker at this x
  std::string empty = "No update yet";
  bool legend = true;
  bool stop = true;  // of the keyboard
};

class LinePlot {
 public:
  // The x that is being read, if any.
  std::optional<double> draw(Ui& ui, const Rect& box, const LinePlotShown& what);

 private:
  std::optional<double> cursor_;  // where the keys are
};

// The value of a line at an x: exactly there, or the last one before; nothing before its first x, after its
// last one, or in a gap. `index`: where it stands.
struct LineReading {
  std::size_t index = 0;
  double x = 0, y = 0;
};
std::optional<LineReading> reading_at(const PlotLine& line, double x, AxisScale y_scale);

}  // namespace kg
