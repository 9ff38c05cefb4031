#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "data/digit_generator.h"
#include "data/photo.h"
#include "data/raster.h"
#include "engine/rng.h"

using namespace kg;

namespace {

struct Pixel {
  int r, g, b, a;
};

// A picture made up pixel by pixel.
struct Picture {
  std::vector<std::uint8_t> bytes;
  int height, width;

  Picture(int h, int w, const std::function<Pixel(int y, int x)>& pixel) : height(h), width(w) {
    for (int y = 0; y < h; ++y) {
      for (int x = 0; x < w; ++x) {
        const Pixel p = pixel(y, x);
        for (const int value : {p.r, p.g, p.b, p.a}) {
          bytes.push_back(static_cast<std::uint8_t>(std::clamp(value, 0, 255)));
        }
      }
    }
  }

  Rgba rgba() const { return {bytes, height, width}; }
};

Pixel grey(float value) {
  const int k = static_cast<int>(std::floor(value * 255 + 0.5f));
  return {k, k, k, 255};
}

double apart(const Tensor& a, const Tensor& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.values().size(); ++i)
    sum += std::pow(static_cast<double>(a.values()[i] - b.values()[i]), 2);
  return sum;
}

// Pictures are compared as fitted, not as they end: a trace of ink may decide on a shift by a whole pixel.
Tensor written(int digit, std::uint64_t seed, int height, int width) {
  const Written hand = write_digit(digit, seed);
  return rasterise(hand.polylines, hand.pen_width, height, width);
}

}  // namespace

TEST_CASE("data/photo: sizes that cannot be") {
  const std::vector<std::uint8_t> four(4);
  CHECK(photo_digit({{}, 0, 0}).sentence() == "the picture has no pixels: 0×0 pixels");
  CHECK_FALSE(photo_digit({four, -1, 1}).ok());
  CHECK_FALSE(photo_colours({{}, 5, 0}).ok());
  CHECK(photo_digit({four, 1, 2}).sentence() ==
        "a picture of 2×1 pixels has 8 bytes, four for each pixel; these are 4");
  CHECK(photo_digit({four, 10000, 10000}).sentence() ==
        "the picture is too large: 10000×10000 pixels, and at most 64 million can be read");
  CHECK_FALSE(photo_digit({four, 2147483647, 2147483647}).ok());
  CHECK_FALSE(photo_colours({four, 2147483647, 2147483647}).ok());
}

TEST_CASE("data/photo: an even picture has no ink") {
  for (const int value : {0, 1, 127, 254, 255}) {
    CAPTURE(value);
    const Picture even(40, 30, [&](int, int) { return Pixel{value, value, value, 255}; });
    const Result<PhotoDigit> result = photo_digit(even.rgba());
    REQUIRE_FALSE(result.ok());
    CHECK(result.sentence() == "no ink found: the picture is nearly one even colour");
  }
  CHECK_FALSE(photo_digit(Picture(1, 1, [](int, int) { return Pixel{9, 9, 9, 255}; }).rgba()).ok());
  CHECK_FALSE(photo_digit(Picture(20, 20, [](int, int) { return Pixel{9, 9, 9, 0}; }).rgba()).ok());
}

TEST_CASE("data/photo: neither noise nor a slope of light alone is ink") {
  Rng rng(1);
  const Picture noise(200, 150, [&](int, int) { return grey(0.8f + 0.02f * rng.normal()); });
  CHECK_FALSE(photo_digit(noise.rgba()).ok());
  const Picture slope(200, 150, [](int y, int x) { return grey(0.9f - 0.001f * static_cast<float>(x + y)); });
  CHECK_FALSE(photo_digit(slope.rgba()).ok());
}

TEST_CASE("data/photo: light on dark and dark on light are the same digit") {
  for (int digit = 0; digit < 10; ++digit) {
    CAPTURE(digit);
    const Tensor ink = written(digit, 3, 240, 240);
    const Tensor expected = normalise(ink).value().fitted;
    const Picture light(240, 240, [&](int y, int x) { return grey(ink.at(0, y, x, 0)); });
    const Picture dark(240, 240, [&](int y, int x) { return grey(1 - ink.at(0, y, x, 0)); });
    const Result<PhotoDigit> one = photo_digit(light.rgba()), other = photo_digit(dark.rgba());
    REQUIRE(one.ok());
    REQUIRE(other.ok());
    CHECK_FALSE(one->dark_on_light);
    CHECK(other->dark_on_light);
    CHECK(apart(one->normalised.fitted, other->normalised.fitted) < 0.01);
    CHECK(apart(one->normalised.fitted, expected) < 2);
  }
}

