// The lesson `bias` against the course's worked example, and against a plain computation of its map.
#include "lesson/bias.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

std::vector<double> doubles(const Json& list) { return list.get<std::vector<double>>(); }

bool met(const BiasLesson& lesson, const std::string& id) {
  for (const Task& task : lesson.tasks()) {
    if (task.id == id) return task.met;
  }
  FAIL("no task " << id);
  return false;
}

// Bias by the definition, in double precision, from nothing but what state() says of picture and filter.
struct PlainMap {
  std::vector<double> sums;  // with the bias
  int firing = 0;
  PlainMap(const Json& state, double bias) {
    const Json& in = state["input"];
    const int h = in["height"], w = in["width"], c = in["channels"];
    const std::vector<double> pixels = doubles(in["values"]), weights = doubles(state["weights"]);
    for (int y = 0; y + 3 <= h; ++y) {
      for (int x = 0; x + 3 <= w; ++x) {
        double sum = bias;
        for (int k = 0; k < 9 * c; ++k) {
          const int row = y + k / (3 * c), col = x + k / c % 3;
          sum += pixels[static_cast<std::size_t>((row * w + col) * c + k % c)] *
                 weights[static_cast<std::size_t>(k)];
        }
        sums.push_back(sum);
        firing += sum > 1e-6;
      }
    }
  }
};

// A lesson in a random state, reached by legal verbs alone.
class RandomBias {
 public:
  explicit RandomBias(std::uint64_t seed) : lesson(seed), rng_(seed) {
    const std::size_t count = 1 + rng_.below(4);
    if (rng_.below(2)) {
      act(call("set_inputs", random_values(rng_, count, 9)));
      act(call("set_weights", random_values(rng_, count, 3)));
    }
    if (rng_.below(2)) act(call("set_bias", between(rng_, -40, 40) / 8.0));
    if (rng_.below(3) == 0) act(call("scrub", 0)), act(call("predict", between(rng_, -9, 9) / 4.0));
    if (rng_.below(2)) {
      act(call("set_view", "map"));
      if (rng_.below(2)) act(call("set_colour_digit", between(rng_, 0, 9), between(rng_, 0, 99)));
      if (rng_.below(2)) act(call("set_preset", rng_.below(2) ? "random" : "sobel_x"));
      if (rng_.below(2)) act(call("set_bias", between(rng_, -16, 16) / 8.0));
      if (rng_.below(4) == 0) act(call("set_view", "neuron"));
    }
    if (rng_.below(2)) act(call("seek", between(rng_, 0, lesson.timeline().steps() - 1)));
    if (rng_.below(4) == 0) act(call("set_speed", 3.5));
  }
  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    REQUIRE(refusal(lesson, made) == "");
  }

  BiasLesson lesson;
  std::string recipe = "BiasLesson";

 private:
  Rng rng_;
};

}  // namespace

TEST_CASE("lesson/bias: hand-worked: the course's neuron does not fire without a bias") {
  // 1·(−0.55) + 2·0.10 = −0.35; relu(−0.35) = 0.
  const BiasLesson lesson(1);
  const Json state = lesson.state();
  CHECK(doubles(state["inputs"]) == std::vector<double>{1, 2});
  CHECK(doubles(state["weights"]) == std::vector<double>{-0.55, 0.1});  // as written, not as floats are
  CHECK(state["products"][0].get<double>() == doctest::Approx(-0.55).epsilon(1e-6));
  CHECK(state["products"][1].get<double>() == doctest::Approx(0.20).epsilon(1e-6));
  CHECK(std::abs(state["weighted_sum"].get<double>() + 0.35) < 1e-6);
  CHECK(state["bias"] == 0);
  CHECK(state["threshold"].dump() == "0.0");  // not −0
  CHECK(state["activation"] == 0);
  CHECK(state["firing"] == false);
  CHECK(state["view"] == "neuron");
  CHECK(
      lesson.narrate() ==
      "The weighted sum is −0.35; with the bias 0 it is −0.35. relu makes 0 of it: the neuron does not fire. "
      "Its threshold is 0.");
}

