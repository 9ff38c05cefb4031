// The lesson `gradients`: its measures against plain computations that share nothing with the engine, its
// state, link and words.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/gradients.h"
#include "lesson/gradients_fixture.h"

using namespace kg;

namespace {

// A lesson in a random state, reached by legal verbs alone, and those verbs in `recipe`.
class RandomGradients {
 public:
  explicit RandomGradients(std::uint64_t seed) : lesson(seed), rng_(seed) {
    recipe = "GradientsLesson(" + std::to_string(seed) + ")";
    if (rng_.below(3) == 0) {
      settings();
      if (rng_.below(2)) act(call("update", between(rng_, 1, 4)));
      act(call("keep_a"));
    }
    settings();
    if (rng_.below(2)) act(call("update", between(rng_, 1, 12)));
    switch (rng_.below(3)) {
      case 0:
        act(call("seek", between(rng_, 0, lesson.depth() - 1)));
        act(call("step_product", -between(rng_, 0, 2)));
        if (!lesson.product_shown(lesson.here()))
          act(call("predict", static_cast<double>(rng_.uniform(0.001f, 2.0f))));
        break;
      case 1:
        act(call("finish"));
        break;
      default:
        break;
    }
    if (rng_.below(3) == 0) act(call("set_speed", 5));
  }

  GradientsLesson lesson;
  std::string recipe;

 private:
  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    REQUIRE(refusal(lesson, made) == "");
    work_off(lesson);
  }
  void settings() {
    static const char* const kActivations[] = {"sigmoid", "tanh", "relu", "linear"};
    static const char* const kInitializers[] = {"random_normal", "glorot_uniform", "glorot_normal",
                                                "he_uniform",    "he_normal",      "lecun_uniform",
                                                "lecun_normal"};
    if (rng_.below(4)) act(call("set_depth", between(rng_, 2, 9)));
    if (rng_.below(2)) act(call("set_activation", kActivations[rng_.below(4)]));
    if (rng_.below(2)) act(call("set_initializer", kInitializers[rng_.below(7)]));
    if (rng_.below(2)) act(call("set_scale", static_cast<double>(rng_.uniform(0.05f, 20.0f))));
    if (rng_.below(2)) act(call("set_batch_norm", rng_.below(2) == 1));
    if (rng_.below(2)) act(call("set_rate", static_cast<double>(rng_.uniform(0.001f, 1.0f))));
  }

  Rng rng_;
};

