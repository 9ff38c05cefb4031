// The stage of the lesson `batch`: three scenes, each with something to watch, its numbers, and its settings.
#pragma once

#include "view/lessons/batch_epoch.h"
#include "view/lessons/batch_map.h"
#include "view/lessons/batch_race.h"
#include "view/view.h"

namespace kg {

class BatchView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  void draw_wide(Ui& ui, Rect stage, const BatchLesson& lesson);
  void draw_narrow(Ui& ui, Rect stage, const BatchLesson& lesson);
  void draw_low(Ui& ui, Rect stage, const BatchLesson& lesson);
  void scenes(Ui& ui, const Rect& row, const BatchLesson& lesson) const;
  void panels(Ui& ui, const Rect& row, const char* first);
  void keys(Ui& ui, const BatchLesson& lesson) const;

  void main(Ui& ui, const Rect& room, const BatchLesson& lesson, BatchRoom how);
  void facts(Ui& ui, const Rect& room, const BatchLesson& lesson);
  float facts_height(const Ui& ui, const BatchLesson& lesson, BatchRoom how) const;
  void controls(Ui& ui, const Rect& room, const BatchLesson& lesson) const;

  BatchEpoch epoch_;
  BatchRace race_;
  BatchMap map_;
  int tab_ = 0;  // 0: what is to be watched, 1: the settings
};

}  // namespace kg
