// One filter's whole output map before and after relu, and what makes it: the picture and the filter.
#pragma once

#include "lesson/bias.h"
#include "view/ui.h"
#include "view/widgets/picture_chooser.h"

namespace kg {

class BiasMap {
 public:
  bool covers_stage() const { return chooser_.covers_stage(); }
  void cover(Ui& ui, const Rect& stage, const BiasLesson& lesson);

  void before(Ui& ui, const Rect& room, const BiasLesson& lesson);
  void after(Ui& ui, const Rect& room, const BiasLesson& lesson);
  // Picture and filter with all that changes them, in one column; or their parts.
  void column(Ui& ui, Rect room, const BiasLesson& lesson);
  void picture_controls(Ui& ui, const Rect& box, const BiasLesson& lesson);
  void presets(Ui& ui, const Rect& room, const BiasLesson& lesson) const;

 private:
  void map(Ui& ui, const Rect& place, const char* id, const Tensor& values, const BiasLesson& lesson);
  void input(Ui& ui, const Rect& room, const BiasLesson& lesson) const;

  PictureChooser chooser_;
};

// What full red and full blue stand for in both maps; the same whatever the bias, so that a bias is seen to
// shift the colours.
float map_reach(const BiasLesson& lesson);

}  // namespace kg
