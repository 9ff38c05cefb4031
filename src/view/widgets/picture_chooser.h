// Picture chooser: how the learner picks a lesson's picture: a digit, one in colour, their own drawing, a
// file.
//
// A lesson's view shows the panel; while the drawing sheet or the gallery is open it hands over the whole
// stage.
#pragma once

#include "lesson/picture.h"
#include "view/ui.h"
#include "view/widgets/drawing_pad.h"
#include "view/widgets/gallery.h"

namespace kg {

class PictureChooser {
 public:
  void panel(Ui& ui, const Rect& box, const Picture& picture);
  bool covers_stage() const { return pad_.is_open() || gallery_.is_open(); }
  void cover(Ui& ui, const Rect& stage, const Picture& picture);

 private:
  void sources(Ui& ui, Rect row, const Picture& picture);
  void browser(Ui& ui, Rect row, const Picture& picture);

  DrawingPad pad_;
  Gallery gallery_;
};

}  // namespace kg
