// Softmax. The largest of the row is taken off first: that changes nothing (numerator and denominator are
// both divided by its exponential), and nothing can overflow.
#include <algorithm>

#include "engine/exact_math.h"
#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void softmax_ref(float* out, const float* in, int rows, int channels) {
  for (int r = 0; r < rows; ++r, out += channels, in += channels) {
    float largest = in[0];
    for (int c = 1; c < channels; ++c) largest = std::max(largest, in[c]);
    float sum = 0;
    for (int c = 0; c < channels; ++c) {
      out[c] = exponential(in[c] - largest);
      sum += out[c];
    }
    for (int c = 0; c < channels; ++c) out[c] /= sum;
  }
}

void softmax_gradient_ref(float* din, const float* dout, const float* out, int rows, int channels) {
  for (int r = 0; r < rows; ++r, din += channels, dout += channels, out += channels) {
    float sum = 0;
    for (int c = 0; c < channels; ++c) sum += dout[c] * out[c];
    for (int c = 0; c < channels; ++c) din[c] = out[c] * (dout[c] - sum);
  }
}

}  // namespace kg::kernels
