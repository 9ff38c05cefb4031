// The check itself, and with it the gradients of every layer: with respect to every parameter and to the
// input.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "engine/gradient_check.h"
#include "layer_by_itself.h"
#include "with_kernels.h"

using namespace kg;

namespace {

constexpr std::uint64_t kSeed = 7;
constexpr bool kInUse = false, kTraining = true;

struct Recipe {
  std::string name;
  SampleShape in;
  int images;
  std::vector<LayerDescription> layers;
  bool training = kTraining;
  Loss loss = Loss::mean_squared_error;
};

// Weights as the initializers give them; biases, gamma, beta and moving averages moved away from where they
// start, so that none is special.
Network network_of(const Recipe& recipe) {
  Result<Network> built = Network::build(recipe.in, recipe.layers, kSeed);
  REQUIRE_MESSAGE(built.ok(), (built.ok() ? "" : built.sentence()));
  Network network = std::move(built).value();
  Rng rng = Rng(kSeed).fork(99);
  for (int k = 0; k < network.layers(); ++k) {
    for (Parameter& p : network.parameters(k)) {
      if (p.name == "kernel") continue;
      for (float& value : p.values) value += rng.uniform(-0.4f, 0.6f);
    }
  }
  network.parameters_changed();
  network.reserve({recipe.images, true, false});
  return network;
}

GradientCheck check_of(const Recipe& recipe, Network& network) {
  const std::vector<float> images = drawn(recipe.in.batch(recipe.images).size(), Rng(1));
  if (recipe.loss == Loss::mean_squared_error) {
    const std::size_t outputs = network.output_shape().batch(recipe.images).size();
    return {network, images, drawn(outputs, Rng(2)), recipe.training};
  }
  std::vector<int> labels;
  for (int n = 0; n < recipe.images; ++n) labels.push_back(n * 2 % network.output_shape().c());
  return {network, recipe.loss, images, labels, recipe.training};
}

std::string text(const GradientComparison& c) {
  char line[160];
  std::snprintf(line, sizeof line, "analytic %.9g, numeric %.9g, step %.3g, uncertainty %.3g", c.analytic,
                c.numeric, c.step, c.uncertainty);
  return line;
}

// Of some values of a tensor, spread over it: all have to agree, and nine of ten comparisons have to be sharp
// enough to tell an error of a fiftieth of the largest gradient (the others are next to a kink).
void check_tensor(GradientCheck& check, GradientSpot spot, std::size_t count) {
  constexpr std::size_t kMost = 12;
  const std::size_t every = std::max<std::size_t>(1, count / kMost) | 1;  // odd: not always the same channel
  double largest = 0;
  for (spot.index = 0; spot.index < count; ++spot.index)
    largest = std::max(largest, std::abs(check.analytic(spot)));
  CHECK(largest > 0);
  int looked = 0, sharp = 0;
  for (spot.index = 0; spot.index < count; spot.index += every) {
    const GradientComparison c = check.compare(spot);
    CAPTURE(spot.index);
    CAPTURE(text(c));
    CHECK(c.agrees());
    ++looked;
    sharp += c.tells(largest / 50);
  }
  CAPTURE(largest);
  CHECK(sharp * 10 >= looked * 9);
}

void check(const Recipe& recipe) {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(recipe.name);
    CAPTURE(recipe.in.text());
    CAPTURE(recipe.images);
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    Network network = network_of(recipe);
    GradientCheck gradients = check_of(recipe, network);
    {
      const std::string tensor = "input";
      CAPTURE(tensor);
      check_tensor(gradients, {}, recipe.in.batch(recipe.images).size());
    }
    for (int k = 0; k < network.layers(); ++k) {
      for (std::size_t p = 0; p < network.parameters(k).size(); ++p) {
        const Parameter& parameter = network.parameters(k)[p];
        if (!parameter.learned) continue;
        const std::string tensor = network.name(k) + "/" + parameter.name;
        CAPTURE(tensor);
        check_tensor(gradients, {k, static_cast<int>(p), 0}, parameter.values.size());
      }
    }
  }
}

constexpr ActivationKind kCurved[] = {ActivationKind::relu, ActivationKind::leaky_relu,
                                      ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::softmax};

}  // namespace

TEST_CASE("engine/gradient_check: dense") {
  check({"alone", SampleShape(5), 3, {Dense{.units = 4}}});
  check({"one weight", SampleShape(1), 1, {Dense{.units = 1}}});
  check({"wide", SampleShape(37), 2, {Dense{.units = 19}}});
  check({"sequence", SampleShape(3, 5), 2, {Dense{.units = 6}}});
  check({"picture", SampleShape(3, 2, 5), 2, {Dense{.units = 6}}});
  check({"no bias", SampleShape(5), 3, {Dense{.units = 4, .use_bias = false}}});
  check(
      {"two", SampleShape(6), 3, {Dense{.units = 5, .activation = ActivationKind::tanh}, Dense{.units = 3}}});
  for (const ActivationKind kind : kCurved) {
    check({name_of(kind), SampleShape(4, 6), 2, {Dense{.units = 7, .activation = kind}}});
  }
}

