#include "data/picture_text.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

#include "data/base64url.h"
#include "data/normalise.h"

namespace kg {
namespace {

bool within_limits(int h, int w, int c) {
  return h >= 1 && w >= 1 && c >= 1 && h <= kMaxPictureSide && w <= kMaxPictureSide &&
         c <= kMaxPictureChannels && h * w * c <= kMaxPictureValues;
}

bool all_bytes(const Tensor& picture) {
  for (const float value : picture.values()) {
    if (std::bit_cast<std::uint32_t>(quantised(value)) != std::bit_cast<std::uint32_t>(value)) return false;
  }
  return true;
}

// A size as save writes it: digits without a leading 0, few enough for an int. 0 if it is none.
int taken_size(std::string_view& text) {
  int size = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 6), size);
  if (error != std::errc{} || text.front() == '0' || text.front() == '-') return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return size;
}

bool taken(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string picture_to_text(const Tensor& picture) {
  const Shape& shape = picture.shape();
  assert(shape.n == 1 && within_limits(shape.h, shape.w, shape.c));
  const bool as_bytes = all_bytes(picture);
  std::vector<std::uint8_t> bytes;
  for (const float value : picture.values()) {
    assert(std::isfinite(value));
    if (as_bytes) {
      bytes.push_back(static_cast<std::uint8_t>(value * 255.0f + 0.5f));
    } else {
      const auto bits = std::bit_cast<std::uint32_t>(value);
      for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(bits >> shift & 255));
    }
  }
  return std::to_string(shape.h) + "x" + std::to_string(shape.w) + "x" + std::to_string(shape.c) +
         (as_bytes ? ":" : "f:") + base64url_encode(bytes);
}

Result<Tensor> picture_from_text(std::string_view text) {
  const int h = taken_size(text);
  const bool first_x = h > 0 && taken(text, 'x');
  const int w = first_x ? taken_size(text) : 0;
  const bool second_x = w > 0 && taken(text, 'x');
  const int c = second_x ? taken_size(text) : 0;
  const bool as_floats = c > 0 && taken(text, 'f');
  if (c == 0 || !taken(text, ':')) return Error{"a picture in a link begins with its size, as in 28x28x1:"};
  const std::string size = std::to_string(h) + "×" + std::to_string(w) + "×" + std::to_string(c);
  if (!within_limits(h, w, c)) {
    return Error{"a picture of " + size + " is too large for a link: at most " +
                 std::to_string(kMaxPictureSide) + " pixels a side, " + std::to_string(kMaxPictureChannels) +
                 " channels and " + std::to_string(kMaxPictureValues) + " values in all"};
  }

  const Result<std::vector<std::uint8_t>> decoded = base64url_decode(text);
  if (!decoded) return Error{"the picture in the link is damaged: " + decoded.sentence()};
  const std::vector<std::uint8_t>& bytes = *decoded;
  Tensor picture(Shape{1, h, w, c});
  const std::size_t expected = picture.values().size() * (as_floats ? 4 : 1);
  if (bytes.size() != expected) {
    return Error{"the picture in the link is damaged: " + size + " needs " + std::to_string(expected) +
                 " bytes, and it has " + std::to_string(bytes.size())};
  }
  for (std::size_t i = 0; i < picture.values().size(); ++i) {
    float value = 0;
    if (as_floats) {
      std::uint32_t bits = 0;
      for (std::size_t k = 0; k < 4; ++k) bits |= static_cast<std::uint32_t>(bytes[4 * i + k]) << (8 * k);
      value = std::bit_cast<float>(bits);
    } else {
      value = static_cast<float>(bytes[i]) / 255.0f;
    }
    if (!std::isfinite(value)) {
      return Error{"the picture in the link is damaged: value " + std::to_string(i + 1) + " is not a number"};
    }
    picture.values()[i] = value;
  }
  if (as_floats && all_bytes(picture)) {
    return Error{
        "the picture in the link is not written the way links are: its values are bytes, and it says f"};
  }
  return picture;
}

}  // namespace kg
