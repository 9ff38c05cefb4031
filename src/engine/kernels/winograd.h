// Winograd's algorithm for filters from 3×3 on at stride 1, F(4×4, 3×3).
//
// A 4×4 block of outputs takes 144 products per channel when computed directly. Winograd's way takes 36: of
// the 6×6 inputs d under the block and the filter g,
//
//   outputs = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
//
// where ⊙ multiplies place by place (S. Winograd, "Arithmetic Complexity of Computations", 1980; for
// convolutions: A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, whose
// matrices these are). Summed over the input channels, each of the 36 places is a product of matrices. The
// filters' part is prepared once and used as long as they stay the same.
//
// A larger filter is cut into pieces of 3×3 (the last ones filled up with zeros): each piece meets the input
// three rows or columns further, and their sums add up as those of further input channels do.
//
// The price is rounding: the results differ from direct ones by some units in the last places, about ten
// times as much as two orders of adding do.
#pragma once

#include <algorithm>
#include <cstddef>

#include "engine/kernels/conv2d_sizes.h"

namespace kg::kernels {

constexpr int kWinogradOut = 4;  // outputs along a side of a tile
constexpr int kWinogradIn = 6;   // inputs
constexpr int kWinogradPlaces = kWinogradIn * kWinogradIn;

// Pieces of 3×3 that a filter is cut into, and all channels that they make of the input's.
inline int winograd_pieces(int kernel) { return (kernel + 2) / 3; }
inline int winograd_channels(const Conv2DSizes& s) {
  return winograd_pieces(s.kernel_h) * winograd_pieces(s.kernel_w) * s.in;
}

inline int winograd_tiles(int outputs) { return (outputs + kWinogradOut - 1) / kWinogradOut; }

// Floats of prepared filters: (36, channels, O).
inline std::size_t winograd_filters(const Conv2DSizes& s) {
  return static_cast<std::size_t>(kWinogradPlaces) * static_cast<std::size_t>(winograd_channels(s)) *
         static_cast<std::size_t>(s.out);
}

// Whether winograd can compute this, and whether it is worthwhile. It is not with few channels, whose
// transformations cost more than they save; nor if tiles that reach beyond the image, or pieces that reach
// beyond the filter, leave less than half of the products to save; nor if there are so few tiles that the
// time goes into reading the prepared filters (which are up to four times as large as the filters).
inline bool winograd_suits(const Conv2DSizes& s) {
  const bool can = s.kernel_h >= 3 && s.kernel_w >= 3 && s.stride_y == 1 && s.stride_x == 1 &&
                   s.dilation_y == 1 && s.dilation_x == 1 && !s.flip;
  if (!can || s.in < 8 || s.out < 8 || s.in * s.out < 128) return false;
  const int tiles = winograd_tiles(s.out_h) * winograd_tiles(s.out_w);
  const double direct = 1.0 * s.out_h * s.out_w * s.kernel_h * s.kernel_w;
  const double ours = 1.0 * kWinogradPlaces * tiles * winograd_channels(s) / s.in;
  constexpr std::size_t kCached = std::size_t{1} << 18;  // floats: 1 MB
  return 2 * ours <= direct && (tiles >= 4 || winograd_filters(s) <= kCached);
}

// How many of all images' tiles are worked on together: as many as fit into a second-level cache of 1 MB
// beside the weights, but not so few that the weights are not used enough.
inline int winograd_batch(const Conv2DSizes& s) {
  const int tiles = s.images * winograd_tiles(s.out_h) * winograd_tiles(s.out_w);
  return std::min(tiles, std::max(32, (1 << 17) / (kWinogradPlaces * (winograd_channels(s) + s.out))));
}

// From place to place, in floats, of the transformed inputs and outputs of a batch of tiles. A little more
// than the values need: at a multiple of 4 kB all places would fall into the same lines of the cache.
inline std::size_t winograd_stride(int tiles, int channels) {
  return static_cast<std::size_t>(tiles) * static_cast<std::size_t>(channels) + 16;
}

// Floats of working memory.
inline std::size_t winograd_scratch(const Conv2DSizes& s) {
  const int tiles = winograd_batch(s);
  return kWinogradPlaces * (winograd_stride(tiles, winograd_channels(s)) + winograd_stride(tiles, s.out));
}

// prepared (36, pieces·I, O) = G g Gᵀ of all pieces g of filters (kernel_h, kernel_w, I, O)
void winograd_prepare(float* prepared, const float* filters, const Conv2DSizes& sizes);

}  // namespace kg::kernels
