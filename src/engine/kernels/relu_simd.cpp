// Four values at a time; limited by memory, so there is nothing more to win.
#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {

void relu_simd(float* out, const float* in, std::size_t count) {
  const simd::Float4 zero = simd::splat(0.0f);
  const std::size_t rest = count % 4;
  const std::size_t whole = count - rest;
  for (std::size_t k = 0; k < whole; k += 4) simd::store(out + k, simd::max(simd::load(in + k), zero));
  simd::store_partial(out + whole, simd::max(simd::load_partial(in + whole, rest), zero), rest);
}

}  // namespace kg::kernels
