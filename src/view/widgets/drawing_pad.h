// Drawing pad: a sheet to draw a digit on, and beside it how the drawing is brought to 28×28.
#pragma once

#include <vector>

#include "lesson/picture.h"
#include "view/ui.h"

namespace kg {

class DrawingPad {
 public:
  bool is_open() const { return open_; }
  void open() { open_ = true, watched_ = 1; }
  void draw(Ui& ui, const Rect& stage, const Picture& picture);

 private:
  void sheet(Ui& ui, const Rect& box, const Picture& picture);
  void keyboard_pen(Ui& ui, const Rect& box);
  void buttons(Ui& ui, Rect row, const Picture& picture);
  void way_to_28(Ui& ui, const Rect& frame, const Rect& words, const Picture& picture);
  void finish_stroke(Ui& ui);

  bool open_ = false;
  std::vector<float> stroke_;  // x, y, … of the stroke being drawn; the lesson gets it when the pen is lifted
  float watched_ = 1;          // how far the way to 28×28 has been played, 0..1
  float pen_x_ = 0.5f, pen_y_ = 0.25f;  // of the keyboard's pen
  bool pen_down_ = false;
};

}  // namespace kg
