// What a frame places on the stage, and where; written down if somebody asks (Shell::watch), as tests do.
#pragma once

#include <string>

#include "render/rect.h"

namespace kg {

struct Placed {
  enum class Kind { press, area, text, part };
  Kind kind;
  std::string id;     // of a text its words
  std::string label;  // of a press: what it is, for those who hear it
  Rect box;           // of a text: what its letters cover; of the others as it was asked for, even if empty
  bool front;         // over everything else, as a tooltip is
};

}  // namespace kg
