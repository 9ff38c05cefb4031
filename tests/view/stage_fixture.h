// A whole Kernelglass without window, GL and page: wired as in main.cpp, on the null platform, with hands: a
// pointer, keys, and the page's door.
#pragma once

#include <doctest/doctest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <cfloat>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "lesson/convolution.h"
#include "lesson/session.h"
#include "platform/platform_null.h"
#include "view/fonts.h"
#include "view/page_channel.h"
#include "view/shell.h"
#include "view/worker.h"

struct StageSize {
  const char* name;
  float width, height, scale;
};

inline constexpr StageSize kDesktop{"desktop", 900, 668, 1}, kProjector{"projector", 1350, 1006, 1.5f},
    kPhone{"phone", 390, 523, 1}, kPhoneOnItsSide{"phone on its side", 844, 300, 1};
inline constexpr StageSize kSizes[] = {kDesktop, kProjector, kPhone, kPhoneOnItsSide};

// Those, and a tablet held upright.
inline std::vector<StageSize> all_sizes() {
  std::vector<StageSize> all(std::begin(kSizes), std::end(kSizes));
  all.push_back({"tablet", 768, 900, 1});
  return all;
}

class Stage : public kg::Host {
 public:
  explicit Stage(const StageSize& size = kDesktop) {
    resize(size);
    // Whoever draws with 16-bit indices (the web) must not need this; there is a test for that, and it should
    // not abort.
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    // Whatever the first lesson of the catalogue may be: what holds for every lesson is tested on this one.
    REQUIRE(session.open("convolution", {}).ok());
    settle();
  }

  void resize(const StageSize& size, float density = 1) {
    platform.surface = {size.width, size.height, density, size.scale};
  }

  // One frame, as in main.cpp; what came of it adds up in `refused` and `wishes`.
  bool frame(const kg::Surface& surface, float seconds) override {
    display.width = surface.width, display.height = surface.height;
    display.density = surface.density, display.scale = surface.scale;
    if (fonts.prepare(*ImGui::GetIO().Fonts, surface.density, surface.scale)) platform.typeface_changed();
    worker.frame_begins();
    platform.begin_frame();
    const kg::FrameResult result = shell.frame(display, fonts, scene, seconds);
    platform.end_frame();
    worker.frame_ends();
    refused.insert(refused.end(), result.refused.begin(), result.refused.end());
    wishes.insert(wishes.end(), result.wishes.begin(), result.wishes.end());
    over_part = result.over_part;
    return result.again;
  }
  double work() override { return worker.slice(); }
  void graphics_made() override {}
  void graphics_lost() override {}
  std::string call(std::string_view request) override { return page.call(request); }
  void stage(std::vector<std::uint8_t> bytes) override { page.stage(std::move(bytes)); }

  // So many frames as the web's platform draws after an event, whatever they ask for.
  void settle(int frames = 3) {
    for (int i = 0; i < frames; ++i) platform.run(1);
  }

  // The page's requests. ok() insists on an answer; error() on a refusal, and gives its sentence.
  kg::Json ok(const kg::Json& request) {
    const kg::Json reply = kg::Json::parse(call(request.dump())).value();
    INFO(request.dump().substr(0, 300) << " → " << reply.dump().substr(0, 300));
    REQUIRE(reply.contains("ok"));
    return reply["ok"];
  }
  std::string error(const kg::Json& request) {
    const kg::Json reply = kg::Json::parse(call(request.dump())).value();
    INFO(request.dump().substr(0, 300) << " → " << reply.dump().substr(0, 300));
    REQUIRE(reply.contains("error"));
    return reply["error"];
  }
  template <class... Values>
  void act(const std::string& verb, Values&&... values) {
    (void)ok({{"op", "do"}, {"verb", verb}, {"args", kg::args(std::forward<Values>(values)...)}});
    settle();
  }
  kg::Json state() { return session.state(); }
  // Whether a word of the text finds its part: at the first pointing the tab comes to the front that has it.
  bool finds(const char* part) {
    (void)ok({{"op", "point"}, {"part", part}});
    settle();
    return ok({{"op", "point"}, {"part", part}})["there"].get<bool>();
  }
  const kg::Convolution& lesson() const { return static_cast<const kg::Convolution&>(session.lesson()); }
  const kg::Timeline& time() const { return session.lesson().timeline(); }