TEST_CASE("engine/gradient_check: conv2d") {
  check({"3×3", SampleShape(6, 7, 2), 2, {Conv2D{.filters = 5}}});
  check({"1×1", SampleShape(4, 3, 6), 2, {Conv2D{.filters = 3, .kernel = {1, 1}}}});
  check({"one pixel, one channel", SampleShape(1, 1, 1), 1, {Conv2D{.kernel = {1, 1}}}});
  check({"same", SampleShape(5, 6, 3), 2, {Conv2D{.filters = 4, .padding = Padding::same}}});
  check({"same, even",
         SampleShape(5, 6, 2),
         2,
         {Conv2D{.filters = 4, .kernel = {4, 2}, .padding = Padding::same}}});
  check({"same, larger than the image",
         SampleShape(2, 3, 2),
         2,
         {Conv2D{.filters = 4, .kernel = {5, 6}, .padding = Padding::same}}});
  check({"strides", SampleShape(9, 8, 2), 2, {Conv2D{.filters = 4, .strides = {2, 3}}}});
  check({"strides beyond the filter",
         SampleShape(7, 9, 2),
         2,
         {Conv2D{.filters = 4, .kernel = {2, 1}, .strides = {3, 2}}}});
  check({"strides, same, even",
         SampleShape(7, 8, 3),
         2,
         {Conv2D{.filters = 5, .kernel = {2, 4}, .strides = {2, 2}, .padding = Padding::same}}});
  check({"dilation", SampleShape(8, 9, 2), 2, {Conv2D{.filters = 4, .dilation = {2, 3}}}});
  check({"dilation, same, even",
         SampleShape(5, 6, 2),
         2,
         {Conv2D{.filters = 3, .kernel = {2, 3}, .padding = Padding::same, .dilation = {3, 2}}}});
  check({"no bias", SampleShape(5, 5, 2), 1, {Conv2D{.filters = 3, .use_bias = false}}});
  check({"Winograd's", SampleShape(8, 9, 28), 1, {Conv2D{.filters = 28, .padding = Padding::same}}});
  for (const ActivationKind kind : kCurved) {
    check({name_of(kind), SampleShape(5, 6, 2), 2, {Conv2D{.filters = 5, .activation = kind}}});
  }
}

TEST_CASE("engine/gradient_check: pooling") {
  // Behind a convolution, so that what the pooling hands back is multiplied with something.
  const Conv2D conv{.filters = 5, .kernel = {2, 2}};
  struct Window {
    std::string name;
    Size2 pool, strides;
    Padding padding;
  };
  for (const Window& w :
       {Window{"2×2", {2, 2}, {0, 0}, Padding::valid}, Window{"overlapping", {3, 2}, {1, 1}, Padding::valid},
        Window{"same", {3, 3}, {2, 2}, Padding::same}, Window{"gaps", {2, 1}, {3, 2}, Padding::valid},
        Window{"same, overlapping, even", {2, 4}, {1, 2}, Padding::same}}) {
    check({"max " + w.name, SampleShape(7, 8, 2), 2, {conv, MaxPooling2D{w.pool, w.strides, w.padding}}});
    check({"average " + w.name,
           SampleShape(7, 8, 2),
           2,
           {conv, AveragePooling2D{w.pool, w.strides, w.padding}}});
  }
}

TEST_CASE("engine/gradient_check: activations as layers") {
  for (const ActivationKind kind : kCurved) {
    check({name_of(kind), SampleShape(7), 3, {Dense{.units = 6}, Activation{kind}}});
    check({std::string("picture, ") + name_of(kind), SampleShape(3, 4, 5), 2, {Activation{kind}}});
  }
  check({"leaky relu with a slope of its own",
         SampleShape(9),
         3,
         {Activation{ActivationKind::leaky_relu, 0.7f}}});
}

TEST_CASE("engine/gradient_check: batch normalisation in both modes") {
  for (const bool training : {kInUse, kTraining}) {
    const std::string mode = training ? ", training" : ", in use";
    check({"lists" + mode, SampleShape(5), 7, {BatchNormalization{}}, training});
    check({"pictures" + mode, SampleShape(3, 4, 6), 2, {BatchNormalization{.epsilon = 0.1f}}, training});
    check({"one picture" + mode, SampleShape(4, 5, 2), 1, {BatchNormalization{}}, training});
    check({"between" + mode,
           SampleShape(6, 6, 2),
           2,
           {Conv2D{.filters = 5, .use_bias = false}, BatchNormalization{}, Activation{ActivationKind::tanh},
            Dense{.units = 3}},
           training});
  }
}

