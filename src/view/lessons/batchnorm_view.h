// The stage of the lesson `batchnorm`: three scenes, chosen at the top: two columns that clash, the three
// steps, and the training without and with them.
#pragma once

#include "lesson/batchnorm.h"
#include "view/lessons/batchnorm_runs.h"
#include "view/lessons/batchnorm_steps.h"
#include "view/lessons/batchnorm_table.h"
#include "view/view.h"

namespace kg {

class BatchnormView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  void scenes(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const;
  void table_wide(Ui& ui, Rect stage, const BatchnormLesson& lesson);
  void table_small(Ui& ui, Rect stage, const BatchnormLesson& lesson, bool low);
  void steps_wide(Ui& ui, Rect stage, const BatchnormLesson& lesson);
  void steps_small(Ui& ui, Rect stage, const BatchnormLesson& lesson, bool low);
  void runs_wide(Ui& ui, Rect stage, const BatchnormLesson& lesson);
  void runs_small(Ui& ui, Rect stage, const BatchnormLesson& lesson, bool low);
  void keys(Ui& ui, const BatchnormLesson& lesson) const;

  BatchnormTable table_;
  BatchnormSteps steps_;
  BatchnormRuns runs_;
  int table_tab_ = 0, steps_tab_ = 0, runs_tab_ = 0;  // of the small layouts
};

}  // namespace kg
