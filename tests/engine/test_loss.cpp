// The losses, and the L2 penalty that a trainer adds to them.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "engine/loss.h"
#include "engine/trainer.h"
#include "layer_by_itself.h"
#include "with_kernels.h"

using namespace kg;

TEST_CASE("engine/loss: cross-entropy by hand") {
  // Two images, three classes. p of the right ones: 1/2 and 1/4. Loss: (ln 2 + ln 4)/2 = 1.5·ln 2.
  const std::vector<float> p{0.25f, 0.5f, 0.25f, 0.25f, 0, 0.75f};
  const int labels[] = {1, 0};
  std::vector<float> d(6);
  // All of p are exact in single precision, so the loss is right to double precision.
  CHECK(std::abs(cross_entropy(d.data(), p.data(), labels, 2, 3) - 1.5 * std::log(2.0)) < 1e-15);
  // (p − 1 at the label)/2
  CHECK(text(d) == text(std::vector<float>{0.125f, -0.25f, 0.125f, -0.375f, 0, 0.375f}));
}

TEST_CASE(
    "engine/loss: cross-entropy of a certain and right answer is 0, of a certain and wrong one finite") {
  const int right[] = {0}, wrong[] = {1};
  const std::vector<float> p{1, 0};
  std::vector<float> d(2);
  CHECK(cross_entropy(d.data(), p.data(), right, 1, 2) == 0);
  CHECK(d == std::vector<float>{0, 0});
  // −ln of the smallest normal number: 126·ln 2 = 87.34
  CHECK(std::abs(cross_entropy(d.data(), p.data(), wrong, 1, 2) - 126 * std::log(2.0)) < 1e-13);
  CHECK(d == std::vector<float>{1, -1});
}

TEST_CASE("engine/loss: cross-entropy lets not-a-number through") {
  const int label[] = {0};
  const std::vector<float> p{std::nanf(""), 0.5f};
  std::vector<float> d(2);
  CHECK(std::isnan(cross_entropy(d.data(), p.data(), label, 1, 2)));
  CHECK(std::isnan(d[0]));
}

TEST_CASE("engine/loss: mean squared error by hand") {
  // Differences 1, −2, 0, 3: (1 + 4 + 0 + 9)/4 = 3.5; gradient 2/4 of them.
  const std::vector<float> out{2, 0, 5, 3}, targets{1, 2, 5, 0};
  std::vector<float> d(4);
  CHECK(mean_squared_error(d.data(), out.data(), targets.data(), 4) == 3.5);
  CHECK(text(d) == text(std::vector<float>{0.5f, -1, 0, 1.5f}));
  std::vector<float> gone{std::nanf(""), 0, 0, 0};
  CHECK(std::isnan(mean_squared_error(d.data(), gone.data(), targets.data(), 4)));
}

TEST_CASE("engine/loss: names as in Keras") {
  CHECK(std::string(name_of(Loss::cross_entropy)) == "sparse_categorical_crossentropy");
  CHECK(std::string(name_of(Loss::mean_squared_error)) == "mean_squared_error");
}

TEST_CASE("engine/loss: the L2 penalty by hand") {
  // One weight 3 and a bias 5, l2 = 0.25 (of the kernel only): out = 3·2 + 5 = 11, target 10.
  // Loss (11 − 10)² = 1; penalty 0.25·9 = 2.25; ∂/∂w = 2·1·2 + 2·0.25·3 = 5.5; ∂/∂b = 2. Norm √(5.5² + 2²).
  LayerByItself dense(SampleShape(1), Dense{.units = 1, .l2 = 0.25f});
  dense.set("kernel", {3});
  dense.set("bias", {5});
  Trainer trainer(dense.network(), {}, Loss::mean_squared_error, 1);
  const std::vector<float> in{2}, target{10};
  const Result<StepReport> report = trainer.gradients(in, target);
  REQUIRE(report.ok());
  CHECK(report->loss == 1);
  CHECK(report->penalty == 2.25);
  CHECK(dense.gradient("kernel") == std::vector<float>{5.5f});
  CHECK(dense.gradient("bias") == std::vector<float>{2});
  CHECK(report->gradient_norm == std::sqrt(5.5 * 5.5 + 4));

  dense.parameter("kernel").l2 = 0;  // changed while training
  const Result<StepReport> without = trainer.gradients(in, target);
  REQUIRE(without.ok());
  CHECK(without->penalty == 0);
  CHECK(dense.gradient("kernel") == std::vector<float>{4});
}

TEST_CASE("engine/loss: a frozen layer has no penalty") {
  LayerByItself dense(SampleShape(1), Dense{.units = 1, .l2 = 0.25f});
  dense.set("kernel", {3});
  dense.network().freeze(0, true);
  Trainer trainer(dense.network(), {}, Loss::mean_squared_error, 1);
  const std::vector<float> in{2}, target{10};
  const Result<StepReport> report = trainer.gradients(in, target);
  REQUIRE(report.ok());
  CHECK(report->penalty == 0);
  CHECK(report->gradient_norm == 0);
}

TEST_CASE("engine/loss: a softmax in the network or left to the loss is the same") {
  const std::vector<float> images = drawn(15, Rng(1));
  const std::vector<int> labels{0, 3, 2};
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself inside(SampleShape(5), Dense{.units = 4, .activation = ActivationKind::softmax}, 3);
    LayerByItself outside(SampleShape(5), Dense{.units = 4}, 3);  // the same seed: the same weights
    Trainer a(inside.network(), {}, Loss::cross_entropy, 3), b(outside.network(), {}, Loss::cross_entropy, 3);
    const Result<StepReport> one = a.gradients(images, labels), other = b.gradients(images, labels);
    REQUIRE(one.ok());
    REQUIRE(other.ok());
    CHECK(one->loss == other->loss);
    CHECK(one->correct == other->correct);
    CHECK(inside.gradient("kernel") == outside.gradient("kernel"));
    CHECK(inside.gradient("bias") == outside.gradient("bias"));
  }
}
