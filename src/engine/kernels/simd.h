// Four floats at a time, in the few operations that the kernels need, on every machine they run on:
// WebAssembly (with relaxed SIMD or without), SSE2, NEON, and plain C++ for all the others.
//
// No alignment is asked for. Every operation rounds like the same operation on single floats, so a kernel
// that adds in the reference's order gives the reference's bits; the one exception is madd under relaxed SIMD
// (kFusedMadd).
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

// In front of a loop over accumulators: all of it has to be written out, or they will not live in registers.
#if defined(__clang__)
#define KG_UNROLL _Pragma("clang loop unroll(full)")
#elif defined(__GNUC__)
#define KG_UNROLL _Pragma("GCC unroll 16")
#else
#define KG_UNROLL
#endif

namespace kg::simd {

#if defined(__wasm_simd128__)

using Float4 = v128_t;
inline Float4 splat(float value) { return wasm_f32x4_splat(value); }
inline Float4 set(float a, float b, float c, float d) { return wasm_f32x4_make(a, b, c, d); }
inline Float4 load(const float* from) { return wasm_v128_load(from); }
inline void store(float* to, Float4 a) { wasm_v128_store(to, a); }
inline Float4 add(Float4 a, Float4 b) { return wasm_f32x4_add(a, b); }
inline Float4 mul(Float4 a, Float4 b) { return wasm_f32x4_mul(a, b); }
inline Float4 max(Float4 a, Float4 b) { return wasm_f32x4_pmax(a, b); }
inline Float4 min(Float4 a, Float4 b) { return wasm_f32x4_pmin(a, b); }
inline Float4 sub(Float4 a, Float4 b) { return wasm_f32x4_sub(a, b); }
inline Float4 div(Float4 a, Float4 b) { return wasm_f32x4_div(a, b); }
inline Float4 root(Float4 a) { return wasm_f32x4_sqrt(a); }
using Mask = v128_t;
inline Mask less(Float4 a, Float4 b) { return wasm_f32x4_lt(a, b); }
inline Mask equal(Float4 a, Float4 b) { return wasm_f32x4_eq(a, b); }
inline Mask either(Mask a, Mask b) { return wasm_v128_or(a, b); }
inline Mask and_not(Mask a, Mask b) { return wasm_v128_andnot(a, b); }
inline Mask none() { return wasm_i32x4_const_splat(0); }
inline Float4 select(Mask mask, Float4 a, Float4 b) { return wasm_v128_bitselect(a, b, mask); }
inline Float4 power_of_two(Float4 n) {
  return wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_const_splat(127)), 23);
}

#elif defined(__SSE2__)

using Float4 = __m128;
inline Float4 splat(float value) { return _mm_set1_ps(value); }
inline Float4 set(float a, float b, float c, float d) { return _mm_setr_ps(a, b, c, d); }
inline Float4 load(const float* from) { return _mm_loadu_ps(from); }
inline void store(float* to, Float4 a) { _mm_storeu_ps(to, a); }
inline Float4 add(Float4 a, Float4 b) { return _mm_add_ps(a, b); }
inline Float4 mul(Float4 a, Float4 b) { return _mm_mul_ps(a, b); }
inline Float4 max(Float4 a, Float4 b) { return _mm_max_ps(b, a); }  // b > a ? b : a
inline Float4 min(Float4 a, Float4 b) { return _mm_min_ps(b, a); }  // b < a ? b : a
inline Float4 sub(Float4 a, Float4 b) { return _mm_sub_ps(a, b); }
inline Float4 div(Float4 a, Float4 b) { return _mm_div_ps(a, b); }
inline Float4 root(Float4 a) { return _mm_sqrt_ps(a); }
using Mask = __m128;
inline Mask less(Float4 a, Float4 b) { return _mm_cmplt_ps(a, b); }
inline Mask equal(Float4 a, Float4 b) { return _mm_cmpeq_ps(a, b); }
inline Mask either(Mask a, Mask b) { return _mm_or_ps(a, b); }
inline Mask and_not(Mask a, Mask b) { return _mm_andnot_ps(b, a); }
inline Mask none() { return _mm_setzero_ps(); }
inline Float4 select(Mask mask, Float4 a, Float4 b) {
  return _mm_or_ps(_mm_and_ps(mask, a), _mm_andnot_ps(mask, b));
}
inline Float4 power_of_two(Float4 n) {
  return _mm_castsi128_ps(_mm_slli_epi32(_mm_add_epi32(_mm_cvttps_epi32(n), _mm_set1_epi32(127)), 23));
}

