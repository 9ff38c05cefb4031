// Number knob: a number on the stage that can be changed where it stands: drag it up or down, use the arrow
// keys while it has the keyboard, or type. Who owns the number draws it.
#pragma once

#include <optional>
#include <string>

#include "view/ui.h"
#include "view/widgets/number_typing.h"

namespace kg {

struct KnobTouch {
  bool hovered = false, focused = false;
  std::string typed;            // what is being typed into it, to be shown in the number's place
  std::optional<double> value;  // the new one, in hundredths
};

// Shared by all the numbers of a view: only one at a time is dragged or typed into.
class NumberKnobs {
 public:
  KnobTouch touch(Ui& ui, const std::string& id, const Rect& box, const std::string& label, double value,
                  double step, double most = 1000);

 private:
  NumberTyping typing_;
  std::string typed_into_;
  double drag_from_ = 0;  // the number when the drag began
};

}  // namespace kg
