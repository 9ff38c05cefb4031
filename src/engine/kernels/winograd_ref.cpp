// Winograd's algorithm as its formula says it, tile by tile and channel by channel, with the matrices written
// out.
#include "engine/kernels/dispatch.h"
#include "engine/kernels/winograd.h"

namespace kg::kernels {
namespace {

constexpr float kBt[6][6] = {{4, 0, -5, 0, 1, 0},  {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0},
                             {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}};
constexpr float kAt[4][6] = {
    {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}};

// result (R, R) = m (R, S) · values (S, S) · mᵀ
template <int R, int S>
void both_sides(float (&result)[R][R], const float (&m)[R][S], const float (&values)[S][S]) {
  float half[R][S] = {};
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < S; ++c) {
      for (int k = 0; k < S; ++k) half[r][c] += m[r][k] * values[k][c];
    }
  }
  for (int r = 0; r < R; ++r) {
    for (int c = 0; c < R; ++c) {
      result[r][c] = 0;
      for (int k = 0; k < S; ++k) result[r][c] += half[r][k] * m[c][k];
    }
  }
}

}  // namespace

void winograd_ref(float* out, const float* in, const float* prepared, const float* bias, float*,
                  const Conv2DSizes& s) {
  const int channels = winograd_channels(s), across = winograd_pieces(s.kernel_w);
  for (int n = 0; n < s.images; ++n) {
    for (int top = 0; top < s.out_h; top += kWinogradOut) {
      for (int left = 0; left < s.out_w; left += kWinogradOut) {
        for (int o = 0; o < s.out; ++o) {
          float sum[6][6] = {};
          for (int channel = 0; channel < channels; ++channel) {
            const int piece = channel / s.in, i = channel % s.in;
            const int down = piece / across * 3 - s.pad_top, right = piece % across * 3 - s.pad_left;
            float d[6][6] = {}, v[6][6];
            for (int y = 0; y < 6; ++y) {
              for (int x = 0; x < 6; ++x) {
                const int row = top + y + down, col = left + x + right;
                if (row < 0 || row >= s.h || col < 0 || col >= s.w) continue;
                d[y][x] = in[((n * s.h + row) * s.w + col) * s.in + i];
              }
            }
            both_sides(v, kBt, d);
            for (int place = 0; place < kWinogradPlaces; ++place) {
              const float weight = prepared[(place * channels + channel) * s.out + o];
              sum[place / 6][place % 6] += v[place / 6][place % 6] * weight;
            }
          }
          float block[4][4];
          both_sides(block, kAt, sum);
          for (int y = 0; y < 4 && top + y < s.out_h; ++y) {
            for (int x = 0; x < 4 && left + x < s.out_w; ++x) {
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
