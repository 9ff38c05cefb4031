// Wear: what paper, ink and scanner do to a digit on its way into 28 × 28 pixels.
//
// A network that has seen many digits of one pen on one paper learns the pen and the paper, too, and on
// others it goes wrong: the more digits, the more so. Therefore no two wild digits (hand.h) come over the
// same paper. Only operations that are exactly rounded: the same bits natively and in wasm.
#pragma once

#include <span>

#include "engine/rng.h"

namespace kg {

// `picture` is (28, 28), ink 0..1, every value k/255; it stays so, and paper stays paper except beside ink.
//  - tone: greys become darker or lighter, black and white stay (p + t·p·(1 − p), t from −½ to ½)
//  - grain: inked pixels are a little more or less so, on some paper not at all, on some by up to 3/8
//  - softness: half of the digits are out of focus; a pixel gives up to 15 % of its ink to each neighbour
void wear(std::span<float> picture, Rng& rng);

}  // namespace kg
