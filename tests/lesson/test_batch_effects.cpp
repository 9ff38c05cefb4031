// What the lesson `batch` claims, for the default seed and ten others.
#include <doctest/doctest.h>

#include <cmath>
#include <utility>

#include "lesson/batch.h"
#include "lesson/lesson_fixture.h"
#include "lesson/network_probe.h"

using namespace kg;

namespace {

constexpr std::uint64_t kSeeds[] = {Session::kSeed, 1, 2, 4, 5, 7, 20, 99, 1000, 4711, 123456789};

void finish(Lesson& lesson) {
  lesson.work([&] { return lesson.busy(); });
}

void race(BatchLesson& lesson, int epochs) {
  must(lesson, "set_view", "race");
  for (int k = 0; k < epochs; ++k) must(lesson, "train_epoch");
  finish(lesson);
}

// On the validation digits, after so many updates; it was measured then.
double accuracy_after(const TrainingRun& run, int updates) {
  for (const CurvePoint& point : run.validation_curve().points()) {
    if (point.updates == updates) return point.accuracy;
  }
  FAIL("nothing was measured after " << updates << " updates");
  return 0;
}

// How many of the digits that a run has learned from it reads.
double training_accuracy(const BatchLesson& lesson, int run) {
  const DigitSet& digits = *lesson.small_digits();
  Result<Network> built =
      Network::build(lesson.run(run).settings().input, lesson.run(run).settings().layers, 1);
  REQUIRE(built);
  Network network = std::move(built).value();
  copy_weights(network, lesson.run(run).network());
  network.reserve({1, false, false});
  int right = 0;
  for (int i = 0; i < digits.count(); ++i) {
    digits.copy(i, network.input(1).data());
    right += largest(network.forward()) == digits.label(i);
  }
  return static_cast<double>(right) / digits.count();
}

}  // namespace

TEST_SUITE_BEGIN("effects");  // they train for minutes: not under the sanitizers

TEST_CASE("lesson/batch_effects: small batches learn faster per epoch, large ones per update") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson lesson(seed);
    race(lesson, 3);
    const BatchLesson::Standing found = lesson.standing(BatchLesson::Along::epochs);
    CHECK(found.at == 3);
    REQUIRE(found.accuracies.size() == 4);
    // 1, 10, 100, all.
    CHECK(found.leader <= 1);
    CHECK(found.accuracies[1] > found.accuracies[2] + 0.1);
    CHECK(found.accuracies[2] > found.accuracies[3] + 0.1);
    CHECK(accuracy_after(lesson.run(2), 20) > accuracy_after(lesson.run(0), 20) + 0.05);
  }
}

TEST_CASE("lesson/batch_effects: after as many epochs too large a batch reads new digits worse") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson lesson(seed);
    must(lesson, "set_runs", Json({10, 0}));
    race(lesson, 20);
    const BatchLesson::Standing found = lesson.standing(BatchLesson::Along::epochs);
    CHECK(found.at == 20);
    CHECK(found.accuracies[0] > 0.88);
    CHECK(found.accuracies[0] > found.accuracies[1] + 0.4);
    // What holds it back is not that it knows its training digits by heart: those it reads hardly better.
    const double on_training = training_accuracy(lesson, 1);
    CHECK(on_training < found.accuracies[1] + 0.12);
    CHECK(on_training < training_accuracy(lesson, 0) - 0.4);
  }
}

TEST_CASE("lesson/batch_effects: after as many updates the full batch is not behind") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson lesson(seed);
    must(lesson, "set_images", 200);
    must(lesson, "set_runs", Json({10, 0}));
    race(lesson, 50);
    // 50 updates are two and a half epochs in batches of 10, and 50 epochs of the full batch.
    const BatchLesson::Standing found = lesson.standing(BatchLesson::Along::updates);
    CHECK(found.at == 50);
    CHECK(found.accuracies[1] > found.accuracies[0] - 0.03);
    CHECK(lesson.run(0).updates() == 1000);
  }
}

TEST_CASE("lesson/batch_effects: a rate that the full batch likes is too much for single images") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    BatchLesson usual(seed), fast(seed);
    must(usual, "set_runs", Json::array({0}));
    must(fast, "set_runs", Json({1, 0}));
    must(fast, "set_learning_rate", 0.5);
    for (BatchLesson* lesson : {&usual, &fast}) race(*lesson, 5);
    const BatchLesson::Standing found = fast.standing(BatchLesson::Along::epochs);
    CHECK(found.accuracies[0] < 0.25);  // guessing
    CHECK(found.accuracies[1] > found.accuracies[0] + 0.1);
    CHECK(found.accuracies[1] > usual.standing(BatchLesson::Along::epochs).accuracies[0] + 0.1);
    CHECK(fast.tasks()[2].met);
  }
}

TEST_CASE("lesson/batch_effects: small batches stagger, large ones go straight; the noise falls as 1/√b") {
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

    must(lesson, "set_runs", Json({4, 16, 64, 0}));
    must(lesson, "set_surface_rate", 0.1);
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

TEST_SUITE_END();