TEST_CASE("data/photo: pencil on unevenly lit, noisy, specked paper still reads") {
  for (int digit = 0; digit < 10; ++digit) {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      CAPTURE(digit);
      CAPTURE(seed);
      const Tensor ink = written(digit, seed, 300, 400);
      Rng rng(seed);
      const Picture photo(300, 400, [&](int y, int x) {
        const float paper = 0.85f - 0.0006f * static_cast<float>(x) + 0.0003f * static_cast<float>(y);
        const bool speck = (y / 3 == 5 && x / 3 == 20) || (y / 3 == 95 && x / 3 == 130);
        return grey(paper - (speck ? 0.4f : 0.45f * ink.at(0, y, x, 0)) + 0.015f * rng.normal());
      });
      const Result<PhotoDigit> result = photo_digit(photo.rgba());
      REQUIRE(result.ok());
      CHECK(result->dark_on_light);
      CHECK(apart(result->normalised.fitted, normalise(ink).value().fitted) < 8);
    }
  }
}

TEST_CASE("data/photo: transparent parts are white paper") {
  const Picture sticker(60, 60, [](int y, int x) {
    const bool inside = y >= 20 && y < 40 && x >= 25 && x < 35;
    return inside ? Pixel{0, 0, 0, 255} : Pixel{0, 0, 0, 0};
  });
  const Result<PhotoDigit> result = photo_digit(sticker.rgba());
  REQUIRE(result.ok());
  CHECK(result->dark_on_light);
  CHECK(result->normalised.ink == Box{25, 20, 35, 40});
}

TEST_CASE("data/photo: the size of a picture hardly matters, and large ones are reduced") {
  const Tensor small = written(5, 8, 100, 100), large = written(5, 8, 1400, 1400);
  const Picture a(100, 100, [&](int y, int x) { return grey(1 - small.at(0, y, x, 0)); });
  const Picture b(1400, 1400, [&](int y, int x) { return grey(1 - large.at(0, y, x, 0)); });
  const Result<PhotoDigit> one = photo_digit(a.rgba()), other = photo_digit(b.rgba());
  REQUIRE(one.ok());
  REQUIRE(other.ok());
  CHECK(one->ink.shape() == Shape{1, 100, 100, 1});
  CHECK(other->ink.shape() == Shape{1, 512, 512, 1});
  CHECK(apart(one->normalised.fitted, other->normalised.fitted) < 6);
}

TEST_CASE("data/photo: extreme shapes, down to a pixel") {
  Rng rng(4);
  for (const auto& [height, width] :
       {std::pair{1, 1}, {1, 2}, {2, 1}, {1, 3000}, {3000, 1}, {2, 5000}, {3, 3}}) {
    CAPTURE(height);
    CAPTURE(width);
    const Picture noise(height, width, [&](int, int) { return grey(rng.uniform()); });
    const Result<PhotoDigit> result = photo_digit(noise.rgba());
    if (result.ok()) CHECK(result->normalised.picture.shape() == Shape{1, 28, 28, 1});
    const Result<Tensor> colours = photo_colours(noise.rgba());
    REQUIRE(colours.ok());
    CHECK(colours->shape() == Shape{1, 28, 28, 3});
  }
}

TEST_CASE("data/photo: colours come from the middle square, averaged by area") {
  // 56 high and 112 wide: the square is columns 28 … 83. Each of its 2×2 blocks is one pixel.
  const Picture wide(56, 112, [](int y, int x) {
    if (x < 28 || x >= 84) return Pixel{255, 0, 255, 255};
    return Pixel{x % 2 == 0 ? 100 : 200, y * 4, 40, 255};
  });
  const Result<Tensor> colours = photo_colours(wide.rgba());
  REQUIRE(colours.ok());
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      CAPTURE(y);
      CAPTURE(x);
      CHECK(colours->at(0, y, x, 0) == 150.0f / 255.0f);
      CHECK(colours->at(0, y, x, 1) == static_cast<float>(8 * y + 2) / 255.0f);
      CHECK(colours->at(0, y, x, 2) == 40.0f / 255.0f);
    }
  }
}

TEST_CASE("data/photo: a picture of 28×28 keeps its colours, half transparent ones on white") {
  const Picture exact(28, 28, [](int y, int x) { return Pixel{y * 9, x * 9, 200, 255}; });
  const Tensor colours = photo_colours(exact.rgba()).value();
  CHECK(colours.at(0, 13, 7, 0) == 117.0f / 255.0f);
  CHECK(colours.at(0, 13, 7, 1) == 63.0f / 255.0f);
  const Picture glass(28, 28, [](int, int) { return Pixel{0, 255, 0, 51}; });
  CHECK(photo_colours(glass.rgba()).value().at(0, 5, 5, 0) == 204.0f / 255.0f);
  CHECK(photo_colours(glass.rgba()).value().at(0, 5, 5, 1) == 1.0f);
}
