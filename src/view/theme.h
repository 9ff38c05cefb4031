// Theme: colour by meaning, the same names and values as the page's style sheet.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "render/scene.h"

namespace kg {

enum class ThemeName { light, dark, contrast };

struct Theme {
  Colour ground, panel, ink, muted, hairline;
  Colour action, on_action;  // what can be pressed and is chosen, and text on it
  Colour attention;          // the moving window and all that belongs to it
  Colour error;
  Colour empty;  // output cells still to come
  // Lines and bars of a plot, in this order; told apart in the common kinds of colour blindness, too.
  std::array<Colour, 6> series;
  float border = 1;  // units
};

const Theme& theme(ThemeName name);

// −1 deep blue … 0 white … 1 deep red, in every theme: the value's meaning does not change with the light in
// the room.
const Palette& value_palette();
Colour value_colour(float value);    // clamped to −1..1
Colour grey_colour(float value);     // 0 black … 1 white
Colour text_on(const Colour& back);  // black or white, whichever reads better

Colour mix(const Colour& a, const Colour& b, float t);
Colour faded(Colour colour, float alpha);
std::uint32_t packed(const Colour& colour);  // as ImGui wants it

}  // namespace kg
