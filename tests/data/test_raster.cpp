#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "data/raster.h"

using namespace kg;

namespace {

double total(const Tensor& picture) {
  return std::accumulate(picture.values().begin(), picture.values().end(), 0.0);
}

}  // namespace

TEST_CASE("data/raster: empty paper") {
  const Tensor picture = rasterise({}, 0.1f, 5, 7);
  CHECK(picture.shape() == Shape{1, 5, 7, 1});
  CHECK(total(picture) == 0);
  CHECK(rasterise({{}}, 0.1f, 0, 0).values().empty());
}

TEST_CASE("data/raster: a level line two pixels thick between two rows fills both") {
  const Tensor picture = rasterise({{{-1, 0.5f, 1}, {2, 0.5f, 1}}}, 0.2f, 10, 10);
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 10; ++x) {
      CAPTURE(y);
      CAPTURE(x);
      CHECK(picture.at(0, y, x, 0) == doctest::Approx(y == 4 || y == 5 ? 1.0 : 0.0));
    }
  }
}

TEST_CASE("data/raster: a hair-line half a pixel thick makes its pixels half dark") {
  const Tensor picture = rasterise({{{-1, 0.45f, 1}, {2, 0.45f, 1}}}, 0.05f, 10, 10);  // the middle of row 4
  for (int y = 0; y < 10; ++y)
    CHECK(picture.at(0, y, 5, 0) == doctest::Approx(y == 4 ? 0.5 : 0.0).epsilon(1e-4));
}

TEST_CASE("data/raster: pressure multiplies the width") {
  const Tensor picture = rasterise({{{-1, 0.5f, 2}, {2, 0.5f, 2}}}, 0.1f, 20, 20);  // 2 pixels, doubled
  for (int y = 0; y < 20; ++y) CHECK(picture.at(0, y, 9, 0) == doctest::Approx(y >= 8 && y < 12 ? 1.0 : 0.0));
}

TEST_CASE("data/raster: a dot has the area of its disc, wherever it lies between the pixels") {
  for (int i = 0; i < 25; ++i) {
    const float x = 0.5f + 0.01f * static_cast<float>(i % 5) / 5,
                y = 0.5f + 0.01f * static_cast<float>(i / 5) / 5;
    CAPTURE(x);
    CAPTURE(y);
    const Tensor picture = rasterise({{{x, y, 1}}}, 0.2f, 100, 100);  // radius 10 pixels
    CHECK(total(picture) == doctest::Approx(3.14159 * 100).epsilon(0.01));
  }
}

TEST_CASE("data/raster: a slanted line has the area of its shape, and crossing strokes do not darken") {
  const Stroke rise{{0.2f, 0.7f, 1}, {0.8f, 0.3f, 1}}, fall{{0.2f, 0.3f, 1}, {0.8f, 0.7f, 1}};
  const Tensor one = rasterise({rise}, 0.06f, 100, 100), both = rasterise({rise, fall}, 0.06f, 100, 100);
  CHECK(total(one) == doctest::Approx(6 * std::hypot(60, 40) + 3.14159 * 9).epsilon(0.01));
  CHECK(*std::max_element(both.values().begin(), both.values().end()) == 1.0f);
  CHECK(total(both) < 2 * total(one));
}

TEST_CASE("data/raster: in a picture that is not square the pen stays round, by the shorter side") {
  const Tensor picture = rasterise({{{0.5f, 0.5f, 1}}}, 0.5f, 20, 80);  // 10 pixels across
  CHECK(picture.at(0, 10, 36, 0) == doctest::Approx(1.0));
  CHECK(picture.at(0, 10, 34, 0) == 0.0f);
  CHECK(picture.at(0, 6, 40, 0) == doctest::Approx(1.0));
  CHECK(picture.at(0, 4, 40, 0) == 0.0f);
}

TEST_CASE("data/raster: strokes outside the paper leave it empty, however far they go") {
  const Tensor picture = rasterise({{{-1e20f, 3, 1}, {1e20f, 3, 1}}, {{-5, -5, 1}}}, 0.1f, 30, 20);
  CHECK(total(picture) == 0);
}
