// The lesson `backprop`: its written products against the engine's gradients, its gradients against
// difference quotients, its updates, and its way back.
#include "lesson/backprop.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

constexpr double kEpsilon = std::numeric_limits<float>::epsilon();

bool met(const BackpropLesson& lesson, const std::string& id) {
  for (const Task& task : lesson.tasks()) {
    if (task.id == id) return task.met;
  }
  FAIL("no task " << id);
  return false;
}

// A lesson in a random state, reached by legal verbs alone.
class RandomBackprop {
 public:
  explicit RandomBackprop(std::uint64_t seed) : lesson(seed), rng_(seed) {
    if (rng_.below(2)) act(call("new_weights", between(rng_, 0, 5000)));
    static const char* const kHidden[] = {"sigmoid", "tanh", "relu"};
    if (rng_.below(2)) act(call("set_activation", kHidden[rng_.below(3)]));
    if (rng_.below(2)) act(call("set_output", rng_.below(2) ? "linear" : "sigmoid"));
    if (rng_.below(2)) act(call("set_inputs", random_values(rng_, 2, 2)));
    if (rng_.below(2)) act(call("set_label", between(rng_, 0, 1)));
    for (int k = between(rng_, 0, 3); k > 0; --k) {
      const int layer = between(rng_, 0, 1);
      act(call("set_weight", layer, between(rng_, 0, layer == 0 ? 8 : 7), between(rng_, -300, 300) / 100.0));
    }
    if (rng_.below(2)) {
      act(call("set_rate", between(rng_, 1, 20) / 100.0));
      act(call("update", between(rng_, 1, 9)));
      if (rng_.below(2)) act(call("set_rate", 0.01)), act(call("update", 2));
    }
  }
  // What a link must bring back as well.
  void wander() {
    if (rng_.below(3) == 0) act(call("gradient_check", 1, between(rng_, 0, 7)));
    if (rng_.below(3) == 0)
      act(call("seek", 4)), act(call("step_product", -2)), act(call("predict", between(rng_, -9, 9) / 16.0));
    if (rng_.below(4) == 0) {
      act(call("set_view", "digits"));
      if (rng_.below(2)) act(call("set_digit", between(rng_, 0, 9), between(rng_, 0, 99)));
      if (rng_.below(2)) act(call("set_label", between(rng_, 0, 9)));
      if (rng_.below(2)) act(call("set_rate", 0.01)), act(call("update", between(rng_, 1, 2)));
      if (rng_.below(2)) act(call("select", 1, between(rng_, 0, 1000)));
    }
    if (rng_.below(2)) act(call("seek", between(rng_, 0, lesson.timeline().steps() - 1)));
    if (rng_.below(2)) act(call("step_product", -between(rng_, 0, 5)));
    if (rng_.below(8) == 0) act(call("finish"));
    if (rng_.below(4) == 0) act(call("set_speed", 0.5));
  }
  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    REQUIRE(refusal(lesson, made) == "");
  }

  BackpropLesson lesson;
  std::string recipe = "BackpropLesson";

 private:
  Rng rng_;
};

double value_of(const Working& working) {
  double sum = 0;
  for (const Product& product : working.sum) {
    double result = 1;
    for (const Factor& factor : product) result *= factor.value;
    sum += result;
  }
  return sum;
}
// Of the sum of the sizes of its products: what its roundings are measured by.
double size_of(const Working& working) {
  double sum = 0;
  for (const Product& product : working.sum) {
    double result = 1;
    for (const Factor& factor : product) result *= factor.value;
    sum += std::abs(result);
  }
  return sum;
}

}  // namespace

