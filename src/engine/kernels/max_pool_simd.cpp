// Four channels at a time. The gradient looks for the winner again instead of remembering it: comparing is
// faster than the memory that remembering would need. 2×2 windows have no inner loops: that makes them three
// times as fast.
#include <algorithm>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/pool_windows.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {
namespace {

using simd::Float4;
using simd::Mask;
using Step = std::ptrdiff_t;

void two_by_two_max(float* out, const float* in, const PoolSizes& s) {
  const Step right = s.channels, down = Step{s.w} * s.channels;
  for_each_two_by_two(s, [&](Step to, Step from, auto lanes) {
    const float* first = in + from;
    const Float4 above = simd::max(lanes.load(first), lanes.load(first + right));
    const Float4 larger = simd::max(above, lanes.load(first + down));
    lanes.store(out + to, simd::max(larger, lanes.load(first + down + right)));
  });
}

void two_by_two_gradient(float* din, const float* dout, const float* in, const float* out,
                         const PoolSizes& s) {
  const Step right = s.channels, down = Step{s.w} * s.channels;
  const Float4 zero = simd::splat(0.0f);
  // Every place is in one window at most, so nothing has to be added up; an odd row or column is in none.
  if (s.h % 2 != 0 || s.w % 2 != 0) std::fill_n(din, inputs(s), 0.0f);
  for_each_two_by_two(s, [&](Step to, Step from, auto lanes) {
    const Float4 largest = lanes.load(out + to), d = lanes.load(dout + to);
    Mask taken = simd::none();
    const auto place = [&](Step step) {
      const Mask wins = simd::and_not(simd::equal(lanes.load(in + from + step), largest), taken);
      lanes.store(din + from + step, simd::select(wins, d, zero));
      taken = simd::either(taken, wins);
    };
    place(0), place(right), place(down), place(down + right);
  });
}

}  // namespace

void max_pool_simd(float* out, const float* in, const PoolSizes& s) {
  if (two_by_two(s)) return two_by_two_max(out, in, s);
  const Step down = Step{s.w} * s.channels;
  for_each_window(s, [&](Step to, Step from, int rows, int cols) {
    simd::for_each_four(s.channels, [&](int c, auto lanes) {
      const float* first = in + from + c;
      Float4 largest = lanes.load(first);
      for (int row = 0; row < rows; ++row) {
        for (int col = 0; col < cols; ++col) {
          largest = simd::max(largest, lanes.load(first + row * down + Step{col} * s.channels));
        }
      }
      lanes.store(out + to + c, largest);
    });
  });
}

void max_pool_gradient_simd(float* din, const float* dout, const float* in, const float* out,
                            const PoolSizes& s) {
  if (two_by_two(s)) return two_by_two_gradient(din, dout, in, out, s);
  std::fill_n(din, inputs(s), 0.0f);
  const Step down = Step{s.w} * s.channels;
  const Float4 zero = simd::splat(0.0f);
  for_each_window(s, [&](Step to, Step from, int rows, int cols) {
    simd::for_each_four(s.channels, [&](int c, auto lanes) {
      const Float4 largest = lanes.load(out + to + c), d = lanes.load(dout + to + c);
      Mask taken = simd::none();
      for (int row = 0; row < rows; ++row) {
        for (int col = 0; col < cols; ++col) {
          const Step place = from + c + row * down + Step{col} * s.channels;
          const Mask wins = simd::and_not(simd::equal(lanes.load(in + place), largest), taken);
          lanes.store(din + place, simd::add(lanes.load(din + place), simd::select(wins, d, zero)));
          taken = simd::either(taken, wins);
        }
      }
    });
  });
}

}  // namespace kg::kernels
