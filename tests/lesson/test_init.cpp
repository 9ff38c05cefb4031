// The lesson `init`: the course's 250 inputs, what each initialiser does to one neuron and to a deep net, and
// that it shows for other seeds, too.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "lesson/init.h"
#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

constexpr std::uint64_t kSeeds[] = {Session::kSeed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 4711};

// The variance of m numbers from a normal distribution of variance v has the standard deviation v·√(2/(m −
// 1)); five of them are exceeded once in a million runs.
double variance_tolerance(double variance) {
  return 5 * variance * std::sqrt(2.0 / (NeuronDraws::kDraws - 1));
}

double number(const InitLesson& lesson, const char* key) { return lesson.state()[key].get<double>(); }

void finish_work(Lesson& lesson) {
  lesson.work([] { return true; });
}

}  // namespace

TEST_CASE("lesson/init: the worked example: 250 inputs of 1, weights N(0, 1)") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    const InitLesson lesson(seed);
    const Json state = lesson.state();
    CHECK(state["n"] == 250);
    CHECK(state["expected_variance"].get<double>() == 250);
    CHECK(state["expected_deviation"].get<double>() == doctest::Approx(15.81).epsilon(0.0005));
    CHECK(std::abs(state["z_variance"].get<double>() - 250) < variance_tolerance(250));
    // The mean of m draws has the standard deviation 15.81/√m.
    CHECK(std::abs(state["z_mean"].get<double>()) < 5 * 15.82 / std::sqrt(NeuronDraws::kDraws));
    CHECK(state["saturated"].get<double>() > 0.7);
  }
}

TEST_CASE("lesson/init: variance 1/n keeps the sum in hand, for every seed and number of inputs") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    InitLesson lesson(seed);
    must(lesson, "set_weights", "xavier");
    for (const int n : {1, 40, 250, 300}) {
      must(lesson, "set_inputs", n);
      CHECK(number(lesson, "expected_variance") == doctest::Approx(1));
      CHECK(std::abs(number(lesson, "z_variance") - 1) < variance_tolerance(1));
      CHECK(number(lesson, "saturated") < 0.05);
    }
  }
}

TEST_CASE("lesson/init: every rule draws with the variance that its formula says") {
  InitLesson lesson(5);
  must(lesson, "set_inputs", 200);
  must(lesson, "set_units", 50);
  must(lesson, "set_spread", 0.5);
  const std::pair<const char*, double> variances[] = {{"normal", 0.25},
                                                      {"small", 1e-4},
                                                      {"xavier", 1.0 / 200},
                                                      {"he", 2.0 / 200},
                                                      {"paper", 2.0 / 250},
                                                      {"glorot_uniform", 2.0 / 250},
                                                      {"glorot_normal", 2.0 / 250},
                                                      {"he_normal", 2.0 / 200},
                                                      {"zeros", 0}};
  CHECK(std::size(variances) == weight_rules().size());
  for (const auto& [rule, variance] : variances) {
    CAPTURE(rule);
    must(lesson, "set_weights", rule);
    const double expected = 200 * variance;
    CHECK(number(lesson, "weight_deviation") == doctest::Approx(std::sqrt(variance)));
    CHECK(number(lesson, "expected_variance") == doctest::Approx(expected));
    CHECK(std::abs(number(lesson, "z_variance") - expected) <= variance_tolerance(expected));
  }
  CHECK(number(lesson, "z_deviation") == 0);  // zeros: all the same
}

TEST_CASE("lesson/init: other inputs: the squares of what comes in add up") {
  InitLesson lesson(8);
  for (const char* const input : {"random", "digit"}) {
    CAPTURE(input);
    must(lesson, "set_input", input);
    must(lesson, "set_inputs", 784);
    const double expected = number(lesson, "expected_variance");
    CHECK(expected > 20);
    CHECK(std::abs(number(lesson, "z_variance") - expected) < variance_tolerance(expected));
  }
  CHECK(number(lesson, "expected_variance") < 784);  // most of a digit is background
}

TEST_CASE("lesson/init: the inputs come in one by one, and back is what forward was") {
  InitLesson lesson(2);
  std::vector<double> way;
  for (int k = 0; k < 250; k += 7) {
    must(lesson, "seek", k);
    CHECK(lesson.inputs_in() == k + 1);
    CHECK(number(lesson, "expected_variance") == k + 1);
    CHECK(std::abs(number(lesson, "z_variance") - (k + 1)) < variance_tolerance(k + 1));
    way.push_back(number(lesson, "z_variance"));
  }
  for (int k = 245; k >= 0; k -= 7) {
    must(lesson, "seek", k);
    CHECK(number(lesson, "z_variance") == way[static_cast<std::size_t>(k / 7)]);
  }
  must(lesson, "scrub", 0);
  CHECK(lesson.inputs_in() == 0);
  CHECK(number(lesson, "z_variance") == 0);
}

