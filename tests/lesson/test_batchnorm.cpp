// The lesson `batchnorm`: two scales that clash, the three steps, and two runs of the same net.
#include "lesson/batchnorm.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "lesson/lesson_fixture.h"
#include "lesson/training_fixture.h"

using namespace kg;

namespace {

constexpr auto kPlain = BatchnormLesson::plain, kNormalised = BatchnormLesson::normalised;

void finish(Lesson& lesson) {
  lesson.work([&] { return lesson.busy(); });
}

void train(BatchnormLesson& lesson, int batches) {
  must(lesson, "set_view", "training");
  must(lesson, "train", batches);
  finish(lesson);
}

std::vector<double> numbers(const Json& list) {
  std::vector<double> values;
  for (const Json& value : list) values.push_back(value.get<double>());
  return values;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// The mean square distance from the mean.
double variance_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("lesson/batchnorm: eleven seeds: at the high rate it learns with batch norm alone" *
          doctest::test_suite("effects")) {
  double right = 0;
  for (std::uint64_t seed = Session::kSeed; seed < Session::kSeed + 11; ++seed) {
    CAPTURE(seed);
    BatchnormLesson lesson(seed);
    must(lesson, "load_preset", "training");
    train(lesson, 100);
    const TrainingRun &without = lesson.run(kPlain), &with = lesson.run(kNormalised);
    REQUIRE(with.updates() == 100);
    CHECK((without.updates() == 100 || without.trouble() != ""));
    CHECK(with.validated().accuracy() > 0.75);
    CHECK(with.validated().accuracy() > without.validated().accuracy() + 0.4);
    CHECK(with.validated().loss < 0.7 * without.validated().loss);
    right += (with.validated().accuracy() - without.validated().accuracy()) / 11;
  }
  CHECK(right > 0.6);
}

TEST_CASE("lesson/batchnorm: both nets start from the same weights, and only g and b are more") {
  for (const std::uint64_t seed : {3u, 8u, 4711u}) {
    CAPTURE(seed);
    const BatchnormLesson lesson(seed);
    const Network &without = lesson.run(kPlain).network(), &with = lesson.run(kNormalised).network();
    CHECK(without.layers() + BatchnormLesson::kHidden == with.layers());
    int from = 0;
    for (int k = 0; k < without.layers(); ++k, ++from) {
      while (std::holds_alternative<BatchNormalization>(with.descriptions()[static_cast<std::size_t>(from)]))
        ++from;
      REQUIRE(without.parameters(k).size() == with.parameters(from).size());
      for (std::size_t p = 0; p < without.parameters(k).size(); ++p)
        CHECK(without.parameters(k)[p].values == with.parameters(from)[p].values);
    }
    CHECK(from == with.layers());
    // The second scene looks at the first hidden layer of these nets, before it learns.
    Dense dense;
    dense.units = NormBatches::kUnits, dense.activation = ActivationKind::relu;
    Result<Network> first = Network::build({28, 28, 1}, {Flatten{}, dense}, seed);
    REQUIRE(first);
    CHECK(first->parameters(1)[0].values == with.parameters(1)[0].values);
  }
}

TEST_CASE("lesson/batchnorm: the worked example: x, z, z·g, z·g + b, by hand and by the engine's layer") {
  for (const std::uint64_t seed : {3u, 4u, 5u, 6u, 4711u}) {
    CAPTURE(seed);
    BatchnormLesson lesson(seed);
    must(lesson, "load_preset", "three_steps");
    must(lesson, "set_gamma", 2);
    must(lesson, "set_beta", -1.5);
    must(lesson, "set_batch", 3);
    const Json state = lesson.state();
    REQUIRE(state["three_steps"].size() == 4);
    const std::vector<double> x = numbers(state["three_steps"][0]["values"]),
                              z = numbers(state["three_steps"][1]["values"]),
                              zg = numbers(state["three_steps"][2]["values"]),
                              out = numbers(state["three_steps"][3]["values"]);
    REQUIRE(x.size() == 64);
    const double mean = mean_of(x), variance = variance_of(x);
    CHECK(state["mean"].get<double>() == doctest::Approx(mean).epsilon(1e-6));
    CHECK(state["std"].get<double>() == doctest::Approx(std::sqrt(variance)).epsilon(1e-6));
    CHECK(state["epsilon"] == 0.001);
    REQUIRE(variance > 0.01);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double expected = (x[i] - mean) / std::sqrt(variance + 0.001);
      CHECK(z[i] == doctest::Approx(expected).epsilon(1e-4));
      CHECK(zg[i] == doctest::Approx(2 * expected).epsilon(1e-4));
      CHECK(out[i] == doctest::Approx(2 * expected - 1.5).epsilon(1e-4));
    }
    // What each step has, as the stage says it. The deviation of z falls short of 1 by the epsilon alone.
    const double near_one = std::sqrt(variance / (variance + 0.001));
    CHECK(std::abs(state["three_steps"][1]["mean"].get<double>()) < 1e-5);
    CHECK(state["three_steps"][1]["std"].get<double>() == doctest::Approx(near_one).epsilon(1e-5));
    CHECK(state["three_steps"][1]["std"].get<double>() > 0.95);
    CHECK(std::abs(state["three_steps"][2]["mean"].get<double>()) < 2e-5);
    CHECK(state["three_steps"][2]["std"].get<double>() == doctest::Approx(2 * near_one).epsilon(1e-5));
    CHECK(state["three_steps"][3]["mean"].get<double>() == doctest::Approx(-1.5).epsilon(1e-5));
    CHECK(state["three_steps"][3]["std"].get<double>() == doctest::Approx(2 * near_one).epsilon(1e-5));

    // The layer as part of a network that sees the same digits' activations.
    Result<Network> built = Network::build(SampleShape(NormBatches::kUnits), {NormBatches::layer()}, 1);
    REQUIRE(built);
    Network network = std::move(built).value();
    for (float& g : network.parameters(0)[0].values) g = 2;
    for (float& b : network.parameters(0)[1].values) b = -1.5f;
    network.parameters_changed();
    network.reserve({NormBatches::kBatch, false, false});
    NormBatches batches(seed);
    const std::span<const float> given = batches.activations(3);
    std::copy(given.begin(), given.end(), network.input(NormBatches::kBatch).begin());
    const std::span<const float> answers = network.forward(true);
    const auto unit = static_cast<std::size_t>(lesson.unit() - 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
      CHECK(static_cast<double>(given[i * NormBatches::kUnits + unit]) == x[i]);
      CHECK(static_cast<double>(answers[i * NormBatches::kUnits + unit]) == out[i]);
    }
  }
}

TEST_CASE("lesson/batchnorm: every unit and batch has its own mean; z has 0 and 1 for all that vary") {
  BatchnormLesson lesson(3);
  int silent = 0;
  double before = -1;
  for (int unit = 1; unit <= NormBatches::kUnits; ++unit) {
    must(lesson, "set_unit", unit);
    must(lesson, "set_batch", 1 + unit % 4);
    const NormBatches::Steps& steps = lesson.steps();
    CHECK(std::abs(steps[1].numbers.mean) < 1e-5);
    const double variance = lesson.moments(lesson.batch()).variance;
    silent += variance == 0;
    CHECK(steps[1].numbers.deviation ==
          doctest::Approx(std::sqrt(variance / (variance + 0.001))).epsilon(1e-4));
    CHECK(steps[0].numbers.mean != before);
    before = steps[0].numbers.mean;
  }
  CHECK(silent < NormBatches::kUnits / 4);
  // The same unit, another batch.
  must(lesson, "set_batch", 1);
  const double first = lesson.moments(1).mean;
  must(lesson, "next_batch");
  CHECK(lesson.batch() == 2);
  CHECK(lesson.moments(2).mean != first);
  must(lesson, "next_batch", 19);
  CHECK(lesson.batch() == 21);
  CHECK(lesson.moments(21).mean == first);  // there are twenty, and they come again
}

TEST_CASE("lesson/batchnorm: the moving averages follow by the momentum, and take the batch's place in use") {
  BatchnormLesson lesson(5);
  must(lesson, "set_batch", 40);
  double mean = 0, variance = 1;
  for (int batch = 1; batch <= 40; ++batch) {
    const NormBatches::Moments own = lesson.moments(batch);
    mean = 0.9 * mean + 0.1 * own.mean, variance = 0.9 * variance + 0.1 * own.variance;
    CHECK(lesson.moving_averages(batch).mean == doctest::Approx(mean).epsilon(1e-4));
    CHECK(lesson.moving_averages(batch).variance == doctest::Approx(variance).epsilon(1e-4));
  }
  must(lesson, "set_statistics", "moving");
  const Json state = lesson.state();
  const std::vector<double> x = numbers(state["x"]), z = numbers(state["z"]);
  for (std::size_t i = 0; i < x.size(); ++i)
    CHECK(z[i] == doctest::Approx((x[i] - mean) / std::sqrt(variance + 0.001)).epsilon(1e-3));
  // Near 0 and 1, but not there: they are not this batch's own.
  CHECK(std::abs(mean_of(z)) < 0.5);
  CHECK(std::abs(mean_of(z)) > 1e-4);
  CHECK(state["moving"]["mean"].get<double>() == doctest::Approx(mean).epsilon(1e-4));
  must(lesson, "set_view", "three_steps");
  CHECK(contains(lesson.keras_code(), "training=False"));
  must(lesson, "set_statistics", "batch");
  CHECK(contains(lesson.keras_code(), "training=True"));
}

TEST_CASE("lesson/batchnorm: drivers: scales that clash, and how both ways bring them together") {
  for (std::uint64_t seed = Session::kSeed; seed < Session::kSeed + 11; ++seed) {
    CAPTURE(seed);
    BatchnormLesson lesson(seed);
    for (const Driver& driver : lesson.drivers()) {
      CHECK(driver.miles >= 1000);
      CHECK(driver.miles <= 100000);
      CHECK(driver.age >= 18);
      CHECK(driver.age <= 80);
    }
    CHECK(*lesson.gradient(Scaling::raw).clash() > 300);
    CHECK(*lesson.gradient(Scaling::scaled).clash() < 5);
    for (const char* const scaling : {"raw", "scaled", "standardised"}) {
      must(lesson, "set_scaling", scaling);
      const Json state = lesson.state();
      CHECK(state["scaling"] == scaling);
      for (const char* const column : {"miles", "age"}) {
        std::vector<double> raw, shown;
        for (const Json& row : state["table"]) {
          raw.push_back(row[column].get<double>());
          shown.push_back(row[std::string(column) + "_shown"].get<double>());
        }
        const double mean = mean_of(raw), deviation = std::sqrt(variance_of(raw));
        const double least = *std::min_element(raw.begin(), raw.end()),
                     most = *std::max_element(raw.begin(), raw.end());
        CHECK(state[column]["mean"].get<double>() == doctest::Approx(mean));
        CHECK(state[column]["std"].get<double>() == doctest::Approx(deviation));
        CHECK(state[column]["min"].get<double>() == least);
        CHECK(state[column]["max"].get<double>() == most);
        for (std::size_t i = 0; i < raw.size(); ++i) {
          const double expected = lesson.scaling() == Scaling::raw      ? raw[i]
                                  : lesson.scaling() == Scaling::scaled ? (raw[i] - least) / (most - least)
                                                                        : (raw[i] - mean) / deviation;
          CHECK(shown[i] == doctest::Approx(expected).epsilon(1e-5));
        }
      }
    }
    const Json standardised = lesson.state();
    for (const char* const column : {"miles", "age"}) {
      CHECK(std::abs(standardised[column]["shown"]["mean"].get<double>()) < 1e-5);
      CHECK(standardised[column]["shown"]["std"].get<double>() == doctest::Approx(1).epsilon(1e-5));
    }
  }
}

TEST_CASE("lesson/batchnorm: the neuron's gradient is that of the mean squared error at weights of 0") {
  const Drivers drivers = make_drivers(9);
  const std::array<float, kDrivers> targets = premiums(9);
  for (const Scaling scaling : kScalings) {
    double miles = 0, age = 0;
    const std::vector<float> m = column_of(drivers, Column::miles, scaling),
                             a = column_of(drivers, Column::age, scaling);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      miles -= 2.0 / kDrivers * static_cast<double>(targets[i] * m[i]);
      age -= 2.0 / kDrivers * static_cast<double>(targets[i] * a[i]);
    }
    const NeuronGradient gradient = neuron_gradient(drivers, scaling, targets);
    CHECK(gradient.miles == doctest::Approx(miles).epsilon(1e-4));
    CHECK(gradient.age == doctest::Approx(age).epsilon(1e-4));
  }
}

