// A tensor as it stands in state(): its sizes, and its values row by row, channels innermost.
#pragma once

#include "engine/tensor.h"
#include "lesson/json.h"

namespace kg {

Json tensor_json(const Tensor& picture);  // (1, H, W, C)

}  // namespace kg