#elif defined(__aarch64__) && defined(__ARM_NEON)

using Float4 = float32x4_t;
inline Float4 splat(float value) { return vdupq_n_f32(value); }
inline Float4 set(float a, float b, float c, float d) { return Float4{a, b, c, d}; }
inline Float4 load(const float* from) { return vld1q_f32(from); }
inline void store(float* to, Float4 a) { vst1q_f32(to, a); }
inline Float4 add(Float4 a, Float4 b) { return vaddq_f32(a, b); }
inline Float4 mul(Float4 a, Float4 b) { return vmulq_f32(a, b); }
inline Float4 max(Float4 a, Float4 b) { return vbslq_f32(vcltq_f32(a, b), b, a); }
inline Float4 min(Float4 a, Float4 b) { return vbslq_f32(vcltq_f32(b, a), b, a); }
inline Float4 sub(Float4 a, Float4 b) { return vsubq_f32(a, b); }
inline Float4 div(Float4 a, Float4 b) { return vdivq_f32(a, b); }
inline Float4 root(Float4 a) { return vsqrtq_f32(a); }
using Mask = uint32x4_t;
inline Mask less(Float4 a, Float4 b) { return vcltq_f32(a, b); }
inline Mask equal(Float4 a, Float4 b) { return vceqq_f32(a, b); }
inline Mask either(Mask a, Mask b) { return vorrq_u32(a, b); }
inline Mask and_not(Mask a, Mask b) { return vbicq_u32(a, b); }
inline Mask none() { return vdupq_n_u32(0); }
inline Float4 select(Mask mask, Float4 a, Float4 b) { return vbslq_f32(mask, a, b); }
inline Float4 power_of_two(Float4 n) {
  return vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(vcvtq_s32_f32(n), vdupq_n_s32(127)), 23));
}

#else

struct Float4 {
  float lane[4];
};
inline Float4 set(float a, float b, float c, float d) { return {{a, b, c, d}}; }
inline Float4 splat(float value) { return set(value, value, value, value); }
inline Float4 load(const float* from) { return set(from[0], from[1], from[2], from[3]); }
inline void store(float* to, Float4 a) {
  for (int k = 0; k < 4; ++k) to[k] = a.lane[k];
}
inline Float4 add(Float4 a, Float4 b) {
  return set(a.lane[0] + b.lane[0], a.lane[1] + b.lane[1], a.lane[2] + b.lane[2], a.lane[3] + b.lane[3]);
}
inline Float4 mul(Float4 a, Float4 b) {
  return set(a.lane[0] * b.lane[0], a.lane[1] * b.lane[1], a.lane[2] * b.lane[2], a.lane[3] * b.lane[3]);
}
inline Float4 max(Float4 a, Float4 b) {
  for (int k = 0; k < 4; ++k) a.lane[k] = a.lane[k] < b.lane[k] ? b.lane[k] : a.lane[k];
  return a;
}
inline Float4 min(Float4 a, Float4 b) {
  for (int k = 0; k < 4; ++k) a.lane[k] = b.lane[k] < a.lane[k] ? b.lane[k] : a.lane[k];
  return a;
}
inline Float4 sub(Float4 a, Float4 b) {
  return set(a.lane[0] - b.lane[0], a.lane[1] - b.lane[1], a.lane[2] - b.lane[2], a.lane[3] - b.lane[3]);
}
inline Float4 div(Float4 a, Float4 b) {
  return set(a.lane[0] / b.lane[0], a.lane[1] / b.lane[1], a.lane[2] / b.lane[2], a.lane[3] / b.lane[3]);
}
inline Float4 root(Float4 a) {
  return set(std::sqrt(a.lane[0]), std::sqrt(a.lane[1]), std::sqrt(a.lane[2]), std::sqrt(a.lane[3]));
}
struct Mask {
  bool lane[4];
};
template <class Test>
inline Mask lane_by_lane(Test test) {
  return {{test(0), test(1), test(2), test(3)}};
}
inline Mask less(Float4 a, Float4 b) {
  return lane_by_lane([&](int k) { return a.lane[k] < b.lane[k]; });
}
inline Mask equal(Float4 a, Float4 b) {
  return lane_by_lane([&](int k) { return a.lane[k] == b.lane[k]; });
}
inline Mask either(Mask a, Mask b) {
  return lane_by_lane([&](int k) { return a.lane[k] || b.lane[k]; });
}
inline Mask and_not(Mask a, Mask b) {
  return lane_by_lane([&](int k) { return a.lane[k] && !b.lane[k]; });
}
inline Mask none() { return {}; }
inline Float4 select(Mask mask, Float4 a, Float4 b) {
  for (int k = 0; k < 4; ++k) a.lane[k] = mask.lane[k] ? a.lane[k] : b.lane[k];
  return a;
}
inline Float4 power_of_two(Float4 n) {
  for (float& lane : n.lane) {
    const std::int32_t whole = lane == lane ? static_cast<std::int32_t>(lane) : 0;
    lane = std::bit_cast<float>(static_cast<std::uint32_t>(whole + 127) << 23);
  }
  return n;
}

