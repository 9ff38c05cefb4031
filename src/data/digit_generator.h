// Digit generator: handwritten digits of our own, from stroke descriptions (digit_styles.h), without end.
//
// A hand is a seed: it chooses a writing style, moves each control point a little, warps, slants, turns and
// stretches the whole, picks a pen (hand.h), and the result goes through the same normaliser as the learner's
// drawing. The same (digit, seed) is always the same picture, natively and in wasm to the last bit: nothing
// here uses a function of the maths library that is not exactly rounded.
//
// What varies, and how much, was found by training a small network on generated digits alone, and looking at
// the real training digits of MNIST that it read wrongly: a writing style that was missing, a loop that is
// larger, a bar that is longer, a gap. Accuracy on 10 000 of them, in percent, after 60 000 digits × 3
// (digit_reader.h, one or two seeds; they differ by up to 0.9 at the start and by 0.2 at the end):
//
//   three or four styles a digit                                            92.3
//   five to ten styles, each a family with two sways                        94.2 – 95.1
//   control points that move by 0.035 of the height, instead of 0.022       95.7 – 96.0
//   by 0.045                                                                96.2 – 96.3
//   by 0.06, and more loops (2, 6, 9) and hooks (7)                         96.8 – 96.9
//   three in five digits a pixel off                                        97.1
//   a smooth warp in place of some of the points' own movement              97.0 – 97.1 (no gain, fewer
//   kinks)
//
// A wider spread of pens alone changed nothing, until the mistakes of a longer course showed fat 1s and 0s:
// since then one wild hand in twelve writes with a felt tip. The course of 300 000 × 6 had read 97.4 of the
// last 10 000 and 97.1 of the first 40 000 before that and a dozen other styles; after it 97.7.
//
// Longer courses and larger networks then learned the pen and the paper by heart: with 20 490 parameters,
// 300 000 × 6 read 96.6, less than 100 000 × 3 (97.9). Worn paper (wear.h) and a little L2 stopped that:
// after 300 000 × 3 it reads 98.0 instead of 97.5 of the last 10 000, and 97.7 instead of 97.2 of the others.
//
// What a network of 9 098 parameters reads, in percent, of digits it has not seen (one seed each):
//
//   trained on                       neat     everyday   wild    real (the last 10 000)
//   20 000 × 1 neat                  100.0    90.0       66.0    80.4
//   20 000 × 1 everyday              100.0    97.8       79.9    91.5
//   20 000 × 1 wild                   99.9    98.2       86.6    95.1
//   300 000 × 6 wild (as shipped)    100.0    99.5       94.0    97.9
#pragma once

#include <cstdint>
#include <span>

#include "data/hand.h"
#include "data/stroke.h"
#include "engine/tensor.h"

namespace kg {

// What the pen did: polylines in the unit square in the order of writing, and the pen's width in the same
// unit.
struct Written {
  Strokes polylines;
  float pen_width = 0;
};

// `digit` is 0 to 9 (asserted) in all of these.
Written write_digit(int digit, std::uint64_t seed, Variety variety = Variety::wild);

// (1, 28, 28, 1), ink 0..1, every value k/255.
Tensor generate_digit(int digit, std::uint64_t seed, Variety variety = Variety::wild);

// (1, 28, 28, 3): the same digit in colour on a softly changing coloured ground, every value k/255. The
// colours are chosen so that the three channels look different: the digit is bright in one and dark in
// another.
Tensor generate_colour_digit(int digit, std::uint64_t seed, Variety variety = Variety::wild);

// Digits to train with, by the thousand: `images` (N, 28, 28, 1) and `labels` (N) get the digits number
// first … first + N − 1 of the endless stream `seed`, each label as likely as any other. Number i of a stream
// is always the same, however the stream is cut into calls. Nothing is allocated per digit.
void write_digits(std::span<float> images, std::span<int> labels, std::uint64_t seed, std::uint64_t first,
                  Variety variety = Variety::wild);

}  // namespace kg