TEST_CASE(
    "lesson/batchnorm: a column without width is all 0, and the neuron's gradient has nothing to compare") {
  BatchnormLesson lesson(3);
  for (int i = 1; i <= kDrivers; ++i) must(lesson, "set_driver", i, "age", 40);
  for (const char* const scaling : {"scaled", "standardised"}) {
    must(lesson, "set_scaling", scaling);
    for (const float value : lesson.column(Column::age, lesson.scaling())) CHECK(value == 0);
    CHECK_FALSE(lesson.gradient(lesson.scaling()).clash());
    CHECK(lesson.state()["gradients"][scaling]["clash"].is_null());
    CHECK(lesson.narrate() != "");
  }
  must(lesson, "reset_drivers");
  CHECK_FALSE(lesson.edited());
}

TEST_CASE("lesson/batchnorm: the rate changes on the way; divergence is said, and the other run goes on") {
  BatchnormLesson lesson(Session::kSeed);
  must(lesson, "load_preset", "training");
  train(lesson, 20);
  const std::vector<float> weights = weights_of(lesson.run(kNormalised));
  must(lesson, "set_rate", 0.01);
  CHECK(lesson.run(kPlain).updates() == 20);
  CHECK(lesson.run(kNormalised).settings().optimizer.learning_rate == 0.01f);
  CHECK(weights_of(lesson.run(kNormalised)) == weights);
  must(lesson, "set_rate", 10);
  train(lesson, 60);
  CHECK(lesson.run(kPlain).trouble() != "");
  CHECK(lesson.run(kNormalised).updates() > lesson.run(kPlain).updates());
  const Json state = lesson.state();
  CHECK(state["runs"][0]["trouble"] != "");
  for (const Json& size : state["runs"][0]["gradients"])
    CHECK((size.is_null() || std::isfinite(size.get<double>())));
  CHECK(contains(lesson.narrate(), "diverged"));
  must(lesson, "load_preset", "training");
  CHECK(lesson.rate() == 1);
  CHECK(lesson.run(kPlain).updates() == 0);
  CHECK(lesson.run(kPlain).trouble() == "");
}

