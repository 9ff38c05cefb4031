// Fonts: the typeface in the sizes the stage uses, rasterised for the screen's density so that text is always
// sharp.
#pragma once

struct ImFont;
struct ImFontAtlas;

namespace kg {

enum class Weight { regular, semibold };

class Fonts {
 public:
  // Fills the atlas for this density (device pixels per CSS pixel) and interface scale; true if it had to
  // change, and then the texture must be made anew.
  bool prepare(ImFontAtlas& atlas, float density, float scale);
  // The face whose rasterised size is nearest above `size` (CSS pixels).
  ImFont* face(Weight weight, float size) const;

 private:
  static constexpr int kSizes = 6;
  float density_ = 0, scale_ = 0;
  float sizes_[kSizes] = {};
  ImFont* faces_[2][kSizes] = {};
};

}  // namespace kg
