// The lesson `batch`: counting batches, its verbs, its link; the surface against a plain computation.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/batch.h"
#include "lesson/lesson_fixture.h"
#include "lesson/training_fixture.h"

using namespace kg;

namespace {

// Until there is nothing left to do: the digits, the surface, what was asked for.
void finish(Lesson& lesson) {
  lesson.work([&] { return lesson.working() && !(lesson.playing() && !lesson.busy()); });
}

template <class... Values>
void did(Lesson& lesson, std::string verb, Values&&... values) {
  must(lesson, std::move(verb), std::forward<Values>(values)...);
  finish(lesson);
}

Json runs(std::vector<float> sizes) { return Json(std::move(sizes)); }

}  // namespace

TEST_CASE("lesson/batch: 1000 images in batches of 10 make 100 batches an epoch") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 500);
  must(lesson, "set_view", "surface");
  must(lesson, "load_preset", "1000_10");
  const Json state = lesson.state();
  CHECK(state["images"] == 1000);
  CHECK(state["batch_size"] == 10);
  CHECK(state["batches_per_epoch"] == 100);
  CHECK(state["last_batch"] == 10);
  CHECK(state["updates_in_all"] == 2000);
  CHECK(lesson.timeline().steps() == 100);
  CHECK(contains(lesson.keras_code(), "batch_size=10"));
  CHECK(contains(lesson.keras_code(), "epochs=20, shuffle=True"));
  must(lesson, "load_preset", "1000_64");
  CHECK(lesson.batches() == 16);
  CHECK(lesson.last_batch_size() == 40);
  must(lesson, "set_shuffle", false);
  CHECK(contains(lesson.keras_code(), "shuffle=False"));
  CHECK(contains(refusal(lesson, call("load_preset", "10_1000")), "There is no example"));
}

TEST_CASE("lesson/batch: going through an epoch every image has its turn once, in any setting") {
  Rng rng(7);
  for (int round = 0; round < 30; ++round) {
    BatchLesson lesson(static_cast<std::uint64_t>(round));
    must(lesson, "set_images", between(rng, 10, 300));
    must(lesson, "set_batch_size", between(rng, 1, lesson.images()));
    if (rng.below(2)) must(lesson, "set_shuffle", false);
    if (rng.below(2)) must(lesson, "set_epoch", between(rng, 1, 20));
    std::vector<int> seen(static_cast<std::size_t>(lesson.images()));
    int batches = 0;
    must(lesson, "seek", 0);
    while (!lesson.timeline().at_end()) {
      const BatchLesson::Range now = lesson.now();
      REQUIRE(now.count >= 1);
      CHECK(now.count <= lesson.batch_size());
      for (int p = now.first; p < now.first + now.count; ++p)
        ++seen[static_cast<std::size_t>(lesson.order()[static_cast<std::size_t>(p)])];
      ++batches;
      CHECK(lesson.updates_shown() == batches);
      must(lesson, "step", 1);
    }
    CHECK(std::all_of(seen.begin(), seen.end(), [](int n) { return n == 1; }));
    CHECK(batches == lesson.state()["batches_per_epoch"].get<int>());
    CHECK(lesson.updates_shown() == batches);
    CHECK(lesson.now().count == 0);
  }
}

TEST_CASE("lesson/batch: the epochs have other orders, and the first is that of the runs") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 60);
  const std::vector<int> first = lesson.order();
  must(lesson, "set_epoch", 2);
  CHECK(lesson.order() != first);
  must(lesson, "set_epoch", 1);
  CHECK(lesson.order() == first);
  must(lesson, "set_runs", runs({10}));
  must(lesson, "set_view", "race");
  did(lesson, "train", 1);
  const auto batch = lesson.run().last_batch();
  CHECK(std::equal(batch.begin(), batch.end(), first.begin()));
}

TEST_CASE("lesson/batch: what is refused says why and changes nothing") {
  BatchLesson lesson(3);
  finish(lesson);
  const std::string before = everything(lesson);
  for (const Call& wrong : {call("set_images", 9),
                            call("set_images", 2001),
                            call("set_batch_size", 0),
                            call("set_batch_size", 1001),
                            call("set_epochs", 0),
                            call("set_epochs", 101),
                            call("set_epoch", 21),
                            call("set_epoch", 0),
                            call("set_runs", runs({})),
                            call("set_runs", runs({1, 2, 3, 4, 5})),
                            call("set_runs", runs({2000})),
                            call("set_runs", runs({2.5f})),
                            call("set_runs", runs({-1})),
                            call("set_axis", "miles"),
                            call("set_view", "kitchen"),
                            call("set_learning_rate", 0),
                            call("set_learning_rate", 11),
                            call("set_surface_rate", 0),
                            call("set_start", 3, 0),
                            call("predict", 100),
                            call("train", 0)}) {
    INFO(wrong.text());
    CHECK(refusal(lesson, wrong) != "");
    CHECK(difference(before, everything(lesson)) == "");
  }
  CHECK(refusal(lesson, call("set_batch_size", 1001)) ==
        "The batch size is 1 to 1000, the number of images; 1001 is outside.");
}

