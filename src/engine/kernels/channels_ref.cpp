// Sums over the rows of (rows, C), channel by channel, and what batch normalisation does with them.
#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void channel_sums_ref(float* sums, const float* values, int rows, int channels) {
  for (int c = 0; c < channels; ++c) {
    float sum = 0;
    for (int r = 0; r < rows; ++r) sum += values[r * channels + c];
    sums[c] += sum;
  }
}

void moments_ref(float* mean, float* variance, const float* values, int rows, int channels) {
  const float count = static_cast<float>(rows);
  for (int c = 0; c < channels; ++c) {
    float sum = 0, squares = 0;
    for (int r = 0; r < rows; ++r) sum += values[r * channels + c];
    mean[c] = sum / count;
    for (int r = 0; r < rows; ++r) {
      const float distance = values[r * channels + c] - mean[c];
      squares += distance * distance;
    }
    variance[c] = squares / count;
  }
}

void scale_shift_ref(float* out, const float* in, const float* scale, const float* shift, int rows,
                     int channels) {
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < channels; ++c, ++out, ++in) *out = *in * scale[c] + shift[c];
  }
}

void centred_products_ref(float* sums, const float* a, const float* b, const float* mean, int rows,
                          int channels) {
  for (int c = 0; c < channels; ++c) {
    float sum = 0;
    for (int r = 0; r < rows; ++r) sum += a[r * channels + c] * (b[r * channels + c] - mean[c]);
    sums[c] += sum;
  }
}

void blend_ref(float* out, const float* a, const float* b, const float* by_a, const float* by_b,
               const float* plus, int rows, int channels) {
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < channels; ++c, ++out, ++a, ++b) *out = *a * by_a[c] + *b * by_b[c] + plus[c];
  }
}

}  // namespace kg::kernels