TEST_CASE("lesson/backprop: hand-worked: 1·0.5 and 2·(−0.25), relu, and linear outputs") {
  BackpropLesson lesson(3);
  must(lesson, "set_inputs", std::vector<float>{1, 2});
  must(lesson, "set_activation", "relu");
  must(lesson, "set_output", "linear");
  must(lesson, "set_label", 0);
  // Weight (i, o) of layer 0 at 3·i + o, of layer 1 at 2·i + o.
  const double first[] = {0.5, 1, -1, -0.25, 0.5, 1, 0, 0, 0.5}, second[] = {2, 1, 0.25, -1, 0, 0.5, 0.5, 0};
  for (int k = 0; k < 9; ++k) must(lesson, "set_weight", 0, k, first[k]);
  for (int k = 0; k < 8; ++k) must(lesson, "set_weight", 1, k, second[k]);
  must(lesson, "set_rate", 0.125);
  const Json state = lesson.state();
  // z = (0.5 − 0.5, 1 + 1, −1 + 2 + 0.5) = (0, 2, 1.5); h = (0, 2, 1.5)
  CHECK(state["sums"][0].dump() == "[0.0,2.0,1.5]");
  CHECK(state["values"][1].dump() == "[0.0,2.0,1.5]");
  // a0 = 2·0 + 0.25·2 + 0 + 0.5 = 1; a1 = 0 − 2 + 0.75 + 0 = −1.25
  CHECK(state["values"][2].dump() == "[1.0,-1.25]");
  CHECK(state["prediction"] == 0);
  CHECK(state["loss"] == 0.78125);  // (0² + 1.25²)/2
  CHECK(state["activation_gradients"][1].dump() == "[0.0,-1.25]");
  // ∂L/∂w into output 1: −1.25 · 1 · h = (0, −2.5, −1.875); bias −1.25. Into output 0 all 0.
  CHECK(state["gradients"][1].dump() == R"({"weights":[0.0,0.0,0.0,-2.5,0.0,-1.875],"biases":[0.0,-1.25]})");
  // ∂L/∂h = −1.25 · (1, −1, 0.5) = (−1.25, 1.25, −0.625); relu is flat at 0: hidden 0 gets nothing.
  CHECK(state["activation_gradients"][0].dump() == "[-1.25,1.25,-0.625]");
  CHECK(state["gradients"][0].dump() ==
        R"({"weights":[0.0,1.25,-0.625,0.0,2.5,-1.25],"biases":[0.0,1.25,-0.625]})");
  CHECK(state["new_weights"][1]["weights"][3] == -0.6875);  // −1 + 0.125 · 2.5
  CHECK(state["new_weights"][0]["biases"][1] == -0.15625);  // 0 − 0.125 · 1.25
}

TEST_CASE("lesson/backprop: every written product is the engine's gradient") {
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    const RandomBackprop random(seed);
    INFO(random.recipe);
    const ChainRule chain = random.lesson.chain_rule();
    for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
      for (int index = 0; index < small_grid(layer).total(); ++index) {
        const Working working = chain.gradient_of({layer, index});
        REQUIRE(working.sum.size() == 1);
        REQUIRE(working.sum[0].size() == 3);
        const double truth = static_cast<double>(
            chain.before.layers[static_cast<std::size_t>(layer)].gradients[static_cast<std::size_t>(index)]);
        CHECK(working.result == truth);
        // Three roundings at most: of ∂L/∂a · a′, a′ itself, and the product with what came in.
        CHECK(std::abs(value_of(working) - truth) <= 3 * kEpsilon * std::abs(truth));
        // The same as at its moment.
        const Moment moment = gradient_moment({layer, index});
        CHECK(weight_at(moment) == WeightPlace{layer, index});
        CHECK(chain.at(moment).text() == working.text());
      }
    }
    for (int j = 0; j < SmallNet::kHidden; ++j) {
      const Working working = chain.at({BackpropStep::jump, 2 * j + 1});
      REQUIRE(working.sum.size() == 2);
      const double truth = static_cast<double>(chain.before.layers[0].wishes[static_cast<std::size_t>(j)]);
      CHECK(working.result == truth);
      CHECK(std::abs(value_of(working) - truth) <= 4 * kEpsilon * size_of(working));
    }
    for (const auto step : {BackpropStep::hidden, BackpropStep::outputs}) {
      for (int t = 0; t < backprop_ticks()[static_cast<std::size_t>(step)]; t += 2) {
        const Working working = chain.at({step, t});
        CHECK(std::abs(value_of(working) - working.result) <= 5 * kEpsilon * (size_of(working) + 1e-30));
      }
    }
  }
}

