// The networks of the lesson `finetune` beneath each other, layer under layer: the base, and the three runs
// of the second task with what they have of it; how far every layer has moved; and the locks that freeze.
#pragma once

#include "lesson/finetune.h"
#include "view/ui.h"

namespace kg {

// Colours of theme.series.
inline constexpr int kBaseSeries = 3;

class FinetuneNets {
 public:
  void draw(Ui& ui, Rect room, const FinetuneLesson& lesson) const;

 private:
  void head(Ui& ui, const Rect& row, float names, const FinetuneLesson& lesson) const;
  void net(Ui& ui, Rect row, float names, int which, double most, const FinetuneLesson& lesson) const;
  void block(Ui& ui, const Rect& box, int which, int layer, const FinetuneLesson& lesson) const;
};

}  // namespace kg
