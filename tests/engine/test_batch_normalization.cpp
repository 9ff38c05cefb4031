#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "layer_by_itself.h"
#include "with_kernels.h"

using namespace kg;

namespace {

constexpr double kRounding = std::numeric_limits<float>::epsilon() / 2.0;  // of one operation, relatively

}  // namespace

// One channel, four values (1, 3, 5, 7): mean 4, distances (−3, −1, 1, 3), variance (9 + 1 + 1 + 9)/4 = 5.
// With epsilon 4 the deviation is √9 = 3. All of that is exact but the division by 3: some ten roundings of
// numbers up to the largest that is added.
TEST_CASE("engine/batch_normalization: training, by hand") {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself layer(SampleShape(1), BatchNormalization{.momentum = 0.75f, .epsilon = 4}, 4);
    layer.set("gamma", {6});
    layer.set("beta", {10});
    // 6·(−3, −1, 1, 3)/3 + 10
    check_close(layer.forward({1, 3, 5, 7}, true), {4, 8, 12, 16}, 10 * kRounding * 16);
    // moving = 0.75·moving + 0.25·batch: 0.75·0 + 0.25·4, 0.75·1 + 0.25·5
    CHECK(layer.parameter("moving_mean").values == std::vector<float>{1});
    CHECK(layer.parameter("moving_variance").values == std::vector<float>{2});
    // dout (3, 0, 0, 9): dbeta = 12, dgamma = Σ dout·x̂ = (3·−3 + 9·3)/3 = 6. din = gamma/3·(dout − 12/4 −
    // x̂·6/4) = 2·(dout − 3 − x̂·1.5), x̂ = (−1, −1/3, 1/3, 1).
    check_close(layer.backward({3, 0, 0, 9}), {2 * 1.5, 2 * -2.5, 2 * -3.5, 2 * 4.5}, 20 * kRounding * 40);
    check_close(layer.gradient("beta"), {12}, 4 * kRounding * 12);
    check_close(layer.gradient("gamma"), {6}, 6 * kRounding * 12);
  }
}

TEST_CASE("engine/batch_normalization: inference, by hand") {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself layer(SampleShape(1), BatchNormalization{.epsilon = 4}, 4);
    layer.set("gamma", {6});
    layer.set("beta", {10});
    layer.set("moving_mean", {1});
    layer.set("moving_variance", {12});                                     // √(12 + 4) = 4
    check_close(layer.forward({1, 3, 5, 7}), {10, 13, 16, 19}, 0);          // 6·(0, 2, 4, 6)/4 + 10, exactly
    CHECK(layer.parameter("moving_mean").values == std::vector<float>{1});  // only followed in training
    CHECK(layer.parameter("moving_variance").values == std::vector<float>{12});
    check_close(layer.backward({3, 0, 0, 9}), {4.5, 0, 0, 13.5},
                0);  // mean and deviation are constants: 6/4·dout
    check_close(layer.gradient("beta"), {12}, 0);
    check_close(layer.gradient("gamma"), {(3 * 0 + 9 * 6) / 4.0}, 0);
  }
}

TEST_CASE("engine/batch_normalization: of a picture the channels are brought to mean beta, deviation gamma") {
  const SampleShape shape(5, 4, 6);
  const int images = 3, rows = images * 5 * 4;
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself layer(shape, BatchNormalization{.epsilon = 1e-6f}, images);
    const std::vector<float> gamma{1, 2, 0.5f, -1, 3, 0.25f}, beta{0, 1, -1, 2, 0.5f, 3};
    layer.set("gamma", gamma);
    layer.set("beta", beta);
    std::vector<float> in = drawn(shape.batch(images).size(), Rng(1));
    for (std::size_t k = 0; k < in.size(); ++k) in[k] = in[k] * static_cast<float>(k % 6 + 1) + 2;
    const std::vector<float> out = layer.forward(in, true);
    for (std::size_t c = 0; c < 6; ++c) {
      CAPTURE(c);
      double mean = 0, squares = 0, in_mean = 0, in_squares = 0;
      for (std::size_t k = c; k < out.size(); k += 6) mean += static_cast<double>(out[k]) / rows;
      for (std::size_t k = c; k < out.size(); k += 6) in_mean += static_cast<double>(in[k]) / rows;
      for (std::size_t k = c; k < out.size(); k += 6)
        squares += std::pow(static_cast<double>(out[k]) - mean, 2) / rows;
      for (std::size_t k = c; k < out.size(); k += 6)
        in_squares += std::pow(static_cast<double>(in[k]) - in_mean, 2) / rows;
      // The mean of `rows` values is off by at most that many roundings of the largest, in deviations of the
      // input:
      const double largest = (2 + static_cast<double>(c + 1)) / std::sqrt(in_squares);
      const double scale = std::abs(static_cast<double>(gamma[c]));
      const double tolerance =
          (rows + 10) * kRounding * (scale * largest + std::abs(static_cast<double>(beta[c])));
      CHECK(std::abs(mean - static_cast<double>(beta[c])) <= tolerance);
      // epsilon makes the deviation smaller by epsilon/2 of the variance, relatively.
      CHECK(std::abs(std::sqrt(squares) - scale) <= tolerance + scale * 0.5e-6 / in_squares);
    }
  }
}

