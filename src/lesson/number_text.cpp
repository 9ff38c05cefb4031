#include "lesson/number_text.h"

#include <cstdio>
#include <cstdlib>

namespace kg {
namespace {

bool only_zeros(const std::string& text) { return text.find_first_not_of("-0.") == std::string::npos; }

// Tries one digit after the other; 17 are enough for a double, 9 for a float.
template <class Number>
std::string shortest_text(Number value, Number (*read)(const char*, char**)) {
  char buffer[40];
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, static_cast<double>(value));
    if (read(buffer, nullptr) == value) break;
  }
  return buffer;
}

}  // namespace

std::string exact_text(float value) { return shortest_text(value, std::strtof); }
std::string exact_text(double value) { return shortest_text(value, std::strtod); }

std::string fixed_text(double value, int digits) {
  char buffer[512];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  std::string text = buffer;
  if (text.front() != '-') return text;
  return only_zeros(text) ? text.substr(1) : "−" + text.substr(1);
}

std::string number_text(double value, int digits) {
  std::string text = fixed_text(value, digits);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace kg
