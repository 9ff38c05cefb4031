// Every optimizer against its formula in double precision, over several updates.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/optimizer.h"
#include "layer_by_itself.h"

using namespace kg;

namespace {

using Kind = OptimizerSettings::Kind;

constexpr Kind kKinds[] = {Kind::sgd, Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam};
const char* const kNames[] = {"SGD", "momentum", "Nesterov", "RMSProp", "Adam"};

std::string name_of(Kind kind) { return kNames[static_cast<int>(kind)]; }

// The formulas of Keras 3, one weight, in double precision; and how far it has gone in sum.
struct Formula {
  OptimizerSettings s;
  double w, v = 0, m = 0, a = 0, way = 0;
  int t = 0;

  void update(double g) {
    const double rate = d(s.learning_rate), momentum = d(s.momentum), rho = d(s.rho), epsilon = d(s.epsilon);
    const double b1 = d(s.beta_1), b2 = d(s.beta_2), before = w;
    ++t;
    switch (s.kind) {
      case Kind::sgd:
        w -= rate * g;
        break;
      case Kind::momentum:
        v = momentum * v - rate * g;
        w += v;
        break;
      case Kind::nesterov:
        v = momentum * v - rate * g;
        w += momentum * v - rate * g;
        break;
      case Kind::rmsprop:
        a = rho * a + (1 - rho) * g * g;
        w -= rate * g / std::sqrt(a + epsilon);
        break;
      case Kind::adam:
        m = b1 * m + (1 - b1) * g;
        a = b2 * a + (1 - b2) * g * g;
        w -= rate * std::sqrt(1 - std::pow(b2, t)) / (1 - std::pow(b1, t)) * m / (std::sqrt(a) + epsilon);
        break;
    }
    way += std::abs(w - before);
  }
  static double d(float x) { return static_cast<double>(x); }
};

LayerByItself weights(const std::vector<float>& values) {
  LayerByItself dense(SampleShape(static_cast<int>(values.size())), Dense{.units = 1, .use_bias = false});
  dense.set("kernel", values);
  return dense;
}

void give(LayerByItself& dense, std::vector<float> gradient) {
  dense.parameter("kernel").gradient = gradient;
}

}  // namespace

// By hand: w = 1, rate 0.5, two updates with g = 1 and g = 2; momentum 0.5, all exact.
//   SGD       1 − 0.5·1 = 0.5;  0.5 − 0.5·2 = −0.5
//   momentum  v = −0.5, w = 0.5;  v = −0.25 − 1 = −1.25, w = −0.75
//   Nesterov  v = −0.5, w = 1 − 0.25 − 0.5 = 0.25;  v = −1.25, w = 0.25 − 0.625 − 1 = −1.375
//   RMSProp   with rho 0.75 and epsilon 0.75: a = 0.25, w = 1 − 0.5·1/√1 = 0.5; with g = 2 and epsilon then
//             2.8125: a = 0.1875 + 1 = 1.1875, √4 = 2, w = 0.5 − 0.5·2/2 = 0
TEST_CASE("engine/optimizer: two updates by hand") {
  const float expected[][2] = {{0.5f, -0.5f}, {0.5f, -0.75f}, {0.25f, -1.375f}, {0.5f, 0}};
  for (const Kind kind : {Kind::sgd, Kind::momentum, Kind::nesterov, Kind::rmsprop}) {
    CAPTURE(name_of(kind));
    LayerByItself dense = weights({1});
    Optimizer optimizer(
        {.kind = kind, .learning_rate = 0.5f, .momentum = 0.5f, .rho = 0.75f, .epsilon = 0.75f});
    optimizer.reserve(dense.network());
    give(dense, {1});
    optimizer.update(dense.network());
    CHECK(dense.parameter("kernel").values[0] == expected[static_cast<int>(kind)][0]);
    optimizer.settings.epsilon = 2.8125f;
    give(dense, {2});
    optimizer.update(dense.network());
    CHECK(dense.parameter("kernel").values[0] == expected[static_cast<int>(kind)][1]);
  }
  // Adam's first step is of the size of the rate, whatever the gradient: m = 0.1·g, √a = √0.001·|g|, and the
  // correction is √0.001/0.1, so w −= rate·g/|g|, less a share of epsilon/√a. Some ten roundings.
  const double u = std::numeric_limits<float>::epsilon() / 2.0;
  const std::vector<float> g{1000, 0.01f, -3}, expected_adam{0.875f, 0.875f, 1.125f};
  LayerByItself dense = weights({1, 1, 1});
  Optimizer adam({.kind = Kind::adam, .learning_rate = 0.125f});
  adam.reserve(dense.network());
  give(dense, g);
  adam.update(dense.network());
  for (std::size_t k = 0; k < 3; ++k) {
    CAPTURE(k);
    const double value = static_cast<double>(dense.parameter("kernel").values[k]);
    const double share = 1e-7 / (std::sqrt(0.001) * std::abs(static_cast<double>(g[k])));
    CHECK(std::abs(value - static_cast<double>(expected_adam[k])) <= 0.125 * (share + 10 * u) + u);
  }
}

