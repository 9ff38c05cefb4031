// The gradient with respect to the filters, four numbers at a time.
//
// The ideas, as in conv2d_simd.cpp:
// 1. Output channels across the lanes: four neighbouring weights of a cell share the input value.
// 2. Eight accumulators, here weights: a tile of several taps × several vectors of channels stays in
// registers
//    while it walks over all pixels of an image, and is added to dfilters once.
// 3. No questions in the inner loop. The outputs in which a cell of the filter lies inside of the image form
// a
//    rectangle; that is walked over. With few input channels a tile would be too small, so a whole row of
//    the filter is taken together: for the inner columns at once, cell by cell for the outer ones.
// 4. Leftover channels by overlap: the last tile begins earlier, and what it has in common with the one
// before
//    is thrown away.
#include <algorithm>
#include <cstddef>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {
namespace {

using simd::Float4;
using Step = std::ptrdiff_t;  // distance between two floats

// A rectangle of outputs, and a run of taps: cells and channels of the filter that lie one behind the other,
// as do the input values they meet.
struct Patch {
  float* weights;     // of the first tap, all filters from 0 on
  const float* in;    // the first tap's input value at the first output
  const float* dout;  // the first output, all channels from 0 on
  int rows, cols;     // of the rectangle
  Step in_row, dout_row, in_step, dout_step;
  int taps, filters;
};

struct Range {
  int begin, end;
};

// The outputs in which cells `from` … `to` of the window all lie inside of the image.
Range covered(int from, int to, int size, int stride, int dilation, int pad, int outputs) {
  const int lack = pad - from * dilation;  // so far before the image the first cell starts
  const int begin = lack <= 0 ? 0 : (lack + stride - 1) / stride;
  const int room = size - 1 + pad - to * dilation;
  const int end = room < 0 ? 0 : std::min(room / stride + 1, outputs);
  return {std::min(begin, end), end};
}

// dfilters (T taps from `tap` on, 4·V channels from `o` on, but not the first `skip` of them)
template <int T, int V>
inline void tile(const Patch& patch, int tap, int o, int skip) {
  Float4 sum[T][V];
  KG_UNROLL for (int t = 0; t < T; ++t) {
    KG_UNROLL for (int v = 0; v < V; ++v) sum[t][v] = simd::splat(0.0f);
  }
  for (int row = 0; row < patch.rows; ++row) {
    const float* value = patch.in + row * patch.in_row + tap;
    const float* d = patch.dout + row * patch.dout_row + o;
    for (int col = 0; col < patch.cols; ++col, value += patch.in_step, d += patch.dout_step) {
      Float4 four[V];
      KG_UNROLL for (int v = 0; v < V; ++v) four[v] = simd::load(d + 4 * v);
      KG_UNROLL for (int t = 0; t < T; ++t) {
        const Float4 x = simd::splat(value[t]);
        KG_UNROLL for (int v = 0; v < V; ++v) sum[t][v] = simd::madd(x, four[v], sum[t][v]);
      }
    }
  }
  KG_UNROLL for (int t = 0; t < T; ++t) {
    float* weights = patch.weights + Step{tap + t} * patch.filters + o;
    if (skip > 0) {
      float all[4 * V];
      KG_UNROLL for (int v = 0; v < V; ++v) simd::store(all + 4 * v, sum[t][v]);
      for (int k = skip; k < 4 * V; ++k) weights[k] += all[k];
    } else {
      KG_UNROLL for (int v = 0; v < V; ++v) {
        simd::store(weights + 4 * v, simd::add(simd::load(weights + 4 * v), sum[t][v]));
      }
    }
  }
}

// 4·V channels from `o` on, all taps. Not inlined, as in conv2d_simd.cpp.
template <int V>
[[gnu::noinline]] void taps(const Patch& patch, int o, int skip) {
  constexpr int kMost = 8 / V;
  int tap = 0;
  for (; tap + kMost <= patch.taps; tap += kMost) tile<kMost, V>(patch, tap, o, skip);
  if constexpr (kMost > 4) {
    if (patch.taps - tap >= 4) tile<4, V>(patch, tap, o, skip), tap += 4;
  }
  if constexpr (kMost > 2) {
    if (patch.taps - tap == 3) return tile<3, V>(patch, tap, o, skip);
    if (patch.taps - tap == 2) return tile<2, V>(patch, tap, o, skip);
  }
  if (patch.taps - tap == 1) tile<1, V>(patch, tap, o, skip);
}

// Fewer than four filters: the taps go across the lanes.
void few_filters(const Patch& patch) {
  for (int o = 0; o < patch.filters; ++o) {
    simd::for_each_four(patch.taps, [&](int tap, auto lanes) {
      Float4 sum = simd::splat(0.0f);
      for (int row = 0; row < patch.rows; ++row) {
        const float* value = patch.in + row * patch.in_row + tap;
        const float* d = patch.dout + row * patch.dout_row + o;
        for (int col = 0; col < patch.cols; ++col, value += patch.in_step, d += patch.dout_step) {
          sum = simd::madd(lanes.load(value), simd::splat(*d), sum);
        }
      }
      float all[4];
      simd::store(all, sum);
      for (int k = 0; k < 4 && tap + k < patch.taps; ++k) {
        patch.weights[Step{tap + k} * patch.filters + o] += all[k];
      }
    });
  }
}

void add_patch(const Patch& patch) {
  const int filters = patch.filters;
  if (filters < 4) return few_filters(patch);
  for (int o = 0; o < filters;) {
    const int left = filters - o;
    if (left > 12 && filters >= 16) {
      const int at = std::min(o, filters - 16);
      taps<4>(patch, at, o - at);
      o += 16;
    } else if (left > 4 && filters >= 8) {
      const int at = std::min(o, filters - 8);
      taps<2>(patch, at, o - at);
      o += 8;
    } else {
      const int at = std::min(o, filters - 4);
      taps<1>(patch, at, o - at);
      o += 4;
    }
  }
}

// Cells (ky, from) … (ky, to) of the filters and the outputs of columns `cols` that have them inside.
void add_cells(float* dfilters, const float* in, const float* dout, const Conv2DSizes& s, int ky, int from,
               int to, Range cols) {
  const Range rows = covered(ky, ky, s.h, s.stride_y, s.dilation_y, s.pad_top, s.out_h);
  if (rows.end <= rows.begin || cols.end <= cols.begin) return;
  const int row = rows.begin * s.stride_y + ky * s.dilation_y - s.pad_top;
  const int col = cols.begin * s.stride_x + from * s.dilation_x - s.pad_left;
  Patch patch;
  patch.weights = dfilters + (Step{ky} * s.kernel_w + from) * s.in * s.out;
  patch.in = in + (Step{row} * s.w + col) * s.in;
  patch.dout = dout + (Step{rows.begin} * s.out_w + cols.begin) * s.out;
  patch.rows = rows.end - rows.begin;
  patch.cols = cols.end - cols.begin;
  patch.in_row = Step{s.stride_y} * s.w * s.in;
  patch.dout_row = Step{s.out_w} * s.out;
  patch.in_step = Step{s.stride_x} * s.in;
  patch.dout_step = s.out;
  patch.taps = (to - from + 1) * s.in;
  patch.filters = s.out;
  add_patch(patch);
}

}  // namespace