TEST_CASE("lesson/backprop: the gradients are those of a plain Network of two Dense layers") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const RandomBackprop random(seed);
    INFO(random.recipe);
    const SmallNet& net = random.lesson.net();
    Network plain = Network::build(SampleShape(2),
                                   {Dense{.units = 3, .activation = net.activations[0]},
                                    Dense{.units = 2, .activation = net.activations[1]}},
                                   1)
                        .value();
    Trainer trainer(plain, {}, Loss::mean_squared_error, 1, true);
    for (int layer = 0; layer < 2; ++layer) {
      const auto& all = net.parameters[static_cast<std::size_t>(layer)];
      const auto weights = static_cast<std::ptrdiff_t>(small_grid(layer).weights());
      plain.parameters(layer)[0].values.assign(all.begin(), all.begin() + weights);
      plain.parameters(layer)[1].values.assign(all.begin() + weights, all.end());
    }
    plain.parameters_changed();
    const SmallExample& example = random.lesson.example();
    const Result<StepReport> report = trainer.gradients(example.inputs, std::span(&example.label, 1));
    REQUIRE(report.ok());
    CHECK(report->loss == random.lesson.loss());
    for (int layer = 0; layer < 2; ++layer) {
      std::vector<float> gradient = plain.parameters(layer)[0].gradient;
      gradient.insert(gradient.end(), plain.parameters(layer)[1].gradient.begin(),
                      plain.parameters(layer)[1].gradient.end());
      CHECK(gradient == random.lesson.pass().layers[static_cast<std::size_t>(layer)].gradients);
    }
  }
}

TEST_CASE("lesson/backprop: every gradient agrees with its finite difference") {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    RandomBackprop random(seed);
    for (int layer = 0; layer < 2; ++layer) {
      for (int index = 0; index < small_grid(layer).total(); ++index) {
        random.act(call("gradient_check", layer, index));
        INFO(random.recipe);
        REQUIRE(random.lesson.check());
        CHECK(random.lesson.check()->agrees());
        CHECK(random.lesson.check()->analytic == random.lesson.selected_gradient());
      }
    }
  }
  // Not the biases of the filters: on the empty background every sum is 0, exactly where relu has its kink.
  BackpropLesson lesson(3);
  must(lesson, "set_view", "digits");
  for (const auto& [layer, index] : {std::pair{0, 24}, {0, 40}, {1, 500}, {1, 700}, {2, 4000}, {2, 5765}}) {
    const std::vector<double> losses = lesson.losses();
    must(lesson, "gradient_check", layer, index);
    CAPTURE(layer);
    CHECK(lesson.check()->agrees());
    CHECK(lesson.check()->analytic == doctest::Approx(lesson.selected_gradient()).epsilon(1e-5));
    CHECK(lesson.losses() == losses);
  }
}

TEST_CASE("lesson/backprop: an update does what was shown before: w − rate · gradient") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomBackprop random(seed);
    const SmallNet old = random.lesson.net(), next = random.lesson.next();
    const SmallPass before = random.lesson.pass();
    const double after = random.lesson.loss_after();
    const float rate = random.lesson.rate();
    if (random.lesson.diverges()) continue;
    random.act(call("update", 1));
    INFO(random.recipe);
    CHECK(random.lesson.net() == next);
    CHECK(random.lesson.loss() == after);
    for (std::size_t layer = 0; layer < 2; ++layer) {
      for (std::size_t k = 0; k < old.parameters[layer].size(); ++k) {
        const double wanted =
            static_cast<double>(old.parameters[layer][k]) -
            static_cast<double>(rate) * static_cast<double>(before.layers[layer].gradients[k]);
        const double size = std::abs(wanted) + std::abs(static_cast<double>(old.parameters[layer][k]));
        CHECK(std::abs(static_cast<double>(next.parameters[layer][k]) - wanted) <= 2 * kEpsilon * size);
      }
    }
  }
}

