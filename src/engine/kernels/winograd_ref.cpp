// Winograd's algorithm as its formula says it, tile by tile and channel by channel, with the matrices written
// out.
#include "engine/kernels/dispatch.h"
#include "engine/kernels/winograd.h"

namespace kg::kernels {
namespace {

constexpr int kMax = kWinogradMaxPoints;
using Grid = float[kMax][kMax];

// The matrix Aᵀ (outputs, P): powers of the points.
void powers_of_points(Grid& at, int outputs, int points) {
  for (int p = 0; p < points - 1; ++p) {
    at[0][p] = 1;
    for (int r = 1; r < outputs; ++r) at[r][p] = at[r - 1][p] * kWinogradPoints[p];
  }
  for (int r = 0; r < outputs; ++r) at[r][points - 1] = r == outputs - 1 ? 1.0f : 0.0f;
}

// The matrix Bᵀ (P, P): in row p the coefficients of the product of all (x − x_q) with q ≠ p.
void polynomials(Grid& bt, int points) {
  for (int p = 0; p < points; ++p) {
    for (int k = 0; k < points; ++k) bt[p][k] = k == 0 ? 1.0f : 0.0f;
    for (int q = 0; q < points - 1; ++q) {
      if (q == p) continue;
      for (int k = points - 1; k >= 0; --k) {
        bt[p][k] = (k > 0 ? bt[p][k - 1] : 0) - kWinogradPoints[q] * bt[p][k];
      }
    }
  }
}

// result (rows, rows) = m (rows, P) · values (P, P) · mᵀ
void both_sides(Grid& result, const Grid& m, int rows, const Grid& values, int points) {
  Grid half = {};
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < points; ++c) {
      for (int k = 0; k < points; ++k) half[r][c] += m[r][k] * values[k][c];
    }
  }
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < rows; ++c) {
      result[r][c] = 0;
      for (int k = 0; k < points; ++k) result[r][c] += half[r][k] * m[c][k];
    }
  }
}

}  // namespace

void winograd_ref(float* out, const float* in, const float* prepared, const float* bias, float*,
                  const WinogradSizes& sizes) {
  const Conv2DSizes& s = sizes.conv;
  const int points = sizes.points, tile = sizes.tile;
  Grid bt, at;
  polynomials(bt, points);
  powers_of_points(at, tile, points);
  for (int n = 0; n < s.images; ++n) {
    for (int top = 0; top < s.out_h; top += tile) {
      for (int left = 0; left < s.out_w; left += tile) {
        for (int o = 0; o < s.out; ++o) {
          Grid sum = {}, block;
          for (int i = 0; i < s.in; ++i) {
            Grid d = {}, v;
            for (int y = 0; y < points; ++y) {
              for (int x = 0; x < points; ++x) {
                const int row = top + y - s.pad_top, col = left + x - s.pad_left;
                if (row < 0 || row >= s.h || col < 0 || col >= s.w) continue;
                d[y][x] = in[((n * s.h + row) * s.w + col) * s.in + i];
              }
            }
            both_sides(v, bt, points, d, points);
            for (int y = 0; y < points; ++y) {
              for (int x = 0; x < points; ++x) {
                sum[y][x] += v[y][x] * prepared[sizes.weight(y * points + x, i, o)];
              }
            }
          }
          both_sides(block, at, tile, sum, points);
          for (int y = 0; y < tile && top + y < s.out_h; ++y) {
            for (int x = 0; x < tile && left + x < s.out_w; ++x) {
              const float value = block[y][x] + (bias ? bias[o] : 0.0f);
              out[((n * s.out_h + top + y) * s.out_w + left + x) * s.out + o] =
                  s.relu && value < 0.0f ? 0.0f : value;
            }
          }
        }
      }
    }
  }
}

}  // namespace kg::kernels