TEST_CASE("engine/gradient_check: flatten, dropout in use, and L2") {
  check({"flatten", SampleShape(3, 4, 2), 2, {Flatten{}, Dense{.units = 3}}});
  check({"dropout in use", SampleShape(6), 2, {Dense{.units = 5}, Dropout{0.5f}, Dense{.units = 3}}, kInUse});
  check({"L2", SampleShape(6), 2, {Dense{.units = 5, .l2 = 0.3f}, Dense{.units = 3, .l2 = 0.01f}}});
  check({"L2 of filters", SampleShape(4, 4, 2), 2, {Conv2D{.filters = 2, .l2 = 0.3f}}});
}

TEST_CASE("engine/gradient_check: cross-entropy, with the softmax in the network or not") {
  const Loss loss = Loss::cross_entropy;
  check({"left to the loss", SampleShape(6), 5, {Dense{.units = 4}}, kTraining, loss});
  check({"in Dense",
         SampleShape(6),
         5,
         {Dense{.units = 4, .activation = ActivationKind::softmax}},
         kTraining,
         loss});
  check({"as a layer",
         SampleShape(6),
         5,
         {Dense{.units = 4}, Activation{ActivationKind::softmax}},
         kTraining,
         loss});
  check({"with labels and mean squares",
         SampleShape(6),
         5,
         {Dense{.units = 4, .activation = ActivationKind::softmax}},
         kTraining,
         Loss::mean_squared_error});
}

TEST_CASE("engine/gradient_check: a whole network") {
  check({"digits in little",
         SampleShape(10, 11, 1),
         3,
         {Conv2D{.filters = 4, .use_bias = false}, BatchNormalization{}, Activation{ActivationKind::relu},
          MaxPooling2D{},
          Conv2D{.filters = 6, .padding = Padding::same, .activation = ActivationKind::relu, .l2 = 0.01f},
          AveragePooling2D{}, Flatten{}, Dense{.units = 8, .activation = ActivationKind::tanh},
          Dense{.units = 5, .activation = ActivationKind::softmax}},
         kTraining,
         Loss::cross_entropy});
}

// A bias in front of a normalisation is taken off again: its gradient is 0, and so says the check.
TEST_CASE("engine/gradient_check: a bias that changes nothing has no gradient") {
  const Recipe recipe{"", SampleShape(4, 4, 2), 3, {Conv2D{.filters = 3}, BatchNormalization{}}};
  Network network = network_of(recipe);
  GradientCheck gradients = check_of(recipe, network);
  for (std::size_t k = 0; k < 3; ++k) {
    const GradientComparison c = gradients.compare({0, 1, k});
    CAPTURE(text(c));
    CHECK(c.agrees());
    CHECK(c.tells(1e-3));
    CHECK(std::abs(c.analytic) < 1e-5);
  }
}

// L = (w·in + b − target)² with w = 0.5, in = 3, b = 1, target 1: 1.5² = 2.25; ∂L/∂w = 2·1.5·3 = 9, ∂L/∂b =
// 3, ∂L/∂in = 2·1.5·0.5 = 1.5.
TEST_CASE("engine/gradient_check: one weight by hand") {
  LayerByItself dense(SampleShape(1), Dense{.units = 1});
  dense.set("kernel", {0.5f});
  dense.set("bias", {1});
  const std::vector<float> in{3}, target{1};
  GradientCheck gradients(dense.network(), in, target, kTraining);
  CHECK(gradients.loss() == 2.25);
  const struct {
    GradientSpot spot;
    double expected;
  } spots[] = {{{0, 0, 0}, 9}, {{0, 1, 0}, 3}, {{GradientSpot::kInput, 0, 0}, 1.5}};
  for (const auto& [spot, expected] : spots) {
    const GradientComparison c = gradients.compare(spot);
    CAPTURE(text(c));
    CHECK(c.analytic == expected);
    CHECK(std::abs(c.numeric - expected) <= c.uncertainty);
    CHECK(c.uncertainty < 1e-3 * expected);
    CHECK(c.here == 2.25);
    CHECK(std::abs((c.above - c.below) / (2 * c.step) - c.numeric) < 1e-6 * expected);
  }
}

TEST_CASE("engine/gradient_check: does not agree with a gradient that is wrong, or no number") {
  const Recipe recipe{
      "", SampleShape(6), 5, {Dense{.units = 4, .activation = ActivationKind::tanh}, Dense{.units = 3}}};
  Network network = network_of(recipe);
  GradientCheck gradients = check_of(recipe, network);
  GradientComparison c = gradients.compare({0, 0, 3});
  const double right = c.analytic;
  CHECK(c.agrees());
  for (const double wrong : {right * 1.01, right * 0.99, -right, 0.0, std::nan("")}) {
    CAPTURE(wrong);
    c.analytic = wrong;
    CAPTURE(text(c));
    CHECK_FALSE(c.agrees());
  }
}

