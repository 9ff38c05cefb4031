// Training bar: what sets networks going, the same in every lesson in which they learn: rewind, train or
// hold, one batch, one epoch, and the pace.
#pragma once

#include "lesson/training_lesson.h"
#include "view/ui.h"

namespace kg {

struct TrainingBarLook {
  bool train = true;      // the row that sets it going and rewinds
  bool steps = true;      // the row with single steps
  bool one_image = true;  // the lesson has step_image
  bool pace = true;
  bool epoch_beside = false;  // the press for an epoch stands in the row that sets it going
  const char* rewind_hint = "Back to the weights it started from";
  const char* words = "Train";
  const char* hint = "Train until you hold it (space bar)";
  const char* over = nullptr;  // why there is nothing left to train; null if there is
};

float training_bar_height(const Ui& ui, const TrainingBarLook& look = {});
// As wide as the room, from its top. Parts: train, steps, pace.
void training_bar(Ui& ui, Rect room, const TrainingLesson& lesson, const TrainingBarLook& look = {});

}  // namespace kg
