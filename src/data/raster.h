// Raster: polylines become a picture.
#pragma once

#include <span>

#include "data/stroke.h"
#include "engine/tensor.h"

namespace kg {

// Draws polylines with a round pen on empty paper: (1, height, width, 1), ink 0 (none) to 1 (full). The unit
// square covers the whole picture; `pen_width` is in units of its shorter side and is multiplied by each
// point's pressure. Edges are anti-aliased: a pixel's ink is the share of it that lies within half a pen's
// width of the line, judged by its distance to the line. Strokes that overlap do not get darker. A stroke of
// one point is a dot.
Tensor rasterise(const Strokes& polylines, float pen_width, int height, int width);

// Adds one polyline to `picture` (height, width).
void ink_line(std::span<float> picture, int height, int width, std::span<const Point> line, float pen_width);

}  // namespace kg
