// What the lesson `batch` claims, for the default seed and ten others.
#include <doctest/doctest.h>

#include <cmath>

#include "lesson/batch.h"
#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

constexpr std::uint64_t kSeeds[] = {Session::kSeed, 1, 2, 4, 5, 7, 20, 99, 1000, 4711, 123456789};

void finish(Lesson& lesson) {
  lesson.work([&] { return lesson.working(); });
}

}  // namespace

TEST_CASE("lesson/batch_effects: at an equal rate smaller batches learn faster per epoch") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson lesson(seed);
    must(lesson, "set_view", "race");
    for (int k = 0; k < 3; ++k) must(lesson, "train_epoch");
    finish(lesson);
    const BatchLesson::Standing found = lesson.standing(BatchLesson::Along::epochs);
    CHECK(found.at == 3);
    REQUIRE(found.accuracies.size() == 4);
    // 1, 10, 100, all.
    CHECK(found.leader <= 1);
    CHECK(found.accuracies[1] > found.accuracies[2] + 0.1);
    CHECK(found.accuracies[2] > found.accuracies[3] + 0.1);
    // The task says so, too.
    CHECK(lesson.tasks()[2].met);
  }
}

TEST_CASE("lesson/batch_effects: update for update a large batch is the surer guide") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson lesson(seed);
    must(lesson, "set_runs", Json({1, 100}));
    for (int k = 0; k < 3; ++k) must(lesson, "train_epoch");
    finish(lesson);
    const BatchLesson::Standing found = lesson.standing(BatchLesson::Along::updates);
    CHECK(found.at == 30);
    CHECK(found.leader == 1);
    CHECK(found.accuracies[1] > found.accuracies[0] + 0.05);
    // The same two runs, per epoch.
    CHECK(lesson.standing(BatchLesson::Along::epochs).leader == 0);
  }
}

TEST_CASE("lesson/batch_effects: the gradient’s noise falls as 1/√b") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson lesson(seed);
    must(lesson, "set_runs", Json({4, 16, 64, 0}));
    must(lesson, "set_surface_rate", 0.1);
    must(lesson, "set_view", "surface");
    finish(lesson);
    REQUIRE(lesson.paths().size() == 4);
    for (std::size_t i = 0; i < 2; ++i) {
      // Four times as many images: half the noise.
      const double ratio = lesson.paths()[i].noise / lesson.paths()[i + 1].noise;
      CAPTURE(ratio);
      CHECK(ratio > 1.6);
      CHECK(ratio < 2.5);
    }
    CHECK(lesson.paths()[3].noise < 1e-6);
  }
}

TEST_CASE("lesson/batch_effects: small batches stagger, large ones go straight") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson lesson(seed);
    must(lesson, "set_view", "surface");
    finish(lesson);
    REQUIRE(lesson.paths().size() == 4);  // 1, 10, 100, all
    const auto times = [&](std::size_t i) { return lesson.paths()[i].length / lesson.full_path().length; };
    CHECK(times(0) > 2);
    CHECK(times(0) > times(1));
    CHECK(times(1) > times(2));
    CHECK_FALSE(lesson.smooth(lesson.paths()[0]));
    CHECK(lesson.smooth(lesson.paths()[3]));
  }
}
