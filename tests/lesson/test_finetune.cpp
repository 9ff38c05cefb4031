// The lesson `finetune`: a base, and a second task from scratch, with transfer, and with frozen layers.
#include "lesson/finetune.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "lesson/lesson_fixture.h"
#include "lesson/training_fixture.h"

using namespace kg;

namespace {

using L = FinetuneLesson;

void finish(Lesson& lesson) {
  lesson.work([&] { return lesson.busy(); });
}

void train(L& lesson, int updates) {
  must(lesson, "train", updates);
  finish(lesson);
}

void enter(L& lesson) {
  must(lesson, "set_view", "second");
  finish(lesson);
  REQUIRE(lesson.scene() == L::Scene::second);
}

// A base that has learned little, in no time: for what does not depend on what it knows.
void enter_soon(L& lesson) {
  must(lesson, "train_base", 2);
  finish(lesson);
  enter(lesson);
}

double right(const L& lesson, int which) { return lesson.second().run(which).validated().accuracy(); }

std::vector<float> layer_weights(const TrainingRun& run, int layer) {
  std::vector<float> all;
  for (const Parameter& p : run.network().parameters(L::place_of(layer)))
    all.insert(all.end(), p.values.begin(), p.values.end());
  return all;
}

}  // namespace

TEST_CASE("lesson/finetune: eleven seeds: at the same budget transfer reads far more than scratch" *
          doctest::test_suite("effects")) {
  double ahead = 0, frozen_ahead = 0;
  for (std::uint64_t seed = Session::kSeed; seed < Session::kSeed + 11; ++seed) {
    CAPTURE(seed);
    L lesson(seed);
    enter(lesson);
    CHECK(lesson.base().updates() == L::kBaseUpdates);
    CHECK(lesson.base().validated().accuracy() > 0.92);
    train(lesson, 10);
    for (const int which : {L::scratch, L::transfer, L::frozen}) CHECK(lesson.run(which).updates() == 10);
    CHECK(right(lesson, L::transfer) > right(lesson, L::scratch) + 0.1);
    CHECK(right(lesson, L::frozen) > right(lesson, L::scratch) + 0.08);
    CHECK(right(lesson, L::transfer) > 0.55);
    ahead += (right(lesson, L::transfer) - right(lesson, L::scratch)) / 11;
    frozen_ahead += (right(lesson, L::frozen) - right(lesson, L::scratch)) / 11;
    for (int layer = 0; layer < L::kKeepable; ++layer) {
      CHECK(lesson.change(L::frozen, layer) == 0);
      CHECK(layer_weights(lesson.run(L::frozen), layer) == layer_weights(lesson.base(), layer));
      CHECK(lesson.change(L::transfer, layer) > 0);
    }
    CHECK(lesson.change(L::frozen, L::kKeepable) > 0);
  }
  CHECK(ahead > 0.35);
  CHECK(frozen_ahead > 0.3);
}

TEST_CASE("lesson/finetune: twenty drawn symbols are enough to be read, with a base") {
  for (const std::uint64_t seed : {3u, 20u, 4711u}) {
    CAPTURE(seed);
    L lesson(seed);
    const SymbolSet ours = SymbolSet::ours(seed + 1);
    must(lesson, "set_task", "symbols");
    for (int i = 0; i < ours.count(); ++i) {
      const std::span<const float> pixels = ours.picture(i).values();
      must(lesson, "add_example", ours.label(i), std::vector<float>(pixels.begin(), pixels.end()));
    }
    CHECK(lesson.symbols().count() == 20);
    enter(lesson);
    train(lesson, 30);
    CHECK(right(lesson, L::transfer) > 0.8);
    CHECK(right(lesson, L::frozen) > 0.8);
    CHECK(lesson.symbols_read());
    CHECK(lesson.classes() == 4);
    CHECK(lesson.run(L::frozen).validation()->count() == 240);
  }
}

