// Deform: a picture as another hand might have drawn it.
#include "data/deform.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "data/digit_generator.h"

using namespace kg;

namespace {

double distance(const Tensor& a, const Tensor& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.values().size(); ++i)
    sum += std::abs(static_cast<double>(a.values()[i]) - static_cast<double>(b.values()[i]));
  return sum;
}

double ink(const Tensor& a) {
  double sum = 0;
  for (const float v : a.values()) sum += static_cast<double>(v);
  return sum;
}

}  // namespace

TEST_CASE("data/deform: every time another picture, of 28×28 and bytes, and of the same symbol") {
  const Tensor digit = generate_digit(4, 7);
  Rng rng(3);
  Tensor before = digit;
  for (int k = 0; k < 20; ++k) {
    const Tensor other = deformed(digit, rng);
    CHECK(other.shape() == digit.shape());
    for (const float v : other.values()) CHECK(static_cast<double>(v * 255) == std::round(v * 255));
    CHECK(distance(other, before) > 10);
    // It is bent, not written anew: ink lies where ink lay, far more than with another digit.
    CHECK(distance(other, digit) < 1.4 * ink(digit));
    CHECK(ink(other) > 0.6 * ink(digit));
    CHECK(ink(other) < 1.7 * ink(digit));
    before = other;
  }
}

TEST_CASE("data/deform: the same generator, the same picture; an empty one stays as it is") {
  const Tensor digit = generate_digit(2, 1);
  Rng a(9), b(9);
  CHECK(distance(deformed(digit, a), deformed(digit, b)) == 0);
  CHECK(a.state() == b.state());
  const Tensor empty(Shape{1, 28, 28, 1});
  CHECK(ink(deformed(empty, a)) == 0);
}