double root_mean_square(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v * v;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

// The net once more in double precision, fed with nothing but its weights: forward and backward by hand.
struct Plain {
  using Matrix = std::vector<std::vector<double>>;  // images × units
  std::vector<double> at_sums;                      // root mean squares of ∂loss/∂z, of one image's loss
  std::vector<double> weight_gradients;
  double loss = 0;

  explicit Plain(const GradientsLesson& lesson) {
    const DeepNetSettings& s = lesson.settings();
    REQUIRE(!s.batch_norm);
    const Network& network = lesson.net().network();
    const Digits digits = small_digits(lesson.seed(), DeepNet::kDigits);
    std::vector<Matrix> inputs, sums;
    Matrix a(DeepNet::kBatch);
    double sum = 0, squares = 0;
    std::vector<float> pixels(digits->size());
    for (int n = 0; n < digits->count(); ++n) {
      digits->copy(n, pixels.data());
      for (const float v : pixels)
        sum += static_cast<double>(v), squares += std::pow(static_cast<double>(v), 2);
    }
    const double count = static_cast<double>(pixels.size()) * digits->count(), mean = sum / count;
    const double deviation = std::sqrt(squares / count - mean * mean + 1e-3);  // Keras' epsilon
    for (int n = 0; n < DeepNet::kBatch; ++n) {
      digits->copy(n, pixels.data());
      for (const float v : pixels)
        a[static_cast<std::size_t>(n)].push_back((static_cast<double>(v) - mean) / deviation);
    }
    std::vector<const Parameter*> kernels;
    for (int k = 0; k < network.layers(); ++k) {
      for (const Parameter& p : network.parameters(k)) {
        if (p.name == "kernel") kernels.push_back(&p);
      }
    }
    REQUIRE(static_cast<int>(kernels.size()) == s.depth);
    const std::size_t depth = kernels.size();
    for (std::size_t k = 0; k < depth; ++k) {
      inputs.push_back(a);
      a = product(a, *kernels[k]);
      sums.push_back(a);
      if (k + 1 == depth) break;
      for (auto& row : a) {
        for (double& v : row) v = activated(s.activation, v);
      }
    }
    // Softmax and cross-entropy: p − 1 at the label.
    Matrix d = a;
    for (std::size_t n = 0; n < d.size(); ++n) {
      const double most = *std::max_element(a[n].begin(), a[n].end());
      double sum = 0;
      for (double& v : d[n]) sum += v = std::exp(v - most);
      for (double& v : d[n]) v /= sum;
      const auto label = static_cast<std::size_t>(digits->label(static_cast<int>(n)));
      loss -= std::log(d[n][label]) / DeepNet::kBatch;
      d[n][label] -= 1;
    }
    at_sums.resize(depth), weight_gradients.resize(depth);
    for (std::size_t k = depth; k-- > 0;) {
      at_sums[k] = size(d);
      const std::size_t in = inputs[k][0].size(), out = d[0].size();
      std::vector<double> dw(in * out);
      for (std::size_t n = 0; n < d.size(); ++n) {
        for (std::size_t i = 0; i < in; ++i) {
          for (std::size_t o = 0; o < out; ++o)
            dw[i * out + o] += inputs[k][n][i] * d[n][o] / DeepNet::kBatch;
        }
      }
      weight_gradients[k] = root_mean_square(dw);
      if (k == 0) break;
      Matrix before(d.size(), std::vector<double>(in));
      for (std::size_t n = 0; n < d.size(); ++n) {
        for (std::size_t i = 0; i < in; ++i) {
          for (std::size_t o = 0; o < out; ++o)
            before[n][i] += static_cast<double>(kernels[k]->values[i * out + o]) * d[n][o];
          before[n][i] *= slope(s.activation, sums[k - 1][n][i]);
        }
      }
      d = before;
    }
  }

  static Matrix product(const Matrix& a, const Parameter& kernel) {
    const std::size_t in = a[0].size(), out = kernel.values.size() / in;
    Matrix z(a.size(), std::vector<double>(out));
    for (std::size_t n = 0; n < a.size(); ++n) {
      for (std::size_t i = 0; i < in; ++i) {
        for (std::size_t o = 0; o < out; ++o)
          z[n][o] += a[n][i] * static_cast<double>(kernel.values[i * out + o]);
      }
    }
    return z;
  }
  static double activated(ActivationKind kind, double z) {
    if (kind == ActivationKind::relu) return std::max(z, 0.0);
    if (kind == ActivationKind::tanh) return std::tanh(z);
    return kind == ActivationKind::sigmoid ? 1 / (1 + std::exp(-z)) : z;
  }
  static double slope(ActivationKind kind, double z) {
    if (kind == ActivationKind::relu) return z > 0 ? 1 : 0;
    const double a = activated(kind, z);
    if (kind == ActivationKind::tanh) return 1 - a * a;
    return kind == ActivationKind::sigmoid ? a * (1 - a) : 1;
  }
  static double size(const Matrix& m) {
    std::vector<double> all;
    for (const auto& row : m) all.insert(all.end(), row.begin(), row.end());
    return root_mean_square(all);
  }
};

}  // namespace

TEST_CASE("lesson/gradients: what is measured is what a plain computation gives") {
  for (const char* activation : {"sigmoid", "tanh", "relu", "linear"}) {
    CAPTURE(std::string(activation));
    GradientsLesson lesson(7);
    must(lesson, "set_activation", activation);
    must(lesson, "set_initializer", "lecun_normal");
    must(lesson, "set_depth", 6);
    const Plain plain(lesson);
    // Six layers of at most 49 products each, in single precision.
    constexpr double kTolerance = 1e-4;
    CHECK(lesson.net().report()->loss == doctest::Approx(plain.loss).epsilon(kTolerance));
    for (std::size_t k = 0; k < 6; ++k) {
      CAPTURE(k);
      const LayerGradient& l = lesson.net().layers()[k];
      CHECK(l.gradient == doctest::Approx(plain.at_sums[k]).epsilon(kTolerance));
      CHECK(l.weight_gradient == doctest::Approx(plain.weight_gradients[k]).epsilon(kTolerance));
      CHECK(l.update_ratio == doctest::Approx(0.05 * l.weight_gradient / l.weights).epsilon(1e-6));
    }
  }
}