TEST_CASE("lesson/bias: hand-worked: bias 1 lets it fire, threshold 5 is bias −5") {
  BiasLesson lesson(1);
  must(lesson, "set_bias", 1);  // −0.35 + 1 = 0.65
  Json state = lesson.state();
  CHECK(std::abs(state["weighted_sum"].get<double>() + 0.35) < 1e-6);
  CHECK(std::abs(state["with_bias"].get<double>() - 0.65) < 1e-6);
  CHECK(std::abs(state["activation"].get<double>() - 0.65) < 1e-6);
  CHECK(state["firing"] == true);
  CHECK(state["threshold"] == -1);
  CHECK(contains(lesson.narrate(), "with the bias 1 it is 0.65. relu makes 0.65 of it: the neuron fires."));
  must(lesson, "set_bias", -5);
  CHECK(lesson.state()["threshold"] == 5);
  CHECK(lesson.state()["firing"] == false);
  must(lesson, "set_inputs", std::vector<float>{-10, 1});  // 5.5 + 0.1 − 5 = 0.6
  CHECK(std::abs(lesson.state()["activation"].get<double>() - 0.6) < 1e-5);
  CHECK(lesson.state()["firing"] == true);
}

TEST_CASE("lesson/bias: a sum at the threshold does not fire, whatever floats make of it") {
  BiasLesson lesson(1);
  must(lesson, "set_bias", 0.35);
  CHECK(lesson.state()["firing"] == false);
  must(lesson, "set_bias", 0.36);
  CHECK(lesson.state()["firing"] == true);
  must(lesson, "set_bias", 0.34);
  CHECK(lesson.state()["firing"] == false);
}

TEST_CASE("lesson/bias: the neuron agrees with a plain sum") {
  Rng rng(5);
  for (int trial = 0; trial < 300; ++trial) {
    BiasLesson lesson(1);
    const std::size_t count = 1 + rng.below(4);
    const std::vector<float> inputs = random_values(rng, count, 10), weights = random_values(rng, count, 10);
    const double bias = static_cast<double>(rng.uniform(-50, 50));
    must(lesson, "set_inputs", inputs);
    must(lesson, "set_weights", weights);
    must(lesson, "set_bias", bias);
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k)
      sum += static_cast<double>(inputs[k]) * static_cast<double>(weights[k]);
    // Five terms of at most 100: each rounding is at most 2⁻²⁴ of at most 450.
    const double tolerance = 10 * 450 * std::ldexp(1.0, -24);
    const Json state = lesson.state();
    CAPTURE(trial);
    CHECK(std::abs(state["weighted_sum"].get<double>() - sum) < tolerance);
    CHECK(std::abs(state["with_bias"].get<double>() - (sum + bias)) < tolerance);
    CHECK(std::abs(state["activation"].get<double>() - std::max(0.0, sum + bias)) < tolerance);
    CHECK(state["threshold"].get<double>() == doctest::Approx(-bias).epsilon(1e-6));
    if (std::abs(sum + bias) > tolerance) CHECK(state["firing"] == (sum + bias > 0));
  }
}

TEST_CASE("lesson/bias: more inputs bring weights, fewer take theirs along") {
  BiasLesson lesson(1);
  must(lesson, "set_inputs", std::vector<float>{1, 2, 3});
  CHECK(doubles(lesson.state()["weights"]).size() == 3);
  CHECK(lesson.state()["weights"][2] == 0.5);
  CHECK(lesson.timeline().steps() == 6);
  CHECK(std::abs(lesson.state()["weighted_sum"].get<double>() - 1.15) < 1e-6);
  must(lesson, "set_inputs", std::vector<float>{2});
  CHECK(lesson.timeline().steps() == 4);
  CHECK(std::abs(lesson.state()["weighted_sum"].get<double>() + 1.1) < 1e-6);
}

