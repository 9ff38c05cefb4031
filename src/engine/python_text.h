// Numbers and shapes as Python writes them.
#pragma once

#include <string>
#include <vector>

namespace kg {

std::string python_number(float value);  // "0.5", "1.0": the shortest that reads back the same

std::string python_tuple(const std::vector<int>& sizes);  // "(3, 3, 1, 8)", "(8,)"

}  // namespace kg
