// Shape boxes: what a layer gives, as a box in true proportion: channels to the right, rows down, columns
// into the depth, all at one scale. A list is a bar; one too long for its lane is broken off.
#pragma once

#include "engine/tensor.h"
#include "view/ui.h"

namespace kg {

// The sizes of a box; fractions lie between two shapes, while one becomes the other.
struct BoxSize {
  float rows = 1, columns = 1, channels = 1;
};

BoxSize box_size(const SampleShape& shape);
BoxSize between(const BoxSize& from, const BoxSize& to, float way);

// CSS pixels per value at which a picture fits into a lane.
float box_scale(const BoxSize& size, float width, float height);

struct BoxLook {
  float scale = 1;
  Colour colour;
};

// At the left of its lane, in the middle of its height.
void shape_box(const Ui& ui, const Rect& lane, const BoxSize& size, const BoxLook& look);

}  // namespace kg
