#include "data/base64url.h"

#include <cassert>

namespace kg {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

char base64url_digit(int six_bits) {
  assert(six_bits >= 0 && six_bits < 64);
  return kAlphabet[static_cast<std::size_t>(six_bits)];
}

int base64url_value(char digit) {
  if (digit >= 'A' && digit <= 'Z') return digit - 'A';
  if (digit >= 'a' && digit <= 'z') return digit - 'a' + 26;
  if (digit >= '0' && digit <= '9') return digit - '0' + 52;
  if (digit == '-') return 62;
  if (digit == '_') return 63;
  return -1;
}

std::string base64url_encode(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;  // those not written yet
  int held = 0;            // how many
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8 | byte) & 0xffff;
    held += 8;
    while (held >= 6) {
      held -= 6;
      text += base64url_digit(static_cast<int>(bits >> held & 63));
    }
  }
  if (held > 0) text += base64url_digit(static_cast<int>(bits << (6 - held) & 63));
  return text;
}

Result<std::vector<std::uint8_t>> base64url_decode(std::string_view text) {
  if (text.size() % 4 == 1)
    return Error{"the text is cut off: base64 never has " + std::to_string(text.size()) + " characters"};
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = base64url_value(text[i]);
    if (value < 0) {
      return Error{"character " + std::to_string(i + 1) +
                   " of the text is not one of A–Z, a–z, 0–9, - and _"};
    }
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> held & 255));
    }
  }
  if ((bits & ((1u << held) - 1)) != 0)
    return Error{"the last character of the text says more than fits into whole bytes"};
  return bytes;
}

}  // namespace kg
