// Activations as layers of their own: numbers by hand, gradients, not-a-number, refusals. (As a part of other
// layers: test_conv2d_layer.cpp.)
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "layer_by_itself.h"
#include "with_kernels.h"

using namespace kg;

namespace {

// One unit in the last place of numbers up to 1 is ε/2; of a result that is right within `units` of them:
double units(double count) { return count * std::numeric_limits<float>::epsilon() / 2; }

constexpr ActivationKind kAll[] = {ActivationKind::linear,  ActivationKind::relu, ActivationKind::leaky_relu,
                                   ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::softmax};

}  // namespace

TEST_CASE("engine/activation_layer: linear, relu and leaky relu, by hand") {
  const std::vector<float> in{-2, -0.5f, 0, 0.5f, 3}, dout{1, 2, 3, 4, 5};
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself linear(SampleShape(5), Activation{ActivationKind::linear});
    CHECK(linear.forward(in) == in);
    CHECK(linear.backward(dout) == dout);
    LayerByItself relu(SampleShape(5), Activation{ActivationKind::relu});
    CHECK(relu.forward(in) == std::vector<float>{0, 0, 0, 0.5f, 3});
    CHECK(relu.backward(dout) == std::vector<float>{0, 0, 0, 4, 5});  // at 0 itself: none, as Keras
    LayerByItself leaky(SampleShape(5), Activation{ActivationKind::leaky_relu, 0.25f});
    CHECK(leaky.forward(in) == std::vector<float>{-0.5f, -0.125f, 0, 0.5f, 3});
    CHECK(leaky.backward(dout) == std::vector<float>{0.25f, 0.5f, 0.75f, 4, 5});
  }
}

// e^(ln 3) = 3, so sigmoid(ln 3) = 1/(1 + 1/3) = 3/4, sigmoid(−ln 3) = 1/4, and tanh(ln 3) = (9 − 1)/(9 + 1)
// = 4/5. Right within: 2 units for the exponential, 1 for the rounding of ln 3 (which counts |x·f′(x)| times:
// less than 1), 2 for the sum and the quotient. Of the gradient y·(1 − y) or 1 − y² twice that and three
// roundings more.
TEST_CASE("engine/activation_layer: sigmoid and tanh at ln 3, by hand") {
  const float ln3 = 1.09861228866810969f;
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself sigmoid(SampleShape(3), Activation{ActivationKind::sigmoid});
    check_close(sigmoid.forward({0, ln3, -ln3}), {0.5, 0.75, 0.25}, units(5));
    check_close(sigmoid.backward({4, 1, 1}), {1, 3.0 / 16, 3.0 / 16}, units(13));
    LayerByItself tanh(SampleShape(3), Activation{ActivationKind::tanh});
    check_close(tanh.forward({0, ln3, -ln3}), {0, 0.8, -0.8}, units(5));
    check_close(tanh.backward({1, 1, 1}), {1, 9.0 / 25, 9.0 / 25}, units(13));
  }
}

TEST_CASE("engine/activation_layer: softmax of (0, ln 2, ln 3), by hand") {
  const float ln2 = 0.69314718055994531f, ln3 = 1.09861228866810969f;
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    // e^x is (1, 2, 3), their sum 6. The second row is 50 more everywhere, which changes nothing but the
    // rounding of the inputs, to ε/2·64.
    LayerByItself softmax(SampleShape(2, 3), Activation{ActivationKind::softmax});
    const std::vector<float> out = softmax.forward({0, ln2, ln3, 50, 50 + ln2, 50 + ln3});
    check_close({out.begin(), out.begin() + 3}, {1.0 / 6, 2.0 / 6, 3.0 / 6}, units(8));
    check_close({out.begin() + 3, out.end()}, {1.0 / 6, 2.0 / 6, 3.0 / 6}, units(8 + 2 * 64));
    // din = y·(d − Σ d·y). For d = (6, 0, 0): Σ = 1, so (5/6, −2/6, −3/6). For d all the same: 0.
    const std::vector<float> din = softmax.backward({6, 0, 0, 1, 1, 1});
    check_close({din.begin(), din.begin() + 3}, {5.0 / 6, -2.0 / 6, -3.0 / 6}, units(6 * 16));
    check_close({din.begin() + 3, din.end()}, {0, 0, 0}, units(16));
  }
}

