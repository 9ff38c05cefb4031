// Winograd's algorithm, four channels at a time (winograd.h says what it computes).
//
// The ideas:
// 1. Batches of tiles. The transformed inputs of some dozen tiles lie place by place, (P², tiles, I), so that
//    each place is one product of matrices, which does most of the work. The weights are prepared in the
//    order in which it reads them.
// 2. Pairs of points. All points but 0 and infinity are pairs ±a. What belongs to even powers is the same for
//    both, what belongs to odd powers differs by its sign: half of the work serves twice.
// 3. No two places in the same line of the cache (WinogradSizes::stride).
#include "engine/kernels/winograd.h"

#include <algorithm>
#include <type_traits>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {
namespace {

using simd::add, simd::madd, simd::mul, simd::sub;
using simd::Float4;
using Step = std::ptrdiff_t;

// What the pairs ±a of P points say.
template <int P>
struct Pairs {
  static constexpr int kCount = P / 2 - 1;
  float powers[P][kCount] = {};       // aᵏ
  float all[kCount + 1] = {1};        // Π (t − a²), its coefficients of tᵏ
  float others[kCount][kCount] = {};  // the same without one of them
  float filter[kCount] = {};          // 1 / Π (a − x_q), of all other points x_q
  float filter_zero = 1;              // the same of the point 0

