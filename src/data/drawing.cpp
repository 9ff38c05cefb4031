#include "data/drawing.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "data/base64url.h"
#include "data/raster.h"

namespace kg {
namespace {

// What points are snapped to: steps of 1/511 of the sheet (half a pixel of the raster) and of 1/16 of the
// pen's width.
constexpr int kGrid = 511;
constexpr int kPressureUnit = 16, kMinPressure = 4, kMaxPressure = 31;

// A point on the grid, as whole numbers: this is what a drawing's text holds.
struct GridPoint {
  int x, y, pressure;
};

int nearest(float value) { return static_cast<int>(std::floor(value + 0.5f)); }

Point from_grid(const GridPoint& p) {
  return {static_cast<float>(p.x) / kGrid, static_cast<float>(p.y) / kGrid,
          static_cast<float>(p.pressure) / kPressureUnit};
}

GridPoint to_grid(const Point& p) {
  const auto along = [](float place) { return nearest(std::clamp(place, 0.0f, 1.0f) * kGrid); };
  const float pressure = std::clamp(p.pressure * kPressureUnit, float{kMinPressure}, float{kMaxPressure});
  return {along(p.x), along(p.y), nearest(pressure)};
}

Point snapped(float x, float y, float pressure) { return from_grid(to_grid({x, y, pressure})); }

// Points nearer to each other than this (4 pixels of the raster) say nothing about the shape that the curve
// through them would not; without them a digit fits into a link.
constexpr float kNear = 0.015f;

bool near(const Point& a, const Point& b) {
  const float dx = a.x - b.x, dy = a.y - b.y;
  return dx * dx + dy * dy < kNear * kNear;
}

Status check_numbers(float x, float y, float pressure) {
  if (std::isfinite(x) && std::isfinite(y) && std::isfinite(pressure)) return Done{};
  return Error{"a point of a drawing needs numbers for its place and pressure"};
}

// The text: whole numbers in base64url digits of 5 bits each, the lowest first, +32 if another digit follows.
void put(std::string& text, int number) {
  for (; number >= 32; number >>= 5) text += base64url_digit(32 | (number & 31));
  text += base64url_digit(number);
}

// Differences may be negative: 0, −1, 1, −2, 2 … become 0, 1, 2, 3, 4 …
void put_difference(std::string& text, int difference) {
  put(text, difference < 0 ? -2 * difference - 1 : 2 * difference);
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }

  // Only as `put` writes: no needless digits. At most 3 digits, 15 bits, are ever needed.
  std::optional<int> number() {
    int number = 0;
    for (int shift = 0; shift < 15; shift += 5) {
      const int digit = at_ < text_.size() ? base64url_value(text_[at_]) : -1;
      if (digit < 0) return std::nullopt;
      ++at_;
      number |= (digit & 31) << shift;
      if (digit < 32) {
        if (digit == 0 && shift > 0) return std::nullopt;
        return number;
      }
    }
    return std::nullopt;
  }

  std::optional<int> difference() {
    const std::optional<int> n = number();
    if (!n) return std::nullopt;
    return *n % 2 == 1 ? -(*n + 1) / 2 : *n / 2;
  }

  std::optional<int> number_within(int low, int high) {
    const std::optional<int> n = number();
    return n && *n >= low && *n <= high ? n : std::nullopt;
  }

