// conv2d against numbers worked out by hand, and its geometry and refusals. Both kernels have to agree with
// the hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "engine/layers/conv2d.h"
#include "with_kernels.h"

using namespace kg;

namespace {

constexpr Conv2DSettings kValid{1, 1, Padding::valid, false};
constexpr Conv2DSettings kSame{1, 1, Padding::same, false};

std::string text(std::span<const float> values) {
  std::string out;
  for (float value : values) out += std::to_string(value) + " ";
  return out;
}

// Runs both kernels; in, filters, expected are as many values as their shapes say.
void check(const char* what, const Tensor& in, const Filters& filters, const std::vector<float>& bias,
           const Conv2DSettings& settings, const Tensor& expected) {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(what);
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    const Result<Tensor> out = conv2d(in, filters, bias, settings);
    if (!out) {
      FAIL_CHECK(out.sentence());
      continue;
    }
    CHECK(out->shape().text() == expected.shape().text());
    CHECK(text(out->values()) == text(expected.values()));
  }
}

const std::vector<float> kOneToSixteen{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

}  // namespace

TEST_CASE("engine/conv2d: a 4×4 image under a 3×3 filter gives 2×2") {
  const Tensor in({1, 4, 4, 1}, kOneToSixteen);
  const Filters filter({3, 3, 1, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  // 1·1 + 2·2 + 3·3 + 5·4 + 6·5 + 7·6 + 9·7 + 10·8 + 11·9 = 348; one to the right or four further on all nine
  // pixels are larger by 1 or 4, so the sum is larger by 45 or 180.
  check("as it is", in, filter, {}, kValid, Tensor({1, 2, 2, 1}, {348, 393, 528, 573}));
  check("with a bias", in, filter, {0.5f}, kValid, Tensor({1, 2, 2, 1}, {348.5f, 393.5f, 528.5f, 573.5f}));
  // 1·9 + 2·8 + 3·7 + 5·6 + 6·5 + 7·4 + 9·3 + 10·2 + 11·1 = 192
  check("flipped", in, filter, {}, {1, 1, Padding::valid, true}, Tensor({1, 2, 2, 1}, {192, 237, 372, 417}));
}

TEST_CASE("engine/conv2d: the four edge detectors find their edge and no other") {
  const Tensor dark_above({1, 4, 4, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
  const Tensor dark_left({1, 4, 4, 1}, {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1});
  const Filters top({3, 3, 1, 1}, {-1, -1, -1, 1, 1, 1, 0, 0, 0});
  const Filters bottom({3, 3, 1, 1}, {0, 0, 0, 1, 1, 1, -1, -1, -1});
  const Filters left({3, 3, 1, 1}, {-1, 1, 0, -1, 1, 0, -1, 1, 0});
  const Filters right({3, 3, 1, 1}, {0, 1, -1, 0, 1, -1, 0, 1, -1});
  check("top", dark_above, top, {}, kValid, Tensor({1, 2, 2, 1}, {0, 0, 3, 3}));
  check("bottom", dark_above, bottom, {}, kValid, Tensor({1, 2, 2, 1}, {-3, -3, 0, 0}));
  check("left on an edge that lies flat", dark_above, left, {}, kValid, Tensor({1, 2, 2, 1}, {0, 0, 0, 0}));
  check("left", dark_left, left, {}, kValid, Tensor({1, 2, 2, 1}, {0, 3, 0, 3}));
  check("right", dark_left, right, {}, kValid, Tensor({1, 2, 2, 1}, {-3, 0, -3, 0}));
  check("top on an edge that stands", dark_left, top, {}, kValid, Tensor({1, 2, 2, 1}, {0, 0, 0, 0}));
  // Flipped, top is rows 0 0 0 / 1 1 1 / −1 −1 −1: bottom.
  check("top flipped", dark_above, top, {}, {1, 1, Padding::valid, true},
        Tensor({1, 2, 2, 1}, {-3, -3, 0, 0}));
}

TEST_CASE("engine/conv2d: same padding counts what is outside as 0") {
  const Tensor ones({1, 3, 3, 1}, std::vector<float>(9, 1.0f));
  check("3×3", ones, Filters({3, 3, 1, 1}, std::vector<float>(9, 1.0f)), {}, kSame,
        Tensor({1, 3, 3, 1}, {4, 6, 4, 6, 9, 6, 4, 6, 4}));
  check("an even filter has its zeros at the bottom and right", Tensor({1, 2, 2, 1}, {1, 2, 3, 4}),
        Filters({2, 2, 1, 1}, {1, 1, 1, 1}), {}, kSame, Tensor({1, 2, 2, 1}, {10, 6, 7, 4}));
  check("a filter larger than the image", Tensor({1, 1, 2, 1}, {1, 2}),
        Filters({3, 5, 1, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}), {}, kSame,
        Tensor({1, 1, 2, 1}, {8 + 2 * 9, 7 + 2 * 8}));
}

TEST_CASE("engine/conv2d: strides leave out windows") {
  const Tensor in({1, 4, 4, 1}, kOneToSixteen);
  const Filters one({1, 1, 1, 1}, {1});
  check("2 both ways", in, one, {}, {2, 2, Padding::valid, false}, Tensor({1, 2, 2, 1}, {1, 3, 9, 11}));
  check("3 down, 2 right", in, one, {}, {3, 2, Padding::valid, false}, Tensor({1, 2, 2, 1}, {1, 3, 13, 15}));
  // same, stride 2, 3×3 on 4×4: one row of zeros, and it is at the bottom (and right).
  check("2, same", in, Filters({3, 3, 1, 1}, std::vector<float>(9, 1.0f)), {}, {2, 2, Padding::same, false},
        Tensor({1, 2, 2, 1}, {54, 3 + 4 + 7 + 8 + 11 + 12, 9 + 10 + 11 + 13 + 14 + 15, 11 + 12 + 15 + 16}));
}

TEST_CASE("engine/conv2d: sums over input channels, one output channel per filter, images apart") {
  // Two images of one pixel with three channels; two filters.
  const Tensor in({2, 1, 1, 3}, {1, 2, 3, 10, 20, 30});
  const Filters filters({1, 1, 3, 2}, {1, -1, 10, 0, 100, 1});
  check("1×1", in, filters, {1000, 2000}, kValid, Tensor({2, 1, 1, 2}, {1321, 2002, 4210, 2020}));
}

TEST_CASE("engine/conv2d: an empty batch gives an empty result") {
  const Result<Tensor> out = conv2d(Tensor({0, 28, 28, 1}), Filters({3, 3, 1, 8}), {}, kValid);
  REQUIRE(out.ok());
  CHECK(out->shape() == Shape{0, 26, 26, 8});
}

TEST_CASE("engine/conv2d: geometry as Keras has it") {
  struct Axis {
    int n, k, stride;
    Padding padding;
    int out, before, after;
  };
  const Axis axes[] = {
      {4, 3, 1, Padding::valid, 2, 0, 0},   {28, 3, 1, Padding::valid, 26, 0, 0},
      {28, 3, 2, Padding::valid, 13, 0, 0}, {20, 3, 1, Padding::valid, 18, 0, 0},
      {18, 5, 1, Padding::valid, 14, 0, 0}, {14, 7, 1, Padding::valid, 8, 0, 0},
      {7, 2, 3, Padding::valid, 2, 0, 0},   {5, 5, 3, Padding::valid, 1, 0, 0},
      {28, 3, 1, Padding::same, 28, 1, 1},  {28, 5, 1, Padding::same, 28, 2, 2},
      {28, 2, 1, Padding::same, 28, 0, 1},  {28, 4, 1, Padding::same, 28, 1, 2},
      {4, 3, 2, Padding::same, 2, 0, 1},    {6, 3, 2, Padding::same, 3, 0, 1},
      {5, 3, 2, Padding::same, 3, 1, 1},    {7, 3, 2, Padding::same, 4, 1, 1},
      {5, 2, 2, Padding::same, 3, 0, 1},    {28, 5, 3, Padding::same, 10, 2, 2},
      {5, 1, 2, Padding::same, 3, 0, 0},    {5, 1, 3, Padding::same, 2, 0, 0},
      {6, 4, 2, Padding::same, 3, 1, 1},    {7, 4, 2, Padding::same, 4, 1, 2},
      {2, 5, 1, Padding::same, 2, 2, 2},    {1, 4, 1, Padding::same, 1, 1, 2},
      {3, 3, 9, Padding::same, 1, 0, 0},
  };
  for (const Axis& a : axes) {
    CAPTURE(a.n);
    CAPTURE(a.k);
    CAPTURE(a.stride);
    CAPTURE((a.padding == Padding::same));
    const auto tall = conv2d_geometry({1, a.n, 9, 1}, {a.k, 1, 1, 1}, {a.stride, 1, a.padding, false});
    const auto wide = conv2d_geometry({1, 9, a.n, 1}, {1, a.k, 1, 1}, {1, a.stride, a.padding, false});
    REQUIRE(tall.ok());
    REQUIRE(wide.ok());
    CHECK(tall->out_h == a.out);
    CHECK(tall->pad_top == a.before);
    CHECK(tall->pad_bottom == a.after);
    CHECK(tall->out_w == 9);
    CHECK(wide->out_w == a.out);
    CHECK(wide->pad_left == a.before);
    CHECK(wide->pad_right == a.after);
    CHECK(wide->out_h == 9);
  }
}

TEST_CASE("engine/conv2d: geometry agrees with counting the windows one by one") {
  for (int n = 1; n <= 12; ++n) {
    for (int k = 1; k <= 7; ++k) {
      for (int stride = 1; stride <= 5; ++stride) {
        CAPTURE(n);
        CAPTURE(k);
        CAPTURE(stride);
        int fitting = 0, starts = 0;
        for (int start = 0; start < n; start += stride) {
          ++starts;
          fitting += start + k <= n;
        }
        const auto valid = conv2d_geometry({1, n, 12, 1}, {k, 1, 1, 1}, {stride, 1, Padding::valid, false});
        CHECK(valid.ok() == (k <= n));
        if (valid) CHECK(valid->out_h == fitting);
        const auto same = conv2d_geometry({1, n, 12, 1}, {k, 1, 1, 1}, {stride, 1, Padding::same, false});
        REQUIRE(same.ok());
        const int odd = same->pad_bottom - same->pad_top;
        const int zeros = same->pad_bottom + same->pad_top;
        const int reach = (starts - 1) * stride + k;
        CHECK(same->out_h == starts);
        CHECK((odd == 0 || odd == 1));
        CHECK(reach <= n + zeros);                  // the last window has room,
        CHECK((zeros == 0 || reach == n + zeros));  // and there is no more border than it needs
      }
    }
  }
}

TEST_CASE("engine/conv2d: what cannot be is refused with the numbers, in a sentence") {
  constexpr int kHuge = std::numeric_limits<int>::max();
  struct Refusal {
    Shape in;
    FilterShape filters;
    Conv2DSettings settings;
    std::vector<const char*> words;
  };
  const Refusal refusals[] = {
      {{-2, 28, 28, 1}, {3, 3, 1, 8}, kValid, {"-2 images"}},
      {{1, 0, 28, 1}, {3, 3, 1, 8}, kValid, {"0×28×1", "at least 1"}},
      {{1, 28, -5, 1}, {3, 3, 1, 8}, kSame, {"28×-5×1"}},
      {{1, 28, 28, 0}, {3, 3, 0, 8}, kSame, {"28×28×0"}},
      {{1, 28, 28, 1}, {0, 3, 1, 8}, kSame, {"0×3×1×8", "at least 1"}},
      {{1, 28, 28, 1}, {3, 3, 1, 0}, kSame, {"3×3×1×0"}},
      {{1, 28, 28, 1}, {3, -3, 1, 8}, kValid, {"3×-3×1×8"}},
      {{1, 28, 28, 1}, {3, 3, 1, 8}, {0, 1, Padding::valid, false}, {"stride", "0×1", "at least 1"}},
      {{1, 28, 28, 1}, {3, 3, 1, 8}, {2, -7, Padding::same, false}, {"stride", "2×-7"}},
      {{1, 28, 28, 3}, {3, 3, 1, 8}, kValid, {"3 channels", "made for 1"}},
      {{1, 28, 28, 1}, {3, 3, 4, 8}, kSame, {"1 channel,", "made for 4"}},
      {{1, 4, 6, 1}, {5, 3, 1, 1}, kValid, {"5×3 filter", "4×6 image", "same"}},
      {{1, 6, 4, 1}, {3, 5, 1, 1}, kValid, {"3×5 filter", "6×4 image"}},
      {{1, 60000, 60000, 1}, {3, 3, 1, 1}, kSame, {"60000×60000", "268435456"}},
      {{1, 65536, 65536, 1}, {3, 3, 1, 1}, kSame, {"65536×65536", "268435456"}},  // 2³² values: 0 in 32 bits
      {{1, 8, 8, 65536}, {3, 3, 65536, 65536}, kSame, {"3×3×65536×65536", "268435456"}},
      {{1, 4000, 4000, 1}, {3, 3, 1, 128}, kSame, {"1×4000×4000×128", "268435456"}},
      {{kHuge, kHuge, kHuge, kHuge}, {kHuge, kHuge, kHuge, kHuge}, kSame, {"2147483647", "268435456"}},
      {{1, 1, 1, 1}, {kHuge, kHuge, 1, 1}, kSame, {"2147483647×2147483647×1×1"}},
      {{0, kHuge, 1, 1}, {kHuge, kHuge, 1, 1}, {kHuge, kHuge, Padding::same, false}, {"2147483647"}},
  };
  for (const Refusal& refusal : refusals) {
    CAPTURE(refusal.in.text());
    CAPTURE(refusal.filters.text());
    const auto geometry = conv2d_geometry(refusal.in, refusal.filters, refusal.settings);
    CHECK_FALSE(geometry.ok());
    if (geometry) continue;
    const std::string& sentence = geometry.sentence();
    CAPTURE(sentence);
    CHECK(sentence.back() == '.');
    for (const char* word : refusal.words) {
      CAPTURE(word);
      CHECK(sentence.find(word) != std::string::npos);
    }
  }
}

TEST_CASE("engine/conv2d: numbers at the edge of int are no trouble where the result is small") {
  constexpr int kHuge = std::numeric_limits<int>::max();
  const auto long_stride = conv2d_geometry({1, 5, 5, 1}, {3, 3, 1, 1}, {kHuge, kHuge, Padding::same, false});
  REQUIRE(long_stride.ok());
  CHECK(long_stride->out_h == 1);
  CHECK(long_stride->pad_top == 0);
  const auto long_filter = conv2d_geometry({1, 5, 5, 1}, {1 << 28, 1, 1, 1}, kSame);
  REQUIRE(long_filter.ok());
  CHECK(long_filter->pad_top + long_filter->pad_bottom == (1 << 28) - 1);
  const auto long_image = conv2d_geometry({0, kHuge, 1, 1}, {1 << 28, 1, 1, 1}, kSame);  // an empty batch
  REQUIRE(long_image.ok());
  CHECK(long_image->out_h == kHuge);
  CHECK(long_image->pad_top + long_image->pad_bottom == (1 << 28) - 1);
}

TEST_CASE("engine/conv2d: a refused call says why and leaves its inputs alone") {
  const Tensor in({1, 4, 4, 1}, kOneToSixteen);
  const Filters filters({3, 3, 1, 2});
  const std::vector<float> three_biases{1, 2, 3};
  const Result<Tensor> biased = conv2d(in, filters, three_biases, kValid);
  REQUIRE_FALSE(biased.ok());
  CHECK(biased.sentence() == "There are 3 biases for 2 filters: give one for each filter, or none at all.");
  const Result<Tensor> large = conv2d(in, Filters({5, 5, 1, 1}), {}, kValid);
  REQUIRE_FALSE(large.ok());
  CHECK(large.sentence() ==
        "A 5×5 filter does not fit into a 4×4 image without padding: use padding “same”, or a filter of at "
        "most 4×4.");
  CHECK(std::equal(kOneToSixteen.begin(), kOneToSixteen.end(), in.values().begin(), in.values().end()));
}
