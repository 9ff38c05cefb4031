// What paper and scanner do to a digit.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "data/digit_generator.h"
#include "data/normalise.h"
#include "data/wear.h"

using namespace kg;

namespace {

constexpr std::size_t kSide = kPictureSide;

std::vector<float> neat(int digit) {
  const Tensor picture = generate_digit(digit, 5, Variety::neat);
  return {picture.values().begin(), picture.values().end()};
}

// Whether a pixel or one of its four neighbours has ink.
bool near_ink(const std::vector<float>& picture, std::size_t i) {
  const std::size_t row = i / kSide, column = i % kSide;
  return picture[i] > 0 || (column > 0 && picture[i - 1] > 0) || (column + 1 < kSide && picture[i + 1] > 0) ||
         (row > 0 && picture[i - kSide] > 0) || (row + 1 < kSide && picture[i + kSide] > 0);
}

}  // namespace

TEST_CASE("data/wear: values stay whole 255ths, and far from ink paper stays paper") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::vector<float> before = neat(static_cast<int>(seed % 10));
    std::vector<float> after = before;
    Rng rng(seed);
    wear(after, rng);
    for (std::size_t i = 0; i < after.size(); ++i) {
      CHECK(after[i] == quantised(after[i]));
      if (!near_ink(before, i)) CHECK(after[i] == 0);
    }
  }
}

TEST_CASE("data/wear: no two papers are alike, and the same seed is the same paper") {
  const std::vector<float> digit = neat(3);
  std::vector<float> a = digit, b = digit, c = digit;
  Rng one(1), again(1), two(2);
  wear(a, one);
  wear(b, again);
  wear(c, two);
  CHECK(a == b);
  CHECK(a != c);
  CHECK(a != digit);
}

TEST_CASE("data/wear: a digit keeps its ink on the whole, whatever the paper") {
  for (int digit = 0; digit < 10; ++digit) {
    const std::vector<float> before = neat(digit);
    double ink = 0, worn = 0, most = 0;
    for (const float p : before) ink += static_cast<double>(p);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      std::vector<float> after = before;
      Rng rng(seed);
      wear(after, rng);
      double sum = 0;
      for (const float p : after) sum += static_cast<double>(p);
      worn += sum / 40;
      most = std::max(most, std::abs(sum / ink - 1));
    }
    CHECK(std::abs(worn / ink - 1) < 0.08);
    CHECK(most < 0.3);
  }
}

TEST_CASE("data/wear: some papers are grainy, some digits out of focus, many are neither") {
  const std::vector<float> before(kSide * kSide, 1.0f);  // all ink: its inner pixels change by grain alone
  std::vector<float> line(kSide * kSide, 0.0f);
  for (std::size_t row = 4; row < 24; ++row) line[row * kSide + 14] = 1;
  int smooth = 0, grainy = 0, sharp = 0, soft = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    std::vector<float> full = before, thin = line;
    Rng rng(seed), same(seed);
    wear(full, rng);
    wear(thin, same);
    float least = 1;
    for (const float p : full) least = std::min(least, p);
    smooth += least > 0.95f ? 1 : 0;
    grainy += least < 0.8f ? 1 : 0;
    sharp += thin[10 * kSide + 15] == 0 ? 1 : 0;
    soft += thin[10 * kSide + 15] > 0.05f ? 1 : 0;
  }
  CHECK(smooth > 20);
  CHECK(grainy > 100);
  CHECK(sharp > 150);
  CHECK(sharp < 250);
  CHECK(soft > 80);
}
