// Axis: the arithmetic of a plot's scale: from values to places, ticks at round numbers, and their words.
#pragma once

#include <string>
#include <vector>

namespace kg {

enum class AxisScale { linear, log10 };

// Always from < to and both finite; on a logarithmic scale both above 0.
struct Axis {
  double from = 0, to = 1;
  AxisScale scale = AxisScale::linear;

  bool has_place(double value) const;  // finite, and above 0 where the scale is logarithmic
  double share(double value) const;    // 0 at `from`, 1 at `to`, beyond them outside; needs has_place
  double at(double share) const;       // the inverse
};

// How its ends are chosen.
enum class AxisEnds {
  exact,  // those of the values, so that a curve fills the width
  round   // outwards to ticks, so that no value touches an edge that has no number
};

// An axis for values from `least` to `most`. It is never empty: equal ends move apart, and if there are no
// values at all (least > most), or none that has a place, it is 0 … 1, or 0.1 … 1.
Axis fitted_axis(double least, double most, AxisScale scale = AxisScale::linear,
                 AxisEnds ends = AxisEnds::round);

// The range of the values that have been added; fits an axis to them.
class AxisFit {
 public:
  explicit AxisFit(AxisScale scale = AxisScale::linear) : scale_(scale) {}
  void add(double value);  // what has no place on the scale is left out
  bool empty() const { return least_ > most_; }
  Axis axis(AxisEnds ends = AxisEnds::round) const { return fitted_axis(least_, most_, scale_, ends); }

 private:
  AxisScale scale_;
  double least_ = 1, most_ = 0;
};

struct Tick {
  double value = 0;
  std::string text;
};

// At most about `most` ticks within the axis, at least two of them where round numbers allow it: 1, 2 or 5
// times a power of ten apart; on a logarithmic scale powers of ten, and their doubles and fives where there
// is room.
std::vector<Tick> ticks(const Axis& axis, int most);

// The smallest of 1, 2 and 5 times a power of ten that is at least `step`, which is above 0.
double nice_step(double step);

// Short, about three digits: "0", "0.25", "12k", "1.5M", "−3.2", "1e−6". For labels.
std::string short_text(double value);

// Four digits that count: "0.03412", "1.234e−7", "15.81", "60000". For readings; whole numbers below ten
// million keep all theirs.
std::string reading_text(double value);

}  // namespace kg
