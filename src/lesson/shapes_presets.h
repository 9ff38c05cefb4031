// The stacks of layers that the lesson `shapes` knows by name.
#pragma once

#include <span>
#include <string_view>

#include "lesson/stack.h"

namespace kg {

// In the order in which they are offered. The first is what a fresh lesson opens with.
std::span<const char* const> stack_names();
Result<Stack> stack_preset(std::string_view name);

}  // namespace kg
