#include "view/widgets/value_badge.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kg {

void value_badge(const Ui& ui, const Rect& box, std::string_view text, float share, float size,
                 const BadgeLook& look) {
  const float radius = (look.round ? box.h / 2 : ui.u(8)) / ui.display.scale;
  const Colour back = !look.typed.empty() ? ui.theme.panel
                      : look.known        ? value_colour(share)
                                          : ui.theme.empty;
  ui.fill(box, back, radius);
  ui.outline(box, look.now ? ui.theme.attention : ui.theme.muted, look.now ? 3.0f : 1.25f, radius);
  const Rect inside = box.inset(ui.u(look.round ? 5 : 4), 0);
  if (!look.typed.empty()) {
    ui.text_in(inside, look.typed + "|", size, ui.theme.ink, Weight::semibold);
  } else if (look.known) {
    ui.text_in(inside, text, size, text_on(back), Weight::semibold);
  }
}

void value_wire(const Ui& ui, float x0, float y0, float x1, float y1, float share, bool quiet) {
  const float width = (quiet ? 1.5f : 2) + (quiet ? 3 : 5) * std::min(std::abs(share), 1.0f);
  const float alpha = quiet ? 0.45f : 1;
  ui.paint.AddLine({x0, y0}, {x1, y1}, packed(faded(ui.theme.muted, alpha)), ui.u(width + 2));
  ui.paint.AddLine({x0, y0}, {x1, y1}, packed(faded(value_colour(share), alpha)), ui.u(width));
}

}  // namespace kg
