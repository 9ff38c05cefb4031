// Scene: what one frame shows beneath the interface, as plain data: a view fills it, the renderer only
// uploads and draws.
#pragma once

#include <array>
#include <vector>

#include "render/rect.h"

namespace kg {

struct Colour {
  float r = 0, g = 0, b = 0, a = 1;  // 0..1, sRGB, alpha not multiplied in
};

// Colours of values from −1 to 1 in equal steps; between two neighbours they are mixed.
inline constexpr int kPaletteSize = 9;
using Palette = std::array<Colour, kPaletteSize>;

// A matrix drawn as a grid of coloured cells.
struct HeatMap {
  enum class Ink {
    diverging,  // value/reach from −1 to 1 through the palette
    grey,       // 0 black … reach white
    rgb,        // three values a cell, 0..reach each
  };

  Rect place;  // CSS pixels
  int rows = 0, cols = 0;
  int first = 0;  // of its values in Scene::values, row by row
  int shown = 0;  // so many cells have a value; the rest are drawn empty
  Ink ink = Ink::diverging;
  float reach = 1;  // > 0
  float opacity = 1;
};

struct Scene {
  Colour ground;  // behind everything
  Colour empty;   // of cells without a value
  Colour line;    // between cells, where there is room for one
  Palette palette;
  std::vector<HeatMap> maps;
  std::vector<float> values;

  void clear() {
    maps.clear();
    values.clear();
  }
};

}  // namespace kg
