// A training run: the same bits however it is driven, back to its start, and changes on the way.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "lesson/training_fixture.h"

using namespace kg;

namespace {

void updates(TrainingRun& run, int count) {
  for (int i = 0; i < count; ++i) REQUIRE(run.step());
}

}  // namespace

TEST_CASE("lesson/training_run: it learns what there is to learn") {
  const auto run = small_run();
  while (run->validating()) REQUIRE(run->piece());
  const double before = run->validated().accuracy();
  updates(*run, 120);
  while (run->validating()) REQUIRE(run->piece());
  CHECK(before < 0.6);
  CHECK(run->validated().accuracy() > 0.95);
  CHECK(run->validated().images == 50);
}

TEST_CASE("lesson/training_run: the same seed gives the same bits, another one others") {
  const auto a = small_run(), b = small_run(), other = small_run(small_settings(2));
  for (const auto& run : {a.get(), b.get(), other.get()}) updates(*run, 40);
  CHECK(same_run(*a, *b));
  CHECK(weights_of(*a) != weights_of(*other));
}

TEST_CASE("lesson/training_run: pieces and whole steps come to the same") {
  const auto steps = small_run(), pieces = small_run();
  updates(*steps, 40);
  int validations = 0;
  while (pieces->updates() < 40) {
    validations += pieces->validating();
    REQUIRE(pieces->piece());
  }
  CHECK(validations == 2 * 4);  // 50 images in pieces of 32, at 0, 10, 20 and 30 updates
  CHECK(same_run(*steps, *pieces));
  // And looking at the network between the steps changes nothing.
  const auto watched = small_run();
  for (int i = 0; i < 40; ++i) {
    REQUIRE(watched->step());
    std::vector<float> image(16, 0.5f);
    const int label = 1;
    REQUIRE(watched->look(image, {&label, 1}));
    std::ranges::copy(image, watched->network().input(1).begin());
    (void)watched->network().forward();
  }
  CHECK(weights_of(*watched).size() == weights_of(*steps).size());
}

TEST_CASE("lesson/training_run: an epoch sees every image once, in another order each time") {
  const auto run = small_run(small_settings(), 30, 10);  // 3 whole batches and one of 6
  CHECK(run->batches_per_epoch() == 4);
  std::vector<int> orders[2];
  for (std::vector<int>& order : orders) {
    for (const int size : {8, 8, 8, 6}) {
      CHECK(run->next_image() >= 0);
      REQUIRE(run->step());
      CHECK(static_cast<int>(run->last_batch().size()) == size);
      CHECK(run->last().images == size);
      order.insert(order.end(), run->last_batch().begin(), run->last_batch().end());
    }
    CHECK(std::set<int>(order.begin(), order.end()).size() == 30);
    CHECK(run->in_epoch() == 0);
    CHECK(run->batch() == 0);
  }
  CHECK(run->epoch() == 2);
  CHECK(run->images_seen() == 60);
  CHECK(orders[0] != orders[1]);
}

TEST_CASE("lesson/training_run: one image at a time") {
  const auto run = small_run();
  const int next = run->next_image();
  REQUIRE(run->step_image());
  CHECK(run->last().images == 1);
  CHECK(run->last_batch()[0] == next);
  CHECK(run->images_seen() == 1);
  REQUIRE(run->step());
  CHECK(run->images_seen() == 9);
  CHECK(run->in_epoch() == 9);
}

TEST_CASE("lesson/training_run: back to the start, and the same way again") {
  const auto run = small_run(), once = small_run();
  const std::vector<float> start = weights_of(*run);
  updates(*run, 25), updates(*once, 25);
  REQUIRE(weights_of(*run) != start);
  run->restart();
  CHECK(weights_of(*run) == start);
  CHECK(run->updates() == 0);
  CHECK(run->images_seen() == 0);
  CHECK(run->curve().empty());
  CHECK(run->validated().images == 0);
  updates(*run, 25);
  CHECK(same_run(*run, *once));
}

TEST_CASE("lesson/training_run: weights that were put in are a start like any other") {
  const auto run = small_run();
  updates(*run, 15);
  const std::vector<float> learned = weights_of(*run);
  run->start_here();
  CHECK(weights_of(*run) == learned);
  CHECK(run->updates() == 0);
  updates(*run, 5);
  CHECK(weights_of(*run) != learned);
  run->restart();
  CHECK(weights_of(*run) == learned);
}

