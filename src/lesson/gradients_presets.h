// The presets of the lesson `gradients`: nets that are known to fail, and what cures them.
#pragma once

#include <span>
#include <string_view>

#include "lesson/deep_net.h"

namespace kg {

struct GradientsPreset {
  const char* name;
  const char* title;    // on its button
  const char* comment;  // what is to be seen in it, in a sentence or two
  DeepNetSettings settings;
};

std::span<const GradientsPreset> gradients_presets();
// The one with these settings; nullptr if there is none.
const GradientsPreset* gradients_preset_of(const DeepNetSettings& settings);

}  // namespace kg
