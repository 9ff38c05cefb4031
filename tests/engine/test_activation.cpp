#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "engine/layers/activation.h"
#include "with_kernels.h"

using namespace kg;

TEST_CASE("engine/activation: relu lets the positive through and nothing else") {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    const Tensor out = relu(Tensor({1, 1, 2, 3}, {-0.35f, 0.65f, 0.0f, -1e30f, 1e30f, -0.0f}));
    const float expected[] = {0.0f, 0.65f, 0.0f, 0.0f, 1e30f, 0.0f};
    CHECK(out.shape() == Shape{1, 1, 2, 3});
    for (std::size_t k = 0; k < 6; ++k) {
      CAPTURE(k);
      CHECK(out.values()[k] == expected[k]);
    }
  }
}

TEST_CASE("engine/activation: relu hides no number that has gone astray") {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    const Tensor out = relu(Tensor({1, 1, 5, 1}, {std::nanf(""), kInfinity, -kInfinity, 1, std::nanf("")}));
    CHECK(std::isnan(out.values()[0]));
    CHECK(out.values()[1] == kInfinity);
    CHECK(out.values()[2] == 0.0f);
    CHECK(std::isnan(out.values()[4]));
  }
}

TEST_CASE("engine/activation: relu of nothing is nothing") {
  CHECK(relu(Tensor({0, 28, 28, 1})).values().empty());
}
