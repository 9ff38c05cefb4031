#include "view/theme.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kg {
namespace {

constexpr Colour rgb(unsigned hex) {
  return {static_cast<float>(hex >> 16 & 255) / 255.0f, static_cast<float>(hex >> 8 & 255) / 255.0f,
          static_cast<float>(hex & 255) / 255.0f, 1};
}

constexpr Theme kLight{
    .ground = rgb(0xF7F5F0),
    .panel = rgb(0xFFFFFF),
    .ink = rgb(0x1C2230),
    .muted = rgb(0x5B6475),
    .hairline = rgb(0xDDD8CC),
    .action = rgb(0x3D3A8C),
    .on_action = rgb(0xFFFFFF),
    .attention = rgb(0xF2A60C),
    .error = rgb(0x9C1C1C),
    .empty = rgb(0xECE8DF),
    .series = {rgb(0x0D5AC2), rgb(0xE8461E), rgb(0x009867), rgb(0x962887), rgb(0x6C9529), rgb(0x20242F)}};
constexpr Theme kDark{
    .ground = rgb(0x11141B),
    .panel = rgb(0x191E28),
    .ink = rgb(0xE9ECF2),
    .muted = rgb(0x9AA4B5),
    .hairline = rgb(0x343D4E),
    .action = rgb(0xA9A5F5),
    .on_action = rgb(0x14161E),
    .attention = rgb(0xFFB938),
    .error = rgb(0xFF8A80),
    .empty = rgb(0x222936),
    .series = {rgb(0x4A8FE8), rgb(0xE85A36), rgb(0x5CF0A0), rgb(0xB8608A), rgb(0xFFD63A), rgb(0xE4F1FA)}};
constexpr Theme kContrast{
    .ground = rgb(0x000000),
    .panel = rgb(0x000000),
    .ink = rgb(0xFFFFFF),
    .muted = rgb(0xFFFFFF),
    .hairline = rgb(0xFFFFFF),
    .action = rgb(0xFFE600),
    .on_action = rgb(0x000000),
    .attention = rgb(0xFFE600),
    .error = rgb(0xFFE600),
    .empty = rgb(0x2A2A2A),
    .series = {rgb(0x3A9CFB), rgb(0xC87A2E), rgb(0x22FF9B), rgb(0xE84C99), rgb(0xFFE600), rgb(0xFFFFFF)},
    .border = 2};

// ColorBrewer's RdBu ends, deepened: readable for the common kinds of colour blindness.
constexpr Palette kValues{rgb(0x053061), rgb(0x2166AC), rgb(0x5C9BCB), rgb(0xB5D5E9), rgb(0xFFFFFF),
                          rgb(0xFBC6AE), rgb(0xE4785F), rgb(0xB2182B), rgb(0x67001F)};

float linear(float channel) {
  return channel <= 0.04045f ? channel / 12.92f : std::pow((channel + 0.055f) / 1.055f, 2.4f);
}

// WCAG 2: relative luminance.
float luminance(const Colour& c) {
  return 0.2126f * linear(c.r) + 0.7152f * linear(c.g) + 0.0722f * linear(c.b);
}

}  // namespace

const Theme& theme(ThemeName name) {
  switch (name) {
    case ThemeName::dark:
      return kDark;
    case ThemeName::contrast:
      return kContrast;
    case ThemeName::light:
      break;
  }
  return kLight;
}

const Palette& value_palette() { return kValues; }

Colour value_colour(float value) {
  const float at = (std::clamp(value, -1.0f, 1.0f) + 1) / 2 * (kPaletteSize - 1);
  const std::size_t low = std::min(static_cast<std::size_t>(at), static_cast<std::size_t>(kPaletteSize - 2));
  return mix(kValues[low], kValues[low + 1], at - static_cast<float>(low));
}

Colour grey_colour(float value) {
  const float v = std::clamp(value, 0.0f, 1.0f);
  return {v, v, v, 1};
}

Colour text_on(const Colour& back) {
  return luminance(back) > 0.179f ? Colour{0, 0, 0, 1} : Colour{1, 1, 1, 1};
}

Colour mix(const Colour& a, const Colour& b, float t) {
  return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t, a.a + (b.a - a.a) * t};
}

Colour faded(Colour colour, float alpha) {
  colour.a *= alpha;
  return colour;
}

std::uint32_t packed(const Colour& c) { return ImGui::ColorConvertFloat4ToU32(ImVec4(c.r, c.g, c.b, c.a)); }

}  // namespace kg
