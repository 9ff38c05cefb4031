// Numbers as Python writes them.
#pragma once

#include <string>

namespace kg {

std::string python_number(float value);  // "0.5", "1.0": the shortest that reads back the same

}  // namespace kg
