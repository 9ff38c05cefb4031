// Hand: one writer's digit, from a style of the table (digit_styles.h) to lines on a sheet of paper.
//
// A hand chooses a style, moves each of its control points a little, bends and stretches the whole smoothly,
// slants and turns it, and picks a pen. All of it comes from one generator of random numbers, and uses only
// operations that are exactly rounded: the same bits natively and in wasm.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "data/digit_styles.h"
#include "data/stroke.h"
#include "engine/rng.h"

namespace kg {

// How much hands differ from one another. Neat digits are soon learned; what has learned from the wild ones
// reads real handwriting best.
enum class Variety {
  neat,      // careful writing: the usual styles, a steady pen
  everyday,  // as most people write
  wild,      // everybody's: rare styles, hasty lines, thin and thick pens
};

struct HandSpread;  // hand.cpp

// The sheet is 24 pixels of the final picture wide, of which the ink takes 20.
inline constexpr float kSheetPixels = 24;

// Writes one digit after another into the same memory.
class Hand {
 public:
  // `digit` is 0 to 9 (asserted).
  void write(int digit, Rng& rng, Variety variety);

  // What was written, in the unit square: polylines in the order of writing, and the pen's width in the same
  // unit.
  std::size_t lines() const { return ends_.size(); }
  std::span<const Point> line(std::size_t k) const;
  float pen_width() const { return pen_width_; }

 private:
  void write_lines(const DigitStyle& style, const HandSpread& spread, Rng& rng);
  void finish_curve();
  void finish_line();

  std::vector<Point> knots_;       // of the curve that is being written
  std::vector<Point> points_;      // all lines, one behind the other
  std::vector<std::size_t> ends_;  // where in points_ each of them ends
  float pen_width_ = 0;
};

}  // namespace kg
