#include <doctest/doctest.h>

#include <numeric>

#include "layer_by_itself.h"

using namespace kg;

TEST_CASE("engine/flatten: row by row, the channels of a pixel side by side; and back") {
  const SampleShape in(2, 3, 4);
  LayerByItself flatten(in, Flatten{}, 2);
  CHECK(flatten.output().text() == "(24,)");
  Tensor picture(in.batch(2));
  std::iota(picture.values().begin(), picture.values().end(), 0.0f);
  const std::vector<float> values(picture.values().begin(), picture.values().end());
  const std::vector<float> out = flatten.forward(values);
  CHECK(out == values);
  CHECK(out[24 + (1 * 3 + 2) * 4 + 3] == picture.at(1, 1, 2, 3));
  CHECK(flatten.backward(values) == values);
}

TEST_CASE("engine/flatten: sequences and lists too") {
  CHECK(Flatten{}.output(SampleShape(5, 3))->text() == "(15,)");
  CHECK(Flatten{}.output(SampleShape(7))->text() == "(7,)");
  CHECK(Flatten{}.keras() == "Flatten()");
}
