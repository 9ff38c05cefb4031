// Buttons: something to press, with words or an icon or both.
#pragma once

#include <string>

#include "view/ui.h"
#include "view/widgets/icon.h"

namespace kg {

struct ButtonLook {
  enum class Kind { plain, chosen, primary };
  Kind kind = Kind::plain;
  Icon icon = Icon::none;
  std::string words;              // empty: icon only
  float text_size = type::kText;  // units
  bool enabled = true;            // a disabled one still says, on hover, why
  std::string hint;               // tooltip; also read out
};

// True when pressed. `label` names it for those who cannot see it.
bool button(Ui& ui, const std::string& id, const Rect& box, const std::string& label, const ButtonLook& look);

// One of several, side by side in one frame; returns the index pressed, or −1. `hints` may be empty, or one
// each.
int segmented(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
              const std::vector<std::string>& options, int chosen,
              const std::vector<std::string>& hints = {});

// A number between two buttons; returns −1, 0 or 1. Arrow keys work while it has the keyboard. At an end of
// the range the button fades and says why.
int stepper(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
            const std::string& value, bool can_lower, bool can_raise, const std::string& why_not_lower,
            const std::string& why_not_raise);

}  // namespace kg
