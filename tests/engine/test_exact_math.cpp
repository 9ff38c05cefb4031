// Our own elementary functions against the C library's in higher precision.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/exact_math.h"
#include "engine/kernels/dispatch.h"
#include "engine/rng.h"

using namespace kg;

namespace {

const float kNan = std::nanf("");
constexpr float kInfinity = std::numeric_limits<float>::infinity();

// One unit in the last place of a float near y.
double unit(double y) {
  int exponent = 0;
  std::frexp(y, &exponent);
  return std::ldexp(1.0, exponent - std::numeric_limits<float>::digits);
}

// All sizes of float up to `most`, some thousand of each power of two, of both signs.
template <class Visit>
void for_floats(float most, Visit visit) {
  const std::uint32_t end = std::bit_cast<std::uint32_t>(most);
  for (std::uint32_t bits = std::bit_cast<std::uint32_t>(0x1p-60f); bits < end; bits += 6007) {
    visit(std::bit_cast<float>(bits));
    visit(-std::bit_cast<float>(bits));
  }
}

struct Worst {
  double error = 0, at = 0;
  void see(double e, double x) {
    if (e > error) error = e, at = x;
  }
};

}  // namespace

TEST_CASE("engine/exact_math: exponential is right within 2 units in the last place") {
  Worst worst;
  for_floats(87.3f, [&](float x) {
    const double y = std::exp(static_cast<double>(x));
    worst.see(std::abs(static_cast<double>(exponential(x)) - y) / unit(y), static_cast<double>(x));
  });
  CAPTURE(worst.at);
  CHECK(worst.error <= 2);
  CHECK(worst.error > 0.5);  // the check is not blind: to be always nearest would be a wonder
  CHECK(exponential(0) == 1);
  CHECK(exponential(-0.0f) == 1);
}

TEST_CASE("engine/exact_math: exponential far out stays where it is, and not-a-number goes through") {
  CHECK(exponential(1000) == exponential(88));
  CHECK(exponential(kInfinity) == exponential(88));
  CHECK(std::isfinite(exponential(kInfinity)));
  CHECK(exponential(-1000) == exponential(-87.3f));
  CHECK(exponential(-kInfinity) == exponential(-87.3f));
  CHECK(exponential(-kInfinity) >= std::numeric_limits<float>::min());  // never 0, nor subnormal
  CHECK(std::isnan(exponential(kNan)));
  CHECK(std::isnan(exponential(-kNan)));
}

// Its argument is reduced to the nearest multiple of ln 2: on both sides of where that changes.
TEST_CASE("engine/exact_math: exponential is as right at the joints of its reduction") {
  Worst worst;
  for (int n = -125; n < 126; ++n) {
    float x = (static_cast<float>(n) + 0.5f) * 0.69314718f;
    for (int k = 0; k < 50; ++k) x = std::nextafter(x, -kInfinity);
    for (int k = 0; k < 100; ++k, x = std::nextafter(x, kInfinity)) {
      const double y = std::exp(static_cast<double>(x));
      worst.see(std::abs(static_cast<double>(exponential(x)) - y) / unit(y), static_cast<double>(x));
    }
  }
  CAPTURE(worst.at);
  CHECK(worst.error <= 2);
}

TEST_CASE("engine/exact_math: hyperbolic tangent is right within 2 units in the last place") {
  Worst worst;
  for_floats(100, [&](float x) {
    const double y = std::tanh(static_cast<double>(x));
    worst.see(std::abs(static_cast<double>(hyperbolic_tangent(x)) - y) / unit(y), static_cast<double>(x));
  });
  CAPTURE(worst.at);
  CHECK(worst.error <= 2);
  CHECK(worst.error > 0.5);
  CHECK(hyperbolic_tangent(0) == 0);
  CHECK(hyperbolic_tangent(kInfinity) == 1);
  CHECK(hyperbolic_tangent(-kInfinity) == -1);
  CHECK(std::isnan(hyperbolic_tangent(kNan)));
  int uneven = 0;
  for_floats(100, [&](float x) { uneven += hyperbolic_tangent(-x) != -hyperbolic_tangent(x); });
  CHECK(uneven == 0);
}

TEST_CASE("engine/exact_math: the natural logarithm is right within 5e-16 of its value") {
  Worst worst;
  const auto see = [&](double x) {
    const long double y = std::log(static_cast<long double>(x));
    if (y == 0) return;
    const long double error = (static_cast<long double>(natural_log(x)) - y) / y;
    worst.see(std::abs(static_cast<double>(error)), x);
  };
  for (double x = std::numeric_limits<double>::min(); x < 1e308; x *= 1.0137) see(x);
  for (double x = 0.3; x < 3; x += 0.000173) see(x);               // around 1, where it is 0
  for (int k = 1; k < 1 << 24; k += 997) see(std::ldexp(k, -24));  // what Rng::uniform() gives
  for (int k = 1; k < 60; ++k) see(1 + std::ldexp(1.0, -k)), see(1 - std::ldexp(1.0, -k));
  CAPTURE(worst.at);
  // On x86-64 long double has eleven bits more. Elsewhere the library computes in double precision after all,
  // and its own half unit comes on top.
  constexpr bool kMore = std::numeric_limits<long double>::digits == 64;
  CHECK(worst.error <= 5e-16 + (kMore ? 0 : std::numeric_limits<double>::epsilon() / 2));
  CHECK(natural_log(1) == 0);
}

// The SIMD kernels are to compute the same steps, so the same bits: at every size, and at what is not a
// number.
TEST_CASE("engine/exact_math: the kernels of sigmoid, tanh and softmax go the same steps") {
  std::vector<float> in;
  for_floats(120, [&](float x) {
    if (in.size() < 40000) in.push_back(x);
  });
  Rng rng(1);
  for (int k = 0; k < 4001; ++k) in.push_back(rng.uniform(-100, 100));
  for (const float x : {0.0f, -0.0f, kInfinity, -kInfinity, kNan, 88.0f, -87.3f, 0.625f, -0.625f})
    in.push_back(x);
  std::vector<float> out(in.size());
  int different = 0;
  const auto compare = [&](auto expected) {
    for (std::size_t k = 0; k < in.size(); ++k) {
      const float e = expected(in[k]);
      different += std::isnan(e) ? !std::isnan(out[k]) : std::bit_cast<int>(e) != std::bit_cast<int>(out[k]);
    }
  };
  if (std::string(kernels::instruction_set()) == "wasm-relaxed") return;  // there multiply-adds may be fused
  kernels::tanh_simd(out.data(), in.data(), in.size());
  compare([](float x) { return hyperbolic_tangent(x); });
  CHECK(different == 0);
  kernels::sigmoid_simd(out.data(), in.data(), in.size());
  compare([](float x) { return 1.0f / (1.0f + exponential(-x)); });
  CHECK(different == 0);
}