TEST_CASE(
    "lesson/finetune: all runs begin as told: the base’s layers, the same new head, the same examples") {
  L lesson(5);
  enter_soon(lesson);
  for (int layer = 0; layer < L::kLayers; ++layer) {
    CAPTURE(layer);
    const std::vector<float> scratch = layer_weights(lesson.run(L::scratch), layer);
    CHECK(layer_weights(lesson.run(L::transfer), layer) == layer_weights(lesson.run(L::frozen), layer));
    if (layer < L::kKeepable) {
      CHECK(layer_weights(lesson.run(L::transfer), layer) == layer_weights(lesson.base(), layer));
      CHECK(scratch != layer_weights(lesson.base(), layer));
    } else {
      CHECK(layer_weights(lesson.run(L::transfer), layer) == scratch);
    }
  }
  must(lesson, "set_kept", 1);
  CHECK(layer_weights(lesson.run(L::frozen), 0) == layer_weights(lesson.base(), 0));
  CHECK(layer_weights(lesson.run(L::frozen), 1) == layer_weights(lesson.run(L::scratch), 1));
  train(lesson, 3);
  for (const int which : {L::transfer, L::frozen}) {
    const std::span<const int> a = lesson.run(which).last_batch(), b = lesson.run(L::scratch).last_batch();
    CHECK(std::equal(a.begin(), a.end(), b.begin(), b.end()));
  }
  // Nothing of it changes the base.
  CHECK(lesson.base().updates() == 2);
}

TEST_CASE("lesson/finetune: with every switch open, frozen is transfer to the last bit") {
  L lesson(6);
  enter_soon(lesson);
  for (int layer = 0; layer < 3; ++layer) must(lesson, "set_frozen", layer, false);
  CHECK(lesson.summary(L::frozen).trainable == 7333);
  train(lesson, 12);
  CHECK(same_run(lesson.run(L::frozen), lesson.run(L::transfer)));
  CHECK_FALSE(same_run(lesson.run(L::frozen), lesson.run(L::scratch)));
}

TEST_CASE("lesson/finetune: switches on the way: what is frozen stays as it has become") {
  L lesson(6);
  enter_soon(lesson);
  must(lesson, "set_frozen", 1, false);
  train(lesson, 6);
  const double moved = lesson.change(L::frozen, 1);
  CHECK(moved > 0);
  CHECK(lesson.change(L::frozen, 0) == 0);
  CHECK(lesson.change(L::frozen, 2) == 0);
  must(lesson, "set_frozen", 1, true);
  must(lesson, "set_frozen", 2, false);
  CHECK(lesson.run(L::frozen).updates() == 6);
  train(lesson, 6);
  CHECK(lesson.change(L::frozen, 1) == moved);
  CHECK(lesson.change(L::frozen, 2) > 0);
  // A link cannot tell of it; once rewound it can.
  CHECK(lesson.save().back().first != "batches");
  must(lesson, "rewind");
  train(lesson, 2);
  CHECK(lesson.save().back().first == "batches");
}

TEST_CASE("lesson/finetune: the counts are those of Keras’ summary, and so is the code") {
  L lesson(3);
  const auto counts = [&] { return lesson.state()["trainable"].get<int>(); };
  CHECK(lesson.state()["total"] == 7333);  // 80 + 1168 + 4640 + 1445
  CHECK(counts() == 1445);
  CHECK(lesson.state()["non_trainable"] == 5888);
  CHECK(contains(lesson.keras_code(), "base.trainable = False\n"));
  CHECK(
      contains(lesson.keras_code(), "x = base.layers[-2].output\nx = Dense(5, activation=\"softmax\")(x)\n"));
  CHECK(contains(lesson.keras_code(), "trainable: 1445, non-trainable: 5888"));
  must(lesson, "set_frozen", 2, false);
  CHECK(counts() == 6085);
  CHECK(contains(lesson.keras_code(),
                 "base.layers[0].trainable = False\nbase.layers[2].trainable = False\n"
                 "base.layers[4].trainable = True\n"));
  must(lesson, "set_frozen", 0, false);
  CHECK(counts() == 6165);
  must(lesson, "set_kept", 1);
  CHECK(counts() == 7333);
  CHECK(contains(lesson.keras_code(),
                 "x = base.layers[1].output\nx = Conv2D(16, (3, 3), activation=\"relu\")(x)\n"
                 "x = MaxPooling2D((2, 2))(x)\nx = Conv2D(32"));
  must(lesson, "set_frozen", 0, true);
  CHECK(counts() == 7253);
  must(lesson, "set_task", "symbols");
  must(lesson, "use_our_symbols");
  CHECK(lesson.state()["total"] == 7333 - 289);  // four classes: a head of 4·289
  CHECK(contains(lesson.keras_code(), "x = Dense(4, activation=\"softmax\")(x)"));
  must(lesson, "set_learning_rate", 0.002);
  CHECK(contains(lesson.keras_code(), "learning_rate=0.002"));
  // The network that is trained agrees.
  enter_soon(lesson);
  CHECK(lesson.run(L::frozen).network().summary().trainable == counts());
  CHECK(lesson.run(L::transfer).network().summary().non_trainable == 0);
}

