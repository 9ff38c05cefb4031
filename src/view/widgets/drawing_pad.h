// Drawing pad: a sheet to draw a digit on, and beside it how the drawing is brought to 28×28.
#pragma once

#include "lesson/picture.h"
#include "view/ui.h"
#include "view/widgets/drawing_sheet.h"

namespace kg {

class DrawingPad {
 public:
  bool is_open() const { return open_; }
  void open() { open_ = true, watched_ = 1; }
  void draw(Ui& ui, const Rect& stage, const Picture& picture);

 private:
  void buttons(Ui& ui, Rect row, const Picture& picture);
  void way_to_28(Ui& ui, const Rect& frame, const Rect& words, const Picture& picture);

  bool open_ = false;
  DrawingSheet sheet_;
  float watched_ = 1;  // how far the way to 28×28 has been played, 0..1
};

}  // namespace kg
