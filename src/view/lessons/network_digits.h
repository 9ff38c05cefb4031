// Where pictures and weights come from: digits to write, a sheet to draw on, labels for one’s own, files.
#pragma once

#include "lesson/network.h"
#include "view/ui.h"
#include "view/widgets/drawing_pad.h"

namespace kg {

class NetworkDigits {
 public:
  void draw(Ui& ui, Rect room, const NetworkLesson& lesson);
  // A digit to write, and the sheet.
  void picture_row(Ui& ui, Rect row, const NetworkLesson& lesson);
  DrawingPad pad;

 private:
  void labels(Ui& ui, Rect& room, const NetworkLesson& lesson) const;
  void source(Ui& ui, Rect& room, const NetworkLesson& lesson) const;
  void weights(Ui& ui, Rect& room, const NetworkLesson& lesson) const;
};

}  // namespace kg