TEST_CASE("lesson/batch: a riddle hides the number, and its last batch is smaller") {
  BatchLesson lesson(3);
  for (int round = 0; round < 12; ++round) {
    must(lesson, "challenge");
    CHECK(lesson.images() % lesson.batch_size() != 0);
    CHECK(lesson.hidden());
    CHECK(lesson.timeline().steps() == 1);
    CHECK(lesson.state()["answer"] == "?");
    CHECK_FALSE(contains(lesson.narrate(), std::to_string(lesson.batches()) + " batch"));
  }
  must(lesson, "predict", lesson.batches() - 1);
  CHECK_FALSE(lesson.tasks()[1].met);
  CHECK_FALSE(lesson.hidden());
  must(lesson, "challenge");
  must(lesson, "predict", lesson.batches());
  CHECK(lesson.tasks()[1].met);
  must(lesson, "set_batch_size", 3);
  CHECK_FALSE(lesson.predicted());
}

TEST_CASE("lesson/batch: all runs start with the same weights and see as many images") {
  BatchLesson lesson(5);
  must(lesson, "set_images", 100);
  must(lesson, "set_view", "race");
  CHECK(lesson.sizes() == std::vector<int>{1, 10, 0});
  for (int i = 1; i < lesson.runs().count(); ++i)
    CHECK(weights_of(lesson.run(i)) == weights_of(lesson.run(0)));
  did(lesson, "train_epoch");
  did(lesson, "train_epoch");
  const int updates[] = {200, 20, 2};
  for (int i = 0; i < 3; ++i) {
    CHECK(lesson.run(i).images_seen() == 200);
    CHECK(lesson.run(i).updates() == updates[i]);
    // At the start, at the end of every epoch, and after 1, 2, 5, 10 … updates.
    std::vector<int> at;
    for (const CurvePoint& point : lesson.run(i).validation_curve().points()) at.push_back(point.updates);
    CHECK(at.front() == 0);
    for (const int due : {1, 2, 5, 10, 20, 50, 100, 200})
      CHECK((std::find(at.begin(), at.end(), due) != at.end()) == (due <= updates[i]));
    CHECK(std::adjacent_find(at.begin(), at.end()) == at.end());
  }
  const std::vector<float> learned = weights_of(lesson.run(1));
  must(lesson, "rewind");
  CHECK(lesson.run(1).updates() == 0);
  did(lesson, "train_epoch");
  did(lesson, "train_epoch");
  CHECK(weights_of(lesson.run(1)) == learned);
}

TEST_CASE("lesson/batch: the race plays until all epochs are done, and says so") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 50);
  must(lesson, "set_epochs", 2);
  must(lesson, "set_view", "race");
  must(lesson, "play");
  CHECK(lesson.playing());
  lesson.work([] { return true; });
  CHECK_FALSE(lesson.playing());
  for (int i = 0; i < lesson.runs().count(); ++i) CHECK(lesson.run(i).epoch() == 2);
  CHECK(contains(refusal(lesson, call("play")), "All runs have done 2 epochs."));
  must(lesson, "set_epochs", 3);
  must(lesson, "play");
  lesson.work([] { return true; });
  CHECK(lesson.run(0).epoch() == 3);
}

TEST_CASE("lesson/batch: each run has the time that its own updates took") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 100);
  must(lesson, "set_runs", runs({10, 50}));
  must(lesson, "set_view", "race");
  finish(lesson);
  must(lesson, "train_epoch");
  // A clock by which a piece takes one second: 10 updates and 2.
  while (lesson.busy()) {
    int once = 0;
    lesson.work([&] { return once++ == 0; });
    lesson.took(1);
  }
  CHECK(lesson.run(0).seconds() == 10);
  // One update that took a hundred times as long was interrupted.
  BatchLesson second(3);
  must(second, "set_images", 100);
  must(second, "set_runs", runs({10}));
  must(second, "set_view", "race");
  finish(second);
  must(second, "train_epoch");
  while (second.busy()) {
    int once = 0;
    second.work([&] { return once++ == 0; });
    second.took(second.run().updates() == 8 ? 100 : 1);
  }
  CHECK(second.run().seconds() == 10);
  CHECK(lesson.run(1).seconds() == 2);
  CHECK(lesson.run(0).curve().points().back().seconds == 10);
  const BatchLesson::Standing standing = lesson.standing(BatchLesson::Along::seconds);
  CHECK(standing.at == 2);
  CHECK(standing.leader >= 0);
}

