#include <doctest/doctest.h>

#include "layer_by_itself.h"
#include "with_kernels.h"

using namespace kg;

namespace {

struct Hand {
  const char* what;
  SampleShape in;
  LayerDescription layer;
  std::vector<float> image, out, dout, din;
};

void check(const Hand& hand) {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(hand.what);
    CAPTURE(keras_of(hand.layer));
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself pool(hand.in, hand.layer);
    CHECK(text(pool.forward(hand.image)) == text(hand.out));
    CHECK(text(pool.backward(hand.dout)) == text(hand.din));
  }
}

const std::vector<float> kPicture{1, 5, 2, 0,  //
                                  3, 4, 8, 6,  //
                                  9, 7, 1, 2,  //
                                  0, 3, 5, 4};
const SampleShape kFour(4, 4, 1);

}  // namespace

TEST_CASE("engine/pooling: windows side by side, by hand") {
  check({"the largest of each quarter",
         kFour,
         MaxPooling2D{},
         kPicture,
         {5, 8, 9, 5},
         {1, 2, 3, 4},
         {0, 1, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 0, 0, 4, 0}});
  // 1 + 5 + 3 + 4 = 13, 2 + 0 + 8 + 6 = 16, 9 + 7 + 0 + 3 = 19, 1 + 2 + 5 + 4 = 12; each by 4.
  check({"the mean of each quarter",
         kFour,
         AveragePooling2D{},
         kPicture,
         {3.25f, 4, 4.75f, 3},
         {4, 8, 12, 16},
         {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4}});
}

TEST_CASE("engine/pooling: windows that overlap add up their gradients") {
  // 3×3 at stride 1: the 8 is the largest of the upper two windows, the 9 of the lower left one.
  check({"max",
         kFour,
         MaxPooling2D{{3, 3}, {1, 1}},
         kPicture,
         {9, 8, 9, 8},
         {1, 2, 4, 8},
         {0, 0, 0, 0, 0, 0, 2 + 8, 0, 1 + 4, 0, 0, 0, 0, 0, 0, 0}});
  check({"average",
         SampleShape(1, 3, 1),
         AveragePooling2D{{1, 2}, {1, 1}},
         {1, 3, 7},
         {2, 5},
         {2, 4},
         {1, 3, 2}});
}

TEST_CASE("engine/pooling: of several largest the first in the window has the gradient") {
  check({"all the same", SampleShape(2, 2, 1), MaxPooling2D{}, {3, 3, 3, 3}, {3}, {5}, {5, 0, 0, 0}});
  check({"above before left", SampleShape(2, 2, 1), MaxPooling2D{}, {1, 3, 3, 3}, {3}, {5}, {0, 5, 0, 0}});
  check({"in overlapping windows each by itself",
         SampleShape(1, 3, 1),
         MaxPooling2D{{1, 2}, {1, 1}},
         {2, 2, 2},
         {2, 2},
         {1, 10},
         {1, 10, 0}});
  check({"zeros of both signs are equal",
         SampleShape(1, 2, 1),
         MaxPooling2D{{1, 2}},
         {-0.0f, 0.0f},
         {-0.0f},
         {5},
         {5, 0}});
}

TEST_CASE("engine/pooling: the border of same padding never counts") {
  // 3 places, windows of 2 at stride 2: one place behind; the last window holds one pixel.
  check({"max: negative values stay",
         SampleShape(3, 3, 1),
         MaxPooling2D{{2, 2}, {2, 2}, Padding::same},
         {-1, -2, -3, -4, -5, -6, -7, -8, -9},
         {-1, -3, -7, -9},
         {1, 2, 3, 4},
         {1, 0, 2, 0, 0, 0, 3, 0, 4}});
  // means of 4, 2, 2 and 1 pixels
  check({"average: over the pixels there are",
         SampleShape(3, 3, 1),
         AveragePooling2D{{2, 2}, {2, 2}, Padding::same},
         {1, 2, 3, 4, 5, 6, 7, 8, 9},
         {3, 4.5f, 7.5f, 9},
         {4, 2, 2, 1},
         {1, 1, 1, 1, 1, 1, 1, 1, 1}});
  // 3×3 at stride 1: a place on every side. In the corners 4 pixels count, at the edges 6.
  check({"average, overlapping",
         SampleShape(2, 2, 1),
         AveragePooling2D{{3, 3}, {1, 1}, Padding::same},
         {1, 2, 3, 6},
         {3, 3, 3, 3},
         {4, 8, 12, 16},
         {10, 10, 10, 10}});
  check({"max, overlapping",
         SampleShape(2, 2, 1),
         MaxPooling2D{{3, 3}, {1, 1}, Padding::same},
         {1, 2, 3, 6},
         {6, 6, 6, 6},
         {4, 8, 12, 16},
         {0, 0, 0, 40}});
}