TEST_CASE("lesson/init: a deep net's activations explode, vanish or keep their size, for every seed") {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    InitLesson lesson(seed);
    must(lesson, "set_view", "net");
    must(lesson, "set_activation", "relu");
    must(lesson, "set_depth", 20);
    must(lesson, "compare", "normal,small,xavier,he_normal");
    const auto kept = [&](std::size_t i) { return scale_kept(lesson.nets()[i]); };
    CHECK(kept(0) > 1e10);   // ×√50 in each of 19 layers
    CHECK(kept(1) < 1e-15);  // ×0.07
    CHECK(kept(2) < 0.05);   // ×√½
    CHECK(kept(3) > 0.1);
    CHECK(kept(3) < 10);
    must(lesson, "set_activation", "tanh");
    must(lesson, "compare", "normal,small,glorot_uniform");
    // Saturated: nearly all activations of the last layer are at an end.
    CHECK(lesson.nets()[0].back().values.root_mean_square > 0.9);
    CHECK(lesson.nets()[1].back().values.root_mean_square < 1e-12);
    CHECK(lesson.nets()[2].back().values.root_mean_square > 0.05);
    // The gradient on its way back: it grows, it vanishes, it stays.
    const auto back = [&](std::size_t i) {
      return lesson.nets()[i].front().gradients.root_mean_square /
             lesson.nets()[i].back().gradients.root_mean_square;
    };
    CHECK(back(0) > 100);
    CHECK(back(1) < 1e-12);
    CHECK(back(2) > 0.02);
    CHECK(back(2) < 50);
  }
}

TEST_CASE("lesson/init: zeros make every neuron of a layer the same") {
  InitLesson lesson(3);
  must(lesson, "set_view", "net");
  must(lesson, "set_activation", "sigmoid");
  must(lesson, "compare", "zeros");
  for (const LayerLook& look : lesson.nets()[0]) {
    CHECK(look.values.deviation == 0);
    CHECK(look.values.mean == 0.5);
    CHECK(look.gradients.root_mean_square == 0);
  }
}

TEST_CASE("lesson/init: what is learned depends on the start, for every seed" *
          doctest::test_suite("effects")) {
  for (const std::uint64_t seed : kSeeds) {
    CAPTURE(seed);
    InitLesson lesson(seed);
    must(lesson, "set_depth", 5);
    must(lesson, "compare", "normal,small,glorot_uniform");
    must(lesson, "set_view", "train");
    must(lesson, "train", 40);
    finish_work(lesson);
    const auto loss = [&](int i) { return lesson.run(i).validated().loss; };
    for (int i = 0; i < 3; ++i) {
      CHECK(lesson.run(i).updates() >= 40);  // one whose turn it was while another validated has one more
      CHECK(lesson.run(i).updates() <= 41);
      CHECK(lesson.run(i).validated().images == 320);
    }
    CHECK(loss(2) < 1.2);            // Glorot learns
    CHECK(loss(1) > 2.2);            // too small: still guessing, ln 10 = 2.30
    CHECK(loss(0) > loss(2) + 0.4);  // too large: saturated, it learns badly
  }
}

TEST_CASE("lesson/init: play and pause serve the inputs, or the training") {
  InitLesson lesson(1);
  CHECK(refusal(lesson, call("train", 5)) != "");
  CHECK(refusal(lesson, call("rewind")) != "");
  must(lesson, "play");
  CHECK(lesson.playing());
  CHECK_FALSE(lesson.working());
  CHECK(lesson.advance(0.5));
  CHECK(lesson.inputs_in() > 5);
  must(lesson, "pause");
  CHECK_FALSE(lesson.playing());
  must(lesson, "set_view", "net");
  CHECK(refusal(lesson, call("play")) != "");
  CHECK_FALSE(lesson.has_timeline());
  must(lesson, "set_view", "train");
  must(lesson, "play");
  CHECK(lesson.playing());
  CHECK(lesson.working());
  must(lesson, "set_view", "neuron");
  CHECK_FALSE(lesson.playing());
  CHECK_FALSE(lesson.working());
}