// relu(w·1 + 0) at w = 0: to the left nothing changes, to the right the loss (relu(w) − 1)² falls by 2. There
// is no derivative, the engine says 0, and the check must neither contradict nor claim to know.
TEST_CASE("engine/gradient_check: on a kink it gives no verdict") {
  LayerByItself dense(SampleShape(1),
                      Dense{.units = 1, .activation = ActivationKind::relu, .use_bias = false});
  dense.set("kernel", {0});
  const std::vector<float> in{1}, target{1};
  GradientCheck gradients(dense.network(), in, target, kTraining);
  const GradientComparison c = gradients.compare({0, 0, 0});
  CAPTURE(text(c));
  CHECK(c.agrees());
  CHECK_FALSE(c.tells(0.99));  // half of the jump
  CHECK(c.tells(1.5));
}

TEST_CASE("engine/gradient_check: next to a kink, and next to a change of the largest, it is right") {
  const std::vector<float> in{1}, target{1}, pair{0.5f, 0};
  const std::vector<float> half{0.25f};
  for (int k = -200; k <= 200; ++k) {
    CAPTURE(k);
    LayerByItself dense(SampleShape(1),
                        Dense{.units = 1, .activation = ActivationKind::relu, .use_bias = false});
    dense.set("kernel", {static_cast<float>(k) * 0.003f});
    GradientCheck gradients(dense.network(), in, target, kTraining);
    const GradientComparison c = gradients.compare({0, 0, 0});
    CAPTURE(text(c));
    CHECK(c.agrees());
    if (k != 0) CHECK(c.tells(0.02 * std::max(1.0, std::abs(c.analytic))));

    LayerByItself pool(SampleShape(1, 2, 1), MaxPooling2D{{1, 2}});
    std::vector<float> image = pair;
    image[1] = 0.5f + static_cast<float>(k) * 0.003f;
    GradientCheck largest(pool.network(), image, half, kTraining);
    for (std::size_t pixel : {0u, 1u}) {
      const GradientComparison p = largest.compare({GradientSpot::kInput, 0, pixel});
      CAPTURE(pixel);
      CAPTURE(text(p));
      CHECK(p.agrees());
    }
  }
}

// The noise is what rounding does to the loss: that of the same network computed in double precision shows
// it. The mean square of such errors, over batches, has to be of the size that was measured.
TEST_CASE("engine/gradient_check: the noise of the loss is measured, not guessed") {
  const int inputs = 60, units = 40;
  double squares = 0, noises = 0;
  const int batches = 40;
  for (int batch = 0; batch < batches; ++batch) {
    LayerByItself dense(SampleShape(inputs), Dense{.units = units});
    const Rng rng(static_cast<std::uint64_t>(batch));
    const std::vector<float> in = drawn(inputs, rng.fork(1), -30, 30),
                             targets = drawn(units, rng.fork(2), -30, 30);
    GradientCheck gradients(dense.network(), in, targets, kTraining);
    double exact = 0;
    for (std::size_t o = 0; o < units; ++o) {
      double sum = 0;
      for (std::size_t i = 0; i < inputs; ++i) {
        sum +=
            static_cast<double>(in[i]) * static_cast<double>(dense.parameter("kernel").values[i * units + o]);
      }
      exact += std::pow(sum - static_cast<double>(targets[o]), 2) / units;
    }
    squares += std::pow((gradients.loss() - exact) / exact, 2) / batches;
    noises += std::pow(gradients.noise() / exact, 2) / batches;
  }
  // Within a factor of two: what is measured scatters by some tenth, and it is never below one rounding of
  // the loss.
  CHECK(std::sqrt(noises) >= 0.5 * std::sqrt(squares));
  CHECK(std::sqrt(noises) <= 2 * std::sqrt(squares));
}

TEST_CASE("engine/gradient_check: leaves the network as it was") {
  const Recipe recipe{"", SampleShape(6), 5, {Dense{.units = 4}, BatchNormalization{}, Dense{.units = 3}}};
  Network network = network_of(recipe);
  network.freeze(0, true);
  const auto state = [&] {
    std::string all;
    for (int k = 0; k < network.layers(); ++k) {
      all += network.frozen(k) ? "frozen " : "free ";
      for (const Parameter& p : network.parameters(k)) all += text(p.values) + "; ";
    }
    return all;
  };
  const std::string before = state();
  GradientCheck gradients = check_of(recipe, network);
  CHECK(state() == before);
  const GradientComparison first = gradients.compare({1, 0, 2}), second = gradients.compare({1, 0, 2});
  CHECK(state() == before);
  CHECK(text(first) == text(second));
  gradients.compare({});
  CHECK(state() == before);
}
