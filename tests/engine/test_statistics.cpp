#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "engine/rng.h"
#include "engine/statistics.h"

using namespace kg;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN(),
                kInfinity = std::numeric_limits<float>::infinity();

}  // namespace

TEST_CASE("engine/statistics: worked by hand") {
  // mean (2 + 4 + 4 + 0 + 5)/5 = 3; distances −1, 1, 1, −3, 2: squares 1 + 1 + 1 + 9 + 4 = 16; 16/5 = 3.2
  const Statistics s = statistics(std::vector<float>{2, 4, 4, 0, 5});
  CHECK(s.count == 5);
  CHECK(s.not_numbers == 0);
  CHECK(s.zeros == 1);
  CHECK(s.mean == 3);
  CHECK(s.deviation == std::sqrt(16.0 / 5));
  CHECK(s.root_mean_square == std::sqrt(61.0 / 5));  // 4 + 16 + 16 + 0 + 25
  CHECK(s.least == 0);
  CHECK(s.most == 5);
}

TEST_CASE("engine/statistics: what is no number is counted and left out") {
  const Statistics s = statistics(std::vector<float>{kNan, -3, kInfinity, -1, -kInfinity});
  CHECK(s.count == 2);
  CHECK(s.not_numbers == 3);
  CHECK(s.mean == -2);
  CHECK(s.deviation == 1);
  CHECK(s.least == -3);
  CHECK(s.most == -1);
  const Statistics none = statistics(std::vector<float>{kNan});
  CHECK(none.count == 0);
  CHECK(none.mean == 0);
  CHECK(statistics({}).count == 0);
}

TEST_CASE("engine/statistics: a small spread around a large mean is not lost") {
  std::vector<float> values(1000);
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = k % 2 == 0 ? 10000.0f : 10000.25f;
  CHECK(statistics(values).deviation == 0.125);
}

TEST_CASE("engine/statistics: a histogram counts every number once") {
  CHECK(histogram(std::vector<float>{-1, -0.5f, 0, 0.49f, 0.5f, 1}, -1, 1, 4) ==
        std::vector<int>{1, 1, 2, 2});
  CHECK(histogram(std::vector<float>{-7, kNan, 9, kInfinity, -kInfinity}, -1, 1, 3) ==
        std::vector<int>{2, 0, 2});
  Rng rng(4);
  std::vector<float> values(10000);
  for (float& value : values) value = rng.normal();
  const std::vector<int> counts = histogram(values, -3, 3, 24);
  CHECK(std::accumulate(counts.begin(), counts.end(), 0) == 10000);
  CHECK(counts[11] + counts[12] > counts[3] + counts[20]);
}