TEST_CASE("lesson/batchnorm: the gradient of each layer is that of the last batch") {
  BatchnormLesson lesson(4);
  CHECK(lesson.gradient_sizes(kNormalised).empty());
  train(lesson, 7);
  for (const auto run : {kPlain, kNormalised}) {
    const std::vector<double> sizes = lesson.gradient_sizes(run);
    REQUIRE(sizes.size() == BatchnormLesson::kHidden + 1);
    double squares = 0;
    const Network& network = lesson.run(run).network();
    for (int k = 0; k < network.layers(); ++k) {
      for (const Parameter& p : network.parameters(k)) {
        if (!p.learned) continue;
        for (const float g : p.gradient) squares += static_cast<double>(g) * static_cast<double>(g);
      }
    }
    CHECK(std::sqrt(squares) == doctest::Approx(lesson.run(run).last().gradient_norm).epsilon(1e-4));
    for (const double size : sizes) CHECK(size > 0);
  }
  const Json learned = lesson.state()["learned"];
  CHECK(learned["gamma"]["std"].get<double>() > 0);
  CHECK(learned["beta"]["max"].get<double>() > 0);
}

TEST_CASE("lesson/batchnorm: rewound and trained again the same comes out; and from its link") {
  for (const std::uint64_t seed : {3u, 9u}) {
    CAPTURE(seed);
    BatchnormLesson lesson(seed);
    CHECK(lesson.save().empty());
    must(lesson, "set_rate", 0.3);
    train(lesson, 23);
    const std::string once = everything(lesson);
    must(lesson, "rewind");
    train(lesson, 23);
    CHECK(difference(once, everything(lesson)) == "");
    // From another scene, too.
    for (const char* const scene : {"training", "miles_age", "three_steps"}) {
      must(lesson, "set_view", scene);
      BatchnormLesson again(seed);
      CHECK(again.load(lesson.save()).empty());
      finish(again);
      CHECK(difference(everything(lesson), everything(again)) == "");
    }
    // A link cannot tell of a change on the way.
    CHECK(lesson.save().back().first == "updates");
    must(lesson, "set_rate", 0.2);
    CHECK(lesson.save().back().first != "updates");
  }
}