TEST_CASE("lesson/bias: the steps: each product, the sum, the bias, relu; back as forward") {
  BiasLesson lesson(1);
  CHECK(lesson.timeline().steps() == 5);
  CHECK(lesson.timeline().at_end());
  CHECK(lesson.timeline().step_word() == "step");
  must(lesson, "set_bias", 1);
  must(lesson, "scrub", 0);
  CHECK(lesson.state()["shown"] == 0);
  CHECK(lesson.narrate() == "The neuron has 2 inputs.");
  const char* const said[] = {
      "Product 1 of 2: 1 times −0.55 is −0.55.", "Product 2 of 2: 2 times 0.1 is 0.2.",
      "The weighted sum is −0.35; the bias is still to come.",
      "The weighted sum is −0.35; with the bias 1 it is 0.65; relu is still to come.",
      ("The weighted sum is −0.35; with the bias 1 it is 0.65. relu makes 0.65 of it: the neuron "
       "fires. Its threshold is −1.")};
  std::vector<std::string> seen;
  for (int k = 0; k < 5; ++k) {
    must(lesson, "seek", k);
    CHECK(lesson.state()["shown"] == k + 1);
    CHECK(lesson.narrate() == said[k]);
    seen.push_back(everything(lesson));
  }
  for (int k = 4; k > 0; --k) {
    must(lesson, "step", -1);
    CHECK(difference(everything(lesson), seen[static_cast<std::size_t>(k - 1)]) == "");
  }
}

TEST_CASE("lesson/bias: the map agrees with a plain convolution, shifted by the bias") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    BiasLesson lesson(seed);
    Rng rng(seed);
    must(lesson, "set_view", "map");
    if (seed % 3 == 1) must(lesson, "set_colour_digit", between(rng, 0, 9));
    if (seed % 2 == 1) must(lesson, "set_preset", "random");
    const double bias = between(rng, -300, 300) / 100.0;
    must(lesson, "set_bias", bias);
    const Json state = lesson.state();
    const PlainMap plain(state, static_cast<double>(static_cast<float>(bias)));
    CAPTURE(seed);
    REQUIRE(state["cells"] == 676);
    REQUIRE(plain.sums.size() == 676);
    const std::vector<double> before = doubles(state["before_relu"]["values"]),
                              after = doubles(state["after_relu"]["values"]);
    for (std::size_t k = 0; k < plain.sums.size(); ++k) {
      REQUIRE(std::abs(before[k] - plain.sums[k]) < 1e-5);
      REQUIRE(after[k] == std::max(0.0, before[k]));
    }
    CHECK(state["cells_firing"] == plain.firing);
    // The cell that is looked at is the neuron on stage.
    const std::size_t here = static_cast<std::size_t>(lesson.timeline().step());
    CHECK(state["with_bias"].get<double>() == before[here]);
    CHECK(state["activation"].get<double>() == after[here]);
    double sum = 0;
    for (const double product : doubles(state["products"])) sum += product;
    CHECK(std::abs(sum - state["weighted_sum"].get<double>()) < 1e-5);
  }
}

TEST_CASE("lesson/bias: a lower bias never wakes a cell, and a low enough one silences all") {
  BiasLesson lesson(42);
  must(lesson, "set_view", "map");
  int before = 677;
  for (int k = 20; k >= -20; --k) {
    must(lesson, "set_bias", k * 0.25);
    const int firing = lesson.state()["cells_firing"];
    CHECK(firing <= before);
    before = firing;
  }
  CHECK(before == 0);
}

TEST_CASE("lesson/bias: the map opens at its strongest cell, and keeps its own bias") {
  BiasLesson lesson(42);
  must(lesson, "set_bias", 2);
  must(lesson, "set_view", "map");
  CHECK(lesson.timeline().steps() == 676);
  CHECK(lesson.timeline().step_word() == "cell");
  const PlainMap plain(lesson.state(), 0);
  CHECK(std::abs(lesson.state()["weighted_sum"].get<double>() -
                 *std::max_element(plain.sums.begin(), plain.sums.end())) < 1e-5);
  CHECK(lesson.state()["bias"] == 0);
  must(lesson, "set_bias", -1.5);
  CHECK(lesson.state()["threshold"] == 1.5);
  must(lesson, "set_view", "neuron");
  CHECK(lesson.state()["bias"] == 2);
  CHECK(lesson.state()["map_bias"] == -1.5);
}

