// The scene `surface` of the lesson `batch`: the loss over two weights as a map, and the paths in it.
#pragma once

#include "view/lessons/batch_settings.h"

namespace kg {

class BatchMap {
 public:
  void main(Ui& ui, Rect room, const BatchLesson& lesson) const;
  // Each path’s loss, noise and length.
  void facts(Ui& ui, Rect room, const BatchLesson& lesson) const;
  float facts_height(const Ui& ui, BatchRoom how) const;
  void controls(Ui& ui, Rect room, const BatchLesson& lesson) const;

 private:
  void contours(Ui& ui, const Rect& map, const LossSurface& surface) const;
  void paths(Ui& ui, const Rect& map, const BatchLesson& lesson) const;
};

}  // namespace kg