TEST_CASE("lesson/batchnorm: random setups come back from their links") {
  Rng rng(15);
  for (int round = 0; round < 25; ++round) {
    const auto seed = static_cast<std::uint64_t>(between(rng, 0, 1000));
    CAPTURE(seed);
    BatchnormLesson lesson(seed);
    if (rng.below(2)) must(lesson, "predict", between(rng, -300, 300) / 100.0);
    if (rng.below(2)) must(lesson, "set_driver", between(rng, 1, 10), "miles", between(rng, 0, 1000000));
    if (rng.below(2)) must(lesson, "set_driver", between(rng, 1, 10), "age", between(rng, 0, 240) / 2.0);
    if (rng.below(2)) must(lesson, "set_scaling", rng.below(2) ? "scaled" : "standardised");
    if (rng.below(2)) must(lesson, "set_unit", between(rng, 1, 32));
    if (rng.below(2)) must(lesson, "set_batch", between(rng, 1, 60));
    if (rng.below(2)) must(lesson, "set_gamma", between(rng, -1000, 1000) / 100.0);
    if (rng.below(2)) must(lesson, "set_beta", between(rng, -1000, 1000) / 100.0);
    if (rng.below(2)) must(lesson, "set_statistics", "moving");
    if (rng.below(2)) must(lesson, "set_rate", between(rng, 1, 5000) / 1000.0);
    if (rng.below(2)) must(lesson, "set_pace", between(rng, 0, 1000));
    if (rng.below(3) == 0) train(lesson, between(rng, 1, 12));
    static const char* const kScenes[] = {"miles_age", "three_steps", "training"};
    must(lesson, "set_view", kScenes[rng.below(3)]);
    BatchnormLesson again(seed);
    CHECK(again.load(lesson.save()).empty());
    finish(again);
    CHECK(difference(everything(lesson), everything(again)) == "");
  }
}