// How far rounding may lead it off after t updates: w is rounded t times. An update's size is off,
// relatively, by the roundings of its few operations and of what it gathered (v, m and a are rounded thrice
// in each of the t updates), at most 3·t + 10 in all. What it gathers may cancel, so sizes are counted with
// the largest |g| for every g. 1 − rho and 1 − beta are exact in single precision (Sterbenz) of the numbers
// as they are stored.
TEST_CASE("engine/optimizer: twelve updates as the formula, in double precision") {
  const double u = std::numeric_limits<float>::epsilon() / 2.0;
  const std::size_t count = 13;  // some lanes of SIMD and a rest
  for (const Kind kind : kKinds) {
    CAPTURE(name_of(kind));
    const OptimizerSettings settings{.kind = kind, .learning_rate = 0.03f};
    const std::vector<float> start = drawn(count, Rng(1));
    LayerByItself dense = weights(start);
    Optimizer optimizer(settings);
    optimizer.reserve(dense.network());
    std::vector<Formula> formulas, largest;
    for (const float w : start) {
      formulas.push_back({settings, static_cast<double>(w)});
      largest.push_back({settings, 0});
    }
    for (int t = 1; t <= 12; ++t) {
      if (t == 7) {
        optimizer.settings.learning_rate = 0.01f;  // changed while training
        for (Formula& f : formulas) f.s.learning_rate = 0.01f;
      }
      const std::vector<float> g = drawn(count, Rng(static_cast<std::uint64_t>(t)));
      give(dense, g);
      optimizer.update(dense.network());
      for (std::size_t k = 0; k < count; ++k) {
        CAPTURE(t);
        CAPTURE(k);
        formulas[k].update(static_cast<double>(g[k]));
        // With |g| = 1 all along nothing cancels; the quotients of RMSProp and Adam are largest when the
        // denominator is that of this weight.
        Formula& most = largest[k];
        most.update(1);
        double way = most.way;
        if (kind == Kind::rmsprop || kind == Kind::adam) way *= 1 / std::sqrt(formulas[k].a + 1e-7);
        const double expected = formulas[k].w;
        const double tolerance = u * (t * (std::abs(expected) + 1) + (3 * t + 10) * way);
        const double value = static_cast<double>(dense.parameter("kernel").values[k]);
        CAPTURE(value);
        CAPTURE(expected);
        CAPTURE(tolerance);
        CHECK(std::abs(value - expected) <= tolerance);
      }
    }
  }
}

TEST_CASE("engine/optimizer: a frozen layer stays as it is, and goes on where it was") {
  for (const Kind kind : kKinds) {
    CAPTURE(name_of(kind));
    LayerByItself dense = weights({1, -2});
    Optimizer optimizer({.kind = kind});
    optimizer.reserve(dense.network());
    give(dense, {1, 1});
    dense.network().freeze(0, true);
    optimizer.update(dense.network());
    CHECK(dense.parameter("kernel").values == std::vector<float>{1, -2});
    dense.network().freeze(0, false);
    optimizer.update(dense.network());
    CHECK(dense.parameter("kernel").values[0] < 1);
    CHECK(dense.parameter("kernel").values[1] < -2);
  }
}