TEST_CASE("lesson/finetune: the change of a layer is the distance of its weights from their start") {
  L lesson(9);
  enter_soon(lesson);
  std::vector<std::vector<float>> start;
  for (int layer = 0; layer < L::kLayers; ++layer)
    start.push_back(layer_weights(lesson.run(L::transfer), layer));
  train(lesson, 7);
  for (int layer = 0; layer < L::kLayers; ++layer) {
    const std::vector<float> now = layer_weights(lesson.run(L::transfer), layer);
    const std::vector<float>& then = start[static_cast<std::size_t>(layer)];
    double squares = 0;
    for (std::size_t i = 0; i < now.size(); ++i)
      squares += std::pow(static_cast<double>(now[i]) - static_cast<double>(then[i]), 2);
    CHECK(lesson.change(L::transfer, layer) == doctest::Approx(std::sqrt(squares)));
    CHECK(squares > 0);
  }
  must(lesson, "rewind");
  for (int layer = 0; layer < L::kLayers; ++layer) CHECK(lesson.change(L::transfer, layer) == 0);
}

TEST_CASE("lesson/finetune: the second scene trains a base if there is none, and takes one that there is") {
  L lesson(3);
  must(lesson, "set_view", "second");
  CHECK(lesson.scene() == L::Scene::base);
  lesson.work([n = 0]() mutable { return ++n < 200; });
  CHECK(lesson.scene() == L::Scene::base);  // one sees it learn
  finish(lesson);
  CHECK(lesson.scene() == L::Scene::second);
  CHECK(lesson.base().updates() == L::kBaseUpdates);
  train(lesson, 5);
  const std::string second = everything(lesson);
  // There and back again: nothing is lost, unless the base has learned on.
  must(lesson, "set_view", "base");
  CHECK(lesson.state()["updates"] == 5);
  must(lesson, "set_view", "second");
  CHECK(difference(second, everything(lesson)) == "");
  must(lesson, "train_base", L::kBaseUpdates + 3);
  finish(lesson);
  CHECK(lesson.scene() == L::Scene::base);
  CHECK_FALSE(lesson.has_second());
  must(lesson, "set_view", "second");
  CHECK(lesson.scene() == L::Scene::second);
  CHECK(lesson.base().updates() == L::kBaseUpdates + 3);
  CHECK(lesson.run(L::transfer).updates() == 0);
}

TEST_CASE("lesson/finetune: what it learns from is as many of each, and none of what it is tested with") {
  L lesson(3);
  enter_soon(lesson);
  for (const int n : {5, 20, 37, 100}) {
    must(lesson, "set_examples", n);
    CHECK(lesson.run(0).updates() == 0);
    REQUIRE(lesson.given()->count() == n);
    int each[5] = {};
    for (int i = 0; i < n; ++i) ++each[lesson.given()->label(i)];
    for (const int k : each) CHECK(std::abs(k - n / 5) <= 1);
  }
  const Digits& kept_apart = lesson.run(0).validation();
  CHECK(kept_apart->count() > 200);
  for (int i = 0; i < kept_apart->count(); ++i) {
    const auto p = kept_apart->pixels(i);
    for (int k = 0; k < lesson.given()->count(); ++k) {
      const auto q = lesson.given()->pixels(k);
      CHECK_FALSE(std::equal(p.begin(), p.end(), q.begin()));
    }
  }
}

