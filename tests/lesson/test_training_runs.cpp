// Several runs side by side: nobody is ahead, and each learns as it would alone.
#include <doctest/doctest.h>

#include "lesson/training_fixture.h"
#include "lesson/training_runs.h"

using namespace kg;

TEST_CASE("lesson/training_runs: by updates, turn by turn, and each as if it were alone") {
  TrainingRuns runs;
  CHECK(runs.turn() == -1);
  CHECK_FALSE(runs.piece());
  RunSettings second = small_settings();
  second.optimizer.learning_rate = 0.01f;
  second.validate_every = 3;
  runs.add("a", small_run());
  runs.add("b", small_run(second));
  while (!runs.reached(20)) {
    REQUIRE(runs.piece());
    CHECK(std::abs(runs.run(0).updates() - runs.run(1).updates()) <= 1);
  }
  CHECK(runs.done() == 20);
  const auto alone = small_run(second);
  for (int i = 0; i < 20; ++i) REQUIRE(alone->step());
  CHECK(weights_of(*alone) == weights_of(runs.run(1)));
  runs.restart();
  CHECK(runs.done() == 0);
}

TEST_CASE("lesson/training_runs: a validation that is due comes before the next update of anybody") {
  TrainingRuns runs;
  for (const char* name : {"a", "b", "c"}) runs.add(name, small_run());  // each validates after 10 and 20
  for (const int goal : {10, 20, 25}) {
    while (!runs.reached(goal)) REQUIRE(runs.piece());
    for (int i = 0; i < runs.count(); ++i) CHECK(runs.run(i).updates() == goal);
  }
}

TEST_CASE("lesson/training_runs: by images, small batches make more updates") {
  TrainingRuns runs;
  RunSettings large = small_settings();
  large.batch_size = 40;
  runs.add("8", small_run());
  runs.add("40", small_run(large));
  runs.set_fair(TrainingRuns::Fair::images);
  while (!runs.reached(200)) {
    REQUIRE(runs.piece());
    CHECK(std::abs(runs.run(0).images_seen() - runs.run(1).images_seen()) <= 40);
  }
  CHECK(runs.run(1).updates() >= 5);
  CHECK(runs.run(0).updates() >= 25);
}

TEST_CASE("lesson/training_runs: one that diverges rests, the others go on") {
  RunSettings wild = small_settings();
  wild.layers = {Flatten{}, Dense{.units = 8}, Dense{.units = 4}};
  wild.loss = Loss::mean_squared_error;
  wild.optimizer.learning_rate = 1000;
  TrainingRuns runs;
  runs.add("wild", small_run(wild));
  runs.add("tame", small_run());
  while (!runs.reached(100)) REQUIRE(runs.piece());
  CHECK_FALSE(runs.run(0).trouble().empty());
  CHECK(runs.run(1).updates() == 100);
  CHECK(runs.run(1).trouble().empty());
  runs.clear();
  runs.add("wild", small_run(wild));
  Status last = Done{};
  for (int i = 0; i < 300 && last; ++i) last = runs.piece();
  REQUIRE_FALSE(last);
  CHECK(last.sentence() == runs.run(0).trouble());
  CHECK(runs.turn() == -1);
}
