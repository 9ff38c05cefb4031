// The arithmetic of a plot's scale.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "engine/rng.h"
#include "view/widgets/axis.h"

using namespace kg;

namespace {

std::string texts(const Axis& axis, int most) {
  std::string all;
  for (const Tick& tick : ticks(axis, most)) all += (all.empty() ? "" : " ") + tick.text;
  return all;
}

}  // namespace

TEST_CASE("view/axis: steps are 1, 2 or 5 times a power of ten, and the smallest that is enough") {
  CHECK(nice_step(1) == 1);
  CHECK(nice_step(1.1) == 2);
  CHECK(nice_step(3) == 5);
  CHECK(nice_step(6) == 10);
  CHECK(nice_step(0.03) == doctest::Approx(0.05));
  CHECK(nice_step(2e7) == doctest::Approx(2e7));
  CHECK(nice_step(2.4e-9) == doctest::Approx(5e-9));
}

TEST_CASE("view/axis: ticks of known axes, as they are written") {
  CHECK(texts({0, 1}, 5) == "0 0.2 0.4 0.6 0.8 1");
  CHECK(texts({0, 250}, 5) == "0 50 100 150 200 250");
  CHECK(texts({-3, 3}, 4) == "−2 0 2");
  CHECK(texts({0, 60000}, 3) == "0 20k 40k 60k");
  CHECK(texts({0, 15000}, 6) == "0 5k 10k 15k");
  CHECK(texts({10000, 12000}, 4) == "10k 10.5k 11k 11.5k 12k");
  CHECK(texts({0, 2e6}, 4) == "0 0.5M 1M 1.5M 2M");
  CHECK(texts({0, 4e-6}, 4) == "0 1e−6 2e−6 3e−6 4e−6");
  CHECK(texts({1e-3, 1, AxisScale::log10}, 5) == "0.001 0.01 0.1 1");
  CHECK(texts({1e-8, 1, AxisScale::log10}, 3) == "1e−6 0.001 1");
  CHECK(texts({0.1, 2, AxisScale::log10}, 6) == "0.1 0.2 0.5 1 2");
}

TEST_CASE("view/axis: an axis holds its values, has at least two ticks, and not many more than asked for") {
  Rng rng(5);
  for (int round = 0; round < 3000; ++round) {
    const AxisScale scale = round % 2 ? AxisScale::log10 : AxisScale::linear;
    const double size = std::pow(10.0, rng.uniform(-12, 12));
    double a = size * static_cast<double>(rng.uniform(-1, 1)),
           b = size * static_cast<double>(rng.uniform(-1, 1));
    if (scale == AxisScale::log10) {
      a = std::abs(a) + size * 1e-6;
      b = a * std::pow(10.0, static_cast<double>(rng.uniform(0, 20)));
    }
    if (a > b) std::swap(a, b);
    CAPTURE(a);
    CAPTURE(b);
    const Axis axis = fitted_axis(a, b, scale);
    REQUIRE(axis.from < axis.to);
    const double slack = 1e-9;
    CHECK(axis.share(a) >= -slack);
    CHECK(axis.share(b) <= 1 + slack);
    for (const int most : {3, 6, 12}) {
      const std::vector<Tick> list = ticks(axis, most);
      CHECK(list.size() >= 2);
      CHECK(list.size() <= static_cast<std::size_t>(most) + 2);
      std::set<std::string> words;
      for (const Tick& tick : list) {
        CHECK(axis.share(tick.value) >= -slack);
        CHECK(axis.share(tick.value) <= 1 + slack);
        words.insert(tick.text);
      }
      CHECK(words.size() == list.size());  // no two of them read alike
    }
    CHECK(axis.share(axis.at(0.3)) == doctest::Approx(0.3));
  }
}

TEST_CASE("view/axis: no values, one value, equal values, values without a place") {
  for (const AxisScale scale : {AxisScale::linear, AxisScale::log10}) {
    AxisFit fit(scale);
    CHECK(fit.empty());
    CHECK(fit.axis().to == 1);
    fit.add(std::numeric_limits<double>::quiet_NaN());
    fit.add(std::numeric_limits<double>::infinity());
    CHECK(fit.empty());
    fit.add(7);
    CHECK(!fit.empty());
    for (const AxisEnds ends : {AxisEnds::exact, AxisEnds::round}) {
      const Axis axis = fit.axis(ends);
      CHECK(axis.from < 7);
      CHECK(axis.to > 7);
    }
  }
  AxisFit log(AxisScale::log10);
  log.add(0);
  log.add(-3);
  CHECK(log.empty());
  CHECK(fitted_axis(-4, -4).from < -4);
  CHECK(fitted_axis(0, 0).to > 0);
  CHECK(!Axis{1, 10, AxisScale::log10}.has_place(0));
  CHECK(Axis{-1, 1}.has_place(0));
}

TEST_CASE("view/axis: short numbers and readings") {
  const std::pair<double, const char*> shorts[] = {
      {0, "0"},       {0.25, "0.25"}, {12000, "12k"},        {1.5e6, "1.5M"},   {-3.2, "−3.2"},
      {1e-6, "1e−6"}, {9999, "9999"}, {9999.9, "10k"},       {0.001, "0.001"},  {999999, "1000k"},
      {2e9, "2e9"},   {15.8, "15.8"}, {-1.26e-4, "−1.3e−4"}, {1e-300, "1e−300"}};
  for (const auto& [value, text] : shorts) CHECK(short_text(value) == text);
  const std::pair<double, const char*> exact[] = {
      {0, "0"},         {0.034123, "0.03412"}, {1.2341e-7, "1.234e−7"}, {15.811388, "15.81"},
      {60000, "60000"}, {1234567, "1234567"},  {-0.5, "−0.5"},          {9.9999e-4, "1e−3"},
      {1e12, "1e12"},   {123.456, "123.5"}};
  for (const auto& [value, text] : exact) CHECK(reading_text(value) == text);
}
