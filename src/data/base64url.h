// Base64 in the alphabet for links (RFC 4648, section 5: A–Z a–z 0–9 - _), without padding.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"

namespace kg {

char base64url_digit(int six_bits);  // 0..63, asserted
int base64url_value(char digit);     // 0..63, or −1 for any other character

std::string base64url_encode(std::span<const std::uint8_t> bytes);

// Strict: only what base64url_encode writes is read. Refused: other characters (also padding), a length no
// bytes can have, and spare bits that are not 0.
Result<std::vector<std::uint8_t>> base64url_decode(std::string_view text);

}  // namespace kg
