#include "data/wear.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

#include "data/normalise.h"

namespace kg {
namespace {

constexpr float kTone = 0.5f, kGrain = 0.375f, kSoftness = 0.15f;
constexpr std::size_t kSide = kPictureSide, kPixels = kSide * kSide;

void soften(std::span<float> picture, float by) {
  std::array<float, kPixels> sharp;
  std::copy(picture.begin(), picture.end(), sharp.begin());
  for (std::size_t row = 1; row + 1 < kSide; ++row) {
    for (std::size_t i = row * kSide + 1; i + 1 < (row + 1) * kSide; ++i) {
      const float around = (sharp[i - 1] + sharp[i + 1]) + (sharp[i - kSide] + sharp[i + kSide]);
      picture[i] = (1 - 4 * by) * sharp[i] + by * around;
    }
  }
}

}  // namespace

void wear(std::span<float> picture, Rng& rng) {
  assert(picture.size() == kPixels);
  const float tone = rng.uniform(-kTone, kTone), grain = rng.uniform(0, kGrain);
  for (float& p : picture) {
    if (p == 0) continue;
    const float toned = p + tone * (p * (1 - p));
    p = std::clamp(toned + grain * (rng.uniform() + rng.uniform() - 1), 0.0f, 1.0f);
  }
  if (rng.uniform() < 0.5f) soften(picture, rng.uniform(0, kSoftness));
  for (float& p : picture) p = quantised(p);
}

}  // namespace kg