TEST_CASE(
    "lesson/gradients: every gradient is the last one times the factors on the way, and every factor the "
    "product of its parts") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    RandomGradients random(seed);
    INFO(random.recipe);
    const Json state = random.lesson.state();
    double gradient = 0;
    for (std::size_t k = state["per_layer"].size(); k-- > 0;) {
      const Json& l = state["per_layer"][k];
      CHECK(l["layer"] == k + 1);
      if (l["gradient"].is_null() || l["factor"].is_null()) break;
      gradient = k + 1 == state["per_layer"].size() ? l["gradient"].get<double>()
                                                    : gradient * l["factor"].get<double>();
      CHECK(l["gradient"].get<double>() == doctest::Approx(gradient).epsilon(1e-9));
      CHECK(l["factor"].get<double>() ==
            doctest::Approx(l["by_weights"].get<double>() * l["by_slope"].get<double>() *
                            l["by_norm"].get<double>()));
    }
  }
}

TEST_CASE("lesson/gradients: an update changes the weights by the share that was announced") {
  GradientsLesson lesson(3);
  must(lesson, "load_preset", "tanh_glorot");
  // The first update's batch is another one than the measured, so the shares are alike, not the same: compare
  // the whole way with both batches by size only.
  std::vector<std::vector<float>> before;
  const auto kernels = [&] {
    std::vector<std::vector<float>> list;
    const Network& network = lesson.net().network();
    for (int k = 0; k < network.layers(); ++k) {
      for (const Parameter& p : network.parameters(k)) {
        if (p.name == "kernel") list.push_back(p.values);
      }
    }
    return list;
  };
  before = kernels();
  const std::vector<LayerGradient> told = lesson.net().layers();
  must(lesson, "update", 1);
  work_off(lesson);
  const auto now = kernels();
  REQUIRE(now.size() == told.size());
  for (std::size_t k = 0; k < now.size(); ++k) {
    CAPTURE(k);
    double change = 0, size = 0;
    for (std::size_t i = 0; i < now[k].size(); ++i) {
      change += std::pow(static_cast<double>(now[k][i]) - static_cast<double>(before[k][i]), 2);
      size += std::pow(static_cast<double>(before[k][i]), 2);
    }
    const double share = std::sqrt(change / size);
    CHECK(share > told[k].update_ratio / 3);
    CHECK(share < told[k].update_ratio * 3);
  }
}

TEST_CASE("lesson/gradients: batch normalisation makes the scale of the weights meaningless") {
  GradientsLesson lesson(5);
  must(lesson, "set_batch_norm", true);
  must(lesson, "set_depth", 12);
  const double before = lesson.net().ratio();
  must(lesson, "set_scale", 4);
  // Not quite: epsilon counts for less, and the last layer has no batch normalisation.
  CHECK(lesson.net().ratio() > before / 10);
  CHECK(lesson.net().ratio() < before * 10);
}

TEST_CASE("lesson/gradients: the same seed gives the same random numbers, whatever the settings") {
  GradientsLesson one(3), two(3);
  must(one, "set_activation", "relu");
  must(two, "set_batch_norm", true);
  const auto& a = one.net().network().parameters(2).front().values;
  const auto& b = two.net().network().parameters(2).front().values;
  CHECK(a.size() == 49 * 48);
  CHECK(a == b);
}

TEST_CASE("lesson/gradients: refusals say what is legal, and change nothing") {
  GradientsLesson lesson(3);
  must(lesson, "update", 3);
  work_off(lesson);
  const std::string before = everything(lesson);
  struct Row {
    Call made;
    const char* says;
  };
  const Row rows[] = {{call("set_depth", 31), "The depth is 2 to 30; 31 is outside."},
                      {call("set_depth", 1), "The depth is 2 to 30"},
                      {call("set_activation", "softmax"), "is none of them"},
                      {call("set_initializer", "zeros"), "is none of them"},
                      {call("set_scale", 0), "The scale is 0.05 to 20"},
                      {call("set_rate", 11), "The learning rate is 0.0001 to 10"},
                      {call("update", 0), "The number of updates is 1 to 200"},
                      {call("update", 201), "1 to 200"},
                      {call("forget_a"), "No net is kept as A"},
                      {call("predict", 0.5), "can be seen already"},
                      {call("load_preset", "nonsense"), "there are start, vanishing"},
                      {call("seek", 8), "There is no step 8"}};
  for (const Row& row : rows) {
    INFO(row.made.text());
    const std::string sentence = refusal(lesson, row.made);
    CAPTURE(sentence);
    CHECK(contains(sentence, row.says));
    CHECK(difference(everything(lesson), before) == "");
  }
  must(lesson, "scrub", 1);
  CHECK(contains(refusal(lesson, call("predict", -1)), "above 0"));
}

