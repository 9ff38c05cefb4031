// How fast are the engine's kernels on this machine: the reference beside SIMD, and both beside what the
// machine could do at best (the ceiling). The contenders take turns, and medians of many turns are compared,
// because machines are noisy and only numbers of one run mean anything together.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"
#include "engine/layers/conv2d.h"
#include "engine/rng.h"

namespace {

using namespace kg;

struct Workload {
  const char* name;
  Shape in;
  FilterShape filters;
  Padding padding;
};

const Workload kWorkloads[] = {
    {"A1  28×28×1  → 3×3 valid, 8", {1, 28, 28, 1}, {3, 3, 1, 8}, Padding::valid},
    {"A2  28×28×8  → 3×3 same, 16", {1, 28, 28, 8}, {3, 3, 8, 16}, Padding::same},
    {"A3  14×14×16 → 3×3 same, 32", {1, 14, 14, 16}, {3, 3, 16, 32}, Padding::same},
    {"A4a 20×20×16 → 3×3 valid, 32", {1, 20, 20, 16}, {3, 3, 16, 32}, Padding::valid},
    {"A4b 18×18×32 → 5×5 valid, 64", {1, 18, 18, 32}, {5, 5, 32, 64}, Padding::valid},
    {"A4c 14×14×64 → 7×7 valid, 128", {1, 14, 14, 64}, {7, 7, 64, 128}, Padding::valid},
    {"one 28×28×1  → 3×3 same, 1", {1, 28, 28, 1}, {3, 3, 1, 1}, Padding::same},
};

double now_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(since).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

// Milliseconds per call, of as many calls as make a turn long enough for the clock (`calls`).
template <class Work>
double turn(int calls, Work work) {
  const double start = now_ms();
  for (int call = 0; call < calls; ++call) work();
  return (now_ms() - start) / calls;
}

template <class Work>
int calls_for(double ms, Work work) {
  int calls = 1;
  while (turn(calls, work) * calls < ms) calls *= 2;
  return calls;
}

// What the machine could do at best: multiply-adds that touch nothing but registers, on so many sums that
// none has to wait. A function of its own, because V8 makes a function fast when it is called again, not
// while it runs.
constexpr int kCeilingSums = 12, kCeilingRounds = 1000;
constexpr double kCeilingFlops = 2.0 * 4 * kCeilingSums * kCeilingRounds;
float sink[4];  // so that none of it can be left out

[[gnu::noinline]] void ceiling_work() {
  const simd::Float4 half = simd::splat(sink[0] * 1e-9f + 0.5f), one = simd::splat(sink[1] * 1e-9f + 1.0f);
  simd::Float4 sum[kCeilingSums];
  KG_UNROLL for (int k = 0; k < kCeilingSums; ++k) sum[k] = simd::splat(static_cast<float>(k));
  for (int round = 0; round < kCeilingRounds; ++round) {
    KG_UNROLL for (int k = 0; k < kCeilingSums; ++k) sum[k] = simd::madd(sum[k], half, one);
  }
  KG_UNROLL for (int k = 1; k < kCeilingSums; ++k) sum[0] = simd::add(sum[0], sum[k]);
  simd::store(sink, sum[0]);
}

void fill(std::span<float> values, Rng rng) {
  for (float& value : values) value = rng.uniform(-1, 1);
}

void compare(const Workload& work, int turns) {
  Tensor in(work.in);
  Filters filters(work.filters);
  std::vector<float> bias(static_cast<std::size_t>(work.filters.out));
  fill(in.values(), Rng(1));
  fill(filters.values(), Rng(2));
  fill(bias, Rng(3));
  const Conv2DGeometry geometry = *conv2d_geometry(work.in, work.filters, {.padding = work.padding});
  const kernels::Conv2DSizes sizes{
      .images = work.in.n,
      .h = work.in.h,
      .w = work.in.w,
      .in = work.in.c,
      .kernel_h = work.filters.h,
      .kernel_w = work.filters.w,
      .out_h = geometry.out_h,
      .out_w = geometry.out_w,
      .out = work.filters.out,
      .stride_y = 1,
      .stride_x = 1,
      .pad_top = geometry.pad_top,
      .pad_left = geometry.pad_left,
      .flip = false,
  };
  Tensor slow({work.in.n, geometry.out_h, geometry.out_w, work.filters.out});
  Tensor fast(slow.shape());
  const auto run = [&](auto kernel, Tensor& out) {
    kernel(out.values().data(), in.values().data(), filters.values().data(), bias.data(), sizes);
  };
  const auto reference = [&] { run(kernels::conv2d_ref, slow); };
  const auto simd = [&] { run(kernels::conv2d_simd, fast); };

  reference(), simd();
  float difference = 0;
  for (std::size_t k = 0; k < slow.values().size(); ++k) {
    difference = std::max(difference, std::abs(slow.values()[k] - fast.values()[k]));
  }

  const int reference_calls = calls_for(2, reference), simd_calls = calls_for(2, simd);
  const int ceiling_calls = calls_for(1, ceiling_work);
  std::vector<double> reference_ms, simd_ms, ceiling_ms;
  for (int k = 0; k < turns; ++k) {
    reference_ms.push_back(turn(reference_calls, reference));
    simd_ms.push_back(turn(simd_calls, simd));
    ceiling_ms.push_back(turn(ceiling_calls, ceiling_work));
  }
  // Two FLOPs per product; those with the border of zeros count too, as is usual, though none is computed.
  const double flops =
      2.0 * static_cast<double>(slow.values().size()) * work.filters.h * work.filters.w * work.in.c;
  const double gflops = flops / median(simd_ms) * 1e-6;
  const double ceiling = kCeilingFlops / median(ceiling_ms) * 1e-6;
  std::printf("%-32s %10.5f %10.5f %7.1f× %8.1f %8.1f %5.0f%% %12.1e\n", work.name, median(reference_ms),
              median(simd_ms), median(reference_ms) / median(simd_ms), gflops, ceiling,
              100 * gflops / ceiling, static_cast<double>(difference));
}

}  // namespace

int main() {
  std::printf(
      "conv2d, instruction set %s, single thread, medians of interleaved turns\n"
      "(GFLOP/s count the products with the border of zeros as done, so `same` can pass 100 %%)\n",
      kg::kernels::instruction_set());
  std::printf("%-30s %10s %10s %8s %8s %8s %6s %12s\n", "workload", "ref ms", "simd ms", "faster", "GFLOP/s",
              "ceiling", "of it", "difference");
  for (const Workload& work : kWorkloads) compare(work, 31);
}
