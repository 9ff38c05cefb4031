// Filter panel: the filters of a lesson: the chosen one to edit, all of them to choose from, and the
// catalogue.
#pragma once

#include <functional>

#include "lesson/filter_bank.h"
#include "view/ui.h"
#include "view/widgets/filter_editor.h"

namespace kg {

// The filters as a lesson has them at this moment.
struct FiltersShown {
  const FilterBank& bank;
  int channels = 1;                 // of the picture
  int chosen = 0;                   // the filter on stage
  int channel = -1;                 // the input channel whose plane is shown; −1: the first
  std::function<void(int)> choose;  // intends that another filter be chosen
};

class FilterPanel {
 public:
  // Everything in one column; or its parts, where there is less room.
  void column(Ui& ui, Rect room, const FiltersShown& filters);
  void grid(Ui& ui, const Rect& box, const FiltersShown& filters);
  void bank(Ui& ui, Rect row, const FiltersShown& filters) const;
  void presets(Ui& ui, const Rect& room, const FiltersShown& filters) const;

 private:
  FilterEditor editor_;
};

}  // namespace kg
