// What the networks of the lesson `finetune` learn from: the base's digits and its first filters; the few
// examples of the second task; or the sheet on which symbols are drawn, one after the other.
#pragma once

#include "lesson/finetune.h"
#include "view/ui.h"
#include "view/widgets/drawing_sheet.h"

namespace kg {

class FinetuneSymbols {
 public:
  void draw(Ui& ui, Rect room, const FinetuneLesson& lesson);

 private:
  void base(Ui& ui, Rect room, const FinetuneLesson& lesson) const;
  void filters(Ui& ui, Rect room, const FinetuneLesson& lesson) const;
  void digits(Ui& ui, Rect room, const FinetuneLesson& lesson) const;
  void symbols(Ui& ui, Rect room, const FinetuneLesson& lesson);
  void labels(Ui& ui, Rect room, const FinetuneLesson& lesson) const;
  void buttons(Ui& ui, Rect row, const FinetuneLesson& lesson) const;

  DrawingSheet sheet_;
};

}  // namespace kg
