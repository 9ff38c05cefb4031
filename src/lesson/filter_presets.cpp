#include "lesson/filter_presets.h"

#include "engine/rng.h"

namespace kg {
namespace {

constexpr FilterPreset kPresets[] = {
    {"top_edge",
     "Top edge",
     "Answers where it is dark above and light below.",
     {-1, -1, -1, 1, 1, 1, 0, 0, 0}},
    {"bottom_edge",
     "Bottom edge",
     "Answers where it is light above and dark below.",
     {0, 0, 0, 1, 1, 1, -1, -1, -1}},
    {"left_edge",
     "Left edge",
     "Answers where it is dark on the left and light on the right.",
     {-1, 1, 0, -1, 1, 0, -1, 1, 0}},
    {"right_edge",
     "Right edge",
     "Answers where it is light on the left and dark on the right.",
     {0, 1, -1, 0, 1, -1, 0, 1, -1}},
    {"identity", "Identity", "Hands the image on as it is.", {0, 0, 0, 0, 1, 0, 0, 0, 0}},
    {"blur",
     "Blur",
     "Takes a weighted mean of the neighbourhood.",
     {0.0625f, 0.125f, 0.0625f, 0.125f, 0.25f, 0.125f, 0.0625f, 0.125f, 0.0625f}},
    {"sharpen", "Sharpen", "Lifts a pixel out of its neighbourhood.", {0, -1, 0, -1, 5, -1, 0, -1, 0}},
    {"sobel_x",
     "Sobel x",
     "Measures how fast it gets lighter from left to right.",
     {-1, 0, 1, -2, 0, 2, -1, 0, 1}},
    {"sobel_y",
     "Sobel y",
     "Measures how fast it gets lighter from top to bottom.",
     {-1, -2, -1, 0, 0, 0, 1, 2, 1}},
    {"laplacian", "Laplacian", "Answers to edges of every direction.", {0, 1, 0, 1, -4, 1, 0, 1, 0}},
    {"emboss", "Emboss", "Makes the image look pressed from one side.", {-2, -1, 0, -1, 1, 1, 0, 1, 2}},
    {"corner",
     "Corner",
     "Answers where a light corner begins, dark above and on the left.",
     {-1, -1, -1, -1, 2, 1, -1, 1, 1}},
};

}  // namespace

std::span<const FilterPreset> filter_presets() { return kPresets; }

const FilterPreset* find_filter_preset(std::string_view name) {
  for (const FilterPreset& preset : kPresets) {
    if (preset.name == name) return &preset;
  }
  return nullptr;
}

Kernel3x3 random_kernel(std::uint64_t seed) {
  constexpr int kLimit = 57;  // √(6/18) = 0.577…, in hundredths
  Rng rng(seed);
  Kernel3x3 values;
  for (float& value : values) {
    value = static_cast<float>(static_cast<int>(rng.below(2 * kLimit + 1)) - kLimit) / 100.0f;
  }
  return values;
}

}  // namespace kg
