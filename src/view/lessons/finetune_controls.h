// What can be set in the lesson `finetune`, and the picture that its networks are asked about.
#pragma once

#include "lesson/finetune.h"
#include "view/ui.h"

namespace kg {

class FinetuneControls {
 public:
  void scenes(Ui& ui, const Rect& row, const FinetuneLesson& lesson) const;
  // What comes next: the one thing that a newcomer wants to press.
  void next(Ui& ui, const Rect& row, const FinetuneLesson& lesson) const;
  void settings(Ui& ui, Rect room, const FinetuneLesson& lesson) const;
  float settings_height(const Ui& ui, const FinetuneLesson& lesson) const;
  // The picture, and what each network takes it for. True when the learner wants to draw.
  bool picture(Ui& ui, Rect room, const FinetuneLesson& lesson) const;
  float picture_height(const Ui& ui) const;
  void status(Ui& ui, const Rect& room, const FinetuneLesson& lesson) const;
};

}  // namespace kg
