#include "engine/json_reader.h"

#include <limits>

namespace kg {
namespace {

constexpr std::string_view kWhiteSpace = " \t\n\r";

// Appends a code point as UTF-8.
void put_utf8(std::string& text, unsigned code) {
  const auto put = [&](unsigned byte) { text += static_cast<char>(byte); };
  const auto put_rest = [&](int shift) { put(0x80 | (code >> shift & 63)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put_rest(0);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put_rest(6);
    put_rest(0);
  } else {
    put(0xF0 | code >> 18);
    put_rest(12);
    put_rest(6);
    put_rest(0);
  }
}

// How many bytes the UTF-8 character has that `text` begins with; 0 if it is none: cut off, longer than need
// be, half of a surrogate pair, or beyond the last code point.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC0 || first >= 0xF8) return 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  unsigned code = first & (0xFFu >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(k) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(k) & 63);
  }
  constexpr unsigned kLeast[] = {0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code >= kLeast[length - 2] && code <= 0x10FFFF && !surrogate ? length : 0;
}

}  // namespace

bool JsonReader::refuse(std::string sentence) {
  if (sentence_.empty()) sentence_ = std::move(sentence);
  return false;
}

bool JsonReader::expected(const char* what) {
  return refuse("This is no safetensors file, or it is damaged: at byte " + std::to_string(offset_ + place_) +
                " there should be " + what + ".");
}

bool JsonReader::only_spaces_left() {
  while (next_is(' ')) ++place_;
  return place_ == text_.size();
}

bool JsonReader::accept(char c) {
  while (place_ < text_.size() && kWhiteSpace.find(text_[place_]) != std::string_view::npos) ++place_;
  if (!next_is(c)) return false;
  ++place_;
  return true;
}

bool JsonReader::number(std::uint64_t& to) {
  while (place_ < text_.size() && kWhiteSpace.find(text_[place_]) != std::string_view::npos) ++place_;
  const std::size_t first = place_;
  to = 0;
  for (; place_ < text_.size() && text_[place_] >= '0' && text_[place_] <= '9'; ++place_) {
    const std::uint64_t digit = static_cast<std::uint64_t>(text_[place_] - '0');
    if (to > (std::numeric_limits<std::uint64_t>::max() - digit) / 10) return expected("a smaller number");
    to = to * 10 + digit;
  }
  const bool leading_zero = place_ - first > 1 && text_[first] == '0';
  if (place_ > first && !leading_zero) return true;
  place_ = first;
  return expected("a whole number from 0 on");
}

bool JsonReader::string(std::string& to) {
  if (!expect('"', "a text in quotes")) return false;
  while (!next_is('"')) {
    if (place_ == text_.size()) return expected("the \" that ends a text");
    if (next_is('\\')) {
      if (!escape(to)) return false;
      continue;
    }
    const std::size_t length = utf8_length(text_.substr(place_));
    if (length == 0 || static_cast<unsigned char>(text_[place_]) < 32)
      return expected("a character of a text");
    to += text_.substr(place_, length);
    place_ += length;
  }
  ++place_;
  return true;
}

// Behind a backslash: a letter, or u and four digits; two of these for code points above 0xFFFF.
bool JsonReader::escape(std::string& to) {
  constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
  ++place_;
  const std::size_t known = place_ < text_.size() ? kLetters.find(text_[place_]) : std::string_view::npos;
  if (known != std::string_view::npos) {
    ++place_;
    to += kMeanings[known];
    return true;
  }
  unsigned code = 0, low = 0;
  if (!four_digits(code)) return false;
  if (code >= 0xDC00 && code <= 0xDFFF)
    return expected("the first half of a character before its second half");
  if (code >= 0xD800 && code <= 0xDBFF) {
    if (!next_is('\\')) return expected("the second half of a character");
    ++place_;
    if (!four_digits(low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return expected("the second half of a character");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  put_utf8(to, code);
  return true;
}

// u00E9
bool JsonReader::four_digits(unsigned& code) {
  if (!next_is('u')) return expected("an escape that JSON knows");
  ++place_;
  for (int k = 0; k < 4; ++k, ++place_) {
    const char c = place_ < text_.size() ? text_[place_] : ' ';
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return expected("a hexadecimal digit");
    code = code << 4 | static_cast<unsigned>(digit);
  }
  return true;
}

std::string json_text(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string json = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 32) {
      json += {'\\', 'u', '0', '0', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      if (c == '"' || c == '\\') json += '\\';
      json += c;
    }
  }
  return json + "\"";
}

}  // namespace kg
