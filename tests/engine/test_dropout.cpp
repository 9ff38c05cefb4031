#include <doctest/doctest.h>

#include <cmath>

#include "layer_by_itself.h"

using namespace kg;

namespace {

const std::vector<float> kOnes(10000, 1.0f);

LayerByItself dropout(float rate, std::uint64_t seed = 1) {
  return LayerByItself(SampleShape(100), Dropout{rate}, 100, seed);
}

}  // namespace

TEST_CASE("engine/dropout: in use it does nothing") {
  LayerByItself layer(SampleShape(6), Dropout{0.9f}, 2);
  const std::vector<float> in = drawn(12, Rng(1));
  CHECK(layer.forward(in) == in);
  CHECK(layer.backward(in) == in);
}

TEST_CASE("engine/dropout: in training values are 0 or divided by what is kept") {
  for (const float rate : {0.25f, 0.5f, 0.75f}) {  // 1/(1 − rate) is 4/3, 2, 4
    CAPTURE(rate);
    LayerByItself layer = dropout(rate);
    int dropped = 0;
    for (const float value : layer.forward(kOnes, true)) {
      const bool known = value == 0 || value == 1 / (1 - rate);
      CHECK(known);
      dropped += value == 0;
    }
    // The number dropped of n is binomial: mean n·rate, standard deviation √(n·rate·(1 − rate)). Five of them
    // leave a right implementation a chance of one in a million to fail, and the seed is fixed.
    const double r = static_cast<double>(rate), n = static_cast<double>(kOnes.size());
    CHECK(std::abs(dropped - n * r) <= 5 * std::sqrt(n * r * (1 - r)));
  }
}

TEST_CASE("engine/dropout: the mean stays") {
  // Each value is 1/(1 − r) with probability 1 − r, else 0: mean 1, variance 1/(1 − r) − 1 = r/(1 − r).
  for (const float rate : {0.1f, 0.5f, 0.8f}) {
    CAPTURE(rate);
    LayerByItself layer = dropout(rate);
    double mean = 0;
    for (const float value : layer.forward(kOnes, true)) mean += static_cast<double>(value);
    mean /= static_cast<double>(kOnes.size());
    const double r = static_cast<double>(rate);
    CHECK(std::abs(mean - 1) <= 5 * std::sqrt(r / (1 - r) / static_cast<double>(kOnes.size())));
  }
}

TEST_CASE("engine/dropout: backward uses the mask of the forward pass") {
  LayerByItself layer = dropout(0.5f);
  const std::vector<float> factors = layer.forward(kOnes, true);
  CHECK(layer.backward(kOnes) == factors);
  CHECK(layer.backward(kOnes) == factors);  // and uses it up only when forward runs again
}

// With the mask held (the same seed before every pass) dropout is linear, so the central difference has no
// error but rounding, and of numbers like these not even that.
TEST_CASE("engine/dropout: the gradient is the numeric one") {
  LayerByItself layer(SampleShape(8), Dropout{0.5f}, 2);
  std::vector<float> in(16, 1.0f);
  const std::vector<float> dout = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  const auto loss = [&] {  // Σ dout·out
    layer.network().initialize(3);
    const std::vector<float> out = layer.forward(in, true);
    float sum = 0;
    for (std::size_t k = 0; k < out.size(); ++k) sum += out[k] * dout[k];
    return sum;
  };
  loss();
  const std::vector<float> din = layer.backward(dout);
  for (std::size_t k = 0; k < in.size(); ++k) {
    CAPTURE(k);
    in[k] = 1.5f;
    const float above = loss();
    in[k] = 0.5f;
    CHECK(above - loss() == din[k]);
    in[k] = 1;
  }
}

TEST_CASE("engine/dropout: every pass draws anew; the same seed draws the same") {
  LayerByItself a = dropout(0.5f, 1), same = dropout(0.5f, 1), other = dropout(0.5f, 2);
  const std::vector<float> first = a.forward(kOnes, true), second = a.forward(kOnes, true);
  CHECK(first != second);
  CHECK(same.forward(kOnes, true) == first);
  CHECK(same.forward(kOnes, true) == second);
  CHECK(other.forward(kOnes, true) != first);
  a.network().initialize(1);
  CHECK(a.forward(kOnes, true) == first);
  a.forward(kOnes, false);  // draws nothing
  CHECK(a.forward(kOnes, true) == second);
}

TEST_CASE("engine/dropout: two layers of a network do not draw the same") {
  Result<Network> network = Network::build(SampleShape(1000), {Dropout{0.5f}, Dropout{0.5f}}, 1);
  REQUIRE(network.ok());
  Network run = std::move(network).value();
  std::fill_n(run.input(1).begin(), 1000, 1.0f);
  int kept = 0;
  for (const float value : run.forward(true)) kept += value != 0;
  // Kept by both: a quarter, not half. Within five standard deviations √(1000·1/4·3/4) = 13.7.
  CHECK(std::abs(kept - 250) <= 68);
}

TEST_CASE("engine/dropout: a rate of 0 keeps everything") { CHECK(dropout(0).forward(kOnes, true) == kOnes); }

TEST_CASE("engine/dropout: what cannot be is refused in a sentence") {
  CHECK(refusal(Dropout{1}, SampleShape(5)) ==
        "The rate of Dropout is 1.0, but it has to be from 0 to below 1.");
  CHECK(refusal(Dropout{-0.5f}, SampleShape(5)) ==
        "The rate of Dropout is -0.5, but it has to be from 0 to below 1.");
  CHECK_FALSE(output_of(Dropout{std::nanf("")}, SampleShape(5)).ok());
}

TEST_CASE("engine/dropout: shape and Keras code") {
  CHECK(Dropout{0.25f}.output(SampleShape(4, 3))->text() == "(4, 3)");
  CHECK(Dropout{0.25f}.keras() == "Dropout(0.25)");
}