TEST_CASE("lesson/backprop: the experiment: an update at the usual rate lowers the loss, for every seed") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    BackpropLesson lesson(seed);
    for (const char* hidden : {"sigmoid", "tanh", "relu"}) {
      CAPTURE(std::string(hidden));
      must(lesson, "rewind");
      must(lesson, "set_activation", hidden);
      const double at_first = lesson.loss();
      CHECK(lesson.prediction() >= 0);
      must(lesson, "update", 1);
      CHECK(lesson.loss() < at_first);
      must(lesson, "update", 49);
      CHECK(lesson.loss() < 0.6 * at_first);
      CHECK(lesson.prediction() == lesson.label());
      CHECK(lesson.advice() == "");
    }
  }
  for (std::uint64_t seed : {3u, 0u, 1u, 2u, 4u, 5u, 6u, 7u, 8u, 9u, 10u}) {
    CAPTURE(seed);
    BackpropLesson lesson(seed);
    must(lesson, "set_view", "digits");
    const double at_first = lesson.loss();
    must(lesson, "update", 1);
    CHECK(lesson.loss() < 0.95 * at_first);
    must(lesson, "update", 9);
    CHECK(lesson.loss() < 0.4 * at_first);
    CHECK(lesson.prediction() == lesson.label());
  }
}

TEST_CASE("lesson/backprop: the label at first is the class that is not predicted") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const BackpropLesson lesson(seed);
    CHECK(lesson.prediction() != lesson.label());
  }
}

TEST_CASE("lesson/backprop: too large a rate is said in words, and never shows what is no number") {
  BackpropLesson lesson(3);
  must(lesson, "set_output", "linear");
  must(lesson, "set_rate", 3);
  CHECK(lesson.loss_after() > lesson.loss());
  CHECK(contains(lesson.advice(), "the loss rises"));
  CHECK(contains(lesson.advice(), "0.3 instead of 3"));
  must(lesson, "set_rate", 100);
  must(lesson, "update", 100);
  CHECK(lesson.diverges());
  CHECK(lesson.updates() < 100);
  CHECK(contains(lesson.advice(), "diverged"));
  for (const double loss : lesson.losses()) CHECK(std::isfinite(loss));
  const Json state = lesson.state();
  CHECK(state["loss_after"].is_null());
  CHECK(state.dump().find("nan") == std::string::npos);
  const std::string sentence = refusal(lesson, call("update", 1));
  CHECK(contains(sentence, "Training has diverged"));
  must(lesson, "finish");
  CHECK(contains(lesson.narrate(), "diverged"));
  // A link brings even that back.
  BackpropLesson again(7);
  CHECK(again.load(lesson.save()).empty());
  CHECK(difference(everything(again), everything(lesson)) == "");
  must(lesson, "rewind");
  must(lesson, "set_rate", 0.1);
  const double before = lesson.loss();
  must(lesson, "update", 1);
  CHECK(lesson.loss() < before);
}

TEST_CASE("lesson/backprop: rewind goes to the start of the run, then to the weights of the seed") {
  BackpropLesson lesson(5);
  const SmallNet fresh = lesson.net();
  must(lesson, "update", 3);
  must(lesson, "set_rate", 0.5);
  must(lesson, "update", 4);
  CHECK(lesson.updates() == 7);
  CHECK(lesson.losses().size() == 8);
  must(lesson, "rewind");
  CHECK(lesson.net() == fresh);
  CHECK(lesson.updates() == 0);
  must(lesson, "set_weight", 0, 2, 1.5);
  const SmallNet own = lesson.net();
  must(lesson, "update", 2);
  must(lesson, "rewind");
  CHECK(lesson.net() == own);
  must(lesson, "rewind");
  CHECK(lesson.net() == fresh);
  // Learned weights stay when the label changes: they begin a new run.
  must(lesson, "update", 2);
  const SmallNet learned = lesson.net();
  must(lesson, "set_label", 1 - lesson.label());
  CHECK(lesson.net() == learned);
  CHECK(lesson.updates() == 0);
}

TEST_CASE("lesson/backprop: the steps: 59 numbers, back as forward") {
  BackpropLesson lesson(3);
  CHECK(lesson.timeline().steps() == 9);
  must(lesson, "scrub", 0);
  std::vector<std::string> seen;
  for (int k = 0; k < 59 + 9; ++k) {
    seen.push_back(everything(lesson));
    must(lesson, "step_product", 1);
  }
  CHECK(lesson.timeline().at_end());
  for (int k = 59 + 8; k >= 0; --k) {
    must(lesson, "step_product", -1);
    CAPTURE(k);
    REQUIRE(difference(everything(lesson), seen[static_cast<std::size_t>(k)]) == "");
  }
  must(lesson, "seek", 8);
  CHECK(contains(lesson.narrate(), "The loss was"));
}

