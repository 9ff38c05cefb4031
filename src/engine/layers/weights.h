// What Dense and Conv2D have in common: a kernel and a bias that start somewhere, and a penalty.
#pragma once

#include <cmath>
#include <string>

#include "engine/initializer.h"
#include "engine/python_text.h"
#include "engine/result.h"

namespace kg {

// Refuses, in words, what a layer (Conv2D, Dense) cannot start from or be trained with. `Layer` is its
// description.
template <class Layer>
Status check_weights(const Layer& layer) {
  if (Status kernel = check(layer.kernel_initializer); !kernel) return kernel;
  if (Status bias = check(layer.bias_initializer); !bias) return bias;
  if (!(layer.l2 >= 0 && std::isfinite(layer.l2))) {
    return Error{std::string("The L2 penalty of ") + Layer::kKerasName + " is " + python_number(layer.l2) +
                 ", but it has to be a number of at least 0."};
  }
  return Done{};
}

}  // namespace kg
