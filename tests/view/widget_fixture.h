// One widget on a stage of its own: no lesson, no shell; with a pointer and keys.
#pragma once

#include <doctest/doctest.h>
#include <imgui.h>

#include <cmath>
#include <functional>
#include <string>

#include "view/hands.h"
#include "view/shared_fonts.h"
#include "view/ui.h"

class WidgetStage : public Hands {
 public:
  explicit WidgetStage(float width = 900, float height = 500, float scale = 1) {
    platform.surface = {width, height, 1, scale};
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  }

  bool frame(const kg::Surface& surface, float seconds) override {
    display.width = surface.width, display.height = surface.height, display.scale = surface.scale;
    const kg::Fonts& fonts = shared_fonts(surface.density, surface.scale);
    platform.begin_frame();
    focus.begin_frame();
    scene.clear();
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImVec2(display.width, display.height));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("stage", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings);
    kg::Ui ui(display, fonts, focus, scene, *ImGui::GetWindowDrawList(), seconds);
    placed.clear();
    ui.placed = &placed;
    if (widget) widget(ui);
    ImGui::End();
    ImGui::PopStyleVar(2);
    platform.end_frame();
    return false;
  }
  std::string call(std::string_view) override { return ""; }
  void stage(std::vector<std::uint8_t>) override {}

  // Every vertex is a number and lies within `box`, but for the soft edges of lines; the card of readings,
  // which is drawn in front, within the display. Returns how many there are.
  int check_drawn(const kg::Rect& box) const {
    const ImDrawList* own = ImGui::FindWindowByName("stage")->DrawList;
    int count = 0;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
      const kg::Rect within = (list == own ? box : kg::Rect{0, 0, display.width, display.height}).inset(-4);
      for (const ImDrawVert& v : list->VtxBuffer) {
        if (!(std::isfinite(v.pos.x) && std::isfinite(v.pos.y))) FAIL("a vertex that is no number");
        if (v.pos.x < within.x || v.pos.x > within.right() || v.pos.y < within.y || v.pos.y > within.bottom())
          FAIL("a vertex at (" << v.pos.x << ", " << v.pos.y << ") outside its box");
        ++count;
      }
    }
    return count;
  }

  kg::Focus focus;
  std::function<void(kg::Ui&)> widget;
};
