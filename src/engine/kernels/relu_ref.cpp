#include "engine/kernels/dispatch.h"

namespace kg::kernels {

void relu_ref(float* out, const float* in, std::size_t count) {
  // Asked this way round, not-a-number stays.
  for (std::size_t k = 0; k < count; ++k) out[k] = in[k] < 0.0f ? 0.0f : in[k];
}

}  // namespace kg::kernels