TEST_CASE("lesson/gradients: what is too large to be a number is said in words and told as null") {
  GradientsLesson lesson(3);
  must(lesson, "set_activation", "linear"), must(lesson, "set_initializer", "he_normal");
  must(lesson, "set_depth", 30), must(lesson, "set_scale", 20);
  CHECK(GradientsLesson::fate(lesson.net()) == GradientFate::unknown);
  const Json state = lesson.state();
  CHECK(state["per_layer"][0]["gradient"].is_null());
  CHECK(state["ratio_first_last"].is_null());
  CHECK(contains(lesson.narrate(), "too large for the computer"));
  for (const char* word : {"nan", "inf"})
    CHECK_FALSE(contains(state.dump() + lesson.narrate(), std::string(word) + " "));
  for (const Task& task : lesson.tasks()) CHECK_FALSE(task.met);
}

TEST_CASE("lesson/gradients: a run that has diverged says so, rests, and can be rewound") {
  GradientsLesson lesson(3);
  must(lesson, "load_preset", "exploding");
  const std::string fresh = everything(lesson);
  must(lesson, "update", 100);
  work_off(lesson);
  CHECK(lesson.net().diverged());
  CHECK(lesson.net().updates() < 5);
  CHECK(lesson.state()["diverged"] == true);
  CHECK(contains(lesson.narrate(), "Training has diverged after update"));
  CHECK(contains(refusal(lesson, call("update", 1)), "This run has diverged after update"));
  must(lesson, "rewind");
  CHECK(difference(everything(lesson), fresh) == "");
}

TEST_CASE("lesson/gradients: A comes along, update by update, on the same digits") {
  GradientsLesson lesson(3);
  must(lesson, "load_preset", "tanh_glorot");
  must(lesson, "keep_a");
  CHECK_FALSE(lesson.compares());
  must(lesson, "set_activation", "relu");
  CHECK(lesson.compares());
  must(lesson, "update", 12);
  work_off(lesson);
  CHECK(lesson.net().updates() == 12);
  CHECK(lesson.kept()->updates() == 12);
  // What A has learned is what it would have learned alone.
  GradientsLesson alone(3);
  must(alone, "load_preset", "tanh_glorot");
  must(alone, "update", 12);
  work_off(alone);
  CHECK(lesson.state()["a"]["losses"] == alone.state()["losses"]);
  CHECK(lesson.state()["a"]["per_layer"] == alone.state()["per_layer"]);
  // A new setting begins a new run; A waits for it.
  must(lesson, "set_rate", 0.02);
  CHECK(lesson.net().updates() == 0);
  must(lesson, "update", 5);
  work_off(lesson);
  CHECK(lesson.net().updates() == 5);
  CHECK(lesson.kept()->updates() == 12);
}

TEST_CASE("lesson/gradients: updates in one piece or in many come to the same, and can be stopped") {
  GradientsLesson one(3), two(3);
  for (GradientsLesson* lesson : {&one, &two}) must(*lesson, "load_preset", "relu_he");
  must(one, "update", 30);
  work_off(one);
  must(two, "update", 10);
  must(two, "update", 20);
  CHECK(two.busy());
  int slices = 0;
  while (two.working()) {
    int pieces = 0;
    two.work([&] { return pieces++ < 2; });
    ++slices;
  }
  CHECK(slices > 5);
  CHECK(difference(everything(one), everything(two)) == "");
  must(two, "update", 100);
  two.work([pieces = 0]() mutable { return pieces++ < 7; });
  must(two, "stop");
  CHECK_FALSE(two.working());
  CHECK(two.net().updates() > 30);
  CHECK(two.net().updates() < 130);
  must(two, "update", 200), must(two, "update", 200), must(two, "update", 200);
  work_off(two);
  CHECK(two.net().updates() == DeepNet::kMostUpdates);
  CHECK(contains(refusal(two, call("update", 1)), "all of its 500 updates"));
}

TEST_CASE("lesson/gradients: the gradient goes from layer to layer; a factor comes before its product") {
  GradientsLesson lesson(3);
  must(lesson, "seek", 0);
  CHECK(lesson.here() == 7);
  must(lesson, "seek", 3);
  CHECK(lesson.here() == 4);
  CHECK(lesson.product_shown(4));
  CHECK_FALSE(lesson.factor_shown(3));
  must(lesson, "step_product", -1);
  CHECK(lesson.factor_shown(4));
  CHECK_FALSE(lesson.product_shown(4));
  CHECK(contains(lesson.narrate(), "Layer 5: the factor is"));
  CHECK_FALSE(contains(lesson.narrate(), "product so far"));
  must(lesson, "step_product", -1);
  CHECK(contains(lesson.narrate(), "on its way to it"));
  must(lesson, "finish");
  CHECK(contains(lesson.narrate(), "it vanishes."));
  must(lesson, "set_depth", 12);  // the end stays the end
  CHECK(lesson.timeline().at_end());
}