TEST_CASE(
    "engine/batch_normalization: a channel that is the same everywhere becomes beta, and nothing is divided "
    "by 0") {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself layer(SampleShape(2), BatchNormalization{}, 3);
    layer.set("beta", {0.5f, -1});
    CHECK(layer.forward({4, 0, 4, 0, 4, 0}, true) == std::vector<float>{0.5f, -1, 0.5f, -1, 0.5f, -1});
    for (const float d : layer.backward({1, 2, 3, 4, 5, 6})) CHECK(std::isfinite(d));
  }
}

TEST_CASE("engine/batch_normalization: moving averages close in on the data's") {
  // Mean 2 and variance 9 in every batch: after t batches the moving mean is 2·(1 − mᵗ), the moving variance
  // 9 + (1 − 9)·mᵗ.
  const float momentum = 0.5f;  // everything exact
  LayerByItself layer(SampleShape(1), BatchNormalization{.momentum = momentum}, 2);
  for (int t = 1; t <= 8; ++t) {
    CAPTURE(t);
    layer.forward({-1, 5}, true);
    CHECK(layer.parameter("moving_mean").values[0] == 2 * (1 - std::ldexp(1.0f, -t)));
    CHECK(layer.parameter("moving_variance").values[0] == 9 - 8 * std::ldexp(1.0f, -t));
  }
}

TEST_CASE(
    "engine/batch_normalization: a frozen layer uses its moving averages while the others are trained") {
  LayerByItself layer(SampleShape(1), BatchNormalization{.epsilon = 1}, 2);
  layer.set("moving_mean", {1});
  layer.set("moving_variance", {3});
  layer.network().freeze(0, true);
  CHECK(layer.forward({1, 5}, true) == std::vector<float>{0, 2});
  CHECK(layer.parameter("moving_mean").values == std::vector<float>{1});
  CHECK(layer.backward({2, 4}) == std::vector<float>{1, 2});
  CHECK(layer.gradient("gamma") == std::vector<float>{0});
}

TEST_CASE("engine/batch_normalization: starts with gamma 1, beta 0, mean 0, variance 1, and does so again") {
  LayerByItself layer(SampleShape(2), BatchNormalization{});
  const auto begins = [&] {
    return layer.parameter("gamma").values == std::vector<float>{1, 1} &&
           layer.parameter("beta").values == std::vector<float>{0, 0} &&
           layer.parameter("moving_mean").values == std::vector<float>{0, 0} &&
           layer.parameter("moving_variance").values == std::vector<float>{1, 1};
  };
  CHECK(begins());
  layer.set("gamma", {3, 4});
  layer.forward({1, 2}, true);
  CHECK_FALSE(begins());
  layer.network().initialize(5);
  CHECK(begins());
}

TEST_CASE("engine/batch_normalization: what cannot be is refused in a sentence") {
  CHECK(refusal(BatchNormalization{.momentum = 1.5f}, SampleShape(5)) ==
        "The momentum of BatchNormalization is 1.5, but it has to be from 0 to 1.");
  CHECK(refusal(BatchNormalization{.momentum = -0.25f}, SampleShape(5)) ==
        "The momentum of BatchNormalization is -0.25, but it has to be from 0 to 1.");
  CHECK(refusal(BatchNormalization{.epsilon = 0}, SampleShape(5)) ==
        "The epsilon of BatchNormalization is 0.0, but it has to be more than 0, or a channel whose values "
        "are all "
        "the same would be divided by 0.");
  CHECK_FALSE(output_of(BatchNormalization{.momentum = std::nanf("")}, SampleShape(5)).ok());
  CHECK_FALSE(output_of(BatchNormalization{.epsilon = std::nanf("")}, SampleShape(5)).ok());
}

TEST_CASE("engine/batch_normalization: counts and Keras code") {
  CHECK(BatchNormalization{}.counts(SampleShape(28, 28, 8)).learned == 16);
  CHECK(BatchNormalization{}.counts(SampleShape(28, 28, 8)).followed == 16);
  CHECK(BatchNormalization{}.keras() == "BatchNormalization()");
  CHECK(BatchNormalization{.momentum = 0.9f, .epsilon = 0.5f}.keras() ==
        "BatchNormalization(momentum=0.9, epsilon=0.5)");
  CHECK(BatchNormalization{.epsilon = 0.5f}.keras() == "BatchNormalization(epsilon=0.5)");
}
