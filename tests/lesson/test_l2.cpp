// The lesson `l2`: two runs from the same weights, what the penalty does to them, and the factor of Keras.
#include "lesson/l2.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/loss.h"
#include "lesson/lesson_fixture.h"
#include "lesson/network_probe.h"
#include "lesson/training_fixture.h"

using namespace kg;

namespace {

void finish(Lesson& lesson) {
  lesson.work([&] { return lesson.busy(); });
}

void train(L2Lesson& lesson, int batches) {
  must(lesson, "train", batches);
  finish(lesson);
}

// The mean of the last points of a curve: one validation of 400 digits is good to a few points.
CurvePoint late(const TrainingCurve& curve) {
  const auto last = curve.points().last(std::min<std::size_t>(10, curve.points().size()));
  CurvePoint mean;
  for (const CurvePoint& point : last) {
    mean.loss += point.loss / static_cast<double>(last.size());
    mean.accuracy += point.accuracy / static_cast<double>(last.size());
  }
  return mean;
}

double least_loss(const TrainingCurve& curve) {
  double least = 1e9;
  for (const CurvePoint& point : curve.points()) least = std::min(least, point.loss);
  return least;
}

double sum_of_squares(const TrainingRun& run) {
  double sum = 0;
  for (int k = 0; k < run.network().layers(); ++k) {
    for (const Parameter& p : run.network().parameters(k)) {
      if (p.name != "kernel") continue;
      for (const float w : p.values) sum += static_cast<double>(w) * static_cast<double>(w);
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("lesson/l2: eleven seeds: without it overfits, with it much less, and reads more digits" *
          doctest::test_suite("effects")) {
  double loss = 0, right = 0;  // what is gained, in the mean
  for (std::uint64_t seed = Session::kSeed; seed < Session::kSeed + 11; ++seed) {
    CAPTURE(seed);
    L2Lesson lesson(seed);
    train(lesson, 400);
    const L2Lesson::Standing without = lesson.standing(L2Lesson::plain);
    const L2Lesson::Standing with = lesson.standing(L2Lesson::penalised);
    // Every label is known by heart, the wrong ones, too, and the loss on new digits has risen again.
    CHECK(without.loss < 0.25);
    CHECK(without.accuracy > 0.95);
    const TrainingCurve& plain = lesson.run(L2Lesson::plain).validation_curve();
    const CurvePoint end = late(plain), penalised = late(lesson.run(L2Lesson::penalised).validation_curve());
    CHECK(end.loss > 1.1 * least_loss(plain));
    CHECK(without.gap > 0.5);
    CHECK(with.gap < 0.5 * without.gap);
    CHECK(with.squares < 0.25 * without.squares);
    CHECK(penalised.loss < end.loss);
    CHECK(penalised.accuracy > end.accuracy);
    loss += (end.loss - penalised.loss) / 11, right += (penalised.accuracy - end.accuracy) / 11;
  }
  CHECK(loss > 0.08);
  CHECK(right > 0.08);
}

TEST_CASE("lesson/l2: too much makes the model nothing, for every seed; a little hardly anything" *
          doctest::test_suite("effects")) {
  for (const std::uint64_t seed : {3u, 4u, 5u, 20u, 4711u}) {
    CAPTURE(seed);
    L2Lesson lesson(seed);
    must(lesson, "load_preset", "too_much");
    train(lesson, 120);
    const L2Lesson::Standing with = lesson.standing(L2Lesson::penalised);
    CHECK(with.squares < 1e-3);
    CHECK(with.validation_accuracy <= L2Lesson::kChance);
    CHECK(with.validation_loss == doctest::Approx(std::log(L2Lesson::kClasses)).epsilon(0.03));
    CHECK(lesson.standing(L2Lesson::plain).validation_accuracy > 0.45);
  }
  L2Lesson lesson(3);
  must(lesson, "set_lambda", 0.001);
  train(lesson, 60);
  CHECK(lesson.standing(L2Lesson::penalised).squares ==
        doctest::Approx(lesson.standing(L2Lesson::plain).squares).epsilon(0.01));
}

TEST_CASE("lesson/l2: both start from the same weights, and with λ = 0 they stay the same to the last bit") {
  L2Lesson lesson(3);
  CHECK(weights_of(lesson.run(0)) == weights_of(lesson.run(1)));
  must(lesson, "load_preset", "overfits");
  train(lesson, 25);
  CHECK(same_run(lesson.run(0), lesson.run(1)));
  CHECK(lesson.standing(0).gap == lesson.standing(1).gap);
}

TEST_CASE("lesson/l2: the penalty is λ/(2m)·Σw², which the trainer adds, and Keras is told the factor") {
  L2Lesson lesson(3);
  must(lesson, "set_lambda", 8);
  must(lesson, "set_size", 400);
  CHECK(lesson.factor() == doctest::Approx(0.01));
  CHECK(contains(lesson.keras_code(), "kernel_regularizer=regularizers.l2(0.01)"));
  CHECK(contains(lesson.keras_code(), "8 / (2 * 400)"));
  must(lesson, "set_size", 100);
  CHECK(lesson.factor() == doctest::Approx(0.04));
  CHECK(contains(lesson.keras_code(), "regularizers.l2(0.04)"));
  train(lesson, 10);
  for (const int run : {L2Lesson::plain, L2Lesson::penalised}) {
    CHECK(lesson.standing(run).squares == doctest::Approx(sum_of_squares(lesson.run(run))));
    CHECK(lesson.standing(run).penalty == doctest::Approx(run * 0.04 * sum_of_squares(lesson.run(run))));
  }
  // What the trainer reports for the next update is the penalty of the weights before it.
  const double before = lesson.standing(L2Lesson::penalised).penalty;
  train(lesson, 1);
  CHECK(lesson.run(L2Lesson::penalised).last().penalty == doctest::Approx(before).epsilon(1e-4));
  CHECK(lesson.run(L2Lesson::plain).last().penalty == 0);
}

TEST_CASE("lesson/l2: what stands for the training digits is their loss under the labels that are learned") {
  L2Lesson lesson(7);
  train(lesson, 30);
  const Digits& set = lesson.learned();
  REQUIRE(set);
  REQUIRE(set->count() == lesson.setup().size);
  for (const int run : {L2Lesson::plain, L2Lesson::penalised}) {
    Result<Network> built =
        Network::build(lesson.run(run).settings().input, lesson.run(run).settings().layers, 1);
    REQUIRE(built);
    Network network = std::move(built).value();
    copy_weights(network, lesson.run(run).network());
    network.reserve({1, false, false});
    double loss = 0;
    int right = 0;
    for (int i = 0; i < set->count(); ++i) {
      set->copy(i, network.input(1).data());
      const std::span<const float> p = network.forward();
      loss -= std::log(static_cast<double>(p[static_cast<std::size_t>(set->label(i))]));
      right += largest(p) == set->label(i);
    }
    CHECK(lesson.standing(run).loss == doctest::Approx(loss / set->count()).epsilon(1e-4));
    CHECK(lesson.standing(run).accuracy == doctest::Approx(static_cast<double>(right) / set->count()));
    const auto fit = lesson.fit(run).points(), validation = lesson.run(run).validation_curve().points();
    REQUIRE(fit.size() == validation.size());
    for (std::size_t k = 0; k < fit.size(); ++k) CHECK(fit[k].updates == validation[k].updates);
    CHECK(fit.back().updates == 30);
  }
}

TEST_CASE("lesson/l2: so many labels are wrong as were asked for, and none of the validation digits") {
  L2Lesson lesson(11);
  for (const double share : {0.0, 0.1, 0.3, 0.6}) {
    CAPTURE(share);
    must(lesson, "set_noise", share);
    train(lesson, 1);
    int wrong = 0;
    for (int i = 0; i < lesson.learned()->count(); ++i) {
      wrong += lesson.is_wrong(i);
      const auto learned = lesson.learned()->pixels(i);
      CHECK(lesson.is_wrong(i) == (lesson.learned()->label(i) != lesson.right_label(i)));
      CHECK(learned.size() == 784);
    }
    CHECK(wrong == static_cast<int>(std::lround(share * lesson.setup().size)));
    CHECK(wrong == lesson.wrong_labels());
  }
  CHECK(lesson.run(0).validation()->count() == L2Lesson::kValidation);
}

TEST_CASE("lesson/l2: λ changes on the way without a reset; other digits begin anew") {
  L2Lesson lesson(3);
  train(lesson, 100);
  const std::vector<float> plain = weights_of(lesson.run(0));
  const double squares = lesson.standing(L2Lesson::penalised).squares;
  must(lesson, "set_lambda", 300);
  CHECK(lesson.run(1).updates() == 100);
  CHECK(weights_of(lesson.run(0)) == plain);
  train(lesson, 40);
  CHECK(lesson.run(1).updates() == 140);
  CHECK(lesson.standing(L2Lesson::penalised).squares < 0.05 * squares);
  must(lesson, "set_noise", 0.1);
  CHECK(lesson.run(0).updates() == 0);
  CHECK(lesson.run(1).updates() == 0);
  CHECK(lesson.fit(0).empty());
}

TEST_CASE("lesson/l2: rewound and trained again the same comes out; and from its link") {
  for (const std::uint64_t seed : {3u, 9u}) {
    L2Lesson lesson(seed);
    const std::string fresh = everything(lesson);
    CHECK(lesson.save().empty());
    must(lesson, "set_lambda", 20);
    must(lesson, "set_noise", 0.2);
    must(lesson, "set_size", 150);
    must(lesson, "set_learning_rate", 0.2);
    must(lesson, "predict", 0.02);
    const std::vector<float> start = weights_of(lesson.run(0));
    train(lesson, 33);
    const std::string once = everything(lesson);
    must(lesson, "rewind");
    CHECK(weights_of(lesson.run(0)) == start);
    CHECK(weights_of(lesson.run(1)) == start);
    train(lesson, 33);
    CHECK(difference(once, everything(lesson)) == "");
    L2Lesson again(seed);
    CHECK(again.load(lesson.save()).empty());
    finish(again);
    CHECK(difference(once, everything(again)) == "");
    must(lesson, "load_preset", "just_right");
    CHECK(lesson.save().size() == 1);  // the prediction
    // A link cannot tell of a change on the way.
    train(lesson, 5);
    CHECK(lesson.save().back().first == "batches");
    must(lesson, "set_lambda", 3);
    CHECK(lesson.save().back().first != "batches");
    CHECK(fresh != once);
  }
}

TEST_CASE("lesson/l2: random setups come back from their links") {
  Rng rng(5);
  for (int round = 0; round < 12; ++round) {
    const auto seed = static_cast<std::uint64_t>(between(rng, 0, 1000));
    L2Lesson lesson(seed);
    if (rng.below(2)) must(lesson, "set_lambda", std::pow(10.0, static_cast<double>(rng.uniform(-3, 3))));
    if (rng.below(4) == 0) must(lesson, "set_lambda", 0);
    if (rng.below(2)) must(lesson, "set_noise", between(rng, 0, 60) / 100.0);
    if (rng.below(2)) must(lesson, "set_size", between(rng, 100, 400));
    if (rng.below(2)) must(lesson, "set_learning_rate", between(rng, 1, 30) / 100.0);
    if (rng.below(2)) must(lesson, "set_pace", between(rng, 0, 1000));
    if (rng.below(2)) train(lesson, between(rng, 1, 15));
    L2Lesson again(seed);
    CHECK(again.load(lesson.save()).empty());
    finish(again);
    CHECK(difference(everything(lesson), everything(again)) == "");
  }
}

TEST_CASE("lesson/l2: what is refused says why with the numbers, and changes nothing") {
  L2Lesson lesson(3);
  train(lesson, 5);
  const std::string before = everything(lesson);
  const auto refused = [&](const Call& made, const char* part) {
    INFO(made.text());
    CHECK(contains(refusal(lesson, made), part));
    CHECK(difference(before, everything(lesson)) == "");
  };
  refused(call("set_lambda", -1), "−1");
  refused(call("set_lambda", 0.0005), "0.0005");
  refused(call("set_lambda", 1001), "1001");
  refused(call("set_size", 99), "99");
  refused(call("set_size", 401), "401");
  refused(call("set_noise", 0.7), "0.7");
  refused(call("set_noise", -0.1), "−0.1");
  refused(call("set_learning_rate", 0), "");
  refused(call("set_learning_rate", 1000), "");
  refused(call("load_preset", "moon"), "moon");
  refused(call("predict", -1), "−1");
  CHECK(refusal(lesson, call("step_image")) != "");
  L2Lesson fresh(3);
  CHECK(fresh.load({{"lambda", "x"}, {"size", "7"}, {"batches", "0"}, {"moon", "1"}}).size() == 4);
}

TEST_CASE("lesson/l2: training that diverges is said in words, and shows no number that is none") {
  L2Lesson lesson(3);
  must(lesson, "set_learning_rate", 10);
  must(lesson, "set_lambda", 1000);
  must(lesson, "play");
  lesson.work([&, n = 0]() mutable { return ++n < 4000; });
  CHECK(lesson.run(L2Lesson::penalised).trouble() != "");
  CHECK(lesson.state()["runs"][1]["trouble"] != "");
  for (const char* key : {"loss", "validation_loss", "gap", "weight_norm"}) {
    const Json value = lesson.state()["runs"][1][key];
    CHECK((value.is_null() || std::isfinite(value.get<double>())));
  }
  must(lesson, "rewind");
  must(lesson, "set_learning_rate", 0.1);
  must(lesson, "set_lambda", 15);
  train(lesson, 20);
  CHECK(lesson.trouble() == "");
}

TEST_CASE("lesson/l2: the state has both runs' curves and settings, and the words fit them") {
  L2Lesson lesson(3);
  CHECK(lesson.state()["runs"][0]["gap"].is_null());
  CHECK(contains(lesson.narrate(), "80 of them with a wrong label"));
  train(lesson, 50);
  const Json state = lesson.state();
  CHECK(state["lambda"] == 15);
  CHECK(state["m"] == 200);
  CHECK(state["factor"].get<double>() == doctest::Approx(0.0375));
  CHECK(state["preset"] == "just_right");
  REQUIRE(state["runs"].size() == 2);
  for (const Json& run : state["runs"]) {
    CHECK(run["training"]["loss"].size() == 6);  // at 0, 10, … 50
    CHECK(run["validation"]["updates"] == run["training"]["updates"]);
    CHECK(run["gap"].get<double>() ==
          doctest::Approx(run["validation_loss"].get<double>() - run["loss"].get<double>()));
  }
  CHECK(state["runs"][0]["l2"] == 0);
  CHECK(state["runs"][1]["l2"].get<double>() == doctest::Approx(0.0375));
  CHECK(contains(lesson.narrate(), "After 50 updates"));
}
