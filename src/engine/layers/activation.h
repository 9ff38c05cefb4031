// Activations: what a neuron makes of its weighted sum.
#pragma once

#include "engine/tensor.h"

namespace kg {

// relu(x) = x if x is positive, else 0: below its threshold the neuron does not fire. Not-a-number stays what
// it is, so that a training run that has gone astray is not hidden. Runs the active kernel.
Tensor relu(const Tensor& in);

}  // namespace kg