TEST_CASE("lesson/finetune: symbols: drawn, added, taken back; the sheet is free for the next") {
  L lesson(3);
  must(lesson, "set_task", "symbols");
  enter_soon(lesson);
  CHECK(contains(refusal(lesson, call("train", 5)), "nothing to learn yet"));
  CHECK(contains(refusal(lesson, call("play")), "nothing to learn yet"));
  CHECK(contains(refusal(lesson, call("add_example", 0)), "Nothing is drawn"));
  const std::vector<float> down{0.5f, 0.1f, 0.5f, 0.9f}, across{0.1f, 0.5f, 0.9f, 0.5f};
  must(lesson, "add_stroke", down);
  CHECK(lesson.has_picture());
  must(lesson, "add_example", 0);
  CHECK_FALSE(lesson.has_picture());
  CHECK(contains(refusal(lesson, call("train_epoch")), "only the symbol A"));
  must(lesson, "add_stroke", across);
  CHECK(contains(refusal(lesson, call("add_example", 2)), "B"));
  must(lesson, "add_example", 1);
  train(lesson, 8);
  CHECK(lesson.run(L::scratch).updates() == 8);
  CHECK(lesson.state()["symbols"] == Json({1, 1}));
  must(lesson, "add_stroke", down);
  CHECK(lesson.run(L::scratch).updates() == 8);  // looking changes nothing
  CHECK(lesson.state()["answers"][1]["class"] == "A");
  must(lesson, "add_example", 0);
  CHECK(lesson.run(L::scratch).updates() == 0);
  CHECK(contains(refusal(lesson, call("use_our_symbols")), "3 examples of yours"));
  must(lesson, "undo_example");
  CHECK(lesson.symbols().count() == 2);
  must(lesson, "clear_examples");
  CHECK(contains(refusal(lesson, call("undo_example")), "no example"));
  must(lesson, "use_our_symbols");
  CHECK(lesson.symbols().count() == 20);
}

TEST_CASE("lesson/finetune: rewound and trained again the same comes out; and from its link") {
  for (const std::uint64_t seed : {3u, 9u}) {
    L lesson(seed);
    CHECK(lesson.save() == LinkParams{{"seed", std::to_string(seed)}});
    must(lesson, "train_base", 20);
    finish(lesson);
    enter(lesson);
    must(lesson, "set_examples", 30);
    must(lesson, "set_frozen", 2, false);
    train(lesson, 13);
    const std::string once = everything(lesson);
    must(lesson, "rewind");
    train(lesson, 13);
    CHECK(difference(once, everything(lesson)) == "");
    L again(1);
    CHECK(again.load(lesson.save()).empty());
    finish(again);
    CHECK(difference(once, everything(again)) == "");
  }
}

TEST_CASE("lesson/finetune: random setups come back from their links") {
  Rng rng(5);
  for (int round = 0; round < 8; ++round) {
    const auto seed = static_cast<std::uint64_t>(between(rng, 0, 1000));
    CAPTURE(round);
    L lesson(seed);
    if (rng.below(2)) must(lesson, "set_examples", between(rng, 5, 100));
    if (rng.below(2)) must(lesson, "set_learning_rate", between(rng, 1, 50) / 1000.0);
    for (int layer = 0; layer < 3; ++layer)
      if (rng.below(3) == 0) must(lesson, "set_frozen", layer, false);
    if (rng.below(2)) must(lesson, "set_kept", between(rng, 1, 3));
    if (rng.below(2)) must(lesson, "set_pace", between(rng, 0, 1000));
    if (rng.below(2)) must(lesson, "set_digit", between(rng, 0, 9), between(rng, 0, 99));
    if (rng.below(2)) must(lesson, "predict", between(rng, 0, 9999));
    if (rng.below(2)) {
      must(lesson, "set_task", "symbols");
      if (rng.below(2)) {
        must(lesson, "use_our_symbols");
      } else {
        for (int k = 0; k < 4; ++k) {
          must(lesson, "add_stroke", std::vector<float>{rng.uniform(), 0.1f, rng.uniform(), 0.9f});
          must(lesson, "add_example", k % 2);
        }
      }
    }
    if (rng.below(4) > 0) {
      must(lesson, "train_base", between(rng, 1, 5));
      finish(lesson);
    }
    if (lesson.has_base() && rng.below(4) > 0) {
      enter(lesson);
      if (lesson.missing().empty() && rng.below(3) > 0) train(lesson, between(rng, 1, 9));
      if (rng.below(3) == 0) must(lesson, "set_view", "base");
    }
    L again(3);
    CHECK(again.load(lesson.save()).empty());
    finish(again);
    CHECK(difference(everything(lesson), everything(again)) == "");
  }
}

