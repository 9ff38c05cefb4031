#include "engine/loss.h"

#include <algorithm>
#include <limits>

#include "engine/exact_math.h"

namespace kg {

const char* name_of(Loss loss) {
  return loss == Loss::cross_entropy ? "sparse_categorical_crossentropy" : "mean_squared_error";
}

double cross_entropy(float* dsums, const float* probabilities, const int* labels, int images, int classes) {
  const float share = 1 / static_cast<float>(images);
  double loss = 0;
  for (int n = 0; n < images; ++n, dsums += classes, probabilities += classes) {
    const float right = probabilities[labels[n]];
    // Not-a-number must come through.
    const float p = right < std::numeric_limits<float>::min() ? std::numeric_limits<float>::min() : right;
    loss -= p == p ? natural_log(static_cast<double>(p)) : static_cast<double>(p);
    for (int c = 0; c < classes; ++c) dsums[c] = probabilities[c] * share;
    dsums[labels[n]] -= share;
  }
  return loss / images;
}

double mean_squared_error(float* dout, const float* out, const float* targets, std::size_t count) {
  const float by = 2 / static_cast<float>(count);
  double sum = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const float difference = out[k] - targets[k];
    sum += static_cast<double>(difference) * static_cast<double>(difference);
    dout[k] = by * difference;
  }
  return sum / static_cast<double>(count);
}

}  // namespace kg
