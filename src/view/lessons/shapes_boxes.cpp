#include "view/lessons/shapes_boxes.h"

#include <imgui.h>

#include <algorithm>

namespace kg {
namespace {

constexpr float kAcross = 0.42f, kUp = 0.24f;  // how far a step into the depth goes right and up

}  // namespace

BoxSize box_size(const SampleShape& shape) {
  return {static_cast<float>(shape.h()), static_cast<float>(shape.w()), static_cast<float>(shape.c())};
}

BoxSize between(const BoxSize& from, const BoxSize& to, float way) {
  const auto part = [way](float a, float b) { return a + (b - a) * way; };
  return {part(from.rows, to.rows), part(from.columns, to.columns), part(from.channels, to.channels)};
}

float box_scale(const BoxSize& size, float width, float height) {
  return std::min(width / (size.channels + kAcross * size.columns),
                  height / (size.rows + kUp * size.columns));
}

void shape_box(const Ui& ui, const Rect& lane, const BoxSize& size, const BoxLook& look) {
  const float least = ui.u(3);  // or it could not be seen
  const float across = kAcross * size.columns * look.scale, up = kUp * size.columns * look.scale;
  const float room = lane.w - across;
  const bool too_long = size.channels * look.scale > room;
  const float w = std::clamp(size.channels * look.scale, least, std::max(room, least));
  const float h = std::max(size.rows * look.scale, least);
  const float x = lane.x, y = lane.middle_y() - (h + up) / 2 + up;
  const auto at = [](float px, float py) { return ImVec2(px, py); };
  // The corners go round clockwise, or ImGui would not smooth the edges.
  const auto side = [&](ImVec2 a, ImVec2 b, ImVec2 c, ImVec2 d, const Colour& colour) {
    ui.paint.AddQuadFilled(a, b, c, d, packed(colour));
  };
  // The light comes from above, in every theme.
  const Colour light = mix(look.colour, {1, 1, 1, 1}, 0.4f), dark = mix(look.colour, {0, 0, 0, 1}, 0.3f);
  side(at(x, y), at(x + across, y - up), at(x + w + across, y - up), at(x + w, y), light);
  side(at(x + w, y), at(x + w + across, y - up), at(x + w + across, y - up + h), at(x + w, y + h), dark);
  ui.fill({x, y, w, h}, look.colour);
  if (!too_long) return;
  const float cut = x + w - ui.u(22), lean = ui.u(3);
  for (const float offset : {0.0f, ui.u(5)}) {
    ui.paint.AddLine(at(cut + offset - lean, y + h + ui.u(3)), at(cut + offset + lean, y - ui.u(3)),
                     packed(ui.theme.panel), ui.u(2.5f));
  }
}

}  // namespace kg
