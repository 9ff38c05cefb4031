#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "data/normalise.h"
#include "engine/rng.h"

using namespace kg;

namespace {

Tensor paper(int height, int width) { return Tensor(Shape{1, height, width, 1}); }

void fill(Tensor& picture, const Box& box, float ink) {
  for (int y = box.top; y < box.bottom; ++y) {
    for (int x = box.left; x < box.right; ++x) picture.at(0, y, x, 0) = ink;
  }
}

float total(const Tensor& picture) {
  return std::accumulate(picture.values().begin(), picture.values().end(), 0.0f);
}

float peak(const Tensor& picture) {
  return *std::max_element(picture.values().begin(), picture.values().end());
}

}  // namespace

TEST_CASE("data/normalise: without ink there is nothing drawn yet") {
  CHECK(normalise(paper(28, 28)).sentence() == "nothing drawn yet");
  CHECK(normalise(paper(0, 0)).sentence() == "nothing drawn yet");
  CHECK(normalise(paper(0, 9)).sentence() == "nothing drawn yet");
  Tensor faint = paper(10, 10);
  fill(faint, {0, 0, 10, 10}, 0.05f);
  CHECK(normalise(faint).sentence() == "nothing drawn yet");
}

TEST_CASE("data/normalise: a sheet that is all ink fits whole") {
  Tensor black = paper(300, 200);
  fill(black, {0, 0, 200, 300}, 1);
  const Result<Normalised> result = normalise(black);
  REQUIRE(result.ok());
  CHECK(result->ink == Box{0, 0, 200, 300});
  CHECK(result->fit.height == doctest::Approx(20));
  CHECK(result->fit.width == doctest::Approx(13.3333));
  CHECK(result->fit.left == doctest::Approx(3.3333));
  for (int x = 0; x < 20; ++x) {  // a third of columns 3 and 16 lies outside
    const double ink = x < 3 || x > 16 ? 0 : x == 3 || x == 16 ? 170.0 / 255 : 1;
    CAPTURE(x);
    CHECK(result->fitted.at(0, 0, x, 0) == doctest::Approx(ink));
    CHECK(result->fitted.at(0, 19, x, 0) == doctest::Approx(ink));
  }
}

TEST_CASE("data/normalise: one dot becomes a square of 20 pixels around the middle") {
  Tensor dot = paper(91, 33);
  dot.at(0, 7, 30, 0) = 1;
  const Result<Normalised> result = normalise(dot);
  REQUIRE(result.ok());
  CHECK(result->ink == Box{30, 7, 31, 8});
  CHECK(result->centre_x == doctest::Approx(10));
  CHECK(result->centre_y == doctest::Approx(10));
  CHECK(result->shift_x == 0);
  CHECK(result->shift_y == 0);
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      CHECK(result->picture.at(0, y, x, 0) == (y >= 4 && y < 24 && x >= 4 && x < 24 ? 1.0f : 0.0f));
    }
  }
}

TEST_CASE("data/normalise: a line one pixel wide stays visible, a pixel wide") {
  Tensor line = paper(280, 280);
  fill(line, {100, 10, 101, 270}, 1);
  const Result<Normalised> upright = normalise(line);
  REQUIRE(upright.ok());
  CHECK(upright->fit.width == 1);
  CHECK(total(upright->picture) ==
        doctest::Approx(40).epsilon(0.01));  // both columns half covered, then darkened
  CHECK(peak(upright->picture) == 1);

  Tensor level = paper(1, 4000);
  fill(level, {0, 0, 4000, 1}, 1);
  const Result<Normalised> lying = normalise(level);
  REQUIRE(lying.ok());
  CHECK(lying->fit.height == 1);
  CHECK(peak(lying->picture) == 1);
}

TEST_CASE("data/normalise: each stage of an L, worked out by hand") {
  // In its box of 40×40 the upright is 8 wide and the foot 12 high; halved, 4 wide and 6 high.
  Tensor drawn = paper(100, 120);
  fill(drawn, {50, 30, 58, 70}, 1);
  fill(drawn, {50, 58, 90, 70}, 1);
  const Result<Normalised> result = normalise(drawn);
  REQUIRE(result.ok());
  CHECK(result->source_height == 100);
  CHECK(result->source_width == 120);
  CHECK(result->ink == Box{50, 30, 90, 70});
  CHECK(result->fit.left == 0);
  CHECK(result->fit.width == 20);
  // Upright 4×14 with centre (2, 7), foot 20×6 with centre (10, 17): mass 56 + 120.
  CHECK(result->centre_x == doctest::Approx((56 * 2 + 120 * 10) / 176.0));  // 7.45
  CHECK(result->centre_y == doctest::Approx((56 * 7 + 120 * 17) / 176.0));  // 13.8
  CHECK(result->shift_x == 3);                                              // 4 + 3 + 7.45 = 14.45
  CHECK(result->shift_y == -3);                                             // 4 − 3 + 13.8 = 14.8
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      const int u = x - 7, v = y - 1;
      const bool ink = (u >= 0 && u < 4 && v >= 0 && v < 20) || (u >= 0 && u < 20 && v >= 14 && v < 20);
      CAPTURE(y);
      CAPTURE(x);
      CHECK(result->picture.at(0, y, x, 0) == (ink ? 1.0f : 0.0f));
    }
  }
}