TEST_CASE("lesson/finetune: what is refused says why with the numbers, and changes nothing") {
  L lesson(3);
  must(lesson, "set_kept", 2);
  enter_soon(lesson);
  train(lesson, 3);
  const std::string before = everything(lesson);
  const auto refused = [&](const Call& made, const char* part) {
    INFO(made.text());
    CHECK(contains(refusal(lesson, made), part));
    CHECK(difference(before, everything(lesson)) == "");
  };
  refused(call("set_view", "moon"), "moon");
  refused(call("set_task", "cars"), "cars");
  refused(call("set_examples", 4), "4");
  refused(call("set_examples", 101), "101");
  refused(call("set_kept", 0), "0");
  refused(call("set_kept", 4), "4");
  refused(call("set_frozen", 3, true), "head");
  refused(call("set_frozen", 2, true), "only 2 layers");
  refused(call("set_frozen", 7, true), "7");
  refused(call("set_frozen", -1, true), "−1");
  refused(call("set_learning_rate", 0), "0");
  refused(call("set_learning_rate", 2), "2");
  refused(call("train_base", 0), "0");
  refused(call("train_base", 4000), "4000");
  refused(call("predict", -1), "−1");
  refused(call("add_example", 0), "Nothing is drawn");
  refused(call("undo_example"), "");
  refused(call("set_colour_digit", 3), "grey");
  CHECK(refusal(lesson, call("step_image")) != "");
  L fresh(3);
  CHECK(fresh
            .load({{"examples", "x"},
                   {"kept", "9"},
                   {"frozen", "12"},
                   {"rate", "fast"},
                   {"symbols", "!"},
                   {"base", "0"},
                   {"view", "moon"},
                   {"batches", "-1"},
                   {"moon", "1"}})
            .size() == 9);
  CHECK_FALSE(fresh.busy());
}

TEST_CASE("lesson/finetune: training that diverges is said in words, and the others go on") {
  L lesson(3);
  enter_soon(lesson);
  must(lesson, "set_learning_rate", 1);
  must(lesson, "play");
  lesson.work([n = 0]() mutable { return ++n < 1000; });
  must(lesson, "pause");
  bool said = false;
  for (int which = 0; which < 3; ++which) said = said || !lesson.run(which).trouble().empty();
  const Json state = lesson.state();
  for (const Json& run : state["runs"]) {
    for (const char* key : {"loss", "validation_loss"})
      CHECK((run[key].is_null() || std::isfinite(run[key].get<double>())));
    for (const Json& change : run["change"]) CHECK(std::isfinite(change.get<double>()));
  }
  if (said) CHECK((contains(lesson.narrate(), "diverged")));
  must(lesson, "rewind");
  must(lesson, "set_learning_rate", 0.01);
  train(lesson, 5);
  CHECK(lesson.trouble() == "");
}

TEST_CASE("lesson/finetune: the state has the runs’ curves and settings, and the words fit them") {
  L lesson(3);
  CHECK(lesson.state()["runs"].empty());
  CHECK(contains(lesson.narrate(), "no update yet"));
  must(lesson, "train_base", 30);
  finish(lesson);
  CHECK(contains(lesson.narrate(), "After 30 updates the base reads"));
  enter(lesson);
  CHECK(contains(lesson.narrate(), "Three runs are ready"));
  train(lesson, 20);
  const Json state = lesson.state();
  CHECK(state["view"] == "second");
  CHECK(state["base"]["updates"] == 30);
  CHECK(state["frozen"] == Json({true, true, true}));
  REQUIRE(state["runs"].size() == 3);
  const char* const names[] = {"scratch", "transfer", "frozen"};
  for (std::size_t k = 0; k < 3; ++k) {
    const Json& run = state["runs"][k];
    CHECK(run["name"] == names[k]);
    CHECK(run["curve"]["loss"].size() == 20);
    CHECK(run["validation_curve"]["updates"] == Json({0, 5, 10, 15, 20}));
    CHECK(run["validation_curve"]["accuracy"][4] == run["validation_accuracy"]);
    CHECK(run["trainable"].get<int>() + run["non_trainable"].get<int>() == 7333);
    for (std::size_t layer = 0; layer < 4; ++layer)
      CHECK(run["change"][layer] == state["layers"][layer]["change"][names[k]]);
  }
  CHECK(state["runs"][2]["trainable"] == 1445);
  CHECK(state["layers"][2]["change"]["frozen"] == 0);
  CHECK(contains(lesson.narrate(), "After 20 updates scratch reads"));
}
