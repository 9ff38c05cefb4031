#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "layer_by_itself.h"
#include "with_kernels.h"

using namespace kg;

TEST_CASE("engine/dense: two numbers in, three out, by hand") {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself dense(SampleShape(2), Dense{.units = 3}, 2);
    dense.set("kernel", {1, 2, 3,       // from the first input to the three outputs
                         10, 20, 30});  // from the second
    dense.set("bias", {100, 200, 300});
    // (1, 2): 100 + 1 + 20, 200 + 2 + 40, 300 + 3 + 60. (−1, 0.5): 100 − 1 + 5, …
    CHECK(text(dense.forward({1, 2, -1, 0.5f})) == text(std::vector<float>{121, 242, 363, 104, 208, 312}));
    // din(i) = Σ dout(o)·kernel(i, o): for (1, 0, −1): 1 − 3 and 10 − 30; for (0, 2, 0): 4 and 40.
    CHECK(text(dense.backward({1, 0, -1, 0, 2, 0})) == text(std::vector<float>{-2, -20, 4, 40}));
    // dkernel(i, o) = Σ over both samples of in(i)·dout(o): (1·1, −1·2, 1·−1) and (2·1, 0.5·2, 2·−1).
    CHECK(text(dense.gradient("kernel")) == text(std::vector<float>{1, -2, -1, 2, 1, -2}));
    CHECK(text(dense.gradient("bias")) == text(std::vector<float>{1, 2, -1}));
  }
}

TEST_CASE("engine/dense: of pictures and sequences it works on the last axis, place by place") {
  const std::vector<float> kernel{1, 2, 3, 10, 20, 30}, bias{1, 2, 3};
  const std::vector<float> in = drawn(12, Rng(3)), dout = drawn(18, Rng(4));
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    // The same six rows of two numbers: six samples, two sequences of three, one picture of 3×2 pixels.
    LayerByItself six(SampleShape(2), Dense{.units = 3}, 6);
    LayerByItself sequences(SampleShape(3, 2), Dense{.units = 3}, 2);
    LayerByItself picture(SampleShape(3, 2, 2), Dense{.units = 3}, 1);
    CHECK(six.output().text() == "(3,)");
    CHECK(sequences.output().text() == "(3, 3)");
    CHECK(picture.output().text() == "(3, 2, 3)");
    for (LayerByItself* layer : {&six, &sequences, &picture}) {
      layer->set("kernel", kernel);
      layer->set("bias", bias);
    }
    const std::vector<float> out = six.forward(in), din = six.backward(dout);
    for (LayerByItself* layer : {&sequences, &picture}) {
      CAPTURE(layer->output().text());
      CHECK(layer->forward(in) == out);
      CHECK(layer->backward(dout) == din);
      CHECK(layer->gradient("kernel") == six.gradient("kernel"));
      CHECK(layer->gradient("bias") == six.gradient("bias"));
    }
  }
}

TEST_CASE("engine/dense: without bias nothing is added, and there is nothing to learn of it") {
  LayerByItself dense(SampleShape(2), Dense{.units = 1, .use_bias = false});
  CHECK(dense.network().parameters(0).size() == 1);
  dense.set("kernel", {3, 4});
  CHECK(dense.forward({1, 2}) == std::vector<float>{11});
  CHECK(dense.backward({2}) == std::vector<float>{6, 8});
}

TEST_CASE("engine/dense: gradients of several passes add up") {
  LayerByItself dense(SampleShape(1), Dense{.units = 1});
  dense.set("kernel", {2});
  dense.forward({3});
  dense.backward({1});
  dense.network().gradient(1)[0] = 10;
  dense.network().backward({1, true, true, false});
  CHECK(dense.gradient("kernel") == std::vector<float>{33});  // 3·1 + 3·10
  CHECK(dense.gradient("bias") == std::vector<float>{11});
  dense.network().gradient(1)[0] = 10;
  dense.network().backward({1, false, true, false});  // only to the input
  CHECK(dense.gradient("kernel") == std::vector<float>{33});
}

TEST_CASE("engine/dense: follows its kernel when that is changed") {
  LayerByItself dense(SampleShape(1), Dense{.units = 1});
  dense.set("kernel", {2});
  dense.forward({1});
  CHECK(dense.backward({1}) == std::vector<float>{2});
  dense.set("kernel", {5});
  dense.forward({1});
  CHECK(dense.backward({1}) == std::vector<float>{5});  // the turned copy too
}

TEST_CASE("engine/dense: what cannot be is refused in a sentence") {
  CHECK(refusal(Dense{.units = 0}, SampleShape(5)) == "Dense has 0 units, but it needs at least 1.");
  CHECK(refusal(Dense{.units = -3}, SampleShape(5)) == "Dense has -3 units, but it needs at least 1.");
  CHECK(refusal(Dense{.units = 100000}, SampleShape(100000)) ==
        "Dense would have 100000×100000 weights, which is too many: at most 268435456 fit.");
  CHECK(refusal(Dense{.units = 1000}, SampleShape(1000, 1000, 2)) ==
        "The output would be (1000, 1000, 1000), which is too many values: at most 268435456 fit.");
}

TEST_CASE("engine/dense: a penalty below 0, or none that is a number, is refused in a sentence") {
  CHECK(refusal(Dense{.l2 = -0.5f}, SampleShape(5)) ==
        "The L2 penalty of Dense is -0.5, but it has to be a number of at least 0.");
  CHECK(refusal(Conv2D{.l2 = -0.5f}, SampleShape(5, 5, 1)) ==
        "The L2 penalty of Conv2D is -0.5, but it has to be a number of at least 0.");
  for (const float l2 : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
    CHECK_FALSE(output_of(Dense{.l2 = l2}, SampleShape(5)).ok());
  }
}

TEST_CASE("engine/dense: its own activation is the same as an Activation behind it, bit for bit") {
  for (const ActivationKind kind : {ActivationKind::linear, ActivationKind::relu, ActivationKind::leaky_relu,
                                    ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::softmax}) {
    for (kernels::Flavour flavour : kBothFlavours) {
      CAPTURE(name_of(kind));
      CAPTURE(name_of(flavour));
      const WithKernels with(flavour);
      LayerByItself together(SampleShape(3, 7), Dense{.units = 9, .activation = kind}, 2);
      LayerByItself sums(SampleShape(3, 7), Dense{.units = 9}, 2);
      LayerByItself activation(SampleShape(3, 9), Activation{kind}, 2);
      const std::vector<float> in = drawn(42, Rng(1)), dout = drawn(54, Rng(2));
      CHECK(together.forward(in) == activation.forward(sums.forward(in)));
      CHECK(together.backward(dout) == sums.backward(activation.backward(dout)));
      for (const char* name : {"kernel", "bias"}) CHECK(together.gradient(name) == sums.gradient(name));
    }
  }
}

TEST_CASE("engine/dense: counts and Keras code") {
  CHECK(Dense{.units = 10}.counts(SampleShape(784)).learned == 7850);
  CHECK(Dense{.units = 10, .use_bias = false}.counts(SampleShape(784)).learned == 7840);
  CHECK(Dense{.units = 10}.counts(SampleShape(4, 4, 3)).learned == 40);
  CHECK(Dense{.units = 10, .activation = ActivationKind::softmax}.keras() ==
        "Dense(10, activation=\"softmax\")");
  CHECK(Dense{.units = 4, .use_bias = false, .l2 = 0.5f}.keras() ==
        "Dense(4, use_bias=False, kernel_regularizer=regularizers.l2(0.5))");
}