TEST_CASE("lesson/batch: too large a rate on the surface leaves it, and is said to") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 100);
  must(lesson, "set_view", "surface");
  must(lesson, "set_surface_rate", 3);
  must(lesson, "set_start", 2, 2);
  finish(lesson);
  CHECK(lesson.full_path().diverged());
  CHECK(contains(lesson.narrate(), "left it for good"));
  CHECK(lesson.state()["surface"]["paths"].size() == 3);
  for (const LossSurface::Path& path : lesson.paths()) {
    for (const double loss : path.loss) CHECK(std::isfinite(loss));
  }
}

TEST_CASE("lesson/batch: the surface is what the formula says it is") {
  BatchLesson lesson(4);
  must(lesson, "set_images", 80);
  finish(lesson);
  REQUIRE(lesson.surface() != nullptr);
  LossSurface surface(*lesson.training(), 4);
  while (!surface.piece()) {
  }
  // A quadratic function has the same second difference everywhere, and its lowest point where the normal
  // equations say.
  const auto at = [&](int row, int col) {
    return static_cast<double>(surface.grid()[static_cast<std::size_t>(row * LossSurface::kSide + col)]);
  };
  const double bend = at(0, 0) - 2 * at(0, 1) + at(0, 2);
  CHECK(bend > 0);
  for (int k = 0; k + 20 < LossSurface::kSide; k += 9)
    CHECK(at(k, k) - 2 * at(k, k + 10) + at(k, k + 20) == doctest::Approx(100 * bend).epsilon(0.05));
  const LossSurface::Weights lowest = surface.minimum();
  const double loss = surface.loss(lowest);
  for (const auto& [left, right] : {std::pair{0.01, 0.0}, {-0.01, 0.0}, {0.0, 0.01}, {0.0, -0.01}})
    CHECK(surface.loss({lowest.left + left, lowest.right + right}) > loss);
  const LossSurface::Weights corner = LossSurface::weights_at(0, 0);
  CHECK(corner.left == -1);
  CHECK(corner.right == 2);
  CHECK(surface.loss(corner) == doctest::Approx(at(0, 0)));
}

TEST_CASE("lesson/batch: who asks for the surface waits until it is there, and its paths are told") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 60);
  CHECK_FALSE(lesson.busy());
  must(lesson, "set_view", "surface");
  CHECK(lesson.busy());
  lesson.work([&] { return lesson.busy(); });
  REQUIRE(lesson.surface() != nullptr);
  CHECK(lesson.surface()->done());
  const Json surface = lesson.state()["surface"];
  REQUIRE(surface["paths"].size() == 3);
  const Json& path = surface["paths"][1];
  CHECK(path["batch_size"] == 10);
  CHECK(path["left"].size() == LossSurface::kUpdates + 1);
  CHECK(path["left"][0] == surface["start"][0]);
  CHECK(path["noise"].get<double>() > 0);
  // It is there already; and other images have another one.
  must(lesson, "set_view", "race");
  must(lesson, "set_view", "surface");
  CHECK_FALSE(lesson.busy());
  must(lesson, "set_images", 50);
  CHECK(lesson.busy());
}

TEST_CASE("lesson/batch: the race is compared where every run was measured") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 100);
  must(lesson, "set_runs", runs({10, 0}));
  must(lesson, "set_view", "race");
  for (int k = 0; k < 7; ++k) did(lesson, "train_epoch");
  // After 7 updates the full batch was measured, batches of ten were after 5 and after 10.
  const BatchLesson::Standing by_updates = lesson.standing(BatchLesson::Along::updates);
  CHECK(by_updates.at == 5);
  CHECK(lesson.standing(BatchLesson::Along::epochs).at == 7);
  for (int i = 0; i < 2; ++i) {
    const auto points = lesson.run(i).validation_curve().points();
    const auto at =
        std::find_if(points.begin(), points.end(), [](const CurvePoint& p) { return p.updates == 5; });
    REQUIRE(at != points.end());
    CHECK(by_updates.accuracies[static_cast<std::size_t>(i)] == at->accuracy);
  }
  const Json state = lesson.state();
  CHECK(state["smallest"]["size"] == 10);
  CHECK(state["largest"]["size"] == 100);
  CHECK(state["largest"]["updates"] == 7);
  CHECK(state["runs"][1]["validation_curve"]["updates"].get<std::vector<int>>().back() == 7);
  CHECK(state["runs"][0]["batch_size"] == 10);
}

