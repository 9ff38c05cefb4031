#include "engine/kernels/winograd.h"

#include <algorithm>

namespace kg::kernels {
namespace {

constexpr std::size_t kCached = std::size_t{1} << 18;  // floats: 1 MB

std::size_t product(int a, int b) { return static_cast<std::size_t>(a) * static_cast<std::size_t>(b); }

int cells_of(const Conv2DSizes& s) {
  const int longer = std::max(s.kernel_h, s.kernel_w);
  return longer <= 3 ? 3 : longer <= 5 ? 5 : 7;
}

}  // namespace

WinogradSizes::WinogradSizes(const Conv2DSizes& sizes)
    : conv(sizes),
      cells(cells_of(sizes)),
      points(cells == 3 ? 6 : 8),
      tile(points - cells + 1),
      tiles_down((sizes.out_h + tile - 1) / tile),
      tiles_across((sizes.out_w + tile - 1) / tile),
      filters((sizes.out + 3) / 4 * 4) {}

// As many as fill half of a second-level cache of 1 MB, but not so few that the weights are not used enough,
// above all if they come from further away.
int WinogradSizes::batch() const {
  const int enough = prepared() <= kCached ? 32 : 64;
  return std::min(tiles(), std::max(enough, (1 << 17) / (places() * (conv.in + filters))));
}

std::size_t WinogradSizes::scratch() const {
  return static_cast<std::size_t>(places()) * (stride(conv.in) + stride(filters));
}

WinogradSizes::Block WinogradSizes::block(int filter) const {
  const int first = filter / 16 * 16, left = filters - first;
  if (left >= 16) return {first, 16};
  if (left < 8) return {first, 4};
  return filter < first + 8 ? Block{first, 8} : Block{first + 8, 4};
}

std::size_t WinogradSizes::weight(int place, int channel, int filter) const {
  const Block in = block(filter);
  return (product(place, filters) + static_cast<std::size_t>(in.first)) * static_cast<std::size_t>(conv.in) +
         product(channel, in.width) + static_cast<std::size_t>(filter - in.first);
}

// It is not worthwhile with few channels, whose transformations cost more than they save; nor if blocks that
// reach beyond the image, or zeros that fill up the filter, leave less than half of the products to save; nor
// if there are so few blocks that the time goes into reading the prepared filters (which are up to four times
// as large as the filters).
bool winograd_suits(const Conv2DSizes& sizes) {
  const bool can = std::max(sizes.kernel_h, sizes.kernel_w) <= 7 && sizes.stride_y == 1 &&
                   sizes.stride_x == 1 && sizes.dilation_y == 1 && sizes.dilation_x == 1 && !sizes.flip;
  if (!can || sizes.in < 8 || sizes.in * sizes.out < 128) return false;
  const WinogradSizes s(sizes);
  const int blocks = s.tiles_down * s.tiles_across;
  const double direct = 1.0 * sizes.out_h * sizes.out_w * sizes.kernel_h * sizes.kernel_w;
  return 2.0 * s.places() * blocks <= direct && (blocks >= 4 || s.prepared() <= kCached);
}

}  // namespace kg::kernels
