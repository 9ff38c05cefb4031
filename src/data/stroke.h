// Stroke: one movement of the pen, from touching the paper to leaving it.
//
// Points live in the unit square: x to the right, y down, both 0..1 on the paper. A stroke is used in two
// ways: as a few control points, and as the polyline that smooth() draws through them.
#pragma once

#include <span>
#include <vector>

namespace kg {

struct Point {
  float x = 0, y = 0;
  float pressure = 1;  // multiplies the pen's width
  friend bool operator==(const Point&, const Point&) = default;
};

using Stroke = std::vector<Point>;
using Strokes = std::vector<Stroke>;

// A polyline through all `controls`, in order, with points at most about `spacing` apart (in units of the
// square, > 0). It is a centripetal Catmull-Rom spline (Catmull and Rom 1974; knots at the square root of the
// distance, which keeps it free of loops and cusps, Yuksel et al. 2011). Fewer than two different controls
// give back what there is.
Stroke smooth(std::span<const Point> controls, float spacing);

// The same for many strokes a second: adds to `line` all points behind the first. Neighbours among `knots`
// have to be apart(); a point and its repetition have no direction.
void smooth_onto(Stroke& line, std::span<const Point> knots, float spacing);
bool apart(const Point& a, const Point& b);

}  // namespace kg
