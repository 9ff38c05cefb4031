// Photo: a picture of any size, as the browser decodes a PNG or JPEG, becomes a digit or a small colour
// picture.
#pragma once

#include <cstdint>
#include <span>

#include "data/normalise.h"
#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

// Borrowed pixels: height × width × 4 bytes, red green blue alpha, alpha not multiplied in, row by row.
struct Rgba {
  std::span<const std::uint8_t> bytes;
  int height = 0, width = 0;
};

inline constexpr std::int64_t kMaxPhotoPixels = 64'000'000;

struct PhotoDigit {
  bool dark_on_light = false;  // the picture was inverted
  Tensor ink;                  // (1, H, W, 1): the picture's ink, 0..1, its longer side at most kPhotoSide
  Normalised normalised;       // of `ink`; the result is normalised.picture
};

inline constexpr int kPhotoSide = 512;

// The digit in the picture: transparent parts are white paper; the paper's brightness is judged from the
// picture's border (a slope of light across it is allowed for), ink is what differs from it by more than the
// noise, specks are dropped. Refuses, in words: no pixels, more than 64 megapixels, a number of bytes that
// does not fit the size, an even picture.
Result<PhotoDigit> photo_digit(const Rgba& photo);

// (1, 28, 28, 3): the largest square in the middle of the picture, averaged down, transparent parts white,
// values k/255. Refuses the same, except that an even picture is welcome.
Result<Tensor> photo_colours(const Rgba& photo);

}  // namespace kg
