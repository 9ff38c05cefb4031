#include "lesson/number_text.h"

#include <algorithm>
#include <cmath>
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

std::string exact_list(std::span<const float> values) {
  std::string text;
  for (const float value : values) text += (text.empty() ? "" : ",") + exact_text(value);
  return text;
}

std::optional<std::vector<float>> parse_list(std::string_view text) {
  std::vector<float> values;
  for (;;) {
    const std::size_t comma = text.find(',');
    const std::string part(text.substr(0, comma));
    char* end = nullptr;
    values.push_back(std::strtof(part.c_str(), &end));
    if (part.empty() || end != part.c_str() + part.size() || !std::isfinite(values.back())) {
      return std::nullopt;
    }
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

std::string fixed_text(double value, int digits) {
  char buffer[512];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  std::string text = buffer;
  if (text.front() != '-') return text;
  return only_zeros(text) ? text.substr(1) : "−" + text.substr(1);
}

std::string significant_text(double value, int digits) {
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size >= 1e5 || size < 1e-4) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.1e", value);
    std::string text = buffer, power = text.substr(text.find('e') + 1);
    const int exponent = std::atoi(power.c_str());
    text.resize(text.find('e'));
    if (text.front() == '-') text = "−" + text.substr(1);
    return text + "e" + number_text(exponent, 0);
  }
  const int before = static_cast<int>(std::floor(std::log10(size))) + 1;
  return number_text(value, std::clamp(digits - before, 0, 7));
}

std::string magnitude_text(double value) {
  if (value == 0) return "0";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.1e", value);  // "-2.4e-07"
  const std::string rounded = buffer;
  const std::size_t e = rounded.find('e');
  const int exponent = std::atoi(rounded.c_str() + e + 1);
  if (exponent >= -4 && exponent <= 3) return number_text(std::atof(buffer), std::max(1 - exponent, 0));
  return number_text(std::atof(rounded.substr(0, e).c_str()), 1) + "e" + number_text(exponent, 0);
}

std::string number_text(double value, int digits) {
  std::string text = fixed_text(value, digits);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string percent_text(double share, int digits) { return number_text(100 * share, digits) + " %"; }

}  // namespace kg