TEST_CASE("lesson/gradients: a prediction is right within five per cent, once the product is there") {
  GradientsLesson lesson(3);
  must(lesson, "seek", 2), must(lesson, "step_product", -1);
  const double product = lesson.net().layers()[5].product;
  const auto met = [&] {
    const std::vector<Task> tasks = lesson.tasks();
    return std::any_of(tasks.begin(), tasks.end(), [](const Task& t) { return t.id == "predict" && t.met; });
  };
  must(lesson, "predict", product * 1.1);
  must(lesson, "step_product", 1);
  CHECK_FALSE(met());
  CHECK(contains(lesson.narrate(), ": no."));
  must(lesson, "step_product", -1);
  must(lesson, "predict", product * 1.04);
  CHECK_FALSE(met());
  must(lesson, "step_product", 1);
  CHECK(met());
  CHECK(contains(lesson.narrate(), ": right."));
  must(lesson, "set_scale", 2);  // another question
  CHECK_FALSE(met());
}

TEST_CASE("lesson/gradients: the Keras code is that of its settings") {
  GradientsLesson lesson(3);
  CHECK(contains(lesson.keras_code(),
                 "for _ in range(7):\n    model.add(Dense(48, kernel_initializer=\"glorot_uniform\"))\n"
                 "    model.add(Activation(\"sigmoid\"))\n"));
  CHECK_FALSE(contains(lesson.keras_code(), "BatchNormalization"));
  CHECK_FALSE(contains(lesson.keras_code(), "initializers,"));
  must(lesson, "load_preset", "batch_norm");
  std::string code = lesson.keras_code();
  CHECK(contains(code, "Activation, BatchNormalization, Dense"));
  CHECK(contains(code, "initializers.RandomNormal(stddev=0.05)))\n    model.add(BatchNormalization())\n"));
  CHECK(contains(code, "optimizers.SGD(0.05)"));
  must(lesson, "set_initializer", "he_normal"), must(lesson, "set_scale", 3);
  CHECK(contains(lesson.keras_code(), "initializers.VarianceScaling(18, \"fan_in\", \"truncated_normal\")"));
  must(lesson, "set_initializer", "glorot_uniform"), must(lesson, "set_scale", 0.5);
  CHECK(contains(lesson.keras_code(), "initializers.VarianceScaling(0.25, \"fan_avg\", \"uniform\")"));
}

TEST_CASE("lesson/gradients: every random setup comes back from its link") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    RandomGradients random(seed);
    INFO(random.recipe);
    GradientsLesson again(99);
    for (const std::string& notice : again.load(random.lesson.save())) CHECK(notice == "");
    work_off(again);
    CHECK(difference(everything(again), everything(random.lesson)) == "");
  }
}

TEST_CASE("lesson/gradients: each bad value in a link gives one notice and the default") {
  const std::string fresh = everything(GradientsLesson(1));
  for (const auto& [key, value] : LinkParams{{"depth", "31"},
                                             {"depth", "x"},
                                             {"activation", "softmax"},
                                             {"initializer", "ones"},
                                             {"scale", "0"},
                                             {"scale", "big"},
                                             {"batch_norm", "2"},
                                             {"rate", "-1"},
                                             {"a", "20,relu"},
                                             {"a", "31,relu,he_normal,1,0,0.05,0"},
                                             {"a", "20,relu,he_normal,1,0,0.05,501"},
                                             {"updates", "501"},
                                             {"updates", "x"},
                                             {"guess", "9:1"},
                                             {"guess", "1:0"},
                                             {"guess", "1"},
                                             {"seed", "-1"},
                                             {"at", "8"},
                                             {"nonsense", "1"}}) {
    INFO(key << "=" << value);
    GradientsLesson lesson(1);
    CHECK(lesson.load({{key, value}}).size() == 1);
    CHECK(difference(everything(lesson), fresh) == "");
  }
}

TEST_CASE("lesson/gradients: stepping back through everything shows what stepping forward showed") {
  GradientsLesson lesson(1);
  must(lesson, "scrub", 0);
  std::vector<std::string> moments;
  while (!lesson.timeline().at_end()) {
    moments.push_back(everything(lesson));
    must(lesson, "step_product", 1);
  }
  REQUIRE(moments.size() == 8 * 3);
  while (!moments.empty()) {
    must(lesson, "step_product", -1);
    CHECK(difference(everything(lesson), moments.back()) == "");
    moments.pop_back();
  }
}
