#include "data/raster.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kg {
namespace {

// A point of the line in pixels, with the pen's radius there.
struct Nib {
  float x, y, radius;
};

// The share of a pixel, `distance` away from the middle of a line, that the line covers: the overlap of [−r,
// r] with [distance − ½, distance + ½].
float coverage(float distance, float radius) {
  const float covered = std::min(radius, distance + 0.5f) - std::max(-radius, distance - 0.5f);
  return std::clamp(covered, 0.0f, 1.0f);
}

void ink_segment(Tensor& picture, const Nib& a, const Nib& b) {
  const int height = picture.shape().h, width = picture.shape().w;
  const float reach = std::max(a.radius, b.radius) + 0.5f;
  const auto first = [](float edge, int size) {
    return static_cast<int>(std::clamp(std::floor(edge), 0.0f, static_cast<float>(size)));
  };
  const int top = first(std::min(a.y, b.y) - reach, height),
            bottom = first(std::max(a.y, b.y) + reach + 1, height);
  const int left = first(std::min(a.x, b.x) - reach, width),
            right = first(std::max(a.x, b.x) + reach + 1, width);

  const float dx = b.x - a.x, dy = b.y - a.y;
  const float length2 = dx * dx + dy * dy;
  const float per_length2 = length2 > 0 ? 1 / length2 : 0;
  const std::span<float> values = picture.values();
  for (int row = top; row < bottom; ++row) {
    const float py = static_cast<float>(row) + 0.5f - a.y;
    float* const line = values.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(width);
    for (int column = left; column < right; ++column) {
      const float px = static_cast<float>(column) + 0.5f - a.x;
      const float along = std::clamp((px * dx + py * dy) * per_length2, 0.0f, 1.0f);
      const float ex = px - along * dx, ey = py - along * dy;
      const float away2 = ex * ex + ey * ey;
      if (away2 >= reach * reach) continue;
      const float radius = a.radius + (b.radius - a.radius) * along;
      line[column] = std::max(line[column], coverage(std::sqrt(away2), radius));
    }
  }
}

}  // namespace

Tensor rasterise(const Strokes& polylines, float pen_width, int height, int width) {
  assert(height >= 0 && width >= 0 && pen_width >= 0);
  Tensor picture(Shape{1, height, width, 1});
  const float wide = static_cast<float>(width), high = static_cast<float>(height);
  const float radius = 0.5f * pen_width * std::min(wide, high);
  const auto nib = [&](const Point& p) { return Nib{p.x * wide, p.y * high, radius * p.pressure}; };
  for (const Stroke& line : polylines) {
    if (line.size() == 1) ink_segment(picture, nib(line[0]), nib(line[0]));
    for (std::size_t i = 0; i + 1 < line.size(); ++i) ink_segment(picture, nib(line[i]), nib(line[i + 1]));
  }
  return picture;
}

}  // namespace kg