TEST_CASE("lesson/bias: refusals are sentences and change nothing") {
  const Json not_a_number = nullptr;
  for (const char* view : {"neuron", "map"}) {
    BiasLesson lesson(3);
    must(lesson, "set_view", view);
    const std::string before = everything(lesson);
    std::vector<Call> calls{call("set_view", "plot"),
                            call("set_bias", 1001),
                            call("set_bias", "1"),
                            call("set_bias"),
                            call("set_inputs", std::vector<float>{}),
                            call("set_inputs", std::vector<float>(5)),
                            call("set_inputs", std::vector<float>{1, 2000}),
                            call("set_weights", std::vector<float>(7)),
                            call("set_weights", not_a_number),
                            call("set_preset", "nonsense"),
                            call("predict", 0.65),
                            call("set_pixels", std::vector<float>(4), 2, 2, 1),
                            call("seek", 676),
                            call("seek", -1)};
    if (std::string(view) == "map") calls.push_back(call("set_inputs", std::vector<float>{1, 2}));
    for (const Call& made : calls) {
      const std::string sentence = refusal(lesson, made);
      INFO(made.text() << " → " << sentence);
      CHECK(sentence.size() > 15);
      CHECK((sentence.back() == '.' || sentence.back() == '!'));
      CHECK(difference(everything(lesson), before) == "");
    }
  }
  BiasLesson lesson(3);
  must(lesson, "scrub", 0);
  CHECK(contains(refusal(lesson, call("predict", 5000)), "−1000 to 1000"));
}

TEST_CASE("lesson/bias: a fresh lesson has met no task") {
  for (std::uint64_t seed : {0u, 1u, 42u, 99u}) {
    for (const Task& task : BiasLesson(seed).tasks()) {
      CAPTURE(task.id);
      CHECK_FALSE(task.met);
    }
  }
}

TEST_CASE("lesson/bias: every task can be solved through verbs") {
  BiasLesson lesson(42);
  must(lesson, "set_bias", -1);
  CHECK_FALSE(met(lesson, "fires_from_minus_one"));
  must(lesson, "set_bias", 1);
  CHECK(met(lesson, "fires_from_minus_one"));

  must(lesson, "set_inputs", std::vector<float>{2, 3});
  must(lesson, "set_weights", std::vector<float>{0.5f, -0.25f});
  must(lesson, "set_bias", 0.1);
  must(lesson, "scrub", 0);
  must(lesson, "predict", 0.25);
  CHECK_FALSE(met(lesson, "predict"));
  must(lesson, "predict", 0.35);  // 1 − 0.75 + 0.1
  CHECK(met(lesson, "predict"));
  must(lesson, "finish");
  CHECK(contains(lesson.narrate(), "You predicted 0.35."));
  must(lesson, "set_bias", 0.2);  // another neuron: the prediction was not about it
  CHECK_FALSE(met(lesson, "predict"));
  CHECK(lesson.state()["predicted"].is_null());

  must(lesson, "set_view", "map");
  must(lesson, "set_bias", -10);
  CHECK(met(lesson, "silence"));
  CHECK_FALSE(met(lesson, "half"));
  bool half = false;
  for (int k = 0; k > -80 && !half; --k) {
    must(lesson, "set_bias", k * 0.05);
    half = met(lesson, "half");
  }
  CHECK(half);
  CHECK_FALSE(met(lesson, "silence"));
  const double all = lesson.state()["cells_firing_without_bias"], left = lesson.state()["cells_firing"];
  CHECK(std::abs(left / all - 0.5) <= 0.05);
}

