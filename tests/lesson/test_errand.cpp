// A training run that is away in another thread: the same bits as at home.
#include "lesson/errand.h"

#include <doctest/doctest.h>

#include "lesson/network.h"
#include "lesson/training_fixture.h"

using namespace kg;

namespace {

// A thread whose clock goes on by a millisecond each time it is looked at.
struct Elsewhere {
  double seconds = 0;
  ErrandRunner runner{[this] { return seconds += 0.001; }};

  void take(TrainingRun& run, std::int64_t updates, bool with_material) {
    REQUIRE(runner.take(packed({&run, updates}, with_material)));
  }
  int work_to_the_end() {
    int slices = 1;
    while (runner.work(0.004)) ++slices;
    return slices;
  }
};

void updates_at_home(TrainingRun& run, int to) {
  while (run.updates() < to || run.validating()) REQUIRE(run.piece());
}

RunSettings settings_with(OptimizerSettings::Kind kind) {
  RunSettings settings = small_settings();
  settings.optimizer.kind = kind;
  settings.optimizer.learning_rate = 0.01f;
  return settings;
}

}  // namespace

TEST_CASE("lesson/errand: away and back it comes to the same bits as at home") {
  using Kind = OptimizerSettings::Kind;
  for (const Kind kind : {Kind::sgd, Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam}) {
    CAPTURE(static_cast<int>(kind));
    const auto home = small_run(settings_with(kind)), travelled = small_run(settings_with(kind));
    updates_at_home(*home, 50);
    // 13 updates an epoch: it leaves in the middle of one and comes back in the middle of another.
    updates_at_home(*travelled, 7);
    Elsewhere elsewhere;
    elsewhere.take(*travelled, 33, true);
    CHECK(elsewhere.work_to_the_end() > 1);
    const std::uint64_t stamp = travelled->stamp();
    REQUIRE(take_back(*travelled, elsewhere.runner.result()));
    CHECK(travelled->stamp() == stamp);
    CHECK(travelled->updates() == 33);
    CHECK(travelled->seconds() > 0);
    updates_at_home(*travelled, 50);
    CHECK(same_run(*home, *travelled));
    CHECK(home->validated().confusion == travelled->validated().confusion);
  }
}

TEST_CASE("lesson/errand: what is changed on the way goes along") {
  const auto home = small_run(), travelled = small_run();
  Elsewhere elsewhere;
  for (const auto& run : {home.get(), travelled.get()}) updates_at_home(*run, 5);
  elsewhere.take(*travelled, 10, true);
  elsewhere.work_to_the_end();
  REQUIRE(take_back(*travelled, elsewhere.runner.result()));
  updates_at_home(*home, 10);
  for (const auto& run : {home.get(), travelled.get()}) {
    OptimizerSettings optimizer = run->settings().optimizer;
    optimizer.learning_rate = 0.002f;
    REQUIRE(run->set_optimizer(optimizer));
    REQUIRE(run->set_batch_size(5));
    REQUIRE(run->set_l2(0.25f));
    run->set_validate_every(7);
    run->freeze(0, true);
  }
  elsewhere.take(*travelled, 40, false);
  elsewhere.work_to_the_end();
  REQUIRE(take_back(*travelled, elsewhere.runner.result()));
  updates_at_home(*home, 40);
  CHECK(same_run(*home, *travelled));
}

TEST_CASE("lesson/errand: to the end of an epoch, with the validation that is due there") {
  const auto home = small_run(), travelled = small_run();
  Elsewhere elsewhere;
  REQUIRE(elsewhere.runner.take(packed({travelled.get(), -1, 2}, true)));
  elsewhere.work_to_the_end();
  REQUIRE(take_back(*travelled, elsewhere.runner.result()));
  CHECK(travelled->epoch() == 2);
  CHECK(travelled->in_epoch() == 0);
  updates_at_home(*home, 26);  // 100 images in batches of 8
  CHECK(same_run(*home, *travelled));
}

TEST_CASE("lesson/errand: back at the start it goes out with the weights and the order it began with") {
  const auto home = small_run(), travelled = small_run();
  Elsewhere elsewhere;
  elsewhere.take(*travelled, 30, true);
  elsewhere.work_to_the_end();
  REQUIRE(take_back(*travelled, elsewhere.runner.result()));
  travelled->restart();
  CHECK(same_run(*home, *travelled));
  elsewhere.take(*travelled, 30, false);
  elsewhere.work_to_the_end();
  REQUIRE(take_back(*travelled, elsewhere.runner.result()));
  updates_at_home(*home, 30);
  CHECK(same_run(*home, *travelled));
}

TEST_CASE("lesson/errand: what no longer belongs to the run is not taken back") {
  const auto run = small_run();
  Elsewhere elsewhere;
  elsewhere.take(*run, 20, true);
  elsewhere.work_to_the_end();
  const std::vector<std::uint8_t> old = elsewhere.runner.result();
  const auto unchanged_by = [&](const std::function<void()>& change) {
    change();
    const std::vector<float> before = weights_of(*run);
    CHECK_FALSE(take_back(*run, old));
    CHECK(weights_of(*run) == before);
    CHECK(run->updates() < 20);
  };
  OptimizerSettings optimizer = run->settings().optimizer;
  unchanged_by([&] { REQUIRE(run->set_optimizer(optimizer)); });
  unchanged_by([&] { REQUIRE(run->set_batch_size(9)); });
  unchanged_by([&] { REQUIRE(run->set_l2(0.1f)); });
  unchanged_by([&] { run->freeze(0, true); });
  unchanged_by([&] { run->validate(); });
  unchanged_by([&] { REQUIRE(run->piece()); });
  unchanged_by([&] { run->start_here(); });
  const auto other = small_run();
  CHECK_FALSE(take_back(*other, old));
  CHECK(other->material() != run->material());
}

TEST_CASE("lesson/errand: bytes that are cut short are refused") {
  const auto run = small_run();
  const std::vector<std::uint8_t> whole = packed({run.get(), 10}, true);
  for (const std::size_t share : {0u, 1u, 5u, 20u, 50u, 90u, 99u}) {
    ErrandRunner runner([] { return 0.0; });
    CHECK_FALSE(runner.take(std::span(whole).first(whole.size() * share / 100)));
    CHECK_FALSE(runner.work(1));
  }
  ErrandRunner stranger([] { return 0.0; });
  CHECK_FALSE(stranger.take(packed({run.get(), 10}, false)));
}

TEST_CASE("lesson/errand: a run that diverges away says so at home") {
  RunSettings settings = small_settings();
  settings.optimizer.learning_rate = 1e6f;
  const auto run = small_run(settings);
  Elsewhere elsewhere;
  elsewhere.take(*run, -1, true);
  elsewhere.work_to_the_end();
  REQUIRE(take_back(*run, elsewhere.runner.result()));
  CHECK(run->trouble().find("diverged") != std::string::npos);
}
