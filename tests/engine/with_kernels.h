// Runs a part of a test with the chosen kernels, and puts back those that ran before.
#pragma once

#include "engine/kernels/dispatch.h"

class WithKernels {
 public:
  explicit WithKernels(kg::kernels::Flavour flavour) : before_(kg::kernels::chosen()) {
    kg::kernels::choose(flavour);
  }
  ~WithKernels() { kg::kernels::choose(before_); }
  WithKernels(const WithKernels&) = delete;
  WithKernels& operator=(const WithKernels&) = delete;

 private:
  kg::kernels::Flavour before_;
};

inline const char* name_of(kg::kernels::Flavour flavour) {
  return flavour == kg::kernels::Flavour::simd ? "simd kernels" : "reference kernels";
}

constexpr kg::kernels::Flavour kBothFlavours[] = {kg::kernels::Flavour::reference,
                                                  kg::kernels::Flavour::simd};