#endif
// In every one of them max is a < b ? b : a in each lane, as std::max: if one is not a number, the first; min
// is b < a ? b : a. root is √a. A Mask says of each lane yes or no; and_not is a and not b; select takes a
// where the mask says yes, else b. power_of_two(n) is 2ⁿ for whole numbers n from −126 to 127.

// a·b + c. Relaxed SIMD may round once at the end (a fused multiply-add) instead of after each operation, as
// the machine likes it: faster, and not the reference's bits. Everywhere else it is mul and add.
#if defined(__wasm_relaxed_simd__)
constexpr bool kFusedMadd = true;
inline Float4 madd(Float4 a, Float4 b, Float4 c) { return wasm_f32x4_relaxed_madd(a, b, c); }
#else
constexpr bool kFusedMadd = false;
inline Float4 madd(Float4 a, Float4 b, Float4 c) { return add(mul(a, b), c); }
#endif

#if defined(__wasm_relaxed_simd__)
constexpr const char* kInstructionSet = "wasm-relaxed";
#elif defined(__wasm_simd128__)
constexpr const char* kInstructionSet = "wasm-simd128";
#elif defined(__SSE2__)
constexpr const char* kInstructionSet = "sse2";
#elif defined(__aarch64__) && defined(__ARM_NEON)
constexpr const char* kInstructionSet = "neon";
#else
constexpr const char* kInstructionSet = "scalar";
#endif

// Four values that lie `step` floats apart.
inline Float4 load_strided(const float* from, std::ptrdiff_t step) {
  return set(from[0], from[step], from[2 * step], from[3 * step]);
}

inline void store_strided(float* to, std::ptrdiff_t step, Float4 a) {
  float lane[4];
  store(lane, a);
  for (int k = 0; k < 4; ++k) to[k * step] = lane[k];
}

// The first `count` (0 to 4) lanes; touches no memory behind them. The lanes not loaded are 0.
inline Float4 load_partial(const float* from, std::size_t count) {
  float lane[4] = {};
  for (std::size_t k = 0; k < count; ++k) lane[k] = from[k];
  return load(lane);
}

inline void store_partial(float* to, Float4 a, std::size_t count) {
  float lane[4];
  store(lane, a);
  for (std::size_t k = 0; k < count; ++k) to[k] = lane[k];
}

// out (count) = f(a, b, …), four values at a time and then the rest. `out` may be one of them.
template <class F, class... In>
inline void for_each(float* out, std::size_t count, F f, const In*... in) {
  const std::size_t rest = count % 4, whole = count - rest;
  for (std::size_t k = 0; k < whole; k += 4) store(out + k, f(load(in + k)...));
  if (rest > 0) store_partial(out + whole, f(load_partial(in + whole, rest)...), rest);
}

// Loads and stores of four lanes, or of the first few.
struct FourLanes {
  Float4 load(const float* from) const { return simd::load(from); }
  void store(float* to, Float4 a) const { simd::store(to, a); }
};
struct FewLanes {
  std::size_t count;
  Float4 load(const float* from) const { return load_partial(from, count); }
  void store(float* to, Float4 a) const { store_partial(to, a, count); }
};

// Calls f(c, lanes) for channels c, c + 4, …: with FourLanes as long as there are four, then with FewLanes.
template <class F>
inline void for_each_four(int channels, F f) {
  int c = 0;
  for (; c + 4 <= channels; c += 4) f(c, FourLanes());
  if (c < channels) f(c, FewLanes{static_cast<std::size_t>(channels - c)});
}

}  // namespace kg::simd