TEST_CASE("lesson/training_run: settings change on the way, without a new start") {
  const auto run = small_run();
  updates(*run, 5);
  OptimizerSettings still = run->settings().optimizer;
  still.learning_rate = 0;
  still.momentum = 0;
  REQUIRE(run->set_optimizer(still));
  for (int k = 0; k < run->network().layers(); ++k) run->freeze(k, true);  // moving averages rest, too
  const std::vector<float> before = weights_of(*run);
  updates(*run, 3);
  CHECK(weights_of(*run) == before);
  CHECK(run->updates() == 8);
  for (int k = 0; k < run->network().layers(); ++k) run->freeze(k, k != 5);
  still.learning_rate = 0.1f;
  REQUIRE(run->set_optimizer(still));
  REQUIRE(run->set_batch_size(20));
  REQUIRE(run->step());
  CHECK(run->last().images == 20);
  const std::vector<float> after = weights_of(*run);
  const std::size_t dense = 12 * 4 + 4, others = after.size() - dense;
  CHECK(std::equal(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(others), after.begin()));
  CHECK(after != before);
  REQUIRE(run->set_l2(0.5f));
  REQUIRE(run->step());
  CHECK(run->last().penalty > 0.1);
  for (const int size : {0, 257, -1}) {
    const Status refused = run->set_batch_size(size);
    REQUIRE_FALSE(refused);
    CHECK(refused.sentence() == "The batch size is 1 to 256; " + std::to_string(size) + " is outside.");
  }
  still.learning_rate = -1;
  CHECK_FALSE(run->set_optimizer(still));
  CHECK_FALSE(run->set_l2(NAN));
  CHECK(run->settings().optimizer.learning_rate == 0.1f);
  CHECK(run->settings().batch_size == 20);
}

TEST_CASE("lesson/training_run: diverged, it keeps the last good weights and says what to try") {
  RunSettings settings = small_settings();
  settings.layers = {Flatten{}, Dense{.units = 8}, Dense{.units = 4}};
  settings.loss = Loss::mean_squared_error;
  settings.optimizer.learning_rate = 1000;
  const auto run = small_run(settings);
  std::vector<float> good;
  Status last = Done{};
  for (int i = 0; i < 200 && last; ++i) good = weights_of(*run), last = run->step();
  REQUIRE_FALSE(last);
  CHECK(run->trouble() == last.sentence());
  CHECK(run->trouble().find("smaller learning rate") != std::string::npos);
  for (const float w : weights_of(*run)) CHECK(std::isfinite(w));
  CHECK(weights_of(*run) == good);
  for (const CurvePoint& point : run->curve().points()) CHECK(std::isfinite(point.loss));
  for (const CurvePoint& point : run->validation_curve().points()) CHECK(std::isfinite(point.loss));
  const int updates_done = run->updates();
  CHECK_FALSE(run->step());
  CHECK_FALSE(run->piece());
  CHECK(run->updates() == updates_done);
  OptimizerSettings smaller = run->settings().optimizer;
  smaller.learning_rate = 0.01f;
  REQUIRE(run->set_optimizer(smaller));
  run->restart();
  CHECK(run->trouble().empty());
  updates(*run, 20);
}

TEST_CASE("lesson/training_run: what does not fit together is refused in words") {
  const RunSettings settings = small_settings();
  const auto refusal = [&](RunSettings s, Digits training, Digits validation) {
    const auto run = TrainingRun::make(s, training, validation);
    return run ? std::string() : run.sentence();
  };
  CHECK(refusal(settings, quarters(5, 1), nullptr) == "");
  CHECK(refusal(settings, nullptr, nullptr) == "");
  CHECK(refusal(settings, std::make_shared<DigitSet>(), nullptr) == "");
  auto digits = std::make_shared<DigitSet>();
  add_generated(*digits, 1, 1);
  CHECK(refusal(settings, digits, nullptr) ==
        "The training images are (28, 28, 1), but the network takes (4, 4, 1).");
  RunSettings few = settings;
  few.layers.back() = Dense{.units = 3};
  CHECK(refusal(few, quarters(5, 1), nullptr) ==
        "The training labels have 4 classes, but the network answers (3,).");
  RunSettings none = settings;
  none.layers.clear();
  CHECK(refusal(none, quarters(5, 1), nullptr) == "A network needs at least one layer.");
  RunSettings large = settings;
  large.batch_size = 1000;
  CHECK(refusal(large, quarters(5, 1), nullptr) == "The batch size is 1 to 256; 1000 is outside.");
  const auto empty = TrainingRun::make(settings, nullptr, nullptr);
  REQUIRE(empty);
  const Status early = (*empty)->step();
  REQUIRE_FALSE(early);
  CHECK(early.sentence() == "There are no digits to learn from yet.");
  REQUIRE((*empty)->use(quarters(20, 1), quarters(10, 2)));
  CHECK((*empty)->step());
}

TEST_CASE("lesson/training_run: images a second are counted by the time that is told") {
  const auto run = small_run();
  CHECK(run->images_per_second() == 0);
  updates(*run, 10);
  run->spent(0.8);
  CHECK(run->images_per_second() == doctest::Approx(80 / 0.8));
  updates(*run, 5);
  run->spent(0.25);
  CHECK(run->images_per_second() == doctest::Approx(100));  // half a second has not passed yet
  run->spent(0.25);
  CHECK(run->images_per_second() == doctest::Approx(36 / 0.5));  // the last batch of the epoch has 4
  CHECK(run->seconds() == doctest::Approx(1.3));
}
