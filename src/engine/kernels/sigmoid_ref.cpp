#include "engine/exact_math.h"
#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void sigmoid_ref(float* out, const float* in, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out[k] = 1.0f / (1.0f + exponential(-in[k]));
}

void sigmoid_gradient_ref(float* din, const float* dout, const float* out, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) din[k] = dout[k] * (out[k] * (1.0f - out[k]));
}

void tanh_ref(float* out, const float* in, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out[k] = hyperbolic_tangent(in[k]);
}

void tanh_gradient_ref(float* din, const float* dout, const float* out, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) din[k] = dout[k] * (1.0f - out[k] * out[k]);
}

}  // namespace kg::kernels
