// conv2d against TensorFlow.js (see tools/goldens/make_conv2d_goldens.mjs).
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "engine/layers/conv2d.h"
#include "with_kernels.h"

using namespace kg;

namespace {

struct Golden {
  const char* name;
  Shape in;
  FilterShape filters;
  Conv2DSettings settings;
  Shape out;
  std::vector<float> input, weights, bias, output;
};

const Golden kGoldens[] = {
#include "../golden/conv2d.inc"
};

// Every filter turned by half a turn: undone by `flip`.
Filters turned(const Filters& filters) {
  const FilterShape shape = filters.shape();
  Filters out(shape);
  for (int y = 0; y < shape.h; ++y) {
    for (int x = 0; x < shape.w; ++x) {
      for (int i = 0; i < shape.in; ++i) {
        for (int o = 0; o < shape.out; ++o) {
          out.at(y, x, i, o) = filters.at(shape.h - 1 - y, shape.w - 1 - x, i, o);
        }
      }
    }
  }
  return out;
}

void check(const Golden& golden, const Filters& filters, const Conv2DSettings& settings) {
  const Result<Tensor> out = conv2d(Tensor(golden.in, golden.input), filters, golden.bias, settings);
  if (!out) {
    FAIL_CHECK(out.sentence());
    return;
  }
  CHECK(out->shape().text() == golden.out.text());
  if (out->shape() != golden.out) return;
  for (std::size_t k = 0; k < golden.output.size(); ++k) {
    CAPTURE(k);
    CHECK(out->values()[k] == golden.output[k]);  // exact: see the generator
  }
}

}  // namespace

TEST_CASE("engine/conv2d: the numbers of TensorFlow.js, exactly") {
  for (const Golden& golden : kGoldens) {
    for (kernels::Flavour flavour : kBothFlavours) {
      CAPTURE(golden.name);
      CAPTURE(name_of(flavour));
      const WithKernels with(flavour);
      const Filters filters(golden.filters, golden.weights);
      check(golden, filters, golden.settings);
      Conv2DSettings flipped = golden.settings;
      flipped.flip = true;
      check(golden, turned(filters), flipped);
    }
  }
  CHECK(std::size(kGoldens) == 12);
}
