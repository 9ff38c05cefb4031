// Convolution, four numbers at a time.
//
// The ideas, one on top of the other, and what each brought: GFLOP/s under Node 20 with relaxed SIMD, on a
// machine whose registers do 57 at best (bench/ measures it).
//
//                                                                                 the reference        2.6
// 1. Channels across the lanes. The weights of neighbouring filters lie side by side (HWIO), so one load
//    brings four of them; multiplied by one input value in all lanes they feed four output channels. Each
//    lane goes through its window in the order of the reference and so gives the same bits.
//                                                                       28×28×8, 3×3, 16 filters      12.6
// 2. Eight accumulators. An addition has to wait some four cycles for the one before it; eight sums that do
//    not wait for each other keep the machine busy, and a tile of several pixels × several vectors of
//    channels uses every loaded value several times.
// 3. No questions in the inner loop. Outputs whose windows are cut off alike by the edge of the image are
//    walked along as a line: all inner ones along the rows, those at the left and right edge down the
//    columns.
// 4. Leftovers by overlap. If a line or the channels do not divide by the tile, the last tile begins earlier
//    and writes a few results a second time: the same ones. So there is no tail code, and nothing is read
//    outside of the arrays. Of nine to twelve channels for a few pixels only the third vector begins earlier:
//    one pass instead of two that each wait for their sums.
//                                                                       2 to 4: the same layer        55.8
// 5. Fewer than four filters: then it is four neighbouring pixels that go across the lanes.
// 6. Weights within reach. Many filters with many weights do not fit into the first-level cache. So the rows
//    of the filter are taken in portions whose weights, for the sixteen filters in hand, are copied next to
//    each other; from portion to portion the sums wait in the output.
//                                                         14×14×64, 7×7, 128 filters: from 35.5 to    54.1
// 7. Narrow windows. The first layer's 3×3 filters meet three values in a row: too short for a loop, so that
//    those are written out; and with one channel the next pixel's value is one float further, which spares
//    the addresses.
//                                                            28×28×1, 3×3, 8 filters: from 27.7 to    45.2
#include <algorithm>
#include <cstddef>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"

