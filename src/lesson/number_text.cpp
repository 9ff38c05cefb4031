#include "lesson/number_text.h"

#include <cstdio>

namespace kg {
namespace {

bool only_zeros(const std::string& text) { return text.find_first_not_of("-0.") == std::string::npos; }

}  // namespace

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
