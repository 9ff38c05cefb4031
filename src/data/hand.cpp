#include "data/hand.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "data/normalise.h"
#include "engine/exact_math.h"

namespace kg {

// Standard deviations, unless said otherwise.
struct HandSpread {
  float sway;        // a style's own variation goes from minus to plus this (not a deviation)
  float jitter;      // of a control point, in heights of the digit
  float haste;       // of the logarithm of the jitter: some hands are steadier than others
  float slant;       // tangent
  float half_turn;   // tangent of half the angle of rotation
  float log_aspect;  // width against height
  float warp;        // how far nine places of the digit move, and all between them with them, in heights
  float log_pen;     // width of the pen
  float pressure;    // along a stroke
  float felt_tip;    // how many write with a pen half as wide again (a share)
  bool rare;         // whether rare styles are written
};

namespace {

constexpr HandSpread kNeat = {0.5f, 0.011f, 0.2f, 0.10f, 0.03f, 0.10f, 0.012f, 0.15f, 0.04f, 0, false};
constexpr HandSpread kEveryday = {1, 0.03f, 0.3f, 0.19f, 0.055f, 0.17f, 0.03f, 0.25f, 0.07f, 0.03f, true};
constexpr HandSpread kWild = {1.2f, 0.05f, 0.45f, 0.23f, 0.08f, 0.23f, 0.05f, 0.32f, 0.08f, 0.08f, true};

const HandSpread& spread_of(Variety variety) {
  return variety == Variety::neat ? kNeat : variety == Variety::everyday ? kEveryday : kWild;
}

constexpr float kPenPixels = 2.35f;  // median width of the pen, in pixels of the final picture
constexpr float kThinnest = 1.1f, kThickest = 6.5f;
constexpr float kSpacing = 0.06f;  // of the points of a line, in heights

// A bell curve without its far tails, so that no hand is illegible.
float bell(Rng& rng) { return std::clamp(rng.normal(), -2.5f, 2.5f); }

const DigitStyle& chosen_style(int digit, Rng& rng, bool rare) {
  const std::span<const DigitStyle> styles = digit_styles(digit);
  int total = 0;
  for (const DigitStyle& style : styles) total += style.rare && !rare ? 0 : style.weight;
  int ticket = static_cast<int>(rng.below(static_cast<std::uint32_t>(total)));
  for (const DigitStyle& style : styles) {
    ticket -= style.rare && !rare ? 0 : style.weight;
    if (ticket < 0) return style;
  }
  return styles.back();
}

struct Frame {
  float left, right, top, bottom;
};

Frame frame_of(std::span<const Point> points) {
  Frame frame{points[0].x, points[0].x, points[0].y, points[0].y};
  for (const Point& p : points) {
    frame.left = std::min(frame.left, p.x);
    frame.right = std::max(frame.right, p.x);
    frame.top = std::min(frame.top, p.y);
    frame.bottom = std::max(frame.bottom, p.y);
  }
  return frame;
}

// A smooth deformation of the whole digit: nine places, three by three, move, and every other point goes with
// them (a quadratic through three places along each axis).
class Warp {
 public:
  Warp(float by, Rng& rng) {
    for (float& move : moves_x_) move = by * bell(rng);
    for (float& move : moves_y_) move = by * bell(rng);
  }

  void apply(Point& p) const {
    const Three across = shares(p.x / kWide), down = shares(p.y);
    float x = 0, y = 0;
    for (std::size_t row = 0; row < 3; ++row) {
      for (std::size_t column = 0; column < 3; ++column) {
        const float share = down[row] * across[column];
        x += share * moves_x_[row * 3 + column];
        y += share * moves_y_[row * 3 + column];
      }
    }
    p.x += x;
    p.y += y;
  }

 private:
  using Three = std::array<float, 3>;
  static constexpr float kWide = 0.6f;  // how wide digits are, in heights

  // How much a point at t goes with the places at 0, ½ and 1: Lagrange's polynomials.
  static Three shares(float t) {
    t = std::clamp(t, -0.2f, 1.2f);
    return {(2 * t - 1) * (t - 1), 4 * t * (1 - t), t * (2 * t - 1)};
  }

