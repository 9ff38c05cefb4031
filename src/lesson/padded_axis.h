// Padded axis: one side of a picture, the zeros around it, and where the window stops on it.
//
//   padded = before + n + after        with 2p = before + after
//   out    = floor((n + 2p − f)/s) + 1
//
// Pictures and filters of this lesson are square, so one axis says everything.
#pragma once

#include <string>

namespace kg {

struct PaddedAxis {
  int n = 1, f = 1, s = 1;    // side of the picture, of the filter, stride
  int before = 0, after = 0;  // lines of zeros: top and left, bottom and right

  int padded() const { return before + n + after; }
  bool fits() const { return f <= padded(); }
  // 0 when the filter does not fit.
  int out() const { return fits() ? (padded() - f) / s + 1 : 0; }
  // Lines at the far end that no window reaches, because the stride would carry it over the edge.
  int unused() const { return fits() ? (padded() - f) % s : padded(); }
  bool uneven() const { return before != after; }
  double p() const { return (before + after) / 2.0; }  // ends in .5 where Keras pads unevenly

  friend bool operator==(const PaddedAxis&, const PaddedAxis&) = default;

  // With the numbers in them: "4 + 2·0 − 3" (uneven: "4 + 0 + 1 − 2"), and
  // "floor((4 + 2·0 − 3)/1) + 1 = 2", or "… = ?" if the result is a riddle.
  std::string numerator() const;
  std::string formula(bool riddle = false) const;
};

}  // namespace kg
