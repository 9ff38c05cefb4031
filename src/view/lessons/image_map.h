// The picture as pixels, with rulers for rows and columns, the zoomed region, and the pixels of a bar of the
// histogram lit up.
#pragma once

#include "view/lessons/image_hand.h"

namespace kg {

struct ImageMap {
  Rect map;     // of the picture
  Rect region;  // the zoomed part of it
};

// `rulers` take room at the left and above; without them it is a small map to find one's way.
ImageMap image_map(Ui& ui, const Rect& room, const ImageLesson& lesson, ImageHand& hand, bool rulers);

// Frames the pixel that is looked at, and marks those of the bar that is read, where the pixel at
// (first row, first column) of `region` stands in the corner of `box`.
void pixel_marks(const Ui& ui, const Rect& box, const ImageLesson::Region& region, const ImageLesson& lesson,
                 const ImageHand& hand);

}  // namespace kg
