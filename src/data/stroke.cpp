#include "data/stroke.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kg {
namespace {

float distance(const Point& a, const Point& b) {
  const float dx = b.x - a.x, dy = b.y - a.y;
  return std::sqrt(dx * dx + dy * dy);
}

Point mix(const Point& a, const Point& b, float t) {
  return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.pressure + (b.pressure - a.pressure) * t};
}

// The point as far beyond `end` as `before` is on this side of it: a ghost that gives the end segments a
// neighbour.
Point mirrored(const Point& before, const Point& end) { return mix(before, end, 2); }

// Barry and Goldman's pyramid (1988): the curve from b to c, whose neighbours are a and d, with knots at
// those distances.
struct Span {
  Point a, b, c, d;
  float ab, bc, cd;  // knot intervals: the square root of the distance

  Point at(float t) const {  // t from 0 at b to 1 at c
    const float k = bc * t;
    const Point p = mix(a, b, (ab + k) / ab);
    const Point q = mix(b, c, t);
    const Point r = mix(c, d, (k - bc) / cd);
    const Point u = mix(p, q, (ab + k) / (ab + bc));
    const Point v = mix(q, r, k / (bc + cd));
    return mix(u, v, t);
  }
};

}  // namespace

void smooth_onto(Stroke& line, std::span<const Point> knots, float spacing) {
  assert(spacing > 0);
  for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
    const Point& b = knots[i];
    const Point& c = knots[i + 1];
    const Point a = i > 0 ? knots[i - 1] : mirrored(c, b);
    const Point d = i + 2 < knots.size() ? knots[i + 2] : mirrored(b, c);
    const float length = distance(b, c);
    const Span span{a, b, c, d, std::sqrt(distance(a, b)), std::sqrt(length), std::sqrt(distance(c, d))};
    const int pieces = std::max(1, static_cast<int>(std::ceil(length / spacing)));
    for (int piece = 1; piece < pieces; ++piece) {
      line.push_back(span.at(static_cast<float>(piece) / static_cast<float>(pieces)));
    }
    line.push_back(c);
  }
}

Stroke smooth(std::span<const Point> controls, float spacing) {
  Stroke knots;
  for (const Point& control : controls) {
    if (knots.empty() || apart(knots.back(), control)) knots.push_back(control);
  }
  if (knots.size() < 2) return knots;
  Stroke line{knots.front()};
  smooth_onto(line, knots, spacing);
  return line;
}

bool apart(const Point& a, const Point& b) { return distance(a, b) > 1e-6f; }

}  // namespace kg
