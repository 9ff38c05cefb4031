// What the lesson `gradients` is about must be seen for every seed: that each preset fails or is cured as it
// says, by how much, and what that does to learning.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "lesson/gradients_fixture.h"

using namespace kg;

namespace {

constexpr int kUpdates = 100;
constexpr double kGuessing = 2.302585;  // −ln(1/10)

std::vector<std::uint64_t> seeds() {
  std::vector<std::uint64_t> list = {Session::kSeed};
  for (std::uint64_t seed = 101; seed <= 110; ++seed) list.push_back(seed);
  return list;
}

struct Seen {
  double ratio = 0, first_update = 0, last_update = 0;
  bool falling = true;  // every gradient is smaller than the next layer's
  std::optional<double> loss;
  bool diverged = false;
};

Seen seen(std::uint64_t seed, const char* preset, int updates) {
  GradientsLesson lesson(seed);
  must(lesson, "load_preset", preset);
  Seen s;
  s.ratio = lesson.net().ratio();
  s.first_update = lesson.net().first().update_ratio, s.last_update = lesson.net().last().update_ratio;
  for (const LayerGradient& l : lesson.net().layers())
    s.falling = s.falling && (l.factor < 1 || &l == &lesson.net().last());
  if (updates > 0) must(lesson, "update", updates);
  work_off(lesson);
  s.loss = lesson.net().late_loss();
  s.diverged = lesson.net().diverged();
  return s;
}

}  // namespace

TEST_SUITE_BEGIN("effects");  // they train for minutes: not under the sanitizers

TEST_CASE("lesson/gradients: eight sigmoids: every layer takes some; a hundred-thousandth is left") {
  for (const std::uint64_t seed : seeds()) {
    CAPTURE(seed);
    const Seen s = seen(seed, "start", 0);
    CHECK(s.falling);
    CHECK(s.ratio < 1e-4);
    CHECK(s.ratio > 1e-6);  // the task asks for less
  }
}

TEST_CASE("lesson/gradients: vanishing: the first layers do not move, and the loss stays where guessing is") {
  for (const std::uint64_t seed : seeds()) {
    CAPTURE(seed);
    const Seen s = seen(seed, "vanishing", kUpdates);
    CHECK(s.falling);
    CHECK(s.ratio < 1e-18);
    CHECK(s.ratio > 1e-25);
    CHECK(s.first_update < 1e-18);
    CHECK(s.last_update > GradientsLesson::kHealthyLow);
    REQUIRE(s.loss);
    CHECK(*s.loss == doctest::Approx(kGuessing).epsilon(0.01));
  }
}

TEST_CASE(
    "lesson/gradients: exploding: an update is far larger than the weights, and the run is over at once") {
  for (const std::uint64_t seed : seeds()) {
    CAPTURE(seed);
    const Seen s = seen(seed, "exploding", 5);
    CHECK(s.ratio > 1e6);
    CHECK(s.ratio < 1e9);
    CHECK(s.first_update > 100);
    CHECK(s.last_update > 100);
    CHECK(s.diverged);
  }
}

TEST_CASE("lesson/gradients: each cure brings the gradient to the first layer, and the net learns") {
  for (const char* preset : {"relu_he", "tanh_glorot", "batch_norm"}) {
    CAPTURE(std::string(preset));
    for (const std::uint64_t seed : seeds()) {
      CAPTURE(seed);
      const Seen s = seen(seed, preset, 200);
      CHECK(s.ratio > 0.03);
      CHECK(s.ratio < 10);
      CHECK(s.first_update > GradientsLesson::kHealthyLow);
      CHECK_FALSE(s.diverged);
      REQUIRE(s.loss);
      CHECK(*s.loss < kGuessing - 0.4);
    }
  }
}

TEST_CASE("lesson/gradients: the deeper the net of sigmoids, the less arrives") {
  for (const std::uint64_t seed : seeds()) {
    CAPTURE(seed);
    GradientsLesson lesson(seed);
    double before = 2;
    for (const int depth : {2, 5, 10, 20, 30}) {
      must(lesson, "set_depth", depth);
      CHECK(lesson.net().ratio() < before * 0.5);
      CHECK(lesson.net().ratio() > 0);
      before = lesson.net().ratio();
    }
  }
}

TEST_CASE("lesson/gradients: larger weights, larger factors") {
  for (const std::uint64_t seed : seeds()) {
    CAPTURE(seed);
    GradientsLesson lesson(seed);
    must(lesson, "load_preset", "relu_he");
    double before = 0;
    for (const double scale : {0.25, 0.5, 1.0, 2.0, 4.0}) {
      must(lesson, "set_scale", scale);
      CHECK(lesson.net().ratio() > before * 1e3);  // 19 factors, each twice as large
      before = lesson.net().ratio();
    }
  }
}

TEST_SUITE_END();