TEST_CASE("lesson/batchnorm: what is refused says why with the numbers, and changes nothing") {
  BatchnormLesson lesson(3);
  must(lesson, "set_scaling", "standardised");
  const std::string before = everything(lesson);
  const auto refused = [&](const Call& made, const char* part) {
    INFO(made.text());
    CHECK(contains(refusal(lesson, made), part));
    CHECK(difference(before, everything(lesson)) == "");
  };
  refused(call("load_preset", "moon"), "moon");
  refused(call("set_view", "moon"), "moon");
  refused(call("set_scaling", "moon"), "moon");
  refused(call("set_statistics", "moon"), "moon");
  refused(call("set_driver", 0, "miles", 5), "0");
  refused(call("set_driver", 11, "miles", 5), "11");
  refused(call("set_driver", 1, "height", 5), "height");
  refused(call("set_driver", 1, "miles", -1), "−1");
  refused(call("set_driver", 1, "miles", 1000001), "1000001");
  refused(call("set_driver", 1, "age", 121), "121");
  refused(call("set_gamma", 11), "11");
  refused(call("set_beta", -10.5), "−10.5");
  refused(call("set_unit", 33), "33");
  refused(call("set_batch", 0), "0");
  refused(call("set_batch", 1001), "1001");
  refused(call("next_batch", 1000), "1001");
  refused(call("next_batch", -1), "−1");
  refused(call("set_rate", 0), "0.001");
  refused(call("set_rate", 11), "11");
  refused(call("predict", 1), "go back");
  refused(call("train", 0), "0");
  CHECK(refusal(lesson, call("step_image")) != "");
  BatchnormLesson fresh(3);
  CHECK(fresh
            .load({{"preset", "moon"},
                   {"drivers", "1,2,3"},
                   {"scaling", "x"},
                   {"unit", "0"},
                   {"batch", "x"},
                   {"gamma", "x"},
                   {"rate", "100"},
                   {"updates", "0"},
                   {"moon", "1"}})
            .size() == 9);
  CHECK(difference(everything(fresh), everything(BatchnormLesson(3))) == "");
}