namespace kg::kernels {
namespace {

using simd::Float4;
using Step = std::ptrdiff_t;  // distance between two floats

constexpr Step kPortion = 7168;    // weights, 28 kB: they leave room in a first-level cache of 32 kB
constexpr Step kFewWeights = 256;  // per filter: these stay in the cache wherever they lie
constexpr Step kManyPixels = 64;   // that many must use the copies to make them worthwhile

// A line of outputs whose windows are cut off alike. The part of the window inside of the image is `rows`
// rows; each row is `runs` runs of `taps` products, and within a run both the values and the weights lie one
// behind the other.
struct Line {
  int count;               // pixels in the line
  float* out;              // the first pixel of the output, all its channels from 0 on
  const float* in;         // the first value under the first pixel's window
  const float* weights;    // the weights that value meets, those of all filters from 0 on
  Step out_step, in_step;  // from pixel to pixel
  int rows, runs, taps;
  Step in_row, weight_row;  // from row to row of the window
  Step in_run, weight_run;  // from run to run
};

// Which weights a pass over the image uses: those of some rows of the window.
struct Portion {
  const float* weights;  // the first of them, of all filters that follow one another there
  int filters;           // so many
  int rows_begin, rows_end;
  bool first, last;  // of the portions of these filters: the first starts with the bias, the last finishes
  int overlap = 0;   // so many channels earlier than the others' end the last vector begins (V = 3 only)
};

struct Range {
  int begin, end;
  int size() const { return end - begin; }
};

// Which rows (or columns) of the window lie inside of the image, for output `at`.
Range inside(int at, int size, int kernel, int stride, int dilation, int pad) {
  const int start = at * stride - pad;
  const int begin = start < 0 ? (-start + dilation - 1) / dilation : 0;
  const int end = size > start ? (size - start - 1) / dilation + 1 : 0;
  return {begin, std::max(begin, std::min(kernel, end))};
}

// Which outputs have the whole window inside of the image.
Range whole_windows(int size, int kernel, int stride, int dilation, int pad, int outputs) {
  const int begin = std::min((pad + stride - 1) / stride, outputs);
  const int room = size - 1 - (kernel - 1) * dilation + pad;  // where the last whole window may start
  const int end = room < 0 ? 0 : std::min(room / stride + 1, outputs);
  return {begin, std::max(begin, end)};
}

enum class Direction { right, down };

Line line_from(float* out, const float* in, const Portion& portion, const Conv2DSizes& s, int y, int x,
               int count, Direction direction) {
  Range ky = inside(y, s.h, s.kernel_h, s.stride_y, s.dilation_y, s.pad_top);
  ky.begin = std::max(ky.begin, portion.rows_begin);
  ky.end = std::max(ky.begin, std::min(ky.end, portion.rows_end));
  const Range kx = inside(x, s.w, s.kernel_w, s.stride_x, s.dilation_x, s.pad_left);
  const int row = y * s.stride_y - s.pad_top + ky.begin * s.dilation_y;
  const int col = x * s.stride_x - s.pad_left + kx.begin * s.dilation_x;
  const int filter_y = s.flip ? s.kernel_h - 1 - ky.begin : ky.begin - portion.rows_begin;
  const int filter_x = s.flip ? s.kernel_w - 1 - kx.begin : kx.begin;
  const Step in_row = Step{s.w} * s.in;
  const Step weight_cell = Step{s.in} * portion.filters;
  const Step weight_row = s.kernel_w * weight_cell;
  Line line;
  line.count = count;
  line.out = out + (Step{y} * s.out_w + x) * s.out;
  line.in = in + row * in_row + Step{col} * s.in;
  line.weights = portion.weights + filter_y * weight_row + filter_x * weight_cell;
  line.out_step = direction == Direction::right ? s.out : Step{s.out_w} * s.out;
  line.in_step = direction == Direction::right ? Step{s.stride_x} * s.in : s.stride_y * in_row;
  line.rows = ky.size();
  // A row of the window is one run, unless the filter is flipped, so that its cells are met from right to
  // left, or the pixels it meets do not lie side by side.
  const bool cell_by_cell = s.flip || s.dilation_x > 1;
  line.runs = cell_by_cell ? kx.size() : 1;
  line.taps = cell_by_cell ? s.in : kx.size() * s.in;
  line.in_row = s.dilation_y * in_row;
  line.weight_row = s.flip ? -weight_row : weight_row;
  line.in_run = Step{s.dilation_x} * s.in;
  line.weight_run = s.flip ? -weight_cell : weight_cell;
  return line;
}

// Whether each output depends on one pixel only, that at its place: then all of all images are one line.
bool pixel_by_pixel(const Conv2DSizes& s) {
  return s.kernel_h == 1 && s.kernel_w == 1 && s.stride_y == 1 && s.stride_x == 1 && s.pad_top == 0 &&
         s.pad_left == 0;
}

Line all_pixels(float* out, const float* in, const Portion& portion, const Conv2DSizes& s) {
  Line line;
  line.count = s.images * s.out_h * s.out_w;
  line.out = out;
  line.in = in;
  line.weights = portion.weights;
  line.out_step = s.out;
  line.in_step = s.in;
  line.rows = line.runs = 1;
  line.taps = s.in;
  line.in_row = line.weight_row = line.in_run = line.weight_run = 0;
  return line;
}

// Calls visit(line) so that every output of every image is in one line.
template <class Visit>
void for_each_line(float* out, const float* in, const Portion& portion, const Conv2DSizes& s, Visit visit) {
  if (pixel_by_pixel(s)) return visit(all_pixels(out, in, portion, s));
  const Range rows = whole_windows(s.h, s.kernel_h, s.stride_y, s.dilation_y, s.pad_top, s.out_h);
  const Range cols = whole_windows(s.w, s.kernel_w, s.stride_x, s.dilation_x, s.pad_left, s.out_w);
  const auto go = [&](int y, int x, int count, Direction direction) {
    if (count > 0) visit(line_from(out, in, portion, s, y, x, count, direction));
  };
  const auto edge_column = [&](int x) {
    for (int y = 0; y < rows.begin; ++y) go(y, x, 1, Direction::down);
    go(rows.begin, x, rows.size(), Direction::down);
    for (int y = rows.end; y < s.out_h; ++y) go(y, x, 1, Direction::down);
  };
  const auto inner_rows = [&] {
    Line line = line_from(out, in, portion, s, rows.begin, cols.begin, cols.size(), Direction::right);
    for (int y = rows.begin; y < rows.end; ++y) {
      visit(line);
      line.out += Step{s.out_w} * s.out;
      line.in += Step{s.stride_y} * s.w * s.in;
    }
  };
  for (int n = 0; n < s.images; ++n) {
    for (int y = 0; y < rows.begin; ++y) go(y, cols.begin, cols.size(), Direction::right);
    if (rows.size() > 0 && cols.size() > 0) inner_rows();
    for (int y = rows.end; y < s.out_h; ++y) go(y, cols.begin, cols.size(), Direction::right);
    for (int x = 0; x < cols.begin; ++x) edge_column(x);
    for (int x = cols.end; x < s.out_w; ++x) edge_column(x);
    out += Step{s.out_h} * s.out_w * s.out;
    in += Step{s.h} * s.w * s.in;
  }
}

// Calls product(value, weights) for every cell of the first pixel's window, in the order of the reference.
template <class Product>
inline void for_each_tap(const Line& line, const float* in, const float* weights, Step filters,
                         Product product) {
  for (int row = 0; row < line.rows; ++row) {
    const float* in_run = in + row * line.in_row;
    const float* weight_run = weights + row * line.weight_row;
    for (int run = 0; run < line.runs; ++run) {
      const float* value = in_run;
      const float* weight = weight_run;
      for (int tap = 0; tap < line.taps; ++tap, ++value, weight += filters) product(value, weight);
      in_run += line.in_run;
      weight_run += line.weight_run;
    }
  }
}

// out (P pixels from `pixel` on, 4·V channels from `o` on); the weights of a portion begin at channel `o`.
// kNarrow: a row of the window is three values, and the next pixel's is one value further.
template <int P, int V, bool kNarrow>
inline void tile(const Line& line, const Portion& portion, const float* bias, bool relu, int pixel, int o) {
  float* out = line.out + pixel * line.out_step + o;
  const auto channel = [&](int v) { return V == 3 && v == 2 ? Step{8} - portion.overlap : Step{4} * v; };
  Float4 sum[P][V];
  if (portion.first) {
    KG_UNROLL for (int v = 0; v < V; ++v) {
      const Float4 start = bias ? simd::load(bias + o + channel(v)) : simd::splat(0.0f);
      KG_UNROLL for (int p = 0; p < P; ++p) sum[p][v] = start;
    }
  } else {
    KG_UNROLL for (int p = 0; p < P; ++p) {
      KG_UNROLL for (int v = 0; v < V; ++v) sum[p][v] = simd::load(out + p * line.out_step + channel(v));
    }
  }

  const Step in_step = kNarrow ? 1 : line.in_step;
  const auto product = [&](const float* value, const float* weight) {
    Float4 w[V];
    KG_UNROLL for (int v = 0; v < V; ++v) w[v] = simd::load(weight + channel(v));
    KG_UNROLL for (int p = 0; p < P; ++p) {
      const Float4 x = simd::splat(value[p * in_step]);
      KG_UNROLL for (int v = 0; v < V; ++v) sum[p][v] = simd::madd(x, w[v], sum[p][v]);
    }
  };
  const float* in = line.in + pixel * in_step;
  if constexpr (kNarrow) {
    const float* weights = line.weights;
    for (int row = 0; row < line.rows; ++row, in += line.in_row, weights += line.weight_row) {
      product(in, weights);
      product(in + 1, weights + portion.filters);
      product(in + 2, weights + 2 * portion.filters);
    }
  } else {
    for_each_tap(line, in, line.weights, portion.filters, product);
  }

  if (relu) {
    const Float4 zero = simd::splat(0.0f);
    KG_UNROLL for (int p = 0; p < P; ++p) {
      KG_UNROLL for (int v = 0; v < V; ++v) sum[p][v] = simd::max(sum[p][v], zero);
    }
  }
  KG_UNROLL for (int p = 0; p < P; ++p) {
    KG_UNROLL for (int v = 0; v < V; ++v) simd::store(out + p * line.out_step + channel(v), sum[p][v]);
  }
}

// A whole line of 4·V channels from `o` on. Not inlined: one large function would have too many values alive
// for the registers, and run at half the speed.
template <int V, bool kNarrow>
[[gnu::noinline]] void tiles(const Line& line, const Portion& portion, const float* bias, bool relu, int o) {
  constexpr int P = 8 / V;
  int p = 0;
  if (line.count >= P) {
    // A later portion must not be added twice where the last tile overlaps the one before.
    const int whole = portion.first && portion.last ? line.count : line.count - line.count % P;
    for (; p < whole; p += P) {
      tile<P, V, kNarrow>(line, portion, bias, relu, std::min(p, line.count - P), o);
    }
  }
  for (; p < line.count; ++p) tile<1, V, kNarrow>(line, portion, bias, relu, p, o);
}

// One portion of 4·V channels from `o` on, of all images.
template <int V>
void pass(float* out, const float* in, const Portion& portion, const float* bias, const Conv2DSizes& s,
          int o) {
  const bool relu = s.relu && portion.last;
  for_each_line(out, in, portion, s, [&](const Line& line) {
    if (line.taps == 3 && line.runs == 1 && line.in_step == 1) {
      tiles<V, true>(line, portion, bias, relu, o);
    } else {
      tiles<V, false>(line, portion, bias, relu, o);
    }
  });
}

// 4·V channels from `o` on, of all images.
template <int V>
void channels(float* out, const float* in, const float* filters, const float* bias, const Conv2DSizes& s,
              int o) {
  const Step row = Step{s.kernel_w} * s.in;  // weights of one filter in a row of its window
  const Step pixels = Step{s.images} * s.out_h * s.out_w;
  const bool worth_it = s.out > 4 * V && row * s.kernel_h > kFewWeights && pixels >= kManyPixels;
  if (!worth_it || s.flip || row * 4 * V > kPortion) {
    return pass<V>(out, in, {filters + o, s.out, 0, s.kernel_h, true, true}, bias, s, o);
  }
  float near[kPortion];
  const int rows_at_once = static_cast<int>(kPortion / (row * 4 * V));
  for (int begin = 0; begin < s.kernel_h; begin += rows_at_once) {
    const int end = std::min(begin + rows_at_once, s.kernel_h);
    const float* from = filters + begin * row * s.out + o;
    float* to = near;
    for (Step tap = (end - begin) * row; tap > 0; --tap, from += s.out, to += 4 * V) {
      KG_UNROLL for (int v = 0; v < V; ++v) simd::store(to + 4 * v, simd::load(from + 4 * v));
    }
    pass<V>(out, in, {near, 4 * V, begin, end, begin == 0, end == s.kernel_h}, bias, s, o);
  }
}

// All O channels (1 to 3) of 4·V pixels from `pixel` on.
template <int V, int O>
inline void pixels_tile(const Line& line, const float* bias, bool relu, int pixel) {
  Float4 sum[V][O];
  KG_UNROLL for (int o = 0; o < O; ++o) {
    KG_UNROLL for (int v = 0; v < V; ++v) sum[v][o] = simd::splat(bias ? bias[o] : 0.0f);
  }

  const auto run = [&](auto load) {
    for_each_tap(line, line.in + pixel * line.in_step, line.weights, O,
                 [&](const float* value, const float* weight) {
                   Float4 w[O];
                   KG_UNROLL for (int o = 0; o < O; ++o) w[o] = simd::splat(weight[o]);
                   KG_UNROLL for (int v = 0; v < V; ++v) {
                     const Float4 x = load(value + 4 * v * line.in_step);
                     KG_UNROLL for (int o = 0; o < O; ++o) sum[v][o] = simd::madd(x, w[o], sum[v][o]);
                   }
                 });
  };
  if (line.in_step == 1) {
    run([](const float* from) { return simd::load(from); });
  } else {
    run([&](const float* from) { return simd::load_strided(from, line.in_step); });
  }

  float* out = line.out + pixel * line.out_step;
  const Float4 zero = simd::splat(0.0f);
  KG_UNROLL for (int v = 0; v < V; ++v) {
    KG_UNROLL for (int o = 0; o < O; ++o) {
      if (relu) sum[v][o] = simd::max(sum[v][o], zero);
      simd::store_strided(out + 4 * v * line.out_step + o, line.out_step, sum[v][o]);
    }
  }
}

// One pixel, one channel: for lines shorter than a vector.
void single(const Line& line, const float* bias, bool relu, int filters, int pixel, int o) {
  float sum = bias ? bias[o] : 0.0f;
  for_each_tap(line, line.in + pixel * line.in_step, line.weights, filters,
               [&](const float* value, const float* weight) { sum += *value * weight[o]; });
  line.out[pixel * line.out_step + o] = relu && sum < 0.0f ? 0.0f : sum;
}

// All O channels (1 to 3) of all images.
template <int O>
void few_channels(float* out, const float* in, const float* filters, const float* bias,
                  const Conv2DSizes& s) {
  for_each_line(out, in, {filters, O, 0, s.kernel_h, true, true}, s, [&](const Line& line) {
    const int count = line.count;
    if (count >= 16) {
      for (int p = 0; p < count; p += 16) pixels_tile<4, O>(line, bias, s.relu, std::min(p, count - 16));
    } else if (count >= 4) {
      for (int p = 0; p < count; p += 4) pixels_tile<1, O>(line, bias, s.relu, std::min(p, count - 4));
    } else {
      for (int p = 0; p < count; ++p) {
        for (int o = 0; o < O; ++o) single(line, bias, s.relu, O, p, o);
      }
    }
  });
}

}  // namespace

void conv2d_simd(float* out, const float* in, const float* filters, const float* bias, const Conv2DSizes& s) {
  switch (s.out) {
    case 1:
      return few_channels<1>(out, in, filters, bias, s);
    case 2:
      return few_channels<2>(out, in, filters, bias, s);
    case 3:
      return few_channels<3>(out, in, filters, bias, s);
  }
  // Sixteen channels at a time as long as more than twelve are left, then eight, then four. From four filters
  // on there is always room for the last block to begin earlier.
  const bool few_pixels = s.images * s.out_h * s.out_w < kManyPixels;
  for (int o = 0; o < s.out;) {
    const int left = s.out - o;
    if (left > 8 && left <= 12 && few_pixels) {
      pass<3>(out, in, {filters + o, s.out, 0, s.kernel_h, true, true, 12 - left}, bias, s, o);
      o += 12;
    } else if (left > 12 && s.out >= 16) {
      channels<4>(out, in, filters, bias, s, std::min(o, s.out - 16));
      o += 16;
    } else if (left > 4 && s.out >= 8) {
      channels<2>(out, in, filters, bias, s, std::min(o, s.out - 8));
      o += 8;
    } else {
      channels<1>(out, in, filters, bias, s, std::min(o, s.out - 4));
      o += 4;
    }
  }
}

}  // namespace kg::kernels
