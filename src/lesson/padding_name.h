// The padding by its name, as verbs and links give it.
#pragma once

#include <string>

#include "engine/layers/window.h"
#include "engine/result.h"

namespace kg {

Result<Padding> padding_named(const std::string& name);  // "valid" or "same"

}  // namespace kg
