// Winograd's algorithm, four channels at a time (winograd.h says what it computes).
//
// The ideas:
// 1. Batches of tiles. The transformed inputs of some dozen tiles lie place by place, (36, tiles, I), so that
//    each place is one product of matrices, (tiles, I)·(I, O): a convolution with 1×1 filters, for which
//    there is a fast kernel. It does most of the work.
// 2. The transformations by their formulas. The matrices are full of zeros, ones and pairs of opposite
//    sign; written out, a row of six takes some twelve additions and a few products.
// 3. No two places in the same line of the cache (winograd_stride).
#include "engine/kernels/winograd.h"

#include <algorithm>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {
namespace {

using simd::add, simd::mul, simd::sub;
using simd::Float4;
using Step = std::ptrdiff_t;

constexpr int kIn = kWinogradIn, kOut = kWinogradOut;

// G·(a, b, c): six values from three.
inline void filter_six(Float4 (&to)[kIn], Float4 a, Float4 b, Float4 c) {
  const Float4 sixth = simd::splat(-1.0f / 6), ends = add(a, c);
  const Float4 slow = add(mul(a, simd::splat(1.0f / 24)), mul(c, simd::splat(1.0f / 6)));
  const Float4 fast = mul(b, simd::splat(1.0f / 12));
  to[0] = mul(a, simd::splat(0.25f));
  to[1] = mul(add(ends, b), sixth);
  to[2] = mul(sub(ends, b), sixth);
  to[3] = add(slow, fast);
  to[4] = sub(slow, fast);
  to[5] = c;
}

// Bᵀ·d
inline void input_six(Float4 (&to)[kIn], const Float4 (&d)[kIn]) {
  const Float4 two = simd::splat(2.0f), four = simd::splat(4.0f), five = simd::splat(5.0f);
  const Float4 even = sub(d[4], mul(four, d[2])), odd = sub(d[3], mul(four, d[1]));
  const Float4 near = sub(d[4], d[2]), twice = mul(two, sub(d[3], d[1]));
  to[0] = add(sub(mul(four, d[0]), mul(five, d[2])), d[4]);
  to[1] = add(even, odd);
  to[2] = sub(even, odd);
  to[3] = add(near, twice);
  to[4] = sub(near, twice);
  to[5] = add(sub(mul(four, d[1]), mul(five, d[3])), d[5]);
}

// Aᵀ·m
inline void output_four(Float4 (&to)[kOut], const Float4 (&m)[kIn]) {
  const Float4 s12 = add(m[1], m[2]), d12 = sub(m[1], m[2]);
  const Float4 s34 = add(m[3], m[4]), d34 = sub(m[3], m[4]);
  to[0] = add(add(m[0], s12), s34);
  to[1] = add(d12, mul(simd::splat(2.0f), d34));
  to[2] = add(s12, mul(simd::splat(4.0f), s34));
  to[3] = add(add(d12, mul(simd::splat(8.0f), d34)), m[5]);
}

// Where a tile's first output, or the first input under it, lies.
struct Tile {
  int image, top, left;
};

Tile tile_at(int number, const Conv2DSizes& s) {
  const int across = winograd_tiles(s.out_w), down = winograd_tiles(s.out_h);
  return {number / (across * down), number / across % down * kOut, number % across * kOut};
}

// Bᵀ d B of one tile, all channels; `to` is place 0 of the tile, the others follow `stride` floats apart.
void transform_input(float* to, Step stride, const float* in, const Tile& tile, const Conv2DSizes& s) {
  const int top = tile.top, left = tile.left;
  const float* corner = in + ((Step{tile.image} * s.h + top) * s.w + left) * s.in;
  const Step down = Step{s.w} * s.in;
  const int first_row = std::max(0, -top), rows = std::min(kIn, s.h - top);
  const int first_col = std::max(0, -left), cols = std::min(kIn, s.w - left);
  const bool inside = first_row == 0 && first_col == 0 && rows == kIn && cols == kIn;
  simd::for_each_four(s.in, [&](int c, auto lanes) {
    Float4 half[kIn][kIn];  // [column][row of Bᵀ d]
    const auto columns = [&](auto value) {
      for (int x = 0; x < kIn; ++x) {
        Float4 d[kIn];
        KG_UNROLL for (int y = 0; y < kIn; ++y) d[y] = value(y, x);
        input_six(half[x], d);
      }
    };
    const auto load = [&](int y, int x) { return lanes.load(corner + y * down + Step{x} * s.in + c); };
    if (inside) {
      columns(load);
    } else {
      columns([&](int y, int x) {
        const bool there = y >= first_row && y < rows && x >= first_col && x < cols;
        return there ? load(y, x) : simd::splat(0.0f);
      });
    }
    KG_UNROLL for (int y = 0; y < kIn; ++y) {
      const Float4 d[kIn] = {half[0][y], half[1][y], half[2][y], half[3][y], half[4][y], half[5][y]};
      Float4 row[kIn];
      input_six(row, d);
      KG_UNROLL for (int x = 0; x < kIn; ++x) lanes.store(to + (y * kIn + x) * stride + c, row[x]);
    }
  });
}

// Aᵀ m A of one tile, plus bias, into the output, all channels.
void transform_output(float* out, const float* from, Step stride, const float* bias, const Tile& tile,
                      const Conv2DSizes& s) {
  float* corner = out + ((Step{tile.image} * s.out_h + tile.top) * s.out_w + tile.left) * s.out;
  const Step down = Step{s.out_w} * s.out;
  const int rows = std::min(kOut, s.out_h - tile.top), cols = std::min(kOut, s.out_w - tile.left);
  simd::for_each_four(s.out, [&](int c, auto lanes) {
    Float4 half[kIn][kOut];  // [column][row of Aᵀ m]
    for (int x = 0; x < kIn; ++x) {
      Float4 m[kIn];
      KG_UNROLL for (int y = 0; y < kIn; ++y) m[y] = lanes.load(from + (y * kIn + x) * stride + c);
      output_four(half[x], m);
    }
    const Float4 zero = simd::splat(0.0f), plus = bias ? lanes.load(bias + c) : zero;
    for (int y = 0; y < rows; ++y) {
      const Float4 m[kIn] = {half[0][y], half[1][y], half[2][y], half[3][y], half[4][y], half[5][y]};
      Float4 row[kOut];
      output_four(row, m);
      for (int x = 0; x < cols; ++x) {
        Float4 value = add(row[x], plus);
        if (s.relu) value = simd::max(value, zero);
        lanes.store(corner + y * down + Step{x} * s.out + c, value);
      }
    }
  });
}

}  // namespace

