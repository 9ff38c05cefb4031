// Which implementation of each kernel runs: the plain reference or the SIMD one.
//
// The reference is kept for ever: it is what the tests compare with, what a reader learns from, and the other
// half of "how much faster is SIMD?". Layers call through table(); the choice holds for the whole program,
// which is single-threaded.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/kernels/conv2d_sizes.h"
#include "engine/kernels/pool_sizes.h"
#include "engine/kernels/winograd.h"

namespace kg::kernels {

#define KG_KERNEL(name, ...)    \
  void name##_ref(__VA_ARGS__); \
  void name##_simd(__VA_ARGS__);
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL

struct Table {
#define KG_KERNEL(name, ...) void (*name)(__VA_ARGS__);
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL
};

enum class Flavour { reference, simd };

const Table& table();          // the kernels that run now; simd unless chosen otherwise
void choose(Flavour flavour);  // for all kernels
Flavour chosen();

std::vector<std::string> active();  // what stands in the table now: {"conv2d_simd", "relu_simd"}
const char* instruction_set();      // what the SIMD kernels were compiled to (see simd.h): "sse2", …

}  // namespace kg::kernels
