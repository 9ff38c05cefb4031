#include "lesson/wording.h"

#include <cctype>

namespace kg {

std::string as_sentence(std::string words) {
  if (words.empty()) return words;
  words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
  if (words.back() != '.' && words.back() != '!' && words.back() != '?') words += '.';
  return words;
}

std::string in_quotes(std::string_view name) {
  constexpr std::size_t kLongest = 40;
  if (name.size() <= kLongest) return "\"" + std::string(name) + "\"";
  // A character of UTF-8 stays whole: its later bytes are 10xxxxxx.
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return "\"" + std::string(name.substr(0, end)) + "…\"";
}

}  // namespace kg
