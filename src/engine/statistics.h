// Statistics: what can be said of many numbers at a glance: of a layer's weights, activations or gradients.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kg {

// Of the values that are numbers; all 0 if there are none.
struct Statistics {
  std::size_t count = 0;           // of numbers
  std::size_t not_numbers = 0;     // infinite, or not a number: left out of everything else
  std::size_t zeros = 0;           // exactly 0, as relu leaves them
  double mean = 0, deviation = 0;  // the standard deviation: √ of the mean square distance from the mean
  double root_mean_square = 0;     // √ of the mean square: how large they are
  float least = 0, most = 0;
};

Statistics statistics(std::span<const float> values);

// How many values lie in each of `bins` equally wide parts of [from, to]; what lies outside counts for the
// first or the last, what is no number for none. A value on a boundary belongs to the part above it, `to` to
// the last.
std::vector<int> histogram(std::span<const float> values, float from, float to, int bins);

}  // namespace kg
