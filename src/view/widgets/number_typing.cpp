#include "view/widgets/number_typing.h"

#include <imgui.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace kg {
namespace {

constexpr std::size_t kLongest = 7;  // characters one can type

}  // namespace

std::optional<double> NumberTyping::finish() {
  std::string text = std::exchange(text_, "");
  if (text.empty()) return std::nullopt;
  std::replace(text.begin(), text.end(), ',', '.');
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return end != text.c_str() && *end == '\0' ? std::optional(value) : std::nullopt;
}

std::optional<double> NumberTyping::take(Ui& ui) {
  for (const ImWchar c : ImGui::GetIO().InputQueueCharacters) {
    const bool digit = c >= '0' && c <= '9';
    const bool sign = c == '-' && text_.empty();
    const bool point = (c == '.' || c == ',') && text_.find_first_of(".,") == std::string::npos;
    if ((digit || sign || point) && text_.size() < kLongest) text_ += static_cast<char>(c);
  }
  if (text_.empty()) return std::nullopt;
  ui.typing = true;
  if (ui.key(ImGuiKey_Backspace)) text_.pop_back();
  if (ui.key(ImGuiKey_Escape, false)) text_.clear();
  if (ui.key(ImGuiKey_Enter, false) || ui.key(ImGuiKey_KeypadEnter, false)) return finish();
  return std::nullopt;
}

}  // namespace kg
