// The typeface, rasterised once for every stage of the same scale and density: anew for each stage, that took
// most of the tests' time. That Fonts makes it anew when it must is tested on its own.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <map>
#include <utility>

#include "view/fonts.h"

inline const kg::Fonts& shared_fonts(float density, float scale) {
  struct Letters {
    ImFontAtlas atlas;
    kg::Fonts fonts;
  };
  static std::map<std::pair<float, float>, Letters> all;
  Letters& letters = all[{density, scale}];
  letters.fonts.prepare(letters.atlas, density, scale);
  ImGuiContext& context = *ImGui::GetCurrentContext();
  if (context.FontAtlasOwnedByContext) IM_DELETE(context.IO.Fonts);
  context.FontAtlasOwnedByContext = false;
  context.IO.Fonts = &letters.atlas;
  return letters.fonts;
}