TEST_CASE("engine/pooling: strides larger than the window leave pixels out") {
  check({"max",
         SampleShape(1, 5, 1),
         MaxPooling2D{{1, 1}, {1, 3}},
         {1, 2, 3, 4, 5},
         {1, 4},
         {7, 8},
         {7, 0, 0, 8, 0}});
  check({"average",
         SampleShape(1, 5, 1),
         AveragePooling2D{{1, 2}, {1, 3}},
         {1, 3, 9, 4, 6},
         {2, 5},
         {2, 4},
         {1, 1, 0, 2, 2}});
}

TEST_CASE("engine/pooling: every channel and every image by itself") {
  // Two images of 1×2 pixels with five channels (more than a SIMD register holds).
  const std::vector<float> in{1, 2, 3, 4, 5, 5, 4, 3, 2, 1, -1, -2, -3, -4, -5, -5, -4, -3, -2, -1};
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself max(SampleShape(1, 2, 5), MaxPooling2D{{1, 2}}, 2);
    CHECK(text(max.forward(in)) == text(std::vector<float>{5, 4, 3, 4, 5, -1, -2, -3, -2, -1}));
    CHECK(text(max.backward({1, 2, 3, 4, 5, 6, 7, 8, 9, 10})) ==
          text(std::vector<float>{0, 0, 3, 4, 5, 1, 2, 0, 0, 0, 6, 7, 8, 0, 0, 0, 0, 0, 9, 10}));
    LayerByItself average(SampleShape(1, 2, 5), AveragePooling2D{{1, 2}}, 2);
    CHECK(text(average.forward(in)) == text(std::vector<float>{3, 3, 3, 3, 3, -3, -3, -3, -3, -3}));
  }
}

TEST_CASE("engine/pooling: what cannot be is refused in a sentence") {
  CHECK(refusal(MaxPooling2D{}, SampleShape(10)) ==
        "MaxPooling2D slides over pictures (height, width, channels), but what comes in is (10,): it belongs "
        "before "
        "Flatten.");
  CHECK(refusal(AveragePooling2D{}, SampleShape(10, 3)) ==
        "AveragePooling2D slides over pictures (height, width, channels), but what comes in is (10, 3): it "
        "belongs "
        "before Flatten.");
  CHECK(refusal(MaxPooling2D{{3, 3}}, SampleShape(2, 5, 1)) ==
        "A 3×3 window does not fit into a 2×5 image without padding: use padding “same”, or a window of at "
        "most "
        "2×5.");
  CHECK(refusal(MaxPooling2D{{0, 2}}, SampleShape(4, 4, 1)) ==
        "The window is 0×2 (down × right), but each of the two has to be at least 1.");
  CHECK(refusal(AveragePooling2D{{2, 2}, {1, -1}}, SampleShape(4, 4, 1)) ==
        "The stride is 1×-1 (down × right), but the window has to move by at least 1.");
}

TEST_CASE("engine/pooling: shape and Keras code") {
  CHECK(MaxPooling2D{}.output(SampleShape(27, 28, 3))->text() == "(13, 14, 3)");
  CHECK(MaxPooling2D{{2, 2}, {0, 0}, Padding::same}.output(SampleShape(27, 28, 3))->text() == "(14, 14, 3)");
  CHECK(AveragePooling2D{{3, 3}, {1, 2}}.output(SampleShape(27, 28, 3))->text() == "(25, 13, 3)");
  CHECK(MaxPooling2D{}.keras() == "MaxPooling2D((2, 2))");
  CHECK(AveragePooling2D{{3, 3}, {1, 2}, Padding::same}.keras() ==
        "AveragePooling2D((3, 3), strides=(1, 2), padding=\"same\")");
}
