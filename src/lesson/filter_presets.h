// The catalogue of classic 3×3 filters.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace kg {

using Kernel3x3 = std::array<float, 9>;  // row by row

struct FilterPreset {
  std::string_view name;   // in verbs and links: "top_edge"
  std::string_view title;  // on a button: "Top edge"
  std::string_view about;  // what it answers to, one sentence
  Kernel3x3 values;
};

std::span<const FilterPreset> filter_presets();
const FilterPreset* find_filter_preset(std::string_view name);  // nullptr if there is none

// How a filter starts before training: glorot_uniform for one 3×3 plane, that is uniform in ±√(6 / (9 + 9)),
// rounded to hundredths so that it can be read and written exactly.
Kernel3x3 random_kernel(std::uint64_t seed);

}  // namespace kg
