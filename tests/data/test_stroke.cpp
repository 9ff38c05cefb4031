#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "data/stroke.h"
#include "engine/rng.h"

using namespace kg;

namespace {

float distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

bool passes_through(const Stroke& line, const Point& p) {
  return std::any_of(line.begin(), line.end(), [&](const Point& q) { return distance(p, q) < 1e-6f; });
}

}  // namespace

TEST_CASE("data/stroke: nothing, one point and one point repeated stay what they are") {
  CHECK(smooth({}, 0.1f).empty());
  const Point p{0.3f, 0.4f, 1};
  CHECK(smooth(Stroke{p}, 0.1f) == Stroke{p});
  CHECK(smooth(Stroke{p, p, p}, 0.1f) == Stroke{p});
}

TEST_CASE("data/stroke: a straight line stays straight, evenly divided") {
  const Stroke line = smooth(Stroke{{0, 0, 1}, {1, 0.5f, 1}}, 0.3f);
  REQUIRE(line.size() == 5);  // √1.25 / 0.3 = 3.7, so four pieces
  for (std::size_t i = 0; i < line.size(); ++i) {
    CHECK(line[i].x == doctest::Approx(0.25 * static_cast<double>(i)));
    CHECK(line[i].y == doctest::Approx(0.125 * static_cast<double>(i)));
  }
}

TEST_CASE("data/stroke: the middle of a symmetric arch, worked out by hand") {
  // Controls (0,0) (1,1) (2,1) (3,0). Knot distances a = √√2 = 1.189207 between the first two, 1 in the
  // middle. In the middle piece at its half, by Barry and Goldman: the height is 1 + 1/(4·(a + 1)·a)
  // = 1.096035.
  const Stroke line = smooth(Stroke{{0, 0, 1}, {1, 1, 1}, {2, 1, 1}, {3, 0, 1}}, 0.5f);
  const auto top =
      std::max_element(line.begin(), line.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
  CHECK(top->x == doctest::Approx(1.5));
  CHECK(top->y == doctest::Approx(1.0960).epsilon(0.0001));
}

TEST_CASE("data/stroke: the curve goes through every control point, in small steps, and does not run away") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    Stroke controls;
    const std::uint32_t count = 2 + rng.below(9);
    for (std::uint32_t i = 0; i < count; ++i) {
      controls.push_back({rng.uniform(), rng.uniform(), rng.uniform(0.5f, 1.5f)});
    }
    const Stroke line = smooth(controls, 0.02f);
    for (const Point& p : controls) CHECK(passes_through(line, p));
    for (std::size_t i = 1; i < line.size(); ++i) CHECK(distance(line[i - 1], line[i]) < 0.06f);
    for (const Point& p : line) {
      CHECK(p.x > -0.5f);
      CHECK(p.x < 1.5f);
      CHECK(p.y > -0.5f);
      CHECK(p.y < 1.5f);
    }
  }
}