void conv2d_filters_simd(float* dfilters, const float* in, const float* dout, const Conv2DSizes& s) {
  const auto columns = [&](int from, int to) {
    return covered(from, to, s.w, s.stride_x, s.dilation_x, s.pad_left, s.out_w);
  };
  const bool whole_rows = s.in < 4 && s.dilation_x == 1 && s.kernel_w > 1;
  const Range inner = whole_rows ? columns(0, s.kernel_w - 1) : Range{0, 0};
  for (int n = 0; n < s.images; ++n) {
    for (int ky = 0; ky < s.kernel_h; ++ky) {
      if (whole_rows) add_cells(dfilters, in, dout, s, ky, 0, s.kernel_w - 1, inner);
      for (int kx = 0; kx < s.kernel_w; ++kx) {
        const Range cols = columns(kx, kx);
        if (inner.begin == inner.end) {
          add_cells(dfilters, in, dout, s, ky, kx, kx, cols);
        } else {
          add_cells(dfilters, in, dout, s, ky, kx, kx, {cols.begin, inner.begin});
          add_cells(dfilters, in, dout, s, ky, kx, kx, {inner.end, cols.end});
        }
      }
    }
    in += Step{s.h} * s.w * s.in;
    dout += Step{s.out_h} * s.out_w * s.out;
  }
}

}  // namespace kg::kernels
