// Shape formulas: how a layer comes to its output shape and to its number of parameters, with the numbers of
// the case: "(20 − 3 + 1) × (20 − 3 + 1) × 32 = 18×18×32", "3·3·16·32 + 32 = 4 640".
#pragma once

#include <string>

#include "engine/layers/description.h"

namespace kg {

struct ShapeFormula {
  std::string output;  // ends in the output shape
  std::string params;  // ends in the count
  std::string words;   // the same in a sentence or two
};

// Of a layer that fits onto its input.
ShapeFormula shape_formula(const LayerDescription& layer, const SampleShape& in);

std::string sizes_text(const SampleShape& shape);  // "18×18×32"
std::string grouped(std::int64_t number);          // "473 890", the space unbreakable

}  // namespace kg
