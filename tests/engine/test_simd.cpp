#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/kernels/simd.h"
#include "engine/rng.h"

using namespace kg;
using simd::Float4;

namespace {

using Lanes = std::array<float, 4>;

Lanes lanes(Float4 a) {
  Lanes out;
  simd::store(out.data(), a);
  return out;
}

constexpr float kGuard = -77.0f;

}  // namespace

TEST_CASE("engine/simd: splat, set, load and store keep the order of the lanes, aligned or not") {
  CHECK(lanes(simd::splat(2.5f)) == Lanes{2.5f, 2.5f, 2.5f, 2.5f});
  CHECK(lanes(simd::set(1, 2, 3, 4)) == Lanes{1, 2, 3, 4});
  alignas(16) const float from[] = {0, 1, 2, 3, 4, 5, 6, 7};
  for (std::size_t offset = 0; offset < 4; ++offset) {
    CAPTURE(offset);
    const float first = from[offset];
    const Float4 a = simd::load(from + offset);
    CHECK(lanes(a) == Lanes{first, first + 1, first + 2, first + 3});
    alignas(16) float to[8];
    for (float& value : to) value = kGuard;
    simd::store(to + offset, a);
    for (std::size_t k = 0; k < 8; ++k) {
      CAPTURE(k);
      const bool stored = k >= offset && k < offset + 4;
      CHECK(to[k] == (stored ? from[k] : kGuard));
    }
  }
}

TEST_CASE("engine/simd: partial loads fill up with zeros, partial stores touch nothing else") {
  for (std::size_t count = 0; count <= 4; ++count) {
    CAPTURE(count);
    const std::vector<float> values{1, 2, 3, 4};
    const std::vector<float> from(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
    const Lanes loaded =
        lanes(simd::load_partial(from.data(), count));  // the sanitizer sees a read behind the end
    float to[] = {kGuard, kGuard, kGuard, kGuard};
    simd::store_partial(to, simd::set(1, 2, 3, 4), count);
    for (std::size_t k = 0; k < 4; ++k) {
      CAPTURE(k);
      CHECK(loaded[k] == (k < count ? values[k] : 0.0f));
      CHECK(to[k] == (k < count ? values[k] : kGuard));
    }
  }
}

TEST_CASE("engine/simd: strided loads and stores") {
  const float from[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  CHECK(lanes(simd::load_strided(from, 1)) == Lanes{0, 1, 2, 3});
  CHECK(lanes(simd::load_strided(from, 3)) == Lanes{0, 3, 6, 9});
  CHECK(lanes(simd::load_strided(from + 9, -2)) == Lanes{9, 7, 5, 3});
  float to[] = {kGuard, kGuard, kGuard, kGuard, kGuard, kGuard, kGuard};
  simd::store_strided(to, 2, simd::set(1, 2, 3, 4));
  const float expected[] = {1, kGuard, 2, kGuard, 3, kGuard, 4};
  for (std::size_t k = 0; k < 7; ++k) CHECK(to[k] == expected[k]);
}

TEST_CASE("engine/simd: arithmetic rounds as that of single floats") {
  Rng rng(20);
  for (int round = 0; round < 200; ++round) {
    Lanes a, b, c;
    for (std::size_t k = 0; k < 4; ++k) {
      a[k] = rng.normal();
      b[k] = rng.normal();
      c[k] = rng.normal();
    }
    const Float4 va = simd::load(a.data()), vb = simd::load(b.data()), vc = simd::load(c.data());
    const Lanes sum = lanes(simd::add(va, vb)), product = lanes(simd::mul(va, vb));
    const Lanes larger = lanes(simd::max(va, vb)), madd = lanes(simd::madd(va, vb, vc));
    for (std::size_t k = 0; k < 4; ++k) {
      CAPTURE(round);
      CAPTURE(k);
      CAPTURE(a[k]);
      CAPTURE(b[k]);
      CAPTURE(c[k]);
      CHECK(sum[k] == a[k] + b[k]);
      CHECK(product[k] == a[k] * b[k]);
      CHECK(larger[k] == std::max(a[k], b[k]));
      const float twice_rounded = a[k] * b[k] + c[k];
      const bool once_rounded = simd::kFusedMadd && madd[k] == std::fma(a[k], b[k], c[k]);
      CHECK((madd[k] == twice_rounded || once_rounded));
    }
  }
}

TEST_CASE("engine/simd: max takes the first if one is not a number, and the first of two zeros") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Lanes larger = lanes(simd::max(simd::set(nan, 1.0f, -0.0f, 0.0f), simd::set(1.0f, nan, 0.0f, -0.0f)));
  CHECK(std::isnan(larger[0]));
  CHECK(larger[1] == 1.0f);
  CHECK(std::signbit(larger[2]));
  CHECK_FALSE(std::signbit(larger[3]));
}