  constexpr Pairs() {
    for (int j = 0; j < kCount; ++j) {
      const float a = kWinogradPoints[2 * j + 1];
      powers[0][j] = 1;
      for (int k = 1; k < P; ++k) powers[k][j] = powers[k - 1][j] * a;
      times(all, j, a * a);
      filter_zero /= -a * a;
      filter[j] = 1 / (2 * a * a);
      others[j][0] = 1;
      for (int i = 0, degree = 0; i < kCount; ++i) {
        const float b = kWinogradPoints[2 * i + 1];
        if (i == j) continue;
        times(others[j], degree++, b * b);
        filter[j] /= a * a - b * b;
      }
    }
  }
  // coefficients (of a polynomial of that degree) · (t − root)
  static constexpr void times(float* coefficients, int degree, float root) {
    for (int k = degree + 1; k > 0; --k) {
      coefficients[k] = coefficients[k - 1] - (k <= degree ? root * coefficients[k] : 0);
    }
    coefficients[0] *= -root;
  }
};

template <int P>
constexpr Pairs<P> kPairs;

// Σ coefficients[k]·d[2k]; the last coefficient is 1.
template <int N>
inline Float4 every_other(const float (&coefficients)[N], const Float4* d) {
  Float4 sum = d[2 * (N - 1)];
  KG_UNROLL for (int k = 0; k < N - 1; ++k) sum = madd(simd::splat(coefficients[k]), d[2 * k], sum);
  return sum;
}

// Bᵀ·d
template <int P>
inline void at_points(Float4 (&to)[P], const Float4 (&d)[P]) {
  constexpr const Pairs<P>& pairs = kPairs<P>;
  to[0] = every_other(pairs.all, d);
  to[P - 1] = every_other(pairs.all, d + 1);
  KG_UNROLL for (int j = 0; j < pairs.kCount; ++j) {
    const Float4 even = every_other(pairs.others[j], d + 2);
    const Float4 odd = mul(simd::splat(pairs.powers[1][j]), every_other(pairs.others[j], d + 1));
    to[2 * j + 1] = add(even, odd);
    to[2 * j + 2] = sub(even, odd);
  }
}

// Aᵀ·m
template <int P, int M>
inline void from_points(Float4 (&to)[M], const Float4 (&m)[P]) {
  constexpr const Pairs<P>& pairs = kPairs<P>;
  Float4 even[pairs.kCount], odd[pairs.kCount];
  KG_UNROLL for (int j = 0; j < pairs.kCount; ++j) {
    even[j] = add(m[2 * j + 1], m[2 * j + 2]);
    odd[j] = sub(m[2 * j + 1], m[2 * j + 2]);
  }
  KG_UNROLL for (int k = 0; k < M; ++k) {
    const Float4* half = k % 2 == 0 ? even : odd;
    to[k] = half[0];  // the first pair is ±1
    KG_UNROLL for (int j = 1; j < pairs.kCount; ++j) {
      to[k] = madd(simd::splat(pairs.powers[k][j]), half[j], to[k]);
    }
  }
  to[0] = add(to[0], m[0]);
  to[M - 1] = add(to[M - 1], m[P - 1]);
}

// G·g
template <int P>
inline void filter_at_points(Float4 (&to)[P], const Float4* g, int cells) {
  constexpr const Pairs<P>& pairs = kPairs<P>;
  to[0] = mul(simd::splat(pairs.filter_zero), g[0]);
  to[P - 1] = g[cells - 1];
  for (int j = 0; j < pairs.kCount; ++j) {
    Float4 half[2] = {simd::splat(0.0f), simd::splat(0.0f)};
    for (int k = 0; k < cells; ++k) {
      half[k % 2] = madd(simd::splat(pairs.powers[k][j] * pairs.filter[j]), g[k], half[k % 2]);
    }
    to[2 * j + 1] = add(half[0], half[1]);
    to[2 * j + 2] = sub(half[0], half[1]);
  }
}

// Where a tile's first output, or the first input under it, lies.
struct Tile {
  int image, top, left;
};

Tile tile_at(int number, const WinogradSizes& s) {
  const int image = s.tiles_across * s.tiles_down;
  return {number / image, number % image / s.tiles_across * s.tile, number % s.tiles_across * s.tile};
}

// Bᵀ d B of one tile, all channels; `to` is place 0 of the tile, the others follow `stride` floats apart.
template <int P>
void transform_input(float* to, Step stride, const float* in, const Tile& tile, const Conv2DSizes& s) {
  const int top = tile.top - s.pad_top, left = tile.left - s.pad_left;
  const float* corner = in + ((Step{tile.image} * s.h + top) * s.w + left) * s.in;
  const Step down = Step{s.w} * s.in;
  const int first_row = std::max(0, -top), rows = std::min(P, s.h - top);
  const int first_col = std::max(0, -left), cols = std::min(P, s.w - left);
  const Float4 zero = simd::splat(0.0f);
  simd::for_each_four(s.in, [&](int c, auto lanes) {
    Float4 half[P][P];  // [column][row of Bᵀ d]
    const auto columns = [&](auto inside) {
      for (int x = 0; x < P; ++x) {
        Float4 d[P];
        const float* from = corner + Step{x} * s.in + c;
        const bool there = x >= first_col && x < cols;
        KG_UNROLL for (int y = 0; y < P; ++y, from += down) {
          d[y] = inside() || (there && y >= first_row && y < rows) ? lanes.load(from) : zero;
        }
        at_points<P>(half[x], d);
      }
    };
    if (first_row == 0 && first_col == 0 && rows == P && cols == P) {
      columns(std::true_type());
    } else {
      columns(std::false_type());
    }
    for (int y = 0; y < P; ++y) {
      Float4 d[P], row[P];
      KG_UNROLL for (int x = 0; x < P; ++x) d[x] = half[x][y];
      at_points<P>(row, d);
      KG_UNROLL for (int x = 0; x < P; ++x) lanes.store(to + (y * P + x) * stride + c, row[x]);
    }
  });
}

// Aᵀ m A of one tile, plus bias, into the output, all channels.
template <int P, int M>
void transform_output(float* out, const float* from, Step stride, const float* bias, const Tile& tile,
                      const Conv2DSizes& s) {
  float* corner = out + ((Step{tile.image} * s.out_h + tile.top) * s.out_w + tile.left) * s.out;
  const Step down = Step{s.out_w} * s.out;
  const int rows = std::min(M, s.out_h - tile.top), cols = std::min(M, s.out_w - tile.left);
  simd::for_each_four(s.out, [&](int c, auto lanes) {
    Float4 half[P][M];  // [column][row of Aᵀ m]
    for (int x = 0; x < P; ++x) {
      Float4 m[P];
      KG_UNROLL for (int y = 0; y < P; ++y) m[y] = simd::load(from + (y * P + x) * stride + c);
      from_points<P>(half[x], m);
    }
    const Float4 zero = simd::splat(0.0f), plus = bias ? lanes.load(bias + c) : zero;
    for (int y = 0; y < rows; ++y) {
      Float4 m[P], row[M];
      KG_UNROLL for (int x = 0; x < P; ++x) m[x] = half[x][y];
      from_points<P>(row, m);
      for (int x = 0; x < cols; ++x) {
        Float4 value = add(row[x], plus);
        if (s.relu) value = simd::max(value, zero);
        lanes.store(corner + y * down + Step{x} * s.out + c, value);
      }
    }
  });
}

// R rows from `in` on times a block of 4·V filters.
template <int R, int V>
inline void product_tile(float* out, Step out_step, const float* in, Step channels, const float* weights) {
  Float4 sum[R][V];
  KG_UNROLL for (int r = 0; r < R; ++r) {
    KG_UNROLL for (int v = 0; v < V; ++v) sum[r][v] = simd::splat(0.0f);
  }
  for (Step i = 0; i < channels; ++i, weights += 4 * V) {
    Float4 w[V];
    KG_UNROLL for (int v = 0; v < V; ++v) w[v] = simd::load(weights + 4 * v);
    KG_UNROLL for (int r = 0; r < R; ++r) {
      const Float4 x = simd::splat(in[r * channels + i]);
      KG_UNROLL for (int v = 0; v < V; ++v) sum[r][v] = madd(x, w[v], sum[r][v]);
    }
  }
  KG_UNROLL for (int r = 0; r < R; ++r) {
    KG_UNROLL for (int v = 0; v < V; ++v) simd::store(out + r * out_step + 4 * v, sum[r][v]);
  }
}

// out (rows, 4·V of each row) = in (rows, I) · weights (I, 4·V)
template <int V>
[[gnu::noinline]] void product(float* out, Step out_step, const float* in, Step channels,
                               const float* weights, int rows) {
  constexpr int R = 8 / V;
  const auto at = [&](auto count, int row) {
    product_tile<count(), V>(out + row * out_step, out_step, in + row * channels, channels, weights);
  };
  if (rows >= R) {
    for (int r = 0; r < rows; r += R) at(std::integral_constant<int, R>(), std::min(r, rows - R));
  } else {
    for (int r = 0; r < rows; ++r) at(std::integral_constant<int, 1>(), r);
  }
}

// out (tiles, O) = in (tiles, I) · the weights of one place
void place(float* out, const float* in, const float* weights, int tiles, const WinogradSizes& s) {
  const Step channels = s.conv.in;
  for (int o = 0, width; o < s.filters; o += width, weights += width * channels) {
    width = s.block(o).width;
    if (width == 16) {
      product<4>(out + o, s.filters, in, channels, weights, tiles);
    } else if (width == 8) {
      product<2>(out + o, s.filters, in, channels, weights, tiles);
    } else {
      product<1>(out + o, s.filters, in, channels, weights, tiles);
    }
  }
}

template <int P, int M>
void run(float* out, const float* in, const float* prepared, const float* bias, float* scratch,
         const WinogradSizes& s) {
  const int tiles = s.tiles(), at_once = s.batch();
  const Step in_stride = static_cast<Step>(s.stride(s.conv.in));
  const Step out_stride = static_cast<Step>(s.stride(s.filters));
  const Step weights = Step{s.conv.in} * s.filters;  // of a place
  float* const inputs = scratch;
  float* const outputs = scratch + P * P * in_stride;
  for (int first = 0; first < tiles; first += at_once) {
    const int count = std::min(at_once, tiles - first);
    for (int t = 0; t < count; ++t) {
      transform_input<P>(inputs + Step{t} * s.conv.in, in_stride, in, tile_at(first + t, s), s.conv);
    }
    for (int k = 0; k < P * P; ++k) {
      place(outputs + k * out_stride, inputs + k * in_stride, prepared + k * weights, count, s);
    }
    for (int t = 0; t < count; ++t) {
      transform_output<P, M>(out, outputs + Step{t} * s.filters, out_stride, bias, tile_at(first + t, s),
                             s.conv);
    }
  }
}

template <int P>
void prepare(float* prepared, const float* filters, const WinogradSizes& sizes) {
  constexpr int kMaxCells = 7;
  const Conv2DSizes& s = sizes.conv;
  const int cells = sizes.cells;
  for (int i = 0; i < s.in; ++i) {
    simd::for_each_four(s.out, [&](int o, auto lanes) {
      const auto weight = [&](int y, int x) {
        const bool there = y < s.kernel_h && x < s.kernel_w;
        return there ? lanes.load(filters + ((Step{y} * s.kernel_w + x) * s.in + i) * s.out + o)
                     : simd::splat(0.0f);
      };
      Float4 half[kMaxCells][P], g[kMaxCells];  // half: [column][row of G g]
      for (int x = 0; x < cells; ++x) {
        for (int y = 0; y < cells; ++y) g[y] = weight(y, x);
        filter_at_points<P>(half[x], g, cells);
      }
      float* to = prepared + sizes.weight(0, i, o);
      for (int y = 0; y < P; ++y) {
        for (int x = 0; x < cells; ++x) g[x] = half[x][y];
        Float4 row[P];
        filter_at_points<P>(row, g, cells);
        for (int x = 0; x < P; ++x, to += Step{s.in} * sizes.filters) simd::store(to, row[x]);
      }
    });
  }
}

}  // namespace

void winograd_prepare(float* prepared, const float* filters, const WinogradSizes& s) {
  return s.points == 6 ? prepare<6>(prepared, filters, s) : prepare<8>(prepared, filters, s);
}

void winograd_simd(float* out, const float* in, const float* prepared, const float* bias, float* scratch,
                   const WinogradSizes& s) {
  switch (s.cells) {
    case 3:
      return run<6, 4>(out, in, prepared, bias, scratch, s);
    case 5:
      return run<8, 4>(out, in, prepared, bias, scratch, s);
    default:
      return run<8, 2>(out, in, prepared, bias, scratch, s);
  }
}

}  // namespace kg::kernels