  std::size_t place() const { return at_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// A stroke: its number of points; the pressure of all of them, or 0 if each point brings its own; the points,
// each as the difference from the one before (the first from the corner).
void put_stroke(std::string& text, const Stroke& stroke) {
  const int first = to_grid(stroke.front()).pressure;
  const bool even =
      std::all_of(stroke.begin(), stroke.end(), [&](const Point& p) { return to_grid(p).pressure == first; });
  put(text, static_cast<int>(stroke.size()));
  put(text, even ? first : 0);
  GridPoint before{0, 0, 0};
  for (const Point& point : stroke) {
    const GridPoint p = to_grid(point);
    put_difference(text, p.x - before.x);
    put_difference(text, p.y - before.y);
    if (!even) put(text, p.pressure);
    before = p;
  }
}

std::optional<Stroke> read_stroke(Reader& reader, int most_points) {
  const std::optional<int> count = reader.number_within(1, most_points);
  const std::optional<int> common = count ? reader.number_within(0, kMaxPressure) : std::nullopt;
  if (!common || (*common > 0 && *common < kMinPressure)) return std::nullopt;
  Stroke stroke;
  GridPoint at{0, 0, *common};
  bool even = true;
  for (int i = 0; i < *count; ++i) {
    const std::optional<int> dx = reader.difference();
    const std::optional<int> dy = dx ? reader.difference() : std::nullopt;
    if (!dy) return std::nullopt;
    at.x += *dx;
    at.y += *dy;
    if (at.x < 0 || at.x > kGrid || at.y < 0 || at.y > kGrid) return std::nullopt;
    if (*common == 0) {
      const std::optional<int> pressure = reader.number_within(kMinPressure, kMaxPressure);
      if (!pressure) return std::nullopt;
      even = even && (i == 0 || *pressure == at.pressure);
      at.pressure = *pressure;
    }
    stroke.push_back(from_grid(at));
  }
  if (*common == 0 && even) return std::nullopt;  // put_stroke writes such a stroke with one pressure
  return stroke;
}

}  // namespace

Status Drawing::begin(float x, float y, float pressure) {
  const Status numbers = check_numbers(x, y, pressure);
  if (!numbers) return numbers;
  end();
  if (strokes_.size() >= kMaxStrokes) {
    return Error{"the drawing has " + std::to_string(kMaxStrokes) +
                 " strokes, as many as it can hold; undo or clear"};
  }
  if (points() >= kMaxPoints) {
    return Error{"the drawing has " + std::to_string(kMaxPoints) +
                 " points, as many as it can hold; undo or clear"};
  }
  strokes_.push_back({snapped(x, y, pressure)});
  open_ = true;
  return Done{};
}

Status Drawing::extend(float x, float y, float pressure) {
  const Status numbers = check_numbers(x, y, pressure);
  if (!numbers) return numbers;
  if (!open_) return Error{"no stroke has begun that could be extended"};
  Stroke& stroke = strokes_.back();
  const Point point = snapped(x, y, pressure);
  if (point == stroke.back()) return Done{};
  // The last point follows the pen and becomes fixed once the pen is far enough from the point before it.
  if (stroke.size() >= 2 && near(stroke[stroke.size() - 2], stroke.back())) {
    stroke.back() = point;
    return Done{};
  }
  if (points() >= kMaxPoints) {
    return Error{"the drawing has " + std::to_string(kMaxPoints) +
                 " points, as many as it can hold; undo or clear"};
  }
  stroke.push_back(point);
  return Done{};
}

void Drawing::end() { open_ = false; }

bool Drawing::undo() {
  if (strokes_.empty()) return false;
  strokes_.pop_back();
  open_ = false;
  return true;
}

void Drawing::clear() {
  strokes_.clear();
  open_ = false;
}

int Drawing::points() const {
  std::size_t count = 0;
  for (const Stroke& stroke : strokes_) count += stroke.size();
  return static_cast<int>(count);
}

Strokes Drawing::polylines() const {
  Strokes lines;
  for (const Stroke& stroke : strokes_) lines.push_back(smooth(stroke, 2.0f / kRasterSide));
  return lines;
}

Tensor Drawing::raster() const { return rasterise(polylines(), kPenWidth, kRasterSide, kRasterSide); }

Result<Normalised> Drawing::normalised() const { return normalise(raster()); }

std::string Drawing::save() const {
  std::string text;
  for (const Stroke& stroke : strokes_) put_stroke(text, stroke);
  return text;
}

Result<Drawing> Drawing::load(std::string_view text) {
  Drawing drawing;
  Reader reader(text);
  while (!reader.at_end()) {
    if (drawing.strokes_.size() >= kMaxStrokes) {
      return Error{"the drawing in the link has more than " + std::to_string(kMaxStrokes) + " strokes"};
    }
    std::optional<Stroke> stroke = read_stroke(reader, kMaxPoints - drawing.points());
    if (!stroke)
      return Error{"the drawing in the link is damaged near character " + std::to_string(reader.place())};
    drawing.strokes_.push_back(std::move(*stroke));
  }
  return drawing;
}

}  // namespace kg
