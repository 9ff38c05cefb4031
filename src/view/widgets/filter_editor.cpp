#include "view/widgets/filter_editor.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {
namespace {

constexpr int kSide = 3;
constexpr float kStep = 0.25f;     // of the steppers and of a drag
constexpr float kDragPerStep = 7;  // units of pointer travel

}  // namespace

void FilterEditor::change(Ui& ui, const FilterShown& filter, float value) {
  value = std::clamp(std::round(value / 0.01f) * 0.01f, -1000.0f, 1000.0f);
  // Two decimals as a double, so that −0.3 arrives as −0.3 and not as its nearest float.
  ui.intend("set_cell", filter.index, selected_ / kSide, selected_ % kSide,
            std::round(static_cast<double>(value) * 100) / 100, filter.channel);
}

void FilterEditor::commit(Ui& ui, const FilterShown& filter) {
  if (const std::optional<double> value = typing_.finish()) change(ui, filter, static_cast<float>(*value));
}

void FilterEditor::keys(Ui& ui, const FilterShown& filter) {
  ui.arrows_taken = true;
  if (const std::optional<double> value = typing_.take(ui)) change(ui, filter, static_cast<float>(*value));
  const int down = (ui.key(ImGuiKey_DownArrow) ? 1 : 0) - (ui.key(ImGuiKey_UpArrow) ? 1 : 0);
  const int right = (ui.key(ImGuiKey_RightArrow) ? 1 : 0) - (ui.key(ImGuiKey_LeftArrow) ? 1 : 0);
  if (down == 0 && right == 0) return;
  if (ImGui::GetIO().KeyShift && down != 0) {
    change(ui, filter,
           filter.weights[static_cast<std::size_t>(selected_)] - static_cast<float>(down) * kStep);
    return;
  }
  commit(ui, filter);
  const int row = std::clamp(selected_ / kSide + down, 0, kSide - 1);
  const int col = std::clamp(selected_ % kSide + right, 0, kSide - 1);
  selected_ = row * kSide + col;
}

void FilterEditor::grid(Ui& ui, const Rect& box, const FilterShown& filter) {
  MatrixLook look;
  look.reach = filter.reach;
  matrix(ui, box, kSide, kSide, filter.weights, look);
  const std::string here =
      number_text(static_cast<double>(filter.weights[static_cast<std::size_t>(selected_)]));
  const bool focused = ui.focus.offer("editor", "Weight in row " + std::to_string(selected_ / kSide) +
                                                    ", column " + std::to_string(selected_ % kSide) + ": " +
                                                    here + "; type a number to change it");
  if (!focused) commit(ui, filter);
  for (int i = 0; i < kSide * kSide; ++i) {
    const Rect cell = cell_box(box, kSide, kSide, i / kSide, i % kSide);
    const Press press = ui.area("weight" + std::to_string(i), cell);
    if (ui.tapped_here(cell)) {
      if (i != selected_) commit(ui, filter);
      selected_ = i;
      drag_from_ = filter.weights[static_cast<std::size_t>(i)];
    }
    if (press.held) {
      ui.focus.take("editor");
      const float travel = -ImGui::GetMouseDragDelta(0, ui.u(4)).y / ui.u(kDragPerStep);
      const float value = drag_from_ + std::round(travel) * kStep;
      if (std::round(travel) != 0 || value != drag_from_) {
        if (value != filter.weights[static_cast<std::size_t>(i)]) change(ui, filter, value);
      }
    }
    if (press.hovered) ui.outline(cell, ui.theme.action, 2);
    if (press.hovered && !press.held) ui.tooltip("Press, then type, drag up or down, or use − and +");
  }
  const Rect cell = cell_box(box, kSide, kSide, selected_ / kSide, selected_ % kSide);
  if (typing_.active()) {
    ui.fill(cell, ui.theme.panel);
    ui.text_in(cell, typing_.text() + "|", type::kStrong, ui.theme.ink, Weight::semibold);
  }
  ui.outline(cell, ui.theme.action, focused ? 3 : 2);
  if (focused) ui.focus_ring(box, 2);
  if (focused) keys(ui, filter);
}

void FilterEditor::cell_stepper(Ui& ui, const Rect& box, const FilterShown& filter) {
  const float value = filter.weights[static_cast<std::size_t>(selected_)];
  const std::string label =
      "Weight in row " + std::to_string(selected_ / kSide) + ", column " + std::to_string(selected_ % kSide);
  const int way = stepper(ui, "weight", box, label, number_text(static_cast<double>(value)), value > -1000,
                          value < 1000, "A weight cannot be below −1000", "A weight cannot be above 1000");
  if (way != 0) change(ui, filter, value + static_cast<float>(way) * kStep);
}

}  // namespace kg
