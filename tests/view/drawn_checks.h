// What holds for everything that is drawn, whatever the lesson.
#pragma once

#include <algorithm>
#include <cmath>

#include "view/stage_fixture.h"

inline bool finite(const ImDrawVert& v) {
  return std::isfinite(v.pos.x) && std::isfinite(v.pos.y) && std::isfinite(v.uv.x) && std::isfinite(v.uv.y);
}

inline void check_finite(const Stage& stage) {
  const ImDrawData* data = ImGui::GetDrawData();
  REQUIRE(data != nullptr);
  REQUIRE(data->Valid);
  REQUIRE(stage.drawn().VtxBuffer.Size > 0);
  for (const ImDrawList* list : data->CmdLists) {
    for (const ImDrawVert& v : list->VtxBuffer) {
      if (!finite(v))
        FAIL("a vertex at (" << v.pos.x << ", " << v.pos.y << "), texture (" << v.uv.x << ", " << v.uv.y
                             << ")");
    }
  }
  for (const kg::HeatMap& map : stage.scene.maps) {
    REQUIRE((map.rows >= 1 && map.cols >= 1 && map.shown >= 0 && map.shown <= map.rows * map.cols));
    REQUIRE((std::isfinite(map.reach) && map.reach > 0));
    const std::size_t values =
        static_cast<std::size_t>(map.rows * map.cols) * (map.ink == kg::HeatMap::Ink::rgb ? 3 : 1);
    REQUIRE(static_cast<std::size_t>(map.first) + values <= stage.scene.values.size());
  }
}

// Everything that is drawn lies within the stage, and the lesson's part above the transport bar. Two pixels
// are given for the soft edges of lines.
inline void check_inside(const Stage& stage) {
  const ImDrawList& list = stage.drawn();
  float left = 0, top = 0, right = 0, bottom = 0, low = 0;
  const ImU32 panel = kg::packed(kg::theme(stage.display.theme).panel);
  // The bar begins with a rectangle over the whole width that reaches down to the edge.
  int bar = -1;
  for (int i = 0; i + 3 < list.VtxBuffer.Size && bar < 0; ++i) {
    const ImDrawVert &a = list.VtxBuffer[i], &c = list.VtxBuffer[i + 2];
    if (a.col == panel && a.pos.x == 0 && c.pos.x == stage.display.width && c.pos.y == stage.display.height &&
        a.pos.y > stage.display.height / 2)
      bar = i;
  }
  const float floor = bar < 0 ? stage.display.height : list.VtxBuffer[bar].pos.y;
  for (int i = 0; i < list.VtxBuffer.Size; ++i) {
    const ImVec2 at = list.VtxBuffer[i].pos;
    left = std::min(left, at.x), right = std::max(right, at.x - stage.display.width);
    top = std::min(top, at.y), bottom = std::max(bottom, at.y - stage.display.height);
    if (i < bar) low = std::max(low, at.y - floor);
  }
  CHECK(left >= -2);
  CHECK(top >= -2);
  CHECK(right <= 2);
  CHECK(bottom <= 2);
  CHECK(low <= 2);
}

// No letter had to be replaced by the sign for "missing".
inline void check_letters(const Stage& stage) {
  const ImDrawData* data = ImGui::GetDrawData();
  for (const ImFont* font : ImGui::GetIO().Fonts->Fonts) {
    const ImFontGlyph* missing = font->FindGlyph(font->FallbackChar);
    REQUIRE(missing != nullptr);
    if (!missing->Visible) continue;
    for (const ImDrawList* list : data->CmdLists) {
      for (const ImDrawVert& v : list->VtxBuffer) {
        if (v.uv.x == missing->U0 && v.uv.y == missing->V0)
          FAIL("a letter without a glyph at (" << v.pos.x << ", " << v.pos.y << ")");
      }
    }
  }
  (void)stage;
}