TEST_CASE("lesson/backprop: played through, every number takes as long as any other") {
  BackpropLesson lesson(3);
  must(lesson, "scrub", 0);
  must(lesson, "set_speed", 1);
  must(lesson, "play");
  // 59 numbers in 9 steps at one step a second: each step as long as its numbers are many.
  double at = 0;
  int steps = 0;
  std::vector<double> ends;
  while (lesson.timeline().playing()) {
    (void)lesson.advance(0.001);
    at += 0.001;
    if (lesson.timeline().steps_done() > steps) ++steps, ends.push_back(at);
  }
  REQUIRE(ends.size() == 9);
  CHECK(ends.back() == doctest::Approx(9).epsilon(0.01));
  CHECK(ends[0] == doctest::Approx(6 * 9 / 59.0).epsilon(0.01));
  CHECK(ends[7] - ends[6] == doctest::Approx(17 * 9 / 59.0).epsilon(0.01));
}

TEST_CASE("lesson/backprop: a product is predicted before it comes, and told right when it has") {
  BackpropLesson lesson(3);
  CHECK(contains(refusal(lesson, call("predict", 0.1)), "step 5, 6 or 7"));
  must(lesson, "seek", 4);
  must(lesson, "step_product", -8);
  const double truth = lesson.chain_rule().at({BackpropStep::back_outputs, 0}).result;
  must(lesson, "predict", truth * 1.5 + 0.01);
  must(lesson, "step_product", 1);
  CHECK_FALSE(met(lesson, "predict"));
  must(lesson, "step_product", -1);
  must(lesson, "predict", truth * 1.01);
  CHECK_FALSE(met(lesson, "predict"));  // not before it is worked out
  must(lesson, "step_product", 1);
  CHECK(met(lesson, "predict"));
  CHECK(contains(lesson.narrate(), "You predicted"));
  must(lesson, "set_inputs", std::vector<float>{1, 1});  // other numbers: the prediction was not about them
  CHECK_FALSE(met(lesson, "predict"));
  CHECK(lesson.state()["predicted"].is_null());
}

TEST_CASE("lesson/backprop: refusals are sentences and change nothing") {
  for (const char* view : {"small", "digits"}) {
    BackpropLesson lesson(3);
    must(lesson, "set_view", view);
    const std::string before = everything(lesson);
    std::vector<Call> calls{call("set_view", "plot"),
                            call("set_inputs", std::vector<float>{1}),
                            call("set_inputs", std::vector<float>{1, 200}),
                            call("set_label", 10),
                            call("set_label", -1),
                            call("set_weight", 2, 0, 1),
                            call("set_weight", 0, 9, 1),
                            call("set_weight", 1, 0, 101),
                            call("set_rate", -1),
                            call("set_rate", 101),
                            call("set_activation", "softmax"),
                            call("set_output", "tanh"),
                            call("update", 0),
                            call("update", 401),
                            call("select", 3, 0),
                            call("select", 0, 2000),
                            call("gradient_check"),
                            call("gradient_check", 0),
                            call("predict", 1),
                            call("set_pixels", std::vector<float>(4), 2, 2, 1),
                            call("seek", 99)};
    if (std::string(view) == "small") calls.push_back(call("set_label", 2));
    for (const Call& made : calls) {
      const std::string sentence = refusal(lesson, made);
      INFO(made.text() << " → " << sentence);
      CHECK(sentence.size() > 15);
      CHECK(sentence.back() == '.');
      CHECK(difference(everything(lesson), before) == "");
    }
  }
}

TEST_CASE("lesson/backprop: a link brings back everything") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    RandomBackprop random(seed);
    random.wander();
    INFO(random.recipe);
    BackpropLesson again(7);
    const LinkParams link = random.lesson.save();
    std::string text;
    for (const auto& [key, value] : link) text += key + "=" + value + "&";
    INFO(text);
    const std::vector<std::string> notices = again.load(link);
    CHECK(notices.empty());
    CHECK(difference(everything(again), everything(random.lesson)) == "");
  }
}

