#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void relu_ref(float* out, const float* in, std::size_t count) {
  // Asked this way round, not-a-number stays.
  for (std::size_t k = 0; k < count; ++k) out[k] = in[k] < 0.0f ? 0.0f : in[k];
}

void relu_gradient_ref(float* din, const float* dout, const float* out, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) din[k] = 0.0f < out[k] ? dout[k] : 0.0f;
}

void leaky_relu_ref(float* out, const float* in, float slope, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out[k] = in[k] < 0.0f ? slope * in[k] : in[k];
}

void leaky_relu_gradient_ref(float* din, const float* dout, const float* out, float slope,
                             std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) din[k] = 0.0f < out[k] ? dout[k] : slope * dout[k];
}

}  // namespace kg::kernels
