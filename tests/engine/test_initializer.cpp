#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "engine/initializer.h"
#include "layer_by_itself.h"

using namespace kg;

namespace {

using Kind = Initializer::Kind;

constexpr int kIn = 12, kOut = 36;
constexpr std::size_t kCount = 20000;

std::vector<float> values_of(const Initializer& how, std::uint64_t seed, std::size_t count = kCount) {
  std::vector<float> values(count);
  Rng rng(seed);
  initialize(values, how, kIn, kOut, rng);
  return values;
}

double mean_of(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value);
  return sum / static_cast<double>(values.size());
}

double central_moment(const std::vector<float>& values, double mean, int power) {
  double sum = 0;
  for (const float value : values) sum += std::pow(static_cast<double>(value) - mean, power);
  return sum / static_cast<double>(values.size());
}

struct Law {
  const char* name;
  Initializer how;
  double mean, variance;
  double least, most;  // that it may draw
  // Fourth moment about the mean, in variances squared: how much sample variances scatter. Uniform 9/5,
  // normal 3; normal cut off at 2 standard deviations less: 3 is on the safe side.
  double kurtosis;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The formulas of Keras, written down once more.
const Law kLaws[] = {
    {"glorot_uniform",
     {Kind::glorot_uniform},
     0,
     2.0 / (kIn + kOut),
     -std::sqrt(6.0 / (kIn + kOut)),
     std::sqrt(6.0 / (kIn + kOut)),
     1.8},
    {"he_uniform", {Kind::he_uniform}, 0, 2.0 / kIn, -std::sqrt(6.0 / kIn), std::sqrt(6.0 / kIn), 1.8},
    {"lecun_uniform", {Kind::lecun_uniform}, 0, 1.0 / kIn, -std::sqrt(3.0 / kIn), std::sqrt(3.0 / kIn), 1.8},
    // Cut off at two standard deviations of the wider normal distribution: 2·√variance/0.8796.
    {"glorot_normal",
     {Kind::glorot_normal},
     0,
     2.0 / (kIn + kOut),
     -2 * std::sqrt(2.0 / (kIn + kOut)) / 0.8796,
     2 * std::sqrt(2.0 / (kIn + kOut)) / 0.8796,
     3},
    {"he_normal",
     {Kind::he_normal},
     0,
     2.0 / kIn,
     -2 * std::sqrt(2.0 / kIn) / 0.8796,
     2 * std::sqrt(2.0 / kIn) / 0.8796,
     3},
    {"lecun_normal",
     {Kind::lecun_normal},
     0,
     1.0 / kIn,
     -2 * std::sqrt(1.0 / kIn) / 0.8796,
     2 * std::sqrt(1.0 / kIn) / 0.8796,
     3},
    {"random_uniform", Initializer::random_uniform(-1, 3), 1, 16.0 / 12, -1, 3, 1.8},
    {"random_normal", Initializer::random_normal(2, 0.5f), 2, 0.25, -kInfinity, kInfinity, 3},
};

}  // namespace

// Of n independent values with variance v, the sample mean has the standard deviation √(v/n), and the sample
// variance v·√((kurtosis − 1)/n). Five of them are allowed: by chance a right implementation would fail once
// in a million seeds, and the seeds are fixed.
TEST_CASE("engine/initializer: range, mean and variance as the formula says") {
  for (const Law& law : kLaws) {
    for (std::uint64_t seed : {1u, 2u, 3u}) {
      CAPTURE(law.name);
      CAPTURE(seed);
      const std::vector<float> values = values_of(law.how, seed);
      const auto [least, most] = std::minmax_element(values.begin(), values.end());
      const double size = 1e-6 * std::sqrt(law.variance);  // the limits are rounded to single precision
      CHECK(static_cast<double>(*least) >= law.least - size);
      CHECK(static_cast<double>(*most) <= law.most + size);
      if (std::isfinite(law.most)) {  // and the whole range is used: 20000 draws leave no hundredth of it out
        CHECK(static_cast<double>(*least) < law.least + 0.1 * (law.most - law.least));
        CHECK(static_cast<double>(*most) > law.most - 0.1 * (law.most - law.least));
      }
      const double n = static_cast<double>(kCount), mean = mean_of(values);
      CHECK(std::abs(mean - law.mean) <= 5 * std::sqrt(law.variance / n));
      const double variance = central_moment(values, mean, 2);
      CHECK(std::abs(variance - law.variance) <= 5 * law.variance * std::sqrt((law.kurtosis - 1) / n));
      // Normal and uniform can be told apart: their kurtosis differs (cut off at two: 2.06... hence 1.93
      // between).
      const double kurtosis = central_moment(values, mean, 4) / (variance * variance);
      CHECK((kurtosis < 1.93) == (law.kurtosis == 1.8));
      CHECK(std::abs(standard_deviation(law.how, kIn, kOut) - std::sqrt(law.variance)) < 1e-7);
    }
  }
}

TEST_CASE("engine/initializer: constants") {
  CHECK(values_of({Kind::zeros}, 1, 3) == std::vector<float>{0, 0, 0});
  CHECK(values_of({Kind::ones}, 1, 3) == std::vector<float>{1, 1, 1});
  CHECK(values_of(Initializer::constant(0.25f), 1, 3) == std::vector<float>{0.25f, 0.25f, 0.25f});
  CHECK(standard_deviation(Initializer::constant(0.25f), 3, 4) == 0);
}

