#include "view/widgets/number_knob.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr float kDragPerStep = 6;  // units of pointer travel

// Hundredths as a double, so that −0.3 arrives as −0.3 and not as its nearest float.
double in_hundredths(double value, double most) {
  return std::round(std::clamp(value, -most, most) * 100) / 100;
}

}  // namespace

KnobTouch NumberKnobs::touch(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
                             double value, double step, double most) {
  KnobTouch touch;
  const auto change = [&](std::optional<double> to) {
    // A float is only near its hundredths; that alone is no change.
    if (to && std::abs(in_hundredths(*to, most) - value) > 0.001) touch.value = in_hundredths(*to, most);
  };
  touch.focused = ui.focus.offer(id, label + ": " + number_text(value) + "; type a number or use the arrows");
  if (typed_into_ == id && !touch.focused) change(typing_.finish()), typed_into_.clear();
  const Press press = ui.area(id, box);
  touch.hovered = press.hovered;
  if (ui.tapped_here(box)) drag_from_ = value;
  if (press.held) {
    ui.focus.take(id);
    const double steps =
        std::round(static_cast<double>(-ImGui::GetMouseDragDelta(0, ui.u(4)).y / ui.u(kDragPerStep)));
    if (steps != 0 || value != drag_from_) change(drag_from_ + steps * step);
  }
  if (!touch.focused) return touch;
  ui.arrows_taken = true;
  change(typing_.take(ui));
  typed_into_ = typing_.active() ? id : "";
  touch.typed = typing_.text();
  const int way = (ui.key(ImGuiKey_UpArrow) || ui.key(ImGuiKey_RightArrow) ? 1 : 0) -
                  (ui.key(ImGuiKey_DownArrow) || ui.key(ImGuiKey_LeftArrow) ? 1 : 0);
  if (way != 0 && !typing_.active()) change(value + way * step);
  return touch;
}

}  // namespace kg
