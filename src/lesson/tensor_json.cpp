#include "lesson/tensor_json.h"

#include <vector>

namespace kg {

Json tensor_json(const Tensor& picture) {
  const Shape& shape = picture.shape();
  return {{"height", shape.h},
          {"width", shape.w},
          {"channels", shape.c},
          {"values", std::vector<float>(picture.values().begin(), picture.values().end())}};
}

}  // namespace kg