TEST_CASE("lesson/batchnorm: a link with one impossible driver changes none") {
  BatchnormLesson lesson(3);
  std::string list = "5,5";
  for (int i = 0; i < 8; ++i) list += ",1000,30";
  CHECK(lesson.load({{"drivers", list + ",1000,300"}}).size() == 1);
  CHECK_FALSE(lesson.edited());
}

TEST_CASE("lesson/batchnorm: whoever trains sees it") {
  for (const Call& made : {call("play"), call("train", 3), call("train_epoch"), call("rewind")}) {
    BatchnormLesson lesson(3);
    INFO(made.text());
    CHECK(refusal(lesson, made) == "");
    CHECK(lesson.scene() == BatchnormLesson::Scene::training);
  }
}

TEST_CASE("lesson/batchnorm: leaving the training holds it, and coming back finds it as it was") {
  BatchnormLesson lesson(3);
  must(lesson, "set_view", "training");
  must(lesson, "play");
  lesson.work([&, n = 0]() mutable { return ++n < 400; });
  const int updates = lesson.run(kNormalised).updates();
  CHECK(updates > 0);
  must(lesson, "set_view", "three_steps");
  CHECK_FALSE(lesson.playing());
  CHECK_FALSE(lesson.working());
  must(lesson, "set_view", "training");
  CHECK(lesson.run(kNormalised).updates() == updates);
}

TEST_CASE("lesson/batchnorm: the Keras code follows the controls") {
  BatchnormLesson lesson(3);
  CHECK(contains(lesson.keras_code(), "x = np.array([["));
  CHECK_FALSE(contains(lesson.keras_code(), "Normalization"));
  must(lesson, "set_scaling", "scaled");
  CHECK(contains(lesson.keras_code(), "x.max(axis=0) - x.min(axis=0)"));
  must(lesson, "set_scaling", "standardised");
  CHECK(contains(lesson.keras_code(), "Normalization(axis=1)"));
  must(lesson, "load_preset", "three_steps");
  const auto one_line = [&] {
    std::string code = lesson.keras_code(), flat;
    for (const char c : code) {
      if (c == '\n' || (c == ' ' && !flat.empty() && flat.back() == ' ')) continue;
      flat += c;
    }
    return flat;
  };
  CHECK(contains(one_line(),
                 "Dense(32, activation=\"relu\"), BatchNormalization(axis=1, momentum=0.9, "
                 "beta_initializer=\"zeros\", gamma_initializer=\"ones\")"));
  must(lesson, "set_gamma", 2);
  must(lesson, "set_beta", -0.5);
  CHECK(contains(one_line(), "beta_initializer=initializers.Constant(-0.5)"));
  CHECK(contains(one_line(), "gamma_initializer=initializers.Constant(2.0)"));
  must(lesson, "load_preset", "training");
  must(lesson, "set_rate", 0.25);
  const std::string code = lesson.keras_code();
  CHECK(contains(code, "learning_rate=0.25"));
  std::size_t norms = 0;
  for (std::size_t at = code.find("BatchNormalization(axis=1"); at != std::string::npos;
       at = code.find("BatchNormalization(axis=1", at + 1))
    ++norms;
  CHECK(norms == BatchnormLesson::kHidden);
}
