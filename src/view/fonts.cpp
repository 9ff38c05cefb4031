#include "view/fonts.h"

#include <imgui.h>

#include <string_view>

#include "embedded.h"

namespace kg {
namespace {

constexpr float kUnits[] = {11, 13, 14, 16, 22, 26};  // those of the type scale, and one for what must shrink

// Latin, Greek, arrows and the mathematical signs that occur in lessons.
constexpr ImWchar kWords[] = {0x20,   0x17F,  0x391,  0x3C9,  0x2010, 0x203A, 0x2190, 0x2193, 0x2202, 0x2202,
                              0x2211, 0x2212, 0x2217, 0x221A, 0x2248, 0x2265, 0x2299, 0x2299, 0};
constexpr ImWchar kNumbers[] = {0x20, 0x7E,  0xA0,  0xA0,   0xB7,   0xB7, 0xD7,
                                0xD7, 0x3A3, 0x3A3, 0x2212, 0x2212, 0};  // all that the large sizes write
constexpr float kLargestForWords = 16;

}  // namespace

bool Fonts::prepare(ImFontAtlas& atlas, float density, float scale) {
  if (density == density_ && scale == scale_) return false;
  density_ = density;
  scale_ = scale;
  atlas.Clear();
  const std::string_view files[] = {embedded::kernelglass_sans_regular_ttf(),
                                    embedded::kernelglass_sans_semibold_ttf()};
  for (int weight = 0; weight < 2; ++weight) {
    for (int i = 0; i < kSizes; ++i) {
      ImFontConfig config;
      config.FontDataOwnedByAtlas = false;
      config.OversampleH = density < 2 ? 3 : 1;  // letters stand between pixels, too, where pixels are large
      sizes_[i] = kUnits[i] * scale;
      faces_[weight][i] = atlas.AddFontFromMemoryTTF(
          const_cast<char*>(files[weight].data()), static_cast<int>(files[weight].size()),
          sizes_[i] * density, &config, kUnits[i] <= kLargestForWords ? kWords : kNumbers);
    }
  }
  return atlas.Build();
}

ImFont* Fonts::face(Weight weight, float size) const {
  int i = 0;
  while (i + 1 < kSizes && sizes_[i] < size - 0.01f) ++i;
  return faces_[static_cast<int>(weight)][i];
}

}  // namespace kg
