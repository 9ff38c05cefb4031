#include "engine/initializer.h"

#include <algorithm>
#include <cmath>

#include "engine/python_text.h"

namespace kg {
namespace {

using Kind = Initializer::Kind;

// Of normal numbers beyond ±2 that are drawn again, the standard deviation is this times that of all.
constexpr double kCutOff = 2.0, kCutOffDeviation = 0.87962566103423978;

// The variance that the scaling initializers aim at: 0 for all others.
double scaled_variance(Kind kind, double fan_in, double fan_out) {
  switch (kind) {
    case Kind::glorot_uniform:
    case Kind::glorot_normal:
      return 2 / (fan_in + fan_out);
    case Kind::he_uniform:
    case Kind::he_normal:
      return 2 / fan_in;
    case Kind::lecun_uniform:
    case Kind::lecun_normal:
      return 1 / fan_in;
    default:
      return 0;
  }
}

bool is_scaled_uniform(Kind kind) {
  return kind == Kind::glorot_uniform || kind == Kind::he_uniform || kind == Kind::lecun_uniform;
}

float cut_off_normal(Rng& rng) {
  for (;;) {
    const float value = rng.normal();
    if (std::abs(static_cast<double>(value)) <= kCutOff) return value;
  }
}

}  // namespace

Status check(const Initializer& how) {
  const std::string a = python_number(how.a), b = python_number(how.b);
  if (!std::isfinite(how.a) || !std::isfinite(how.b)) {
    return Error{"An initializer is given the numbers " + a + " and " + b + ", but both have to be finite."};
  }
  if (how.kind == Kind::random_normal && how.b < 0) {
    return Error{"The standard deviation of random_normal is " + b + ", but it has to be at least 0."};
  }
  if (how.kind == Kind::random_uniform && how.a > how.b) {
    return Error{"random_uniform is to draw from " + a + " to " + b +
                 ", but the first has to be at most the second."};
  }
  return Done{};
}

void initialize(std::span<float> values, const Initializer& how, int fan_in, int fan_out, Rng& rng) {
  const double variance = scaled_variance(how.kind, fan_in, fan_out);
  const auto fill = [&](auto draw) { std::generate(values.begin(), values.end(), draw); };
  switch (how.kind) {
    case Kind::zeros:
      return fill([] { return 0.0f; });
    case Kind::ones:
      return fill([] { return 1.0f; });
    case Kind::constant:
      return fill([&] { return how.a; });
    case Kind::random_normal:
      return fill([&] { return how.a + how.b * rng.normal(); });
    case Kind::random_uniform:
      return fill([&] { return rng.uniform(how.a, how.b); });
    default:
      break;
  }
  if (is_scaled_uniform(how.kind)) {
    const float limit = static_cast<float>(std::sqrt(3 * variance));
    fill([&] { return rng.uniform(-limit, limit); });
  } else {
    const float deviation = static_cast<float>(std::sqrt(variance) / kCutOffDeviation);
    fill([&] { return deviation * cut_off_normal(rng); });
  }
}

double standard_deviation(const Initializer& how, int fan_in, int fan_out) {
  if (how.kind == Kind::random_normal) return std::abs(static_cast<double>(how.b));
  if (how.kind == Kind::random_uniform)
    return (static_cast<double>(how.b) - static_cast<double>(how.a)) / std::sqrt(12.0);
  return std::sqrt(scaled_variance(how.kind, fan_in, fan_out));
}

std::string keras_text(const Initializer& how) {
  switch (how.kind) {
    case Kind::zeros:
      return "\"zeros\"";
    case Kind::ones:
      return "\"ones\"";
    case Kind::constant:
      return "initializers.Constant(" + python_number(how.a) + ")";
    case Kind::random_normal:
      return "initializers.RandomNormal(" + python_number(how.a) + ", " + python_number(how.b) + ")";
    case Kind::random_uniform:
      return "initializers.RandomUniform(" + python_number(how.a) + ", " + python_number(how.b) + ")";
    case Kind::glorot_uniform:
      return "\"glorot_uniform\"";
    case Kind::glorot_normal:
      return "\"glorot_normal\"";
    case Kind::he_uniform:
      return "\"he_uniform\"";
    case Kind::he_normal:
      return "\"he_normal\"";
    case Kind::lecun_uniform:
      return "\"lecun_uniform\"";
    case Kind::lecun_normal:
      return "\"lecun_normal\"";
  }
  return "";
}

}  // namespace kg