TEST_CASE("lesson/backprop: what a link cannot mean is told once, and left out") {
  const std::pair<std::string, std::string> bad[] = {
      {"inputs", "1"},       {"label", "2"},     {"w0", "1,2"},      {"w1", "x"},
      {"hidden", "softmax"}, {"output", "relu"}, {"rate", "fast"},   {"rate", "-1"},
      {"run", "1"},          {"run", "1x500"},   {"run", "1x0,2x1"}, {"digit_label", "11"},
      {"digit_rate", "x"},   {"digit_run", ","}, {"view", "plot"},   {"weight", "9,9"},
      {"check", "1"},        {"said", "0,0,1"},  {"said", "4,99,1"}, {"at", "99"},
      {"nonsense", "1"}};
  for (const auto& param : bad) {
    BackpropLesson lesson(1);
    const std::vector<std::string> notices = lesson.load({param});
    INFO(param.first << "=" << param.second);
    REQUIRE(notices.size() == 1);
    CHECK(contains(notices[0], "\"" + param.first + "\""));
    CHECK(difference(everything(lesson), everything(BackpropLesson(1))) == "");
  }
}

TEST_CASE(
    "lesson/backprop: the digit network: another picture or label begins anew; the picture brings its "
    "label") {
  BackpropLesson lesson(3);
  must(lesson, "set_view", "digits");
  CHECK(lesson.timeline().steps() == BackpropLesson::kDigitSteps);
  CHECK(lesson.label() == 7);
  const double at_first = lesson.loss();
  must(lesson, "update", 2);
  CHECK(lesson.updates() == 2);
  must(lesson, "set_digit", 4, 11);
  CHECK(lesson.label() == 4);
  CHECK(lesson.updates() == 0);
  must(lesson, "set_digit", 7, 3);
  CHECK(lesson.loss() == at_first);
  must(lesson, "set_label", 2);
  CHECK(lesson.label() == 2);
  CHECK(lesson.state()["probabilities"].size() == 10);
  double sum = 0;
  const Json state = lesson.state();
  for (const Json& p : state["probabilities"]) sum += p.get<double>();
  CHECK(sum == doctest::Approx(1));
  CHECK(std::exp(-lesson.loss()) ==
        doctest::Approx(lesson.state()["probabilities"][2].get<double>()).epsilon(1e-5));
  // What each output should do: share − 1 at the label, else the share.
  for (int k = 0; k < 10; ++k) {
    const double share = lesson.state()["probabilities"][static_cast<std::size_t>(k)].get<double>();
    CHECK(static_cast<double>(lesson.digits().gradient(DigitNet::kLayers)[static_cast<std::size_t>(k)]) ==
          doctest::Approx(share - (k == 2 ? 1 : 0)).epsilon(1e-5));
  }
  must(lesson, "set_rate", 100);
  for (int k = 0; k < 20 && !lesson.diverges(); ++k) must(lesson, "update", 1);
  CHECK((lesson.diverges() || lesson.rose() || lesson.loss() == lesson.losses()[1]));
  for (const double loss : lesson.losses()) CHECK(std::isfinite(loss));
}

TEST_CASE("lesson/backprop: the Keras code is what is on stage") {
  BackpropLesson lesson(3);
  must(lesson, "set_activation", "tanh");
  must(lesson, "set_rate", 0.5);
  std::string code = lesson.keras_code();
  CHECK(contains(code, "Dense(3, activation=\"tanh\")"));
  CHECK(contains(code, "Dense(2, activation=\"sigmoid\")"));
  CHECK(contains(code, "optimizers.SGD(learning_rate=0.5)"));
  CHECK(contains(code, "loss=\"mean_squared_error\""));
  CHECK(contains(code, ".reshape(2, 3)"));
  CHECK(contains(code, "model.train_on_batch(x, y)"));
  must(lesson, "set_view", "digits");
  code = lesson.keras_code();
  CHECK(contains(code, "Conv2D("));
  CHECK(contains(code, "sparse_categorical_crossentropy"));
}