TEST_CASE("lesson/init: what cannot be is refused in a sentence, and changes nothing") {
  InitLesson lesson(1);
  const std::string before = everything(lesson);
  const Call wrong[] = {call("set_inputs", 0),
                        call("set_inputs", 1001),
                        call("set_units", 0),
                        call("set_input", "twos"),
                        call("set_digit", 10),
                        call("set_weights", "xavia"),
                        call("set_spread", 0),
                        call("set_spread", 11),
                        call("set_activation", "linear"),
                        call("set_depth", 1),
                        call("set_depth", 31),
                        call("compare", ""),
                        call("compare", "he,he"),
                        call("compare", "he,zeros,xavier,normal,small"),
                        call("set_view", "two neurons"),
                        call("predict", 15.8),
                        call("step_image")};
  for (const Call& made : wrong) {
    CAPTURE(made.text());
    CHECK(refusal(lesson, made).size() > 20);
    CHECK(difference(before, everything(lesson)) == "");
  }
  must(lesson, "scrub", 0);
  CHECK(refusal(lesson, call("predict", -1)) != "");
  must(lesson, "predict", 15.8);
}

TEST_CASE("lesson/init: every random setup comes back from its link") {
  Rng rng(77);
  std::vector<std::string> rules;
  for (const WeightRuleWords& words : weight_rules()) rules.push_back(words.name);
  const char* const kinds[] = {"sigmoid", "tanh", "relu"};
  for (int round = 0; round < 60; ++round) {
    InitLesson lesson(rng.below(1000));
    std::string recipe;
    const auto act = [&](const Call& made) {
      recipe += made.text() + "; ";
      INFO(recipe);
      REQUIRE(refusal(lesson, made) == "");
    };
    if (rng.below(2)) act(call("set_inputs", between(rng, 1, 60)));
    if (rng.below(2)) act(call("set_units", between(rng, 1, 1000)));
    if (rng.below(3) == 0) act(call("set_input", "random"));
    if (rng.below(3) == 0) act(call("set_digit", between(rng, 0, 9)));
    if (rng.below(4) == 0) act(call("set_input", "ones"));
    act(call("set_weights", rules[rng.below(static_cast<std::uint32_t>(rules.size()))]));
    if (rng.below(2)) act(call("set_spread", std::exp(static_cast<double>(rng.uniform(-6, 2)))));
    if (rng.below(3)) act(call("set_activation", kinds[rng.below(3)]));
    if (rng.below(2)) act(call("set_depth", between(rng, 2, 5)));
    if (rng.below(2)) act(call("set_noise", true));
    if (rng.below(2)) {
      std::string list = rules[rng.below(3)];
      for (std::size_t k = 3; k < 6; ++k) {
        if (rng.below(2)) list += "," + rules[k];
      }
      act(call("compare", list));
    }
    if (rng.below(2)) {
      act(call("scrub", 0));
      act(call("predict", between(rng, 0, 40)));
    }
    if (rng.below(2)) act(call("seek", between(rng, 0, lesson.inputs() - 1)));
    if (rng.below(2)) {
      act(call("set_view", rng.below(2) ? "net" : "train"));
      if (rng.below(2)) act(call("set_activation", kinds[rng.below(3)]));
    }
    INFO(recipe);
    InitLesson other(9999);
    CHECK(other.load(lesson.save()).empty());
    CHECK(difference(everything(lesson), everything(other)) == "");
  }
}

TEST_CASE("lesson/init: a link's mistakes are told once each, and the rest is used") {
  InitLesson lesson(1);
  const auto notices = lesson.load({{"n", "0"},
                                    {"weights", "magic"},
                                    {"units", "x"},
                                    {"spread", "wide"},
                                    {"noise", "perhaps"},
                                    {"depth", "5"},
                                    {"colour", "red"}});
  CHECK(notices.size() == 6);
  CHECK(lesson.depth() == 5);
  CHECK(lesson.inputs() == 250);
}

TEST_CASE("lesson/init: the Keras code names the initialiser, and follows the controls") {
  InitLesson lesson(1);
  CHECK(contains(lesson.keras_code(), "initializers.RandomNormal("));
  must(lesson, "set_weights", "glorot_uniform");
  must(lesson, "set_inputs", 30);
  must(lesson, "set_units", 7);
  CHECK(contains(lesson.keras_code(), "Input(shape=(30,))"));
  CHECK(contains(lesson.keras_code(), "Dense(7, activation=\"sigmoid\""));
  CHECK(contains(lesson.keras_code(), "kernel_initializer=\"glorot_uniform\""));
  must(lesson, "set_view", "net");
  must(lesson, "compare", "he_normal");
  must(lesson, "set_activation", "relu");
  const std::string code = lesson.keras_code();
  CHECK(contains(code, "he_normal"));
  CHECK(std::count(code.begin(), code.end(), '\n') > 8);
}
