// Drawing sheet: a square to draw on, with a pointer, a finger, or the keyboard's pen.
#pragma once

#include <vector>

#include "lesson/picture.h"
#include "view/ui.h"

namespace kg {

// How a sheet is laid onto a frame: a point p of the sheet (0..1) comes to origin + p·size, in frames.
struct SheetPlacement {
  float x = 0, y = 0, size = 1;
};

void ink_strokes(const Ui& ui, const Strokes& polylines, const Rect& frame, const SheetPlacement& at,
                 const Colour& colour);

class DrawingSheet {
 public:
  // True when a stroke has been handed to the lesson (add_stroke), which happens when the pen is lifted.
  bool draw(Ui& ui, const Rect& box, const Picture& picture);
  // Whoever puts the sheet away in the middle of a stroke has drawn as far as that.
  bool finish_stroke(Ui& ui);

 private:
  bool keyboard_pen(Ui& ui, const Rect& box);

  std::vector<float> stroke_;           // x, y, … of the stroke being drawn
  float pen_x_ = 0.5f, pen_y_ = 0.25f;  // of the keyboard's pen
  bool pen_down_ = false;
};

}  // namespace kg
