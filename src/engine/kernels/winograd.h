// Winograd's algorithm for filters up to 7×7 at stride 1.
//
// Along one axis, m outputs of a filter of k cells are the coefficients of a product of polynomials, and that
// product is known as soon as its values at P = m + k − 1 points are: P products instead of m·k. Along both
// axes, of the P×P inputs d under an m×m block and the filter g,
//
//   outputs = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
//
// where ⊙ multiplies place by place (S. Winograd, "Arithmetic Complexity of Computations", 1980; for
// convolutions: A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015). G takes the
// filter's values at the points, A's rows are their powers, and Bᵀ's are the polynomials that vanish at all
// the other points: with the points x_p, p < P − 1, and infinity as the last one,
//
//   A[p][r] = x_pʳ     G[p][j] = x_pʲ / Π (x_p − x_q)     Bᵀ[p] = coefficients of Π (x − x_q)    (q ≠ p)
//
// and for infinity the last unit vector in A and G, and the product over all points in Bᵀ. Summed over the
// input channels, each of the P² places is a product of matrices, (tiles, I)·(I, O). The filters' part is
// prepared once and used as long as they stay the same.
//
// More points save more products, but they ask for more work around the products and for more weights to
// read, and they cost precision. Here 3×3 filters go with 6 points (blocks of 4×4, 2¼ products per output and
// channel instead of 9), larger ones with 8: 5×5 give blocks of 4×4 (4 products instead of 25), 7×7 blocks of
// 2×2 (16 instead of 49). Filters of sizes in between are filled up with zeros. Results differ from direct
// ones in the last places: by some ten times as much as two orders of adding do.
#pragma once

#include <cstddef>

#include "engine/kernels/conv2d_sizes.h"

namespace kg::kernels {

constexpr int kWinogradMaxPoints = 8;
constexpr float kWinogradPoints[kWinogradMaxPoints - 1] = {0, 1, -1, 2, -2, 0.5f, -0.5f};

// How winograd goes about sizes of conv2d: stride 1, no dilation, no flip, filters up to 7×7.
struct WinogradSizes {
  explicit WinogradSizes(const Conv2DSizes& sizes);

  Conv2DSizes conv;
  int cells;                     // of the filters along a side, filled up: 3, 5 or 7
  int points;                    // P
  int tile;                      // outputs of a block along a side, m
  int tiles_down, tiles_across;  // blocks of an image
  int filters;                   // O, filled up to whole vectors

  int places() const { return points * points; }
  int tiles() const { return conv.images * tiles_down * tiles_across; }
  int batch() const;  // how many of all images' blocks are worked on together
  // From place to place, in floats, of the transformed inputs or outputs of a batch. A little more than the
  // values need: at a multiple of 4 kB all places would fall into the same lines of the cache.
  std::size_t stride(int channels) const {
    return static_cast<std::size_t>(batch()) * static_cast<std::size_t>(channels) + 16;
  }
  std::size_t scratch() const;                                     // floats of working memory
  std::size_t prepared() const { return weight(places(), 0, 0); }  // floats of prepared filters

  // Prepared filters stand place by place, each in blocks of neighbouring filters, in the order in which they
  // are read: 16 filters in a block (8 and 4, what is left at the end), (I, 16).
  struct Block {
    int first, width;
  };
  Block block(int filter) const;
  std::size_t weight(int place, int channel, int filter) const;
};

// Whether winograd can compute this, and whether it is worthwhile.
bool winograd_suits(const Conv2DSizes& sizes);

// prepared = G g Gᵀ of all filters (kernel_h, kernel_w, I, O)
void winograd_prepare(float* prepared, const float* filters, const WinogradSizes& sizes);

}  // namespace kg::kernels
