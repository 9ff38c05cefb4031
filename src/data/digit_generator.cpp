#include "data/digit_generator.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <iterator>

#include "data/normalise.h"
#include "data/raster.h"
#include "data/wear.h"
#include "engine/rng.h"

namespace kg {
namespace {

// The raster a digit is inked in: 3 × 3 points for a pixel of the final picture.
constexpr int kSheetRaster = 72;

// Streams of a seed: what is drawn from one does not disturb the others.
constexpr std::uint64_t kShapeStream = 0x10, kColourStream = 0x20;  // plus the digit

constexpr std::size_t kPixels = static_cast<std::size_t>(kPictureSide) * kPictureSide;

// Moves the picture by at most a pixel each way, unless that would take ink over an edge: then it stays.
void move_by(std::span<float> picture, int dy, int dx) {
  constexpr int kLast = kPictureSide - 1;
  const auto at = [&](int y, int x) -> float& {
    return picture[static_cast<std::size_t>(y * kPictureSide + x)];
  };
  for (int k = 0; k <= kLast; ++k) {
    if (dx != 0 && at(k, dx > 0 ? kLast : 0) > 0) return;
    if (dy != 0 && at(dy > 0 ? kLast : 0, k) > 0) return;
  }
  // The column or row at the far edge is empty, so what wraps around is nothing.
  const int by = dy * kPictureSide + dx;
  if (by > 0) std::rotate(picture.begin(), picture.end() - by, picture.end());
  if (by < 0) std::rotate(picture.begin(), picture.begin() - by, picture.end());
}

// Three in five digits lie a pixel off, in any of the eight directions.
void misplace(std::span<float> picture, Rng& rng) {
  if (rng.uniform() >= 0.6f) return;
  const int step = static_cast<int>(rng.below(8)), place = step < 4 ? step : step + 1;
  move_by(picture, place / 3 - 1, place % 3 - 1);
}

// From random numbers to a picture, again and again in the same memory.
class Scribe {
 public:
  void write(std::span<float> picture, int digit, Rng& rng, Variety variety) {
    hand_.write(digit, rng, variety);
    sheet_.fill(0);
    for (std::size_t k = 0; k < hand_.lines(); ++k) {
      ink_line(sheet_, kSheetRaster, kSheetRaster, hand_.line(k), hand_.pen_width());
    }
    Normalising way;
    [[maybe_unused]] const bool inked =
        normalise_onto(picture, sheet_, kSheetRaster, kSheetRaster, room_, way);
    assert(inked);
    if (variety != Variety::wild) return;
    wear(picture, rng);
    misplace(picture, rng);
  }

 private:
  Hand hand_;
  std::array<float, kSheetRaster * kSheetRaster> sheet_;
  NormaliserRoom room_;
};

Rng stream(std::uint64_t seed, std::uint64_t purpose, int digit) {
  return Rng(seed).fork(purpose + static_cast<std::uint64_t>(digit));
}

// Colours of a coloured digit, in 256ths. Each pair is light on dark in one channel and dark on light in
// another.
struct Colour {
  int r, g, b;
};

struct Palette {
  Colour ground, other_ground, ink, other_ink;
};

constexpr Palette kPalettes[] = {
    {{15, 85, 140}, {35, 140, 175}, {255, 145, 60}, {255, 195, 75}},   // amber on deep water
    {{75, 40, 135}, {125, 65, 175}, {255, 190, 45}, {255, 220, 70}},   // sunflower on violet
    {{160, 35, 70}, {195, 70, 95}, {55, 225, 180}, {80, 240, 205}},    // mint on wine
    {{255, 200, 125}, {245, 160, 105}, {30, 60, 205}, {45, 95, 225}},  // ink blue on apricot
    {{105, 185, 235}, {155, 220, 240}, {225, 30, 80}, {245, 65, 70}},  // crimson on sky
    {{40, 35, 120}, {80, 60, 160}, {155, 235, 60}, {195, 245, 75}},    // leaf on night
};

// Goes softly from 0 to 1 across the picture in some direction.
class Gradient {
 public:
  explicit Gradient(Rng& rng) {
    const float x = rng.normal(), y = rng.normal();
    const float length = std::max(std::sqrt(x * x + y * y), 1e-3f);
    across_ = x / length;
    down_ = y / length;
  }

  float at(int row, int column) const {
    const auto from_middle = [](int i) { return (static_cast<float>(i) + 0.5f) * 2 / kPictureSide - 1; };
    const float t =
        std::clamp(0.5f + 0.4f * (across_ * from_middle(column) + down_ * from_middle(row)), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
  }

 private:
  float across_, down_;
};

std::array<float, 3> between(const Colour& a, const Colour& b, float t) {
  const auto channel = [t](int from, int to) {
    return (static_cast<float>(from) + static_cast<float>(to - from) * t) / 255;
  };
  return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b)};
}

}  // namespace

Written write_digit(int digit, std::uint64_t seed, Variety variety) {
  Rng rng = stream(seed, kShapeStream, digit);
  Hand hand;
  hand.write(digit, rng, variety);
  Written written;
  written.pen_width = hand.pen_width();
  for (std::size_t k = 0; k < hand.lines(); ++k) {
    written.polylines.emplace_back(hand.line(k).begin(), hand.line(k).end());
  }
  return written;
}

Tensor generate_digit(int digit, std::uint64_t seed, Variety variety) {
  Rng rng = stream(seed, kShapeStream, digit);
  Tensor picture(Shape{1, kPictureSide, kPictureSide, 1});
  Scribe().write(picture.values(), digit, rng, variety);
  return picture;
}

void write_digits(std::span<float> images, std::span<int> labels, std::uint64_t seed, std::uint64_t first,
                  Variety variety) {
  assert(images.size() == labels.size() * kPixels);
  Scribe scribe;
  const Rng all(seed);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    Rng rng = all.fork(first + i);
    labels[i] = static_cast<int>(rng.below(10));
    scribe.write(images.subspan(i * kPixels, kPixels), labels[i], rng, variety);
  }
}

Tensor generate_colour_digit(int digit, std::uint64_t seed, Variety variety) {
  const Tensor grey = generate_digit(digit, seed, variety);
  Rng rng = stream(seed, kColourStream, digit);
  const Palette& palette = kPalettes[rng.below(std::size(kPalettes))];
  const Gradient over_ground(rng), over_ink(rng);
  Tensor picture(Shape{1, kPictureSide, kPictureSide, 3});
  for (int y = 0; y < kPictureSide; ++y) {
    for (int x = 0; x < kPictureSide; ++x) {
      const std::array<float, 3> ground = between(palette.ground, palette.other_ground, over_ground.at(y, x));
      const std::array<float, 3> pen = between(palette.ink, palette.other_ink, over_ink.at(y, x));
      const float ink = grey.at(0, y, x, 0);
      for (std::size_t c = 0; c < 3; ++c) {
        picture.at(0, y, x, static_cast<int>(c)) = quantised(ground[c] + (pen[c] - ground[c]) * ink);
      }
    }
  }
  return picture;
}

}  // namespace kg