TEST_CASE("lesson/bias: an empty picture silences nothing") {
  BiasLesson lesson(1);
  must(lesson, "set_pixels", std::vector<float>(25), 5, 5, 1);
  CHECK_FALSE(met(lesson, "silence"));
  CHECK_FALSE(met(lesson, "half"));
}

TEST_CASE("lesson/bias: a link brings back everything") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    RandomBias random(seed);
    INFO(random.recipe);
    BiasLesson again(7);
    const LinkParams link = random.lesson.save();
    std::string text;
    for (const auto& [key, value] : link) text += key + "=" + value + "&";
    INFO(text);
    const std::vector<std::string> notices = again.load(link);
    CHECK(notices.empty());
    CHECK(difference(everything(again), everything(random.lesson)) == "");
  }
}

TEST_CASE("lesson/bias: what a link cannot mean is told once, and left out") {
  const std::pair<std::string, std::string> bad[] = {
      {"inputs", "1,,2"}, {"inputs", "1,2,3,4,5"}, {"weights", "1"}, {"bias", "much"},
      {"bias", "1,2"},    {"predicted", "no"},     {"view", "plot"}, {"filter", "blur~blur"},
      {"filter", "x"},    {"map_bias", "1e9"},     {"at", "99"},     {"nonsense", "1"}};
  for (const auto& param : bad) {
    BiasLesson lesson(1);
    const std::vector<std::string> notices = lesson.load({param});
    INFO(param.first << "=" << param.second);
    REQUIRE(notices.size() == 1);
    CHECK(contains(notices[0], "\"" + param.first + "\""));
    CHECK(difference(everything(lesson), everything(BiasLesson(1))) == "");
  }
}

TEST_CASE("lesson/bias: the Keras code is what is on stage") {
  BiasLesson lesson(1);
  must(lesson, "set_bias", 1);
  CHECK(lesson.keras_code() ==
        "import numpy as np\n"
        "from tensorflow.keras import Input, Sequential\n"
        "from tensorflow.keras.layers import Dense\n\n"
        "model = Sequential([\n"
        "    Input(shape=(2,)),\n"
        "    Dense(1, activation=\"relu\"),\n"
        "])\n"
        "model.layers[0].set_weights([\n"
        "    np.array([-0.55, 0.1]).reshape(2, 1),\n"
        "    np.array([1.0]),  # the bias\n"
        "])\n"
        "model.predict(np.array([[1.0, 2.0]]))  # 0.65\n");
  must(lesson, "step", -2);  // the answer is not told before it is on the stage
  CHECK(contains(lesson.keras_code(), "model.predict(np.array([[1.0, 2.0]]))\n"));
  must(lesson, "set_view", "map");
  must(lesson, "set_colour_digit", 4);
  must(lesson, "set_preset", "identity");
  must(lesson, "set_bias", -0.5);
  const std::string code = lesson.keras_code();
  CHECK(contains(code, "import Conv2D\n"));
  CHECK(contains(
      code, "Input(shape=(28, 28, 3)),\n    Conv2D(filters=1, kernel_size=(3, 3), activation=\"relu\"),"));
  CHECK(contains(code, "0.0, 1.0, 1.0, 1.0, 0.0"));
  CHECK(contains(code, ".reshape(3, 3, 3, 1),\n    np.array([-0.5]),  # the bias"));
}

TEST_CASE("lesson/bias: the map is told in words") {
  BiasLesson lesson(1);
  must(lesson, "set_pixels", std::vector<float>{0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 2, 3, 0, 0, 1},
       5, 4, 1);
  must(lesson, "set_view", "map");  // sums 2 1 / 0 2 / −1 0, worked in the convolution's test
  must(lesson, "set_bias", -1.5);
  CHECK(lesson.narrate() ==
        "With the bias −1.5, 2 of 6 cells fire; without one it would be 3. Row 0, column 0: weighted sum 2, "
        "with the "
        "bias 0.5, after relu 0.5.");
}
