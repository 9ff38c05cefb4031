#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "data/drawing.h"
#include "engine/rng.h"

using namespace kg;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// A 3 as a mouse would draw it: a point every hundredth of the sheet.
Drawing three() {
  Drawing drawing;
  const Stroke way = smooth(Stroke{{0.3f, 0.2f, 1},
                                   {0.55f, 0.1f, 1},
                                   {0.7f, 0.25f, 1},
                                   {0.45f, 0.45f, 1},
                                   {0.72f, 0.65f, 1},
                                   {0.5f, 0.9f, 1},
                                   {0.25f, 0.8f, 1}},
                            0.01f);
  CHECK(drawing.begin(way[0].x, way[0].y).ok());
  for (const Point& p : way) CHECK(drawing.extend(p.x, p.y).ok());
  drawing.end();
  return drawing;
}

Drawing scribble(std::uint64_t seed) {
  Rng rng(seed);
  Drawing drawing;
  const std::uint32_t strokes = rng.below(6);
  for (std::uint32_t s = 0; s < strokes; ++s) {
    float x = rng.uniform(), y = rng.uniform();
    const bool pen = rng.below(2) == 0;
    CHECK(drawing.begin(x, y, pen ? rng.uniform(0, 3) : 1).ok());
    for (std::uint32_t i = rng.below(80); i > 0; --i) {
      const float step = rng.below(10) == 0 ? 0.5f : 0.02f;
      x += rng.uniform(-step, step);
      y += rng.uniform(-step, step);
      CHECK(drawing.extend(x, y, pen ? rng.uniform(0, 3) : 1).ok());
    }
    drawing.end();
  }
  return drawing;
}

}  // namespace

TEST_CASE("data/drawing: an empty sheet") {
  Drawing drawing;
  CHECK(drawing.empty());
  CHECK(drawing.save().empty());
  CHECK(drawing.normalised().sentence() == "nothing drawn yet");
  CHECK_FALSE(drawing.undo());
  CHECK(Drawing::load("").value().empty());
}

TEST_CASE("data/drawing: strokes come and go") {
  Drawing drawing = three();
  CHECK_FALSE(drawing.drawing());
  const Drawing before = drawing;
  CHECK(drawing.begin(0.1f, 0.1f).ok());
  CHECK(drawing.drawing());
  CHECK(drawing.extend(0.5f, 0.5f).ok());
  CHECK(drawing.strokes().size() == 2);
  CHECK_FALSE(drawing == before);
  CHECK(drawing.undo());
  CHECK_FALSE(drawing.drawing());
  CHECK(drawing == before);
  drawing.clear();
  CHECK(drawing.empty());
}

TEST_CASE("data/drawing: a stroke that is begun while one is open ends that one") {
  Drawing drawing;
  CHECK(drawing.begin(0.1f, 0.1f).ok());
  CHECK(drawing.begin(0.9f, 0.9f).ok());
  CHECK(drawing.extend(0.8f, 0.9f).ok());
  REQUIRE(drawing.strokes().size() == 2);
  CHECK(drawing.strokes()[0].size() == 1);
  CHECK(drawing.strokes()[1].size() == 2);
}

TEST_CASE("data/drawing: extending without a stroke is refused") {
  Drawing drawing;
  CHECK(drawing.extend(0.5f, 0.5f).sentence() == "no stroke has begun that could be extended");
  CHECK(drawing.begin(0.5f, 0.5f).ok());
  drawing.end();
  CHECK_FALSE(drawing.extend(0.6f, 0.5f).ok());
  CHECK(drawing.strokes()[0].size() == 1);
}

TEST_CASE("data/drawing: points are kept on the sheet, numbers that are none are refused") {
  Drawing drawing;
  for (const float bad : {kNan, kInfinity, -kInfinity}) {
    CHECK_FALSE(drawing.begin(bad, 0).ok());
    CHECK_FALSE(drawing.begin(0, bad).ok());
    CHECK_FALSE(drawing.begin(0, 0, bad).ok());
  }
  CHECK(drawing.empty());
  CHECK(drawing.begin(-3, 1e30f, 1e30f).ok());
  const Drawing before = drawing;
  CHECK(drawing.strokes()[0][0] == Point{0, 1, 1.9375f});
  CHECK_FALSE(drawing.extend(kNan, 0).ok());
  CHECK_FALSE(drawing.extend(0, 0, kNan).ok());
  CHECK(drawing == before);
  CHECK(drawing.extend(2, -2, -5).ok());
  CHECK(drawing.strokes()[0][1] == Point{1, 0, 0.25f});
}

