// Every SIMD kernel against its reference, row by row of the table; and which kernels run at all.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"
#include "with_kernels.h"

using namespace kg;

// The sizes to compare each kernel over; they stand in test_kernels_*.cpp.
#define KG_KERNEL(name, ...) void compare_##name();
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL

#define KG_KERNEL(name, ...) \
  TEST_CASE("engine/kernels: " #name "_simd gives what " #name "_ref gives") { compare_##name(); }
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL

TEST_CASE("engine/kernels: the SIMD kernels run unless the reference is chosen") {
  const auto ends_with = [](const char* end) {
    const std::vector<std::string> names = kernels::active();
    return std::all_of(names.begin(), names.end(), [&](const std::string& n) { return n.ends_with(end); });
  };
  CHECK(kernels::active().size() == 23);
  CHECK(ends_with("_simd"));
  CHECK((kernels::table().conv2d == kernels::conv2d_simd));
  {
    const WithKernels with(kernels::Flavour::reference);
    CHECK(ends_with("_ref"));
    CHECK((kernels::table().conv2d == kernels::conv2d_ref));
    CHECK((kernels::table().relu == kernels::relu_ref));
  }
  CHECK((kernels::table().relu == kernels::relu_simd));
}

TEST_CASE("engine/kernels: each build has the instruction set it is made for") {
  const std::string variant = KG_VARIANT;
  const std::string set = kernels::instruction_set();
  CAPTURE(variant);
  if (variant == "simd") {
    CHECK(set == "wasm-simd128");
  } else if (variant == "relaxed") {
    CHECK(set == "wasm-relaxed");
  } else if (variant == "scalar") {
    CHECK(set == "scalar");
  } else {
    const bool native = variant == "native" || variant == "native-asan";
    CHECK(native);
#if defined(__x86_64__)
    CHECK(set == "sse2");
#elif defined(__aarch64__)
    CHECK(set == "neon");
#endif
  }
  CHECK(kg::simd::kFusedMadd == (variant == "relaxed"));
}
