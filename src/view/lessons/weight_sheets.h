// A layer's weights unfolded: for every filter (or unit) its sheets, one for each input channel, as matrices,
// and its bias as a small square. What would be too fine to be seen is leafed through, page by page.
#pragma once

#include <optional>

#include "lesson/parameters.h"
#include "view/ui.h"

namespace kg {

class WeightSheets {
 public:
  // Draws the current layer's; answers which weight or bias the pointer is on.
  std::optional<ParametersLesson::Selection> draw(Ui& ui, Rect room, const ParametersLesson& lesson);

 private:
  int page_ = 0, layer_ = -1;
  std::optional<ParametersLesson::Selection> chosen_;  // in the last frame: another one turns to its page
};

}  // namespace kg
