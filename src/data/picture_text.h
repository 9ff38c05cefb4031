// Picture text: one picture as a text for a link, "28x28x1:" (height, width, channels) and its values in
// base64url.
//
// If every value is one of 0/255 … 255/255, each takes one byte. Otherwise the size ends with an f,
// "28x28x1f:", and each value takes four: a float32, low byte first.
#pragma once

#include <string>
#include <string_view>

#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

inline constexpr int kMaxPictureSide = 256;  // of a picture in a link
inline constexpr int kMaxPictureChannels = 64;
inline constexpr int kMaxPictureValues = 16384;

// `picture` is (1, H, W, C) within those limits, with finite values; anything else is asserted.
std::string picture_to_text(const Tensor& picture);

// Refuses, in words, whatever picture_to_text does not write.
Result<Tensor> picture_from_text(std::string_view text);

}  // namespace kg