TEST_CASE("engine/activation_layer: softmax gives shares, however large the numbers") {
  const float big = std::numeric_limits<float>::max();
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself softmax(SampleShape(4), Activation{ActivationKind::softmax}, 3);
    const std::vector<float> out =
        softmax.forward({1e30f, 0, 0, 0, big, big, -big, -big, -1e4f, -1e4f, -1e4f, -1e4f});
    // exponential() never gives 0: what is left of the others is e^−87.3.
    check_close(out, {1, 0, 0, 0, 0.5, 0.5, 0, 0, 0.25, 0.25, 0.25, 0.25}, std::exp(-87.0));
    for (const float share : out) CHECK(share > 0);
  }
}

TEST_CASE("engine/activation_layer: far out sigmoid and tanh are at their limits") {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    const float infinity = std::numeric_limits<float>::infinity();
    for (const float far : {100.0f, 1e30f, infinity}) {
      CAPTURE(far);
      LayerByItself sigmoid(SampleShape(2), Activation{ActivationKind::sigmoid});
      const std::vector<float> s = sigmoid.forward({far, -far});
      CHECK(s[0] == 1);
      CHECK(s[1] >= 0);
      CHECK(s[1] < 1e-37f);
      LayerByItself tanh(SampleShape(2), Activation{ActivationKind::tanh});
      CHECK(tanh.forward({far, -far}) == std::vector<float>{1, -1});
    }
  }
}

TEST_CASE("engine/activation_layer: not-a-number is not hidden, and stays in its place or its row") {
  const float nan = std::nanf("");
  for (const ActivationKind kind : kAll) {
    for (kernels::Flavour flavour : kBothFlavours) {
      CAPTURE(name_of(kind));
      CAPTURE(name_of(flavour));
      const WithKernels with(flavour);
      LayerByItself layer(SampleShape(3, 6), Activation{kind});
      std::vector<float> in = drawn(18, Rng(1));
      in[7] = nan;
      const std::vector<float> out = layer.forward(in);
      for (std::size_t k = 0; k < out.size(); ++k) {
        CAPTURE(k);
        const bool hit = kind == ActivationKind::softmax ? k / 6 == 1 : k == 7;
        CHECK(std::isnan(out[k]) == hit);
      }
    }
  }
}

TEST_CASE("engine/activation_layer: dout that already stands before the activation is passed on as it is") {
  const std::vector<float> dout = drawn(12, Rng(2));
  for (const ActivationKind kind : kAll) {
    CAPTURE(name_of(kind));
    LayerByItself layer(SampleShape(2, 6), Activation{kind});
    layer.forward(drawn(12, Rng(1)));
    CHECK(layer.backward(dout, true) == dout);
  }
}

TEST_CASE("engine/activation_layer: a leaky relu that does not leak is refused in a sentence") {
  for (const float slope : {0.0f, -0.5f}) {
    CHECK(refusal(Activation{ActivationKind::leaky_relu, slope}, SampleShape(5)) ==
          std::string("The slope of leaky_relu is ") + (slope == 0 ? "0.0" : "-0.5") +
              ", but it has to be more than 0; with 0 it would be relu.");
  }
  CHECK_FALSE(output_of(Activation{ActivationKind::leaky_relu, std::nanf("")}, SampleShape(5)).ok());
  CHECK(output_of(Activation{ActivationKind::relu, 0}, SampleShape(5)).ok());  // it has no slope
}

TEST_CASE("engine/activation_layer: Keras code") {
  CHECK(Activation{ActivationKind::tanh}.keras() == "Activation(\"tanh\")");
  CHECK(Activation{ActivationKind::leaky_relu, 0.3f}.keras() == "LeakyReLU(negative_slope=0.3)");
}
