#include "data/raster.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

#include "engine/kernels/simd.h"

namespace kg {
namespace {

// A point of the line in pixels, with the pen's radius there.
struct Nib {
  float x, y, radius;
};

// The ink of four pixels of a row, the first `column` away from the start of the segment a–b and `py` below
// it.
//
// A pixel's ink is the share of it that the line covers, judged by the distance d from its middle to the
// middle of the line: the overlap of [−r, r] with [d − ½, d + ½].
class Segment {
 public:
  Segment(const Nib& a, const Nib& b)
      : dx_(simd::splat(b.x - a.x)), dy_(b.y - a.y), radius_(simd::splat(a.radius)) {
    const float dx = b.x - a.x;
    const float length2 = dx * dx + dy_ * dy_;
    per_length2_ = simd::splat(length2 > 0 ? 1 / length2 : 0);
    growth_ = simd::splat(b.radius - a.radius);
  }

  simd::Float4 ink(float column, float py) const {
    using namespace simd;
    const Float4 zero = splat(0), one = splat(1), half = splat(0.5f);
    const Float4 px = add(splat(column), set(0, 1, 2, 3));
    const Float4 dot = add(mul(px, dx_), splat(py * dy_));
    const Float4 along = min(max(mul(dot, per_length2_), zero), one);
    const Float4 ex = sub(px, mul(along, dx_)), ey = sub(splat(py), mul(along, splat(dy_)));
    const Float4 away = root(add(mul(ex, ex), mul(ey, ey)));
    const Float4 radius = add(radius_, mul(growth_, along));
    const Float4 covered = sub(min(radius, add(away, half)), max(sub(zero, radius), sub(away, half)));
    return min(max(covered, zero), one);
  }

 private:
  simd::Float4 dx_;
  float dy_;
  simd::Float4 radius_, growth_, per_length2_;
};

struct Paper {
  float* values;
  int height, width;
};

void ink_segment(const Paper& paper, const Nib& a, const Nib& b) {
  const float reach = std::max(a.radius, b.radius) + 0.5f;
  const auto first = [](float edge, int size) {
    return static_cast<int>(std::clamp(edge, 0.0f, static_cast<float>(size)));
  };
  const int top = first(std::min(a.y, b.y) - reach, paper.height),
            bottom = first(std::max(a.y, b.y) + reach + 1, paper.height);
  const int left = first(std::min(a.x, b.x) - reach, paper.width),
            right = first(std::max(a.x, b.x) + reach + 1, paper.width);
  const Segment segment(a, b);
  for (int row = top; row < bottom; ++row) {
    const float py = static_cast<float>(row) + 0.5f - a.y;
    float* const line = paper.values + static_cast<std::size_t>(row) * static_cast<std::size_t>(paper.width);
    simd::for_each_four(right - left, [&](int c, auto lanes) {
      const int column = left + c;
      const simd::Float4 ink = segment.ink(static_cast<float>(column) + 0.5f - a.x, py);
      lanes.store(line + column, simd::max(lanes.load(line + column), ink));
    });
  }
}

}  // namespace

void ink_line(std::span<float> picture, int height, int width, std::span<const Point> line, float pen_width) {
  assert(picture.size() == static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
  const float wide = static_cast<float>(width), high = static_cast<float>(height);
  const float radius = 0.5f * pen_width * std::min(wide, high);
  const auto nib = [&](const Point& p) { return Nib{p.x * wide, p.y * high, radius * p.pressure}; };
  const Paper paper{picture.data(), height, width};
  if (line.size() == 1) ink_segment(paper, nib(line[0]), nib(line[0]));
  for (std::size_t i = 0; i + 1 < line.size(); ++i) ink_segment(paper, nib(line[i]), nib(line[i + 1]));
}

Tensor rasterise(const Strokes& polylines, float pen_width, int height, int width) {
  assert(height >= 0 && width >= 0 && pen_width >= 0);
  Tensor picture(Shape{1, height, width, 1});
  for (const Stroke& line : polylines) ink_line(picture.values(), height, width, line, pen_width);
  return picture;
}

}  // namespace kg