  // The pointer.
  void move(float x, float y, int frames = 3) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    settle(frames);
  }
  void leave() { move(-FLT_MAX, -FLT_MAX); }
  void press() {
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    settle();
  }
  void release() {
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    settle();
  }
  void click(float x, float y) {
    move(x, y);
    press();
    release();
  }
  // Feels its way over the stage until the pointer is on the control of this name: first in long steps, then
  // in short ones.
  bool find(const char* id) {
    ImGuiWindow* window = ImGui::FindWindowByName("stage");
    REQUIRE(window != nullptr);
    const ImGuiID wanted = window->GetID(id);
    for (const float step : {27.0f, 9.0f}) {
      for (float y = display.height - step / 2; y > 0; y -= step) {
        for (float x = step / 2; x < display.width; x += step) {
          move(x, y, 1);
          if (ImGui::GetCurrentContext()->HoveredId == wanted) return settle(), true;
        }
      }
    }
    return false;
  }
  void click(const char* id) {
    INFO("no control " << std::string(id) << " on the stage");
    REQUIRE(find(id));
    press();
    release();
  }

  // Keys. They go down and up again.
  void key(ImGuiKey key, ImGuiKey with = ImGuiKey_None) {
    ImGuiIO& io = ImGui::GetIO();
    if (with != ImGuiKey_None) io.AddKeyEvent(with, true), settle();
    io.AddKeyEvent(key, true);
    settle();
    io.AddKeyEvent(key, false);
    settle();
    if (with != ImGuiKey_None) io.AddKeyEvent(with, false), settle();
  }
  void type(const char* text) {
    for (; *text; ++text) {
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(*text));
      settle();
    }
  }
  // The page's Tab. The label of where it leads, or "" when the focus leaves the stage.
  std::string tab(int direction = 1) {
    const kg::Json reply = ok({{"op", "tab"}, {"dir", direction}});
    settle();
    if (!reply["consumed"].get<bool>()) return "";
    CHECK(reply["label"].get<std::string>() != "");
    return reply["label"];
  }
  bool focus(const std::string& id) {
    ok({{"op", "blur"}});
    for (int stops = 0; stops < 300 && !tab().empty(); ++stops) {
      if (shell.focus().current() == id) return true;
    }
    return false;
  }
  std::vector<std::string> stops(int direction = 1) {
    std::vector<std::string> ids;
    ok({{"op", "blur"}});
    while (ids.size() < 300 && !tab(direction).empty()) ids.push_back(shell.focus().current());
    return ids;
  }

  // What was drawn on the stage itself (tooltips have a list of their own).
  const ImDrawList& drawn() const { return *ImGui::FindWindowByName("stage")->DrawList; }
  // One number for everything that was drawn, heat maps too.
  std::uint64_t picture() const {
    std::uint64_t hash = 1469598103934665603ull;
    const auto add = [&](const void* data, std::size_t size) {
      const auto* bytes = static_cast<const unsigned char*>(data);
      for (std::size_t i = 0; i < size; ++i) hash = (hash ^ bytes[i]) * 1099511628211ull;
    };
    const ImDrawData* data = ImGui::GetDrawData();
    for (const ImDrawList* list : data->CmdLists)
      add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    for (const kg::HeatMap& map : scene.maps) {
      for (const float v :
           {map.place.x, map.place.y, map.place.w, map.place.h, map.reach, static_cast<float>(map.shown)})
        add(&v, sizeof v);
    }
    add(scene.values.data(), scene.values.size() * sizeof(float));
    return hash;
  }
  // The middle of a cell of a heat map: 0 is the input, 1 the output.
  ImVec2 cell(std::size_t map, int row, int col) const {
    REQUIRE(map < scene.maps.size());
    const kg::HeatMap& m = scene.maps[map];
    return {m.place.x + m.place.w * (static_cast<float>(col) + 0.5f) / static_cast<float>(m.cols),
            m.place.y + m.place.h * (static_cast<float>(row) + 0.5f) / static_cast<float>(m.rows)};
  }
  void point_at(std::size_t map, int row, int col) {
    const ImVec2 at = cell(map, row, col);
    move(at.x, at.y);
  }

  kg::Session session;
  kg::Shell shell{session};
  kg::Worker worker{session, [this] { return platform.now(); }};
  kg::Display display;
  kg::PageChannel page{session, shell, display};
  kg::Fonts fonts;
  kg::Scene scene;
  std::vector<std::string> refused;
  std::vector<kg::Wish> wishes;
  std::string over_part;  // of the last frame
  kg::NullPlatform platform{*this};
};
