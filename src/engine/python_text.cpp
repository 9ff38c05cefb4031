#include "engine/python_text.h"

#include <array>
#include <charconv>

namespace kg {

std::string python_number(float value) {
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  const std::string number(text.data(), end);
  return number.find_first_of(".en") == std::string::npos ? number + ".0" : number;
}

std::string python_tuple(const std::vector<int>& shape) {
  std::string text;
  for (const int size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "(" + text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace kg
