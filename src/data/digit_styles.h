// Digit styles: how people write 0 to 9, as control points for splines. A table and nothing else; the
// generator (digit_generator.h) turns a style into a hand's own writing.
//
// Coordinates are hundredths of the digit's height: y 0 at the top, 100 at the bottom, x to the right, about
// 60 wide.
#pragma once

#include <span>

namespace kg {

enum class Join {
  smooth,  // the pen goes through in a curve
  corner,  // the pen turns here
  lift,    // the pen was lifted and comes down here: a new stroke
};

// A control point. Every hand has two sways of its own, a and b, −1 to 1, and writes the point at
// (x + a·ax + b·bx, y + a·ay + b·by): so one row of the table is a family, such as a 6 with a low or high
// loop (a) and a short or long stem (b).
struct Control {
  int x = 0, y = 0;
  int ax = 0, ay = 0;
  int bx = 0, by = 0;
  Join join = Join::smooth;
};

struct DigitStyle {
  const char* name;
  int weight;  // how often it is chosen, relative to the digit's other styles
  std::span<const Control> controls;
  bool rare = false;  // left out where all write neatly
};

// The styles of `digit`, 0 to 9 (asserted).
std::span<const DigitStyle> digit_styles(int digit);

// What writers do with this digit beyond the style's points: the mean slant (tangent of the angle to the
// vertical), the mean stretch of its width, and how much thicker than others it is. Chosen so that the
// generated digits' second moments and ink have the means of MNIST's training digits.
struct DigitHabit {
  float slant = 0, width = 1, thickness = 1;
};

const DigitHabit& digit_habit(int digit);

}  // namespace kg
