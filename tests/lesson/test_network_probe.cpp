// A value taken apart is made of what the engine made it of.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "data/digit_generator.h"
#include "data/digit_reader.h"
#include "lesson/network_probe.h"

using namespace kg;

namespace {

const SampleShape kInput(28, 28, 1);

double after(const Explained& made) {
  return made.activation == ActivationKind::relu ? std::max(made.sum, 0.0) : made.sum;
}

}  // namespace

TEST_CASE("lesson/network_probe: products, bias and activation come to the value, everywhere") {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    Result<Network> network = Network::build(kInput, digit_reader_layers(), seed);
    REQUIRE(network);
    Network weights = std::move(network).value();
    for (int k = 0; k < weights.layers(); ++k) {  // biases that are not 0
      for (Parameter& p : weights.parameters(k)) {
        if (p.name == "bias") std::fill(p.values.begin(), p.values.end(), 0.125f);
      }
    }
    weights.parameters_changed();
    NetworkProbe probe(kInput, digit_reader_layers());
    const Tensor image = generate_digit(static_cast<int>(seed), seed);
    probe.look(weights, image.values(), static_cast<int>(seed), Loss::cross_entropy);
    Rng rng(seed);
    for (int layer = 0; layer < 5; ++layer) {
      const SampleShape& shape = probe.network().shape(layer + 1);
      for (int i = 0; i < 60; ++i) {
        const auto draw = [&](int n) { return static_cast<int>(rng.below(static_cast<std::uint32_t>(n))); };
        Spot spot{layer, draw(shape.h()), draw(shape.w()), draw(shape.c())};
        if (i == 0) spot = {layer, 0, 0, 0};  // at the border
        if (i == 1) spot = {layer, shape.h() - 1, shape.w() - 1, shape.c() - 1};
        CAPTURE(layer);
        CAPTURE(spot.row);
        CAPTURE(spot.col);
        CAPTURE(spot.channel);
        const Explained made = probe.explain(spot);
        const auto value = static_cast<double>(made.value);
        if (made.kind == Explained::Kind::sum) {
          CHECK(after(made) == doctest::Approx(value).epsilon(1e-4).scale(0.01));
          CHECK(made.bias == 0.125);
          CHECK(made.terms.size() == (layer == 0 ? 9 : 72));
        } else if (made.kind == Explained::Kind::largest) {
          CHECK(made.terms.size() == 4);
          REQUIRE(made.winner >= 0);
          CHECK(made.terms[static_cast<std::size_t>(made.winner)].value == made.value);
        } else {
          CHECK(made.terms[0].value == made.value);
        }
      }
    }
    // Softmax of the ten sums is what the network answers.
    double sums[10], total = 0;
    for (int k = 0; k < 10; ++k) total += std::exp(sums[k] = probe.explain({5, 0, 0, k}).sum);
    for (int k = 0; k < 10; ++k) {
      CHECK(std::exp(sums[k]) / total ==
            doctest::Approx(static_cast<double>(probe.value({5, 0, 0, k}))).epsilon(1e-3));
    }
    CHECK(probe.explain({5, 0, 0, 0}).terms.size() == 784);
  }
}

TEST_CASE("lesson/network_probe: the strongest value is the largest, and gradients need a label") {
  Result<Network> network = Network::build(kInput, digit_reader_layers(), 4);
  REQUIRE(network);
  NetworkProbe probe(kInput, digit_reader_layers());
  const Tensor image = generate_digit(5, 1);
  probe.look(*network, image.values(), -1, Loss::cross_entropy);
  CHECK_FALSE(probe.has_gradients());
  for (int layer = 0; layer < 6; ++layer) {
    CHECK(probe.value(probe.strongest(layer)) == *std::ranges::max_element(probe.values(layer + 1)));
  }
  CHECK_FALSE(probe.has({6, 0, 0, 0}));
  CHECK_FALSE(probe.has({0, 28, 0, 0}));
  CHECK_FALSE(probe.has({0, 0, -1, 0}));
  CHECK(probe.has({5, 0, 0, 9}));
  probe.look(*network, image.values(), 5, Loss::cross_entropy);
  REQUIRE(probe.has_gradients());
  // At the ten sums the gradient is p − 1 at the label, p elsewhere.
  for (int k = 0; k < 10; ++k) {
    const float p = probe.values(6)[static_cast<std::size_t>(k)];
    CHECK(probe.gradients(6)[static_cast<std::size_t>(k)] ==
          doctest::Approx(static_cast<double>(k == 5 ? p - 1 : p)));
  }
  CHECK(probe.loss() == doctest::Approx(-std::log(static_cast<double>(probe.values(6)[5]))));
}
