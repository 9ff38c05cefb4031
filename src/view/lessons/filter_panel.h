// Filter panel: the filters of a lesson: the chosen one to edit, all of them to choose from, and the
// catalogue.
#pragma once

#include "lesson/convolution.h"
#include "view/ui.h"
#include "view/widgets/filter_editor.h"

namespace kg {

class FilterPanel {
 public:
  // Everything in one column; or its parts, where there is less room. `channel` is the input channel whose
  // plane is shown (−1: the first).
  void column(Ui& ui, Rect room, const Convolution& lesson, int channel);
  void grid(Ui& ui, const Rect& box, const Convolution& lesson, int channel);
  void bank(Ui& ui, Rect row, const Convolution& lesson) const;
  void presets(Ui& ui, const Rect& room, const Convolution& lesson) const;

 private:
  FilterEditor editor_;
};

}  // namespace kg
