// Value badge: one number of a network on the colour of its value, in a circle (a unit) or a pill (a weight);
// and the wires between them.
#pragma once

#include <string>
#include <string_view>

#include "view/ui.h"

namespace kg {

struct BadgeLook {
  bool known = true, now = false;  // it has come in; it is what this moment is about
  bool round = true;               // a circle, or a pill
  std::string typed;               // what is being typed into it
};

// `share` is the value as a part of what the full colour stands for.
void value_badge(const Ui& ui, const Rect& box, std::string_view text, float share, float size,
                 const BadgeLook& look);

// Coloured by its value, as wide as its size; the casing keeps it visible where the value is near 0. A quiet
// one steps back behind what is lit.
void value_wire(const Ui& ui, float x0, float y0, float x1, float y1, float share, bool quiet = false);

}  // namespace kg
