#include "view/widgets/slider.h"

#include <imgui.h>

#include <algorithm>

namespace kg {

std::optional<float> slider(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
                            float value, const SliderLook& look) {
  value = std::clamp(value, 0.0f, 1.0f);  // set by other means, it may lie beyond the ends
  const Press press = ui.press(id, box, label);
  const float radius = ui.u(press.held || press.hovered ? 9 : 8);
  const Rect line{box.x + ui.u(9), box.middle_y() - ui.u(2), box.w - ui.u(18), ui.u(4)};
  const float x = line.x + line.w * value;
  ui.fill(line, mix(ui.theme.hairline, ui.theme.muted, 0.25f), 2);
  if (look.filled) ui.fill({line.x, line.y, x - line.x, line.h}, ui.theme.action, 2);
  ui.paint.AddCircleFilled(ImVec2(x, line.middle_y()), radius, packed(ui.theme.action));
  ui.paint.AddCircle(ImVec2(x, line.middle_y()), radius, packed(ui.theme.panel), 0, ui.u(2));
  if (press.focused) ui.focus_ring(box);
  if (press.held) {
    float px = 0, py = 0;
    ui.pointer(px, py);
    return std::clamp((px - line.x) / line.w, 0.0f, 1.0f);
  }
  if (press.focused && look.arrow_step > 0) {
    ui.arrows_taken = true;
    if (ui.key(ImGuiKey_LeftArrow) || ui.key(ImGuiKey_DownArrow))
      return std::max(0.0f, value - look.arrow_step);
    if (ui.key(ImGuiKey_RightArrow) || ui.key(ImGuiKey_UpArrow))
      return std::min(1.0f, value + look.arrow_step);
  }
  return std::nullopt;
}

}  // namespace kg
