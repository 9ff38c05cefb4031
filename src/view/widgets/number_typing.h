// Number typing: a number typed on the keyboard into whatever has it: digits, a minus, point or comma.
// Enter keeps it, Escape does not.
#pragma once

#include <optional>
#include <string>

#include "view/ui.h"

namespace kg {

class NumberTyping {
 public:
  bool active() const { return !text_.empty(); }
  const std::string& text() const { return text_; }
  // Takes in this frame's characters; the number when Enter has come.
  std::optional<double> take(Ui& ui);
  // The number typed so far, if it is one, and an end to typing.
  std::optional<double> finish();

 private:
  std::string text_;
};

}  // namespace kg
