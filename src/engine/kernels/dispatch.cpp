#include "engine/kernels/dispatch.h"

#include "engine/kernels/simd.h"

namespace kg::kernels {
namespace {

constexpr Table kReference{
#define KG_KERNEL(name, ...) .name = name##_ref,
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL
};

constexpr Table kSimd{
#define KG_KERNEL(name, ...) .name = name##_simd,
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL
};

const Table* current = &kSimd;

}  // namespace

const Table& table() { return *current; }

void choose(Flavour flavour) { current = flavour == Flavour::reference ? &kReference : &kSimd; }

Flavour chosen() { return current == &kReference ? Flavour::reference : Flavour::simd; }

// Read off the functions in the table, not off what was asked for: the tests check the table by it.
std::vector<std::string> active() {
  std::vector<std::string> names;
#define KG_KERNEL(name, ...)                                      \
  names.emplace_back(table().name == name##_simd  ? #name "_simd" \
                     : table().name == name##_ref ? #name "_ref"  \
                                                  : #name "_unknown");
#include "engine/kernels/kernels.inc"
#undef KG_KERNEL
  return names;
}

const char* instruction_set() { return simd::kInstructionSet; }

}  // namespace kg::kernels