TEST_CASE("engine/optimizer: moving averages are not trained, and slots keep to their parameters") {
  Result<Network> built =
      Network::build(SampleShape(2), {Dense{.units = 2}, BatchNormalization{}, Dense{.units = 1}}, 1);
  REQUIRE(built.ok());
  Network network = std::move(built).value();
  Optimizer optimizer({.kind = Kind::momentum, .learning_rate = 1, .momentum = 0.5f});
  optimizer.reserve(network);
  CHECK(optimizer.working_floats() == 2 * ((4 + 2) + (2 + 2) + (2 + 1)));
  // The gradient of every value of parameter p of layer k is 4·k + p: after two updates each has moved by 2.5
  // times that (g, then g/2 + g), and the moving averages by nothing.
  std::vector<std::vector<std::vector<float>>> before;
  for (int k = 0; k < 3; ++k) {
    before.emplace_back();
    for (std::size_t p = 0; p < network.parameters(k).size(); ++p) {
      Parameter& parameter = network.parameters(k)[p];
      std::fill(parameter.values.begin(), parameter.values.end(), 1.0f);
      std::fill(parameter.gradient.begin(), parameter.gradient.end(),
                static_cast<float>(4 * k) + static_cast<float>(p));
    }
  }
  optimizer.update(network);
  optimizer.update(network);
  for (int k = 0; k < 3; ++k) {
    for (std::size_t p = 0; p < network.parameters(k).size(); ++p) {
      CAPTURE(k);
      CAPTURE(p);
      const Parameter& parameter = network.parameters(k)[p];
      const float g = parameter.learned ? static_cast<float>(4 * k) + static_cast<float>(p) : 0;
      for (const float value : parameter.values) CHECK(value == 1 - 2.5f * g);
    }
  }
}

TEST_CASE("engine/optimizer: reserve forgets what was gathered") {
  for (const Kind kind : kKinds) {
    CAPTURE(name_of(kind));
    LayerByItself dense = weights({1});
    Optimizer optimizer({.kind = kind});
    std::vector<float> after;
    for (int run = 0; run < 2; ++run) {
      optimizer.reserve(dense.network());
      dense.set("kernel", {1});
      for (int t = 0; t < 3; ++t) {
        give(dense, {0.5f});
        optimizer.update(dense.network());
      }
      after.push_back(dense.parameter("kernel").values[0]);
    }
    CHECK(after[0] == after[1]);
  }
}

TEST_CASE("engine/optimizer: layers see the new weights at once") {
  LayerByItself dense = weights({2});
  Optimizer optimizer({.learning_rate = 1});
  optimizer.reserve(dense.network());
  dense.forward({1});
  dense.backward({1});  // the layer has turned its kernel for that
  give(dense, {-3});
  optimizer.update(dense.network());
  CHECK(dense.forward({1}) == std::vector<float>{5});
  CHECK(dense.backward({1}) == std::vector<float>{5});
}

TEST_CASE("engine/optimizer: Keras code") {
  CHECK(keras_text(OptimizerSettings{}) == "optimizers.SGD(learning_rate=0.01)");
  CHECK(keras_text(OptimizerSettings{.kind = Kind::momentum}) ==
        "optimizers.SGD(learning_rate=0.01, momentum=0.9)");
  CHECK(keras_text(OptimizerSettings{.kind = Kind::nesterov}) ==
        "optimizers.SGD(learning_rate=0.01, momentum=0.9, nesterov=True)");
  CHECK(keras_text(OptimizerSettings{.kind = Kind::rmsprop}) ==
        "optimizers.RMSprop(learning_rate=0.01, rho=0.9)");
  CHECK(keras_text(OptimizerSettings{.kind = Kind::adam, .learning_rate = 0.001f}) ==
        "optimizers.Adam(learning_rate=0.001)");
}
