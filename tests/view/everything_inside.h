// That everything a frame drew lies on the stage: what ImGui drew, and the heat maps beneath it.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <span>
#include <string>

#include "view/stage_fixture.h"

inline void everything_inside(const Stage& stage, const StageSize& size) {
  CHECK(stage.drawn().VtxBuffer.Size > 300);
  float left = 0, top = 0, right = 0, bottom = 0;
  for (const ImDrawVert& vertex : stage.drawn().VtxBuffer) {
    left = std::min(left, vertex.pos.x), right = std::max(right, vertex.pos.x);
    top = std::min(top, vertex.pos.y), bottom = std::max(bottom, vertex.pos.y);
  }
  CHECK(left >= -1);
  CHECK(top >= -1);
  CHECK(right <= size.width + 1);
  CHECK(bottom <= size.height + 1);
  for (const kg::HeatMap& map : stage.scene.maps) {
    CHECK(map.place.x >= 0);
    CHECK(map.place.y >= 0);
    CHECK(map.place.right() <= size.width);
    CHECK(map.place.bottom() <= size.height);
  }
}

// Where there is no room for everything at once, and a lesson that has tabs shows them.
inline bool small(const StageSize& size) { return size.width < 620 || size.height < 440; }

// The same behind each of the tabs, if there are tabs.
inline void everything_inside(Stage& stage, const StageSize& size, std::span<const char* const> tabs) {
  if (!small(size)) return everything_inside(stage, size);
  for (const char* const tab : tabs) {
    CAPTURE(std::string(tab));
    stage.click(tab);
    stage.leave();
    everything_inside(stage, size);
  }
}
