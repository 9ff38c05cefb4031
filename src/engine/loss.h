// Losses: how wrong the network is, as one number, and what that says of its last values.
#pragma once

#include <cstddef>

namespace kg {

enum class Loss {
  cross_entropy,       // −ln of the probability given to the right class; with softmax before it
  mean_squared_error,  // the mean of (out − target)², over all values
};

const char* name_of(Loss loss);  // as in Keras

// The mean over the images of −ln p(label); p (N, C), each at least the smallest normal number so that the
// loss stays finite (up to 87.3). dsums (N, C) = (p − 1 at the label)/N: the gradient at the values before
// the softmax.
double cross_entropy(float* dsums, const float* probabilities, const int* labels, int images, int classes);

// dout (count) = 2·(out − target)/count
double mean_squared_error(float* dout, const float* out, const float* targets, std::size_t count);

}  // namespace kg