  std::array<float, 9> moves_x_, moves_y_;
};

// Warps the digit, then slants, turns and stretches it.
void deform(std::span<Point> points, const DigitHabit& habit, const HandSpread& spread, Rng& rng) {
  const Warp warp(spread.warp, rng);
  const float slant = habit.slant + spread.slant * bell(rng);
  const float half = spread.half_turn * bell(rng);
  const float cosine = (1 - half * half) / (1 + half * half), sine = 2 * half / (1 + half * half);
  const float stretch = habit.width * exponential(spread.log_aspect * bell(rng));
  for (Point& p : points) {
    warp.apply(p);
    const float x = p.x * stretch - slant * p.y, y = p.y;
    p.x = cosine * x - sine * y;
    p.y = sine * x + cosine * y;
  }
}

// Brings the digit to the size it will have in the picture, so that the pen's width stays what was chosen.
void fit_to_sheet(std::span<Point> points, float pen_pixels) {
  const Frame frame = frame_of(points);
  const float room = (static_cast<float>(kFitSide) - pen_pixels) / kSheetPixels;
  const float scale = room / std::max(frame.right - frame.left, frame.bottom - frame.top);
  const float middle_x = (frame.left + frame.right) / 2, middle_y = (frame.top + frame.bottom) / 2;
  for (Point& p : points) {
    p.x = 0.5f + (p.x - middle_x) * scale;
    p.y = 0.5f + (p.y - middle_y) * scale;
  }
}

}  // namespace

std::span<const Point> Hand::line(std::size_t k) const {
  const std::size_t begin = k > 0 ? ends_[k - 1] : 0;
  return std::span(points_).subspan(begin, ends_[k] - begin);
}

void Hand::finish_curve() {
  smooth_onto(points_, knots_, kSpacing);
  knots_.clear();
}

void Hand::finish_line() {
  finish_curve();
  points_.back().pressure *= 0.8f;  // the pen is leaving the paper
  ends_.push_back(points_.size());
}

// The style's control points as this hand puts them, as curves that end at lifts and meet in corners.
void Hand::write_lines(const DigitStyle& style, const HandSpread& spread, Rng& rng) {
  const float jitter = spread.jitter * exponential(spread.haste * bell(rng));
  const float a = rng.uniform(-spread.sway, spread.sway), b = rng.uniform(-spread.sway, spread.sway);
  const auto swayed = [a, b](int at, int by_a, int by_b) {
    return (static_cast<float>(at) + a * static_cast<float>(by_a) + b * static_cast<float>(by_b)) / 100;
  };
  points_.clear();
  ends_.clear();
  knots_.clear();
  for (const Control& control : style.controls) {
    Point p;
    p.x = swayed(control.x, control.ax, control.bx) + jitter * bell(rng);
    p.y = swayed(control.y, control.ay, control.by) + jitter * bell(rng);
    p.pressure = 1 + spread.pressure * bell(rng);
    if (control.join == Join::lift) finish_line();
    if (knots_.empty()) {
      points_.push_back(p);
    } else if (!apart(knots_.back(), p)) {
      continue;
    }
    knots_.push_back(p);
    if (control.join == Join::corner) {
      finish_curve();
      knots_.push_back(p);
    }
  }
  finish_line();
}

void Hand::write(int digit, Rng& rng, Variety variety) {
  assert(digit >= 0 && digit <= 9);
  const HandSpread& spread = spread_of(variety);
  const DigitHabit& habit = digit_habit(digit);
  const DigitStyle& style = chosen_style(digit, rng, spread.rare);
  write_lines(style, spread, rng);
  deform(points_, habit, spread, rng);
  const float width = kPenPixels * habit.thickness * exponential(spread.log_pen * bell(rng)) *
                      (rng.uniform() < spread.felt_tip ? 1.5f : 1.0f);
  const float pen_pixels = std::clamp(width, kThinnest, kThickest);
  fit_to_sheet(points_, pen_pixels);
  pen_width_ = pen_pixels / kSheetPixels;
}

}  // namespace kg
