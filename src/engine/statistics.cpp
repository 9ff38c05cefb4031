#include "engine/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kg {

Statistics statistics(std::span<const float> values) {
  Statistics s;
  double sum = 0, squares = 0;
  for (const float value : values) {
    if (!std::isfinite(value)) {
      ++s.not_numbers;
      continue;
    }
    s.least = s.count == 0 ? value : std::min(s.least, value);
    s.most = s.count == 0 ? value : std::max(s.most, value);
    s.zeros += value == 0;
    ++s.count;
    sum += static_cast<double>(value);
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  if (s.count == 0) return s;
  const double count = static_cast<double>(s.count);
  s.mean = sum / count;
  s.root_mean_square = std::sqrt(squares / count);
  double distances = 0;  // a second time through: the difference of the sums above would lose the small ones
  for (const float value : values) {
    const double distance = static_cast<double>(value) - s.mean;
    if (std::isfinite(value)) distances += distance * distance;
  }
  s.deviation = std::sqrt(distances / count);
  return s;
}

std::vector<int> histogram(std::span<const float> values, float from, float to, int bins) {
  assert(bins >= 1 && from < to);
  std::vector<int> counts(static_cast<std::size_t>(bins));
  const double scale = bins / (static_cast<double>(to) - static_cast<double>(from));
  for (const float value : values) {
    if (value != value) continue;
    const double place = std::floor((static_cast<double>(value) - static_cast<double>(from)) * scale);
    ++counts[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins - 1)))];
  }
  return counts;
}

}  // namespace kg