TEST_CASE("data/drawing: as many strokes and points as it can hold, and a sentence") {
  Drawing drawing;
  for (int i = 0; i < Drawing::kMaxStrokes; ++i) CHECK(drawing.begin(0.5f, 0.5f).ok());
  Status full = drawing.begin(0.5f, 0.5f);
  REQUIRE_FALSE(full.ok());
  CHECK(full.sentence() == "the drawing has 64 strokes, as many as it can hold; undo or clear");
  CHECK(drawing.strokes().size() == 64);
  const Result<Drawing> back = Drawing::load(drawing.save());
  REQUIRE(back.ok());
  CHECK(*back == drawing);
  CHECK_FALSE(Drawing::load(drawing.save() + drawing.save().substr(0, 4)).ok());

  drawing.clear();
  CHECK(drawing.begin(0, 0).ok());
  int kept = 1;
  while (drawing.extend(kept % 2 == 0 ? 0.0f : 1.0f, 0.5f).ok() && kept < 5000) ++kept;
  CHECK(kept == Drawing::kMaxPoints);
  CHECK_FALSE(drawing.extend(0.3f, 0.3f).ok());
  drawing.end();
  CHECK_FALSE(drawing.begin(0, 0).ok());
  const Result<Drawing> long_one = Drawing::load(drawing.save());
  REQUIRE(long_one.ok());
  CHECK(*long_one == drawing);
}

TEST_CASE("data/drawing: the pen ends where it was lifted") {
  Drawing drawing;
  CHECK(drawing.begin(0.2f, 0.2f).ok());
  for (int i = 0; i <= 1000; ++i) CHECK(drawing.extend(0.2f + 0.0005f * static_cast<float>(i), 0.2f).ok());
  const Stroke& stroke = drawing.strokes()[0];
  CHECK(stroke.back().x == doctest::Approx(0.7).epsilon(0.002));
  CHECK(stroke.size() < 45);
  CHECK(stroke.size() > 25);
}

TEST_CASE("data/drawing: a digit is a text of a few hundred characters, and comes back from it") {
  const Drawing drawing = three();
  const std::string text = drawing.save();
  CHECK(text.size() > 100);
  CHECK(text.size() < 400);
  CHECK(text.find_first_not_of(kAlphabet) == std::string::npos);
  const Result<Drawing> back = Drawing::load(text);
  REQUIRE(back.ok());
  CHECK(*back == drawing);
  CHECK(back->save() == text);
}

TEST_CASE("data/drawing: one dot, its text worked out by hand") {
  Drawing drawing;
  CHECK(drawing.begin(0, 1.0f / 511).ok());
  // 1 point: B. Pressure 16/16: Q. From the corner 0 to the right: A, and 1 down, which is written 2: C.
  CHECK(drawing.save() == "BQAC");
  CHECK(Drawing::load("BQAC").value() == drawing);
}

TEST_CASE("data/drawing: any drawing comes back from its text") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const Drawing drawing = scribble(seed);
    const Result<Drawing> back = Drawing::load(drawing.save());
    REQUIRE(back.ok());
    CHECK(*back == drawing);
    CHECK(back->save() == drawing.save());
  }
}

TEST_CASE("data/drawing: a text that save does not write is refused") {
  const std::string text = three().save();
  for (std::size_t length = 1; length < text.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(Drawing::load(text.substr(0, length)).ok());
  }
  for (const char* bad : {"=", " ", "BQAC ", "BQ AC", "AQAC", "BDAC", "B0AC", "BQAB", "BABBQ", "BQgAC",
                          "BQgggA", "é", "BQ", "gQAC"}) {
    CAPTURE(bad);
    const Result<Drawing> result = Drawing::load(bad);
    REQUIRE_FALSE(result.ok());
    CHECK(result.sentence().find("damaged near character") != std::string::npos);
  }
}

TEST_CASE("data/drawing: nonsense is refused or is the text of a drawing, and never more") {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    std::string text = seed % 2 == 0 ? scribble(seed).save() : std::string(rng.below(60), 'A');
    for (std::uint32_t i = seed % 2 == 0 ? 1 : static_cast<std::uint32_t>(text.size());
         i > 0 && !text.empty(); --i) {
      text[rng.below(static_cast<std::uint32_t>(text.size()))] = kAlphabet[rng.below(64)];
    }
    const Result<Drawing> result = Drawing::load(text);
    if (result.ok()) CHECK(result->save() == text);
  }
}

TEST_CASE("data/drawing: the learner's 3 becomes a digit in the middle of 28×28") {
  const Drawing drawing = three();
  const Tensor raster = drawing.raster();
  CHECK(raster.shape() == Shape{1, 280, 280, 1});
  const Result<Normalised> result = drawing.normalised();
  REQUIRE(result.ok());
  CHECK(result->source_width == 280);
  CHECK(result->ink.height() ==
        doctest::Approx(0.8 * 280 + 25).epsilon(0.02));  // the way's height and the pen's width
  CHECK(result->fit.height == doctest::Approx(20));
  CHECK(result->picture.shape() == Shape{1, 28, 28, 1});
}

TEST_CASE("data/drawing: a single tap is a dot that can be used") {
  Drawing drawing;
  CHECK(drawing.begin(0.999f, 0.001f).ok());  // in the corner: a quarter of it is on the sheet
  const Result<Normalised> result = drawing.normalised();
  REQUIRE(result.ok());
  CHECK(result->ink.right == 280);
  CHECK(result->ink.top == 0);
}
