#include "view/widgets/button.h"

#include <imgui.h>

#include <algorithm>

namespace kg {
namespace {

constexpr float kRadius = 6;

struct Paint {
  Colour back, edge, ink;
};

Paint paint_of(const Ui& ui, const ButtonLook& look, const Press& press) {
  const Theme& t = ui.theme;
  const Colour lit = mix(t.panel, t.action, press.held ? 0.22f : press.hovered ? 0.1f : 0);
  switch (look.kind) {
    case ButtonLook::Kind::primary: {
      const Colour back = mix(t.action, t.ink, press.hovered ? 0.2f : 0);
      return {back, back, t.on_action};
    }
    case ButtonLook::Kind::chosen:
      return {mix(t.panel, t.action, 0.14f), t.action, t.ink};
    case ButtonLook::Kind::plain:
      break;
  }
  return {lit, t.hairline, look.enabled ? t.ink : faded(t.muted, 0.55f)};
}

}  // namespace

bool button(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
            const ButtonLook& look) {
  const Press press = ui.press(id, box,
                               label + (look.kind == ButtonLook::Kind::chosen ? ", chosen" : "") +
                                   (look.enabled ? "" : ", not available"));
  const Paint paint = paint_of(ui, look, look.enabled ? press : Press{});
  ui.fill(box, paint.back, kRadius);
  ui.outline(box, paint.edge, look.kind == ButtonLook::Kind::chosen ? 1.5f : ui.theme.border, kRadius);
  const float icon_room = look.icon == Icon::none ? 0 : ui.u(look.words.empty() ? 0 : 20);
  if (look.words.empty()) {
    draw_icon(ui, look.icon, box, paint.ink, std::min(16.0f, box.h / ui.display.scale * 0.42f));
  } else {
    const float width = ui.text_width(look.words, look.text_size, Weight::semibold) + icon_room;
    Rect inside = box.inset(std::max(ui.u(4), (box.w - width) / 2), 0);
    if (icon_room > 0)
      draw_icon(ui, look.icon, inside.cut_left(icon_room - ui.u(4)), paint.ink, 12), inside.cut_left(ui.u(4));
    ui.text_in(inside, look.words, look.text_size, paint.ink, Weight::semibold);
  }
  if (press.focused) ui.focus_ring(box, kRadius);
  if (press.hovered && !look.hint.empty()) ui.tooltip(look.hint);
  return press.clicked && look.enabled;
}

int segmented(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
              const std::vector<std::string>& options, int chosen, const std::vector<std::string>& hints) {
  ui.fill(box, ui.theme.panel, kRadius);
  ui.outline(box, ui.theme.hairline, ui.theme.border, kRadius);
  const float width = box.w / static_cast<float>(options.size());
  int pressed = -1;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const std::string& words = options[static_cast<std::size_t>(i)];
    const Rect part{box.x + width * static_cast<float>(i), box.y, width, box.h};
    const Press press = ui.press(id + words, part, label + " " + words + (i == chosen ? ", chosen" : ""));
    if (i == chosen)
      ui.fill(part, ui.theme.action, kRadius);
    else if (press.hovered)
      ui.fill(part, faded(ui.theme.action, 0.12f), kRadius);
    ui.text_in(part.inset(ui.u(4), 0), words, type::kText, i == chosen ? ui.theme.on_action : ui.theme.ink,
               Weight::semibold);
    if (press.focused) ui.focus_ring(part, kRadius);
    if (press.hovered && !hints.empty()) ui.tooltip(hints[static_cast<std::size_t>(i)]);
    if (press.clicked && i != chosen) pressed = i;
  }
  return pressed;
}

int stepper(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
            const std::string& value, bool can_lower, bool can_raise, const std::string& why_not_lower,
            const std::string& why_not_raise) {
  Rect rest = box;
  const Rect minus = rest.cut_left(std::min(box.h, box.w / 3)),
             plus = rest.cut_right(std::min(box.h, box.w / 3));
  const bool focused = ui.focus.offer(id, label + " " + value + ", arrow keys change it");
  int change = 0;
  if (focused) {
    ui.arrows_taken = true;
    if (ui.key(ImGuiKey_LeftArrow) || ui.key(ImGuiKey_DownArrow) || ui.key(ImGuiKey_Minus)) change = -1;
    if (ui.key(ImGuiKey_RightArrow) || ui.key(ImGuiKey_UpArrow) || ui.key(ImGuiKey_Equal)) change = 1;
  }
  const auto half = [&](const Rect& part, Icon icon, bool can, const std::string& why, int way) {
    const Press press = ui.area(id + (way < 0 ? "-" : "+"), part);
    if (press.held) ui.focus.drop();
    ui.fill(part, can && press.hovered ? mix(ui.theme.panel, ui.theme.action, 0.12f) : ui.theme.panel,
            kRadius);
    draw_icon(ui, icon, part, can ? ui.theme.ink : faded(ui.theme.muted, 0.45f), 12);
    if (press.hovered && !can) ui.tooltip(why);
    if (press.clicked) change = way;
  };
  ui.fill(box, ui.theme.panel, kRadius);
  half(minus, Icon::minus, can_lower, why_not_lower, -1);
  half(plus, Icon::plus, can_raise, why_not_raise, 1);
  ui.text_in(rest, value, type::kStrong, ui.theme.ink, Weight::semibold);
  ui.outline(box, ui.theme.hairline, ui.theme.border, kRadius);
  if (focused) ui.focus_ring(box, kRadius);
  if ((change < 0 && !can_lower) || (change > 0 && !can_raise)) return 0;
  return change;
}

}  // namespace kg