TEST_CASE("lesson/batch: a full batch has no noise and goes down all the way") {
  BatchLesson lesson(3);
  finish(lesson);
  const LossSurface::Path& full = lesson.full_path();
  REQUIRE_FALSE(full.diverged());
  CHECK(full.noise < 1e-6);
  for (std::size_t k = 1; k < full.loss.size(); ++k) CHECK(full.loss[k] <= full.loss[k - 1] + 1e-6);
  // The same again, whatever is asked in between: a pure function of seed, size, rate and start.
  const LossSurface::Path first = lesson.paths()[0];
  must(lesson, "set_surface_rate", 0.1);
  CHECK(lesson.paths()[0].at.back().left != first.at.back().left);
  must(lesson, "set_surface_rate", 0.3);
  CHECK(lesson.paths()[0].loss == first.loss);
}

TEST_CASE("lesson/batch: every random setup comes back from its link") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Rng rng(seed);
    BatchLesson lesson(seed);
    const auto maybe = [&](auto act) {
      if (rng.below(2)) act();
    };
    maybe([&] { must(lesson, "set_images", between(rng, 10, 120)); });
    maybe([&] { must(lesson, "set_batch_size", between(rng, 1, std::min(lesson.images(), 90))); });
    maybe([&] { must(lesson, "set_epochs", between(rng, 3, 30)); });
    maybe([&] { must(lesson, "set_epoch", between(rng, 1, 3)); });
    maybe([&] { must(lesson, "set_shuffle", false); });
    maybe([&] { must(lesson, "set_runs", runs({0, 5})); });
    maybe([&] { must(lesson, "set_axis", "updates"); });
    maybe([&] { must(lesson, "set_learning_rate", 0.05); });
    maybe([&] { must(lesson, "set_surface_rate", 0.55); });
    maybe([&] { must(lesson, "set_start", 0.13, -0.7); });
    maybe([&] { must(lesson, "set_speed", 3.5); });
    maybe([&] { must(lesson, "set_pace", 5); });
    maybe([&] { must(lesson, "challenge"); });
    if (lesson.hidden()) maybe([&] { must(lesson, "predict", 7); });
    maybe([&] { must(lesson, "set_view", rng.below(2) ? "race" : "surface"); });
    if (lesson.scene() != BatchLesson::Scene::race && !lesson.hidden())
      must(lesson, "seek", between(rng, 0, lesson.timeline().steps() - 1));
    if (lesson.images() <= 120) maybe([&] { must(lesson, "train_epoch"), must(lesson, "train_epoch"); });
    finish(lesson);
    BatchLesson again(Session::kSeed);
    for (const std::string& notice : again.load(lesson.save())) CHECK(notice == "");
    finish(again);
    INFO("seed " << seed);
    CHECK(difference(everything(lesson), everything(again)) == "");
  }
}

TEST_CASE("lesson/batch: changed on the way, the link does not promise what it cannot keep") {
  BatchLesson lesson(3);
  must(lesson, "set_images", 40);
  did(lesson, "train_epoch");
  const auto promises = [&] {
    const LinkParams link = lesson.save();
    return std::any_of(link.begin(), link.end(), [](const auto& pair) { return pair.first == "trained"; });
  };
  CHECK(promises());
  must(lesson, "set_learning_rate", 0.05);
  CHECK_FALSE(promises());
  must(lesson, "rewind");
  did(lesson, "train_epoch");
  CHECK(promises());
  did(lesson, "train", 1);
  CHECK_FALSE(promises());
}

TEST_CASE("lesson/batch: each bad value in a link gives one notice and the default") {
  const BatchLesson fresh(3);
  for (const auto& [key, value] :
       LinkParams{{"view", "kitchen"}, {"images", "9"},       {"images", "many"},   {"batch", "5000"},
                  {"epochs", "0"},     {"epoch", "99"},       {"shuffle", "maybe"}, {"hidden", "maybe"},
                  {"predicted", "0"},  {"runs", "1,2,3,4,5"}, {"runs", "x"},        {"axis", "miles"},
                  {"rate", "fast"},    {"surface_rate", "9"}, {"start", "1"},       {"start", "1,9"},
                  {"at", "100"},       {"trained", "0"},      {"seed", "-1"},       {"nonsense", "1"}}) {
    INFO(key << "=" << value);
    BatchLesson lesson(3);
    CHECK(lesson.load({{key, value}}).size() == 1);
    CHECK(difference(everything(lesson), everything(fresh)) == "");
  }
}