TEST_CASE("engine/initializer: the same seed gives the same bits, another one others") {
  for (const Law& law : kLaws) {
    CAPTURE(law.name);
    CHECK(values_of(law.how, 7, 100) == values_of(law.how, 7, 100));
    CHECK(values_of(law.how, 7, 100) != values_of(law.how, 8, 100));
  }
}

TEST_CASE("engine/initializer: fans of Dense and Conv2D as Keras counts them") {
  // With he_uniform the limit tells fan_in: 6/limit²; with glorot_uniform, fan_in + fan_out.
  const auto limit = [](const SampleShape& in, const LayerDescription& layer) {
    LayerByItself alone(in, layer);
    double most = 0;
    for (const float value : alone.parameter("kernel").values)
      most = std::max(most, std::abs(static_cast<double>(value)));
    return most;
  };
  // Of n uniform draws the largest is below the limit by a share of about 1/n; more than 12/n has the
  // probability e⁻¹².
  const auto check = [](double most, double fan, double draws) {
    const double expected = std::sqrt(6 / fan);
    CAPTURE(fan);
    CHECK(most <= expected * (1 + 1e-6));
    CHECK(most >= expected * (1 - 12 / draws));
  };
  const Initializer he{Kind::he_uniform};
  check(limit(SampleShape(50), Dense{.units = 40, .kernel_initializer = he}), 50, 2000);
  check(limit(SampleShape(50), Dense{.units = 40}), 50 + 40, 2000);
  check(limit(SampleShape(8, 8, 4), Conv2D{.filters = 32, .kernel = {5, 3}, .kernel_initializer = he}),
        5 * 3 * 4, 1920);
  check(limit(SampleShape(8, 8, 4), Conv2D{.filters = 32, .kernel = {5, 3}}), 5 * 3 * 4 + 5 * 3 * 32, 1920);
}

TEST_CASE("engine/initializer: layers use what they are told, and biases are 0 unless told") {
  LayerByItself plain(SampleShape(6), Dense{.units = 50});
  CHECK(plain.parameter("bias").values == std::vector<float>(50, 0.0f));
  LayerByItself told(SampleShape(4, 4, 1), Conv2D{.filters = 3,
                                                  .kernel_initializer = Initializer::constant(0.5f),
                                                  .bias_initializer = Initializer::constant(-1)});
  CHECK(told.parameter("kernel").values == std::vector<float>(27, 0.5f));
  CHECK(told.parameter("bias").values == std::vector<float>{-1, -1, -1});
}

TEST_CASE("engine/initializer: layers of one network do not start from the same numbers") {
  Result<Network> network = Network::build(SampleShape(5), {Dense{.units = 5}, Dense{.units = 5}}, 1);
  REQUIRE(network.ok());
  CHECK(network->parameters(0)[0].values != network->parameters(1)[0].values);
}

TEST_CASE("engine/initializer: what cannot be is refused in a sentence, by the layers too") {
  const struct {
    Initializer how;
    std::string sentence;
  } refusals[] = {
      {Initializer::random_normal(0, -1),
       "The standard deviation of random_normal is -1.0, but it has to be at least 0."},
      {Initializer::random_uniform(2, 1),
       "random_uniform is to draw from 2.0 to 1.0, but the first has to be at most the "
       "second."},
      {Initializer::constant(std::numeric_limits<float>::infinity()),
       "An initializer is given the numbers inf and 0.0, but both have to be finite."},
      {Initializer::random_normal(0, std::nanf("")),
       "An initializer is given the numbers 0.0 and nan, but both have to be finite."},
  };
  for (const auto& [how, sentence] : refusals) {
    REQUIRE_FALSE(check(how).ok());
    CHECK(check(how).sentence() == sentence);
    CHECK(refusal(Dense{.kernel_initializer = how}, SampleShape(4)) == sentence);
    CHECK(refusal(Dense{.bias_initializer = how}, SampleShape(4)) == sentence);
    CHECK(refusal(Conv2D{.kernel_initializer = how}, SampleShape(4, 4, 1)) == sentence);
    CHECK(refusal(Conv2D{.bias_initializer = how}, SampleShape(4, 4, 1)) == sentence);
  }
  CHECK(check(Initializer::random_normal(0, 0)).ok());
  CHECK(check(Initializer::random_uniform(1, 1)).ok());
  CHECK(values_of(Initializer::random_uniform(1, 1), 1, 2) == std::vector<float>{1, 1});
}

TEST_CASE("engine/initializer: Keras code") {
  CHECK(keras_text({Kind::he_normal}) == "\"he_normal\"");
  CHECK(keras_text(Initializer::constant(0.5f)) == "initializers.Constant(0.5)");
  CHECK(keras_text(Initializer::random_normal(0, 0.05f)) == "initializers.RandomNormal(0.0, 0.05)");
  CHECK(keras_text(Initializer::random_uniform(-1, 1)) == "initializers.RandomUniform(-1.0, 1.0)");
}
