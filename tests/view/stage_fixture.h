// A whole Kernelglass without window, GL and page: wired as in main.cpp, on the null platform, with hands: a
// pointer, keys, and the page's door.
#pragma once

#include <doctest/doctest.h>
#include <imgui.h>

#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "lesson/convolution.h"
#include "lesson/session.h"
#include "view/hands.h"
#include "view/page_channel.h"
#include "view/shared_fonts.h"
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

class Stage : public Hands {
 public:
  explicit Stage(const StageSize& size = kDesktop) {
    resize(size);
    shell.watch(&placed);
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
    const kg::Fonts& fonts = shared_fonts(surface.density, surface.scale);
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
  std::string call(std::string_view request) override { return page.call(request); }
  void stage(std::vector<std::uint8_t> bytes) override { page.stage(std::move(bytes)); }

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
    const kg::Json request = {
        {"op", "do"}, {"verb", verb}, {"args", kg::args(std::forward<Values>(values)...)}};
    const std::string reply = call(request.dump());  // holds the whole state, which nobody reads here
    INFO(request.dump().substr(0, 300) << " → " << reply.substr(0, 300));
    REQUIRE(reply.starts_with("{\"ok\""));
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

  // The page's Tab. The label of where it leads, or "" when the focus leaves the stage.
  std::string tab(int direction = 1, int frames = 3) {
    const kg::Json reply = ok({{"op", "tab"}, {"dir", direction}});
    settle(frames);
    if (!reply["consumed"].get<bool>()) return "";
    CHECK(reply["label"].get<std::string>() != "");
    return reply["label"];
  }
  // Walks there; it is drawn when it has arrived. That each stop can be reached and seen, stops() proves.
  bool focus(const std::string& id) {
    ok({{"op", "blur"}});
    settle(1);
    bool there = false;
    for (int stops = 0; stops < 300 && !there && !tab(1, 0).empty(); ++stops)
      there = shell.focus().current() == id;
    return settle(), there;
  }
  std::vector<std::string> stops(int direction = 1) {
    std::vector<std::string> ids;
    ok({{"op", "blur"}});
    while (ids.size() < 300 && !tab(direction, 1).empty()) ids.push_back(shell.focus().current());
    settle(2);
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
  kg::PageChannel page{session, shell, display};
  std::vector<std::string> refused;
  std::vector<kg::Wish> wishes;
  std::string over_part;  // of the last frame
};
