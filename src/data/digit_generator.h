// Digit generator: handwritten digits of our own, from stroke descriptions (digit_styles.h).
//
// A hand is a seed: it chooses a writing style, moves each control point a little, slants, turns and
// stretches the whole, picks a pen, and the result goes through the same normaliser as the learner's drawing.
// The same (digit, seed) is always the same picture, natively and in wasm to the last bit: nothing here uses
// a function of the maths library that is not exactly rounded. What varies, and how much, was found by
// looking at a network's mistakes on real training digits.
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
