// Hands for a stage without window, GL and page: a pointer and keys. They know where everything is, for the
// stage writes down what it places.
#pragma once

#include <doctest/doctest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cfloat>
#include <string>
#include <vector>

#include "platform/platform_null.h"
#include "view/placed.h"
#include "view/ui.h"

class Hands : public kg::Host {
 public:
  void graphics_made() override {}
  void graphics_lost() override {}

  // So many frames as the web's platform draws after an event, whatever they ask for.
  void settle(int frames = 3) {
    for (int i = 0; i < frames; ++i) platform.run(1);
  }

  // The pointer.
  void move(float x, float y, int frames = 3) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    settle(frames);
  }
  void leave() { move(-FLT_MAX, -FLT_MAX); }
  void press(int frames = 3) {
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    settle(frames);
  }
  void release(int frames = 3) {
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    settle(frames);
  }
  void click(float x, float y) {
    move(x, y, 1);
    press(1);
    release();
  }
  void click(const std::string& id) {
    INFO("no control " << id << " on the stage");
    REQUIRE(find(id));
    press(1);
    release();
  }

  // What the pointer can press or explore under this name, as the last frame has placed it.
  const kg::Placed* control(const std::string& id) const {
    const auto here = std::find_if(placed.begin(), placed.end(), [&](const kg::Placed& p) {
      return (p.kind == kg::Placed::Kind::press || p.kind == kg::Placed::Kind::area) && p.id == id;
    });
    return here == placed.end() ? nullptr : &*here;
  }
  bool hovers(const std::string& id) const {
    const ImGuiWindow* window = ImGui::FindWindowByName("stage");
    return window &&
           ImGui::GetCurrentContext()->HoveredId == const_cast<ImGuiWindow*>(window)->GetID(id.c_str());
  }
  // Moves the pointer onto the control of this name: to its middle, or, where another lies over that, to
  // where it can be seen. False if there is no such control; a failure if there is, but no pointer can reach
  // it.
  bool find(const std::string& id) {
    settle(1);
    if (!control(id)) return false;
    const kg::Rect box = control(id)->box;
    std::string instead;
    for (const auto& [across, down] : kPoints) {
      move(box.x + box.w * across, box.y + box.h * down, 1);
      if (hovers(id)) return settle(2), true;
      instead += (instead.empty() ? "" : ", ") + hovered();
    }
    FAIL("control " << id << " at " << box.x << ", " << box.y << ", " << box.w << "×" << box.h
                    << " cannot be reached; on it the pointer is over: " << instead);
    return false;
  }
  // The name of the control under the pointer.
  std::string hovered() const {
    if (ImGui::GetCurrentContext()->HoveredId == 0) return "nothing";
    const auto here = std::find_if(placed.begin(), placed.end(), [&](const kg::Placed& p) {
      return p.kind <= kg::Placed::Kind::area && hovers(p.id);
    });
    return here == placed.end() ? "something without a name" : here->id;
  }

  // Keys. They go down and up again.
  void key(ImGuiKey key, ImGuiKey with = ImGuiKey_None) {
    ImGuiIO& io = ImGui::GetIO();
    if (with != ImGuiKey_None) io.AddKeyEvent(with, true), settle(1);
    io.AddKeyEvent(key, true);
    settle(1);
    io.AddKeyEvent(key, false);
    settle();
    if (with != ImGuiKey_None) io.AddKeyEvent(with, false), settle(1);
  }
  void type(const char* text) {
    for (; *text; ++text) {
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(*text));
      settle();
    }
  }

  kg::NullPlatform platform{*this};
  kg::Display display;
  kg::Scene scene;
  std::vector<kg::Placed> placed;  // by the last frame

 private:
  // Shares of a box: its middle, then its quarters, then near its corners.
  struct Point {
    float across, down;
  };
  static constexpr Point kPoints[] = {{0.5f, 0.5f},   {0.25f, 0.25f}, {0.75f, 0.25f},
                                      {0.25f, 0.75f}, {0.75f, 0.75f}, {0.04f, 0.04f},
                                      {0.96f, 0.04f}, {0.04f, 0.96f}, {0.96f, 0.96f}};
};