void winograd_prepare(float* prepared, const float* filters, const Conv2DSizes& s) {
  const Step cell = Step{s.in} * s.out, place = Step{winograd_channels(s)} * s.out;
  const int across = winograd_pieces(s.kernel_w), pieces = across * winograd_pieces(s.kernel_h);
  for (int piece = 0; piece < pieces; ++piece, prepared += cell) {
    const int top = piece / across * 3, left = piece % across * 3;
    simd::for_each_four(static_cast<int>(cell), [&](int k, auto lanes) {
      const auto weight = [&](int y, int x) {
        const bool there = top + y < s.kernel_h && left + x < s.kernel_w;
        return there ? lanes.load(filters + (Step{top + y} * s.kernel_w + left + x) * cell + k)
                     : simd::splat(0.0f);
      };
      Float4 half[3][kIn];  // [column][row of G g]
      KG_UNROLL for (int x = 0; x < 3; ++x) filter_six(half[x], weight(0, x), weight(1, x), weight(2, x));
      for (int y = 0; y < kIn; ++y) {
        Float4 row[kIn];
        filter_six(row, half[0][y], half[1][y], half[2][y]);
        KG_UNROLL for (int x = 0; x < kIn; ++x) lanes.store(prepared + (y * kIn + x) * place + k, row[x]);
      }
    });
  }
}

void winograd_simd(float* out, const float* in, const float* prepared, const float* bias, float* scratch,
                   const Conv2DSizes& s) {
  const int channels = winograd_channels(s);
  const int across = winograd_pieces(s.kernel_w), pieces = across * winograd_pieces(s.kernel_h);
  const int tiles = s.images * winograd_tiles(s.out_h) * winograd_tiles(s.out_w);
  const int at_once = winograd_batch(s);
  const Step in_stride = static_cast<Step>(winograd_stride(at_once, channels));
  const Step out_stride = static_cast<Step>(winograd_stride(at_once, s.out));
  float* const inputs = scratch;
  float* const outputs = scratch + kWinogradPlaces * in_stride;
  for (int first = 0; first < tiles; first += at_once) {
    const int count = std::min(at_once, tiles - first);
    for (int t = 0; t < count; ++t) {
      for (int piece = 0; piece < pieces; ++piece) {
        Tile tile = tile_at(first + t, s);
        tile.top += piece / across * 3 - s.pad_top;
        tile.left += piece % across * 3 - s.pad_left;
        transform_input(inputs + Step{t} * channels + piece * s.in, in_stride, in, tile, s);
      }
    }
    for (int place = 0; place < kWinogradPlaces; ++place) {
      conv2d_simd(outputs + place * out_stride, inputs + place * in_stride,
                  prepared + Step{place} * channels * s.out, nullptr, product_sizes(count, channels, s.out));
    }
    for (int t = 0; t < count; ++t) {
      transform_output(out, outputs + Step{t} * s.out, out_stride, bias, tile_at(first + t, s), s);
    }
  }
}

}  // namespace kg::kernels
