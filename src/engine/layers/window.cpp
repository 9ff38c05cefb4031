#include "engine/layers/window.h"

#include <algorithm>
#include <cstdint>

namespace kg {
namespace {

std::int64_t reach(int kernel, int dilation) { return std::int64_t{kernel - 1} * dilation + 1; }

}  // namespace

const char* name_of(Padding padding) { return padding == Padding::same ? "same" : "valid"; }

std::string text_of(Size2 size) { return std::to_string(size.h) + "×" + std::to_string(size.w); }

WindowAxis window_axis(int n, int kernel, int stride, int dilation, Padding padding) {
  const std::int64_t extent = reach(kernel, dilation);
  if (padding == Padding::valid) return {static_cast<int>((n - extent) / stride) + 1, 0, 0};
  const int out = (n - 1) / stride + 1;  // ceil(n / stride)
  const int zeros = static_cast<int>(std::max<std::int64_t>(std::int64_t{out - 1} * stride + extent - n, 0));
  return {out, zeros / 2, zeros - zeros / 2};
}

Status check_picture(const std::string& layer, const SampleShape& in) {
  if (in.rank() == 3) return Done{};
  return Error{layer + " slides over pictures (height, width, channels), but what comes in is " + in.text() +
               ": it belongs before Flatten."};
}

Status check_window(const std::string& noun, Size2 image, Size2 window, Size2 stride, Size2 dilation,
                    Padding padding) {
  if (window.h < 1 || window.w < 1) {
    return Error{"The " + noun + " is " + text_of(window) +
                 " (down × right), but each of the two has to be at least 1."};
  }
  if (stride.h < 1 || stride.w < 1) {
    return Error{"The stride is " + text_of(stride) +
                 " (down × right), but the window has to move by at least 1."};
  }
  if (dilation.h < 1 || dilation.w < 1) {
    return Error{"The dilation is " + text_of(dilation) + " (down × right), but it has to be at least 1."};
  }
  if ((stride.h > 1 || stride.w > 1) && (dilation.h > 1 || dilation.w > 1)) {
    return Error{"The stride is " + text_of(stride) + " and the dilation " + text_of(dilation) +
                 ", but only one of them can be more than 1."};
  }
  // A window larger than that could not be counted in 32 bits on its way over the image.
  constexpr std::int64_t kMostReach = std::int64_t{1} << 29;
  const std::int64_t down = reach(window.h, dilation.h), right = reach(window.w, dilation.w);
  if (down > kMostReach || right > kMostReach) {
    return Error{"A " + text_of(window) + " " + noun + " with dilation " + text_of(dilation) +
                 " reaches over " + std::to_string(down) + "×" + std::to_string(right) +
                 " places, which is too far: at most " + std::to_string(kMostReach) + " can be counted."};
  }
  if (padding == Padding::valid && (down > image.h || right > image.w)) {
    const bool wide = down != window.h || right != window.w;
    const std::string over = wide ? ", which with dilation " + text_of(dilation) + " reaches over " +
                                        std::to_string(down) + "×" + std::to_string(right) + ","
                                  : "";
    return Error{"A " + text_of(window) + " " + noun + over + " does not fit into a " + text_of(image) +
                 " image without padding: use padding “same”, or a " + noun + " of at most " +
                 text_of(image) + "."};
  }
  return Done{};
}

}  // namespace kg