TEST_CASE("data/normalise: grey ink is averaged by area, and the darkest pixel becomes black") {
  // 40×40, a chequerboard of single pixels at 0.5 in the left half, all 0.5 in the right half: means 0.25 and
  // 0.5.
  Tensor grey = paper(40, 40);
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 40; ++x) grey.at(0, y, x, 0) = x >= 20 || (x + y) % 2 == 0 ? 0.5f : 0.0f;
  }
  const Result<Normalised> result = normalise(grey);
  REQUIRE(result.ok());
  CHECK(result->fitted.at(0, 3, 4, 0) == 128.0f / 255.0f);
  CHECK(result->fitted.at(0, 3, 15, 0) == 1.0f);
}

TEST_CASE("data/normalise: ink is never pushed over the edge") {
  // A heavy bar on the left and a thin arm to the right: its mass is 2 pixels from the left.
  Tensor drawn = paper(20, 20);
  fill(drawn, {0, 0, 3, 20}, 1);
  fill(drawn, {3, 10, 20, 11}, 0.3f);
  const Result<Normalised> result = normalise(drawn);
  REQUIRE(result.ok());
  CHECK(result->centre_x < 4);
  CHECK(result->shift_x == 4);  // 10 would be wanted; the right edge allows 4
  CHECK(total(result->picture) == doctest::Approx(total(result->fitted)));
}

TEST_CASE("data/normalise: what holds for every picture, also one of nonsense") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    Tensor noise = paper(1 + static_cast<int>(rng.below(70)), 1 + static_cast<int>(rng.below(70)));
    const float share = rng.uniform();
    for (float& value : noise.values()) value = rng.uniform() < share * share ? rng.uniform(-2, 2) : 0.0f;
    if (seed % 5 == 0)
      noise.values()[rng.below(static_cast<std::uint32_t>(noise.values().size()))] = std::nanf("");
    if (seed % 7 == 0) noise.values()[0] = std::numeric_limits<float>::infinity();
    CAPTURE(noise.shape().text());
    const Result<Normalised> result = normalise(noise);
    if (!result) {
      CHECK(result.sentence() == "nothing drawn yet");
      continue;
    }
    CHECK(result->fitted.shape() == Shape{1, 20, 20, 1});
    CHECK(result->picture.shape() == Shape{1, 28, 28, 1});
    CHECK(peak(result->picture) == 1);
    CHECK(total(result->picture) == doctest::Approx(total(result->fitted)));
    for (const float value : result->picture.values()) CHECK(value == quantised(value));
    const float x = 4 + static_cast<float>(result->shift_x) + result->centre_x;
    const float y = 4 + static_cast<float>(result->shift_y) + result->centre_y;
    const auto held = [](int shift, float start,
                         float length) {  // the ink is at an edge and could go no further
      const float from = 4 + static_cast<float>(shift) + start;
      return from < 1 || from + length > 27;
    };
    if (!held(result->shift_x, result->fit.left, result->fit.width)) CHECK(std::abs(x - 14.5f) <= 0.5001f);
    if (!held(result->shift_y, result->fit.top, result->fit.height)) CHECK(std::abs(y - 14.5f) <= 0.5001f);
  }
}

TEST_CASE("data/normalise: quantised picks the nearest of 256 and stays within 0 to 1") {
  CHECK(quantised(0) == 0);
  CHECK(quantised(1) == 1);
  CHECK(quantised(7) == 1);
  CHECK(quantised(-3) == 0);
  CHECK(quantised(std::nanf("")) == 0);
  CHECK(quantised(0.5f) == 128.0f / 255.0f);
  CHECK(quantised(100.4f / 255) == 100.0f / 255.0f);
  for (int k = 0; k < 256; ++k) {
    CAPTURE(k);
    CHECK(quantised(static_cast<float>(k) / 255.0f) == static_cast<float>(k) / 255.0f);
  }
}
