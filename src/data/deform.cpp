#include "data/deform.h"

#include <cassert>
#include <cmath>
#include <utility>

#include "data/normalise.h"

namespace kg {
namespace {

// The most by which each is off, seen from the middle of the picture, which reaches from −1 to 1.
constexpr float kTurn = 0.2f, kSlant = 0.2f, kStretch = 0.18f, kBend = 0.14f;

// The ink at a place between four pixels; there is none outside.
float ink_at(const Tensor& picture, float y, float x) {
  const float top = std::floor(y), left = std::floor(x);
  const float down = y - top, right = x - left;
  const auto at = [&](int row, int col) {
    const bool inside = row >= 0 && col >= 0 && row < kPictureSide && col < kPictureSide;
    return inside ? picture.at(0, row, col, 0) : 0.0f;
  };
  const int row = static_cast<int>(top), col = static_cast<int>(left);
  const float above = at(row, col) + (at(row, col + 1) - at(row, col)) * right;
  const float below = at(row + 1, col) + (at(row + 1, col + 1) - at(row + 1, col)) * right;
  return above + (below - above) * down;
}

}  // namespace

// Every pixel of the new picture asks where its ink comes from:
//
//   x' = (1 + a)·x + (s − t)·y + b·y² + c·x·y     y' = (1 + d)·y + t·x + e·x² + f·x·y
Tensor deformed(const Tensor& picture, Rng& rng) {
  assert((picture.shape() == Shape{1, kPictureSide, kPictureSide, 1}));
  const auto off = [&](float most) { return rng.uniform(-most, most); };
  const float a = off(kStretch), d = off(kStretch), t = off(kTurn), s = off(kSlant);
  const float b = off(kBend), c = off(kBend), e = off(kBend), f = off(kBend);
  constexpr float kMiddle = (kPictureSide - 1) / 2.0f;
  Tensor moved(picture.shape());
  for (int row = 0; row < kPictureSide; ++row) {
    for (int col = 0; col < kPictureSide; ++col) {
      const float y = (static_cast<float>(row) - kMiddle) / kMiddle;
      const float x = (static_cast<float>(col) - kMiddle) / kMiddle;
      const float from_x = (1 + a) * x + (s - t) * y + b * y * y + c * x * y;
      const float from_y = (1 + d) * y + t * x + e * x * x + f * x * y;
      moved.at(0, row, col, 0) = ink_at(picture, kMiddle + from_y * kMiddle, kMiddle + from_x * kMiddle);
    }
  }
  Result<Normalised> normal = normalise(moved);
  return normal ? std::move(normal).value().picture : picture;
}

}  // namespace kg
