// Four channels at a time, each in a register on its way down the rows; the rows of four channels are
// followed to the end before the next four.
#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {

using simd::Float4;
using Step = std::ptrdiff_t;

void channel_sums_simd(float* sums, const float* values, int rows, int channels) {
  if (rows == 0) return;  // what has no rows need not be in memory: there is nothing to step along
  int c = 0;
  for (; c + 8 <= channels; c += 8) {  // two sums that do not wait for each other
    Float4 sum = simd::splat(0.0f), next = sum;
    const float* row = values + c;
    for (int r = 0; r < rows; ++r, row += channels) {
      sum = simd::add(sum, simd::load(row));
      next = simd::add(next, simd::load(row + 4));
    }
    simd::store(sums + c, simd::add(simd::load(sums + c), sum));
    simd::store(sums + c + 4, simd::add(simd::load(sums + c + 4), next));
  }
  simd::for_each_four(channels - c, [&](int rest, auto lanes) {
    Float4 sum = simd::splat(0.0f);
    const float* row = values + c + rest;
    for (int r = 0; r < rows; ++r, row += channels) sum = simd::add(sum, lanes.load(row));
    lanes.store(sums + c + rest, simd::add(lanes.load(sums + c + rest), sum));
  });
}

void moments_simd(float* mean, float* variance, const float* values, int rows, int channels) {
  const Float4 count = simd::splat(static_cast<float>(rows));
  simd::for_each_four(channels, [&](int c, auto lanes) {
    Float4 sum = simd::splat(0.0f), squares = sum;
    for (int r = 0; r < rows; ++r) sum = simd::add(sum, lanes.load(values + Step{r} * channels + c));
    const Float4 middle = simd::div(sum, count);
    for (int r = 0; r < rows; ++r) {
      const Float4 distance = simd::sub(lanes.load(values + Step{r} * channels + c), middle);
      squares = simd::add(squares, simd::mul(distance, distance));
    }
    lanes.store(mean + c, middle);
    lanes.store(variance + c, simd::div(squares, count));
  });
}

void scale_shift_simd(float* out, const float* in, const float* scale, const float* shift, int rows,
                      int channels) {
  simd::for_each_four(channels, [&](int c, auto lanes) {
    const Float4 by = lanes.load(scale + c), plus = lanes.load(shift + c);
    for (int r = 0; r < rows; ++r) {
      const Step at = Step{r} * channels + c;
      lanes.store(out + at, simd::add(simd::mul(lanes.load(in + at), by), plus));
    }
  });
}

void centred_products_simd(float* sums, const float* a, const float* b, const float* mean, int rows,
                           int channels) {
  simd::for_each_four(channels, [&](int c, auto lanes) {
    const Float4 middle = lanes.load(mean + c);
    Float4 sum = simd::splat(0.0f);
    for (int r = 0; r < rows; ++r) {
      const Step at = Step{r} * channels + c;
      sum = simd::add(sum, simd::mul(lanes.load(a + at), simd::sub(lanes.load(b + at), middle)));
    }
    lanes.store(sums + c, simd::add(lanes.load(sums + c), sum));
  });
}

void blend_simd(float* out, const float* a, const float* b, const float* by_a, const float* by_b,
                const float* plus, int rows, int channels) {
  simd::for_each_four(channels, [&](int c, auto lanes) {
    const Float4 x = lanes.load(by_a + c), y = lanes.load(by_b + c), z = lanes.load(plus + c);
    for (int r = 0; r < rows; ++r) {
      const Step at = Step{r} * channels + c;
      const Float4 sum = simd::add(simd::mul(lanes.load(a + at), x), simd::mul(lanes.load(b + at), y));
      lanes.store(out + at, simd::add(sum, z));
    }
  });
}

}  // namespace kg::kernels
