// Easing: how things glide on the stage.
#pragma once

#include <algorithm>

namespace kg {

// Starts and ends gently: 0 up to t = 0, 1 from t = 1 on, 3t² − 2t³ in between.
inline float eased(float t) {
  t = std::clamp(t, 0.0f, 1.0f);
  return t * t * (3 - 2 * t);
}

}  // namespace kg
