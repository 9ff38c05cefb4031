// Patch words: what lies under a window, and why its sum is what it is, in words.
//
// They are derived from the pixels and the weights alone, never from a filter's name: so they are right for
// any filter, any picture and any place.
#pragma once

#include <span>
#include <string>

namespace kg {

// One stop of a 3×3 window. Block and weights are row by row, channels innermost.
struct Patch {
  std::span<const float> block, weights;
  int channels = 1;
  float darkest = 0, lightest = 1;  // of the whole picture: what "dark" and "light" are measured with
};

enum class Pattern {
  plain,        // hardly any difference between the nine pixels
  top_edge,     // dark above, light below: where something light begins
  bottom_edge,  // light above, dark below
  left_edge,    // dark left, light right
  right_edge,   // light left, dark right
  slanting_edge,
  corner,
  line,
  line_end,
  dot,
  mixed,  // none of these
};

struct BlockSeen {
  Pattern pattern = Pattern::plain;
  bool faint = false;  // there is a pattern, but little contrast
  std::string words;   // "dark above, light below: a top edge"; no full stop
};

// Compares the block, its channels taken together, with each pattern: the one with the highest correlation is
// seen, if it is at least 0.7.
BlockSeen see_block(const Patch& patch);

// Why the sum of the products is positive, negative or 0: on how light pixels the plus weights lie, and the
// minus weights. One sentence.
std::string sum_words(const Patch& patch);

}  // namespace kg
