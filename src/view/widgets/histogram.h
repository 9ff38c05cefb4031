// Histogram: how often values occur, as bars over a labelled axis; beside a second one (an outline), and
// beneath a curve that says what is expected.
//
// A bar that is pointed at, touched or reached with the arrow keys tells its range and its count, and is
// returned, so that a view can light up what belongs to it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "view/ui.h"
#include "view/widgets/plot_frame.h"

namespace kg {

struct HistogramShown {
  std::string id;                     // of the control
  std::string name;                   // for those who hear it: "Pixel values"
  double from = 0, to = 1;            // the range of values; the bars divide it equally (engine/statistics.h)
  std::span<const int> counts;        // how many values are in each bar
  std::span<const int> other = {};    // of a second one, over the same range; as many bars
  std::string own_name, other_name;   // told beside the counts if there are two
  std::span<const float> curve = {};  // heights in counts, at equal distances from `from` to `to`
  std::string x_name, y_name;
  std::optional<double> mean, deviation;  // marks: a line at the mean, and a bracket from −σ to +σ around it
  int series = 0, other_series = 1;       // colours, of theme.series
  bool log_counts = false;
  bool ends_hold_rest = false;  // the first and the last bar count what lies beyond, too, and say so
  int lit = -1;                 // a bar to point at
  double tallest = 0;           // the count at the top of the axis; 0: as the bars need it
  bool numbers = true;          // at the axes; without them it is a small picture of a distribution
  bool stop = true;             // of the keyboard
  std::string empty = "No values yet";
};

class Histogram {
 public:
  // The bar that is being read, or −1.
  int draw(Ui& ui, const Rect& box, const HistogramShown& what);

 private:
  int cursor_ = -1;  // where the keys are
};

// "0.25 to 0.5", and for an end that holds the rest "below 0.25" or "0.75 and more".
std::string bar_range(const HistogramShown& what, int bar);

}  // namespace kg
