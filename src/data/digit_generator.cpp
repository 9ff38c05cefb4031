#include "data/digit_generator.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <iterator>
#include <utility>

#include "data/digit_styles.h"
#include "data/normalise.h"
#include "data/raster.h"
#include "engine/rng.h"

namespace kg {
namespace {

// The sheet a digit is written on: 24 pixels of the final picture, of which the ink takes 20, at 3 × 3 raster
// points a pixel.
constexpr float kSheetPixels = 24;
constexpr int kSheetRaster = 72;

// How much hands differ (standard deviations, unless said otherwise).
constexpr float kJitter = 0.022f;   // of a control point, in heights of the digit
constexpr float kSlant = 0.21f;     // tangent
constexpr float kHalfTurn = 0.06f;  // tangent of half the angle of rotation: about 7°
constexpr float kLogAspect = 0.19f;
constexpr float kPenPixels = 2.35f;  // median width of the pen, in pixels of the final picture
constexpr float kLogPen = 0.27f;
constexpr float kThinnest = 1.2f, kThickest = 4.4f;

// Streams of a seed: what is drawn from one does not disturb the others.
constexpr std::uint64_t kShapeStream = 0x10, kColourStream = 0x20;  // plus the digit

// eˣ for |x| up to about 3, by + × ÷ alone.
float power_of_e(float x) {
  const float y = x / 16;
  float power = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4)));
  for (int i = 0; i < 4; ++i) power *= power;
  return power;
}

// A bell curve without its far tails, so that no hand is illegible.
float bell(Rng& rng) { return std::clamp(rng.normal(), -2.3f, 2.3f); }

const DigitStyle& chosen_style(int digit, Rng& rng) {
  const std::span<const DigitStyle> styles = digit_styles(digit);
  int total = 0;
  for (const DigitStyle& style : styles) total += style.weight;
  int ticket = static_cast<int>(rng.below(static_cast<std::uint32_t>(total)));
  for (const DigitStyle& style : styles) {
    ticket -= style.weight;
    if (ticket < 0) return style;
  }
  return styles.back();
}

// One stroke of the style: smooth curves that meet in corners.
using Curves = std::vector<Stroke>;

// The style's control points as this hand puts them, cut at lifts and corners.
std::vector<Curves> own_controls(const DigitStyle& style, Rng& rng) {
  const float sway = rng.uniform(-1, 1);
  const float jitter = kJitter * rng.uniform(0.5f, 1.5f);
  std::vector<Curves> strokes(1, Curves(1));
  for (const Control& control : style.controls) {
    Point p;
    p.x = (static_cast<float>(control.x) + sway * static_cast<float>(control.sway_x)) / 100 +
          jitter * bell(rng);
    p.y = (static_cast<float>(control.y) + sway * static_cast<float>(control.sway_y)) / 100 +
          jitter * bell(rng);
    p.pressure = 1 + 0.07f * bell(rng);
    if (control.join == Join::lift) strokes.push_back(Curves(1));
    strokes.back().back().push_back(p);
    if (control.join == Join::corner) strokes.back().push_back({p});
  }
  return strokes;
}

Strokes inked_lines(const std::vector<Curves>& strokes) {
  Strokes lines;
  for (const Curves& curves : strokes) {
    Stroke line;
    for (const Stroke& curve : curves) {
      const Stroke piece = smooth(curve, 0.05f);
      line.insert(line.end(), piece.begin() + (line.empty() ? 0 : 1), piece.end());
    }
    line.back().pressure *= 0.8f;  // the pen is leaving the paper
    lines.push_back(std::move(line));
  }
  return lines;
}

// Slants, turns and stretches the whole digit.
void deform(Strokes& lines, int digit, Rng& rng) {
  const float slant = digit_habit(digit).slant + kSlant * bell(rng);
  const float half = kHalfTurn * bell(rng);
  const float cosine = (1 - half * half) / (1 + half * half), sine = 2 * half / (1 + half * half);
  const float stretch = digit_habit(digit).width * power_of_e(kLogAspect * bell(rng));
  for (Stroke& line : lines) {
    for (Point& p : line) {
      const float x = p.x * stretch - slant * p.y, y = p.y;
      p.x = cosine * x - sine * y;
      p.y = sine * x + cosine * y;
    }
  }
}

// Brings the digit to the size it will have in the picture, so that the pen's width stays what was chosen.
void fit_to_sheet(Strokes& lines, float pen_pixels) {
  float left = lines[0][0].x, right = left, top = lines[0][0].y, bottom = top;
  for (const Stroke& line : lines) {
    for (const Point& p : line) {
      left = std::min(left, p.x);
      right = std::max(right, p.x);
      top = std::min(top, p.y);
      bottom = std::max(bottom, p.y);
    }
  }
  const float room = (static_cast<float>(kFitSide) - pen_pixels) / kSheetPixels;
  const float scale = room / std::max(right - left, bottom - top);
  const float middle_x = (left + right) / 2, middle_y = (top + bottom) / 2;
  for (Stroke& line : lines) {
    for (Point& p : line) {
      p.x = 0.5f + (p.x - middle_x) * scale;
      p.y = 0.5f + (p.y - middle_y) * scale;
    }
  }
}

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

Written write_digit(int digit, std::uint64_t seed) {
  assert(digit >= 0 && digit <= 9);
  Rng rng = stream(seed, kShapeStream, digit);
  Written written;
  written.polylines = inked_lines(own_controls(chosen_style(digit, rng), rng));
  deform(written.polylines, digit, rng);
  const float width = kPenPixels * digit_habit(digit).thickness * power_of_e(kLogPen * bell(rng));
  const float pen_pixels = std::clamp(width, kThinnest, kThickest);
  fit_to_sheet(written.polylines, pen_pixels);
  written.pen_width = pen_pixels / kSheetPixels;
  return written;
}

Tensor generate_digit(int digit, std::uint64_t seed) {
  const Written written = write_digit(digit, seed);
  Result<Normalised> normalised =
      normalise(rasterise(written.polylines, written.pen_width, kSheetRaster, kSheetRaster));
  assert(normalised.ok());
  return std::move(normalised).value().picture;
}

Tensor generate_colour_digit(int digit, std::uint64_t seed) {
  const Tensor grey = generate_digit(digit, seed);
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
