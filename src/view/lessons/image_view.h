// The stage of the lesson `image`: the picture as pixels at the left, the zoomed region as numbers beside it,
// and beneath them where the picture comes from, its channels, and how often which number occurs.
#pragma once

#include "view/lessons/image_hand.h"
#include "view/view.h"
#include "view/widgets/histogram.h"
#include "view/widgets/picture_chooser.h"

namespace kg {

class ImageView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return chooser_.covers_stage(); }

 private:
  void draw_wide(Ui& ui, Rect stage, const ImageLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const ImageLesson& lesson);
  void draw_short(Ui& ui, Rect stage, const ImageLesson& lesson);

  void picture(Ui& ui, Rect room, const ImageLesson& lesson);
  Rect numbers(Ui& ui, Rect room, const ImageLesson& lesson);
  void readout(Ui& ui, Rect row, const ImageLesson& lesson) const;
  void histogram(Ui& ui, const Rect& box, const ImageLesson& lesson);
  void chooser(Ui& ui, const Rect& box, const ImageLesson& lesson);

  PictureChooser chooser_;
  Histogram histogram_;
  ImageHand hand_;
  int tab_ = 0;        // of the little layouts
  int bar_read_ = -1;  // in this frame
  Rect region_;        // the zoomed part of the picture, in this frame
};

}  // namespace kg
