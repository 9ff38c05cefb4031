// The layer Conv2D: forward and backward by hand. (The convolution itself: test_conv2d.cpp.)
#include <doctest/doctest.h>

#include "layer_by_itself.h"
#include "with_kernels.h"

using namespace kg;

namespace {

// Runs the layer with both flavours of kernels and compares everything with the hand.
struct Hand {
  const char* what;
  SampleShape in;
  Conv2D layer;
  std::vector<float> image, kernel, out, dout, din, dkernel;
};

void check(const Hand& hand) {
  for (kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(hand.what);
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    LayerByItself conv(hand.in, hand.layer);
    conv.set("kernel", hand.kernel);
    CHECK(text(conv.forward(hand.image)) == text(hand.out));
    CHECK(text(conv.backward(hand.dout)) == text(hand.din));
    CHECK(text(conv.gradient("kernel")) == text(hand.dkernel));
    float sum = 0;
    for (const float d : hand.dout) sum += d;
    if (hand.layer.filters == 1) CHECK(text(conv.gradient("bias")) == text(std::vector<float>{sum}));
  }
}

}  // namespace

TEST_CASE("engine/conv2d_layer: gradients by hand") {
  // out(y, x) = Σ in(y + ky, x + kx)·kernel(ky, kx). With dout (1, 0, 0, 10): din is the kernel, laid at the
  // top left, plus ten times the kernel at the bottom right; dkernel is the window at the top left plus ten
  // times that at the bottom right.
  check({"3×3 image, 2×2 filter, valid",
         SampleShape(3, 3, 1),
         {.filters = 1, .kernel = {2, 2}},
         {1, 2, 3, 4, 5, 6, 7, 8, 9},
         {1, 2, 3, 4},
         {1 + 4 + 12 + 20, 2 + 6 + 15 + 24, 4 + 10 + 21 + 32, 5 + 12 + 24 + 36},
         {1, 0, 0, 10},
         {1, 2, 0, 3, 4 + 10, 20, 0, 30, 40},
         {1 + 50, 2 + 60, 4 + 80, 5 + 90}});
  // same, even filter: the row and column of zeros are at the bottom and right. The window of the last output
  // holds only the last pixel, under the filter's first cell.
  check({"2×2 image, 2×2 filter, same",
         SampleShape(2, 2, 1),
         {.filters = 1, .kernel = {2, 2}, .padding = Padding::same},
         {1, 2, 3, 4},
         {1, 10, 100, 1000},
         {4321, 402, 43, 4},
         {0, 1, 0, 2},
         {0, 1, 0, 100 + 2},
         {2 * 1 + 4 * 2, 0, 4 * 1, 0}});
  // Stride 2 on 4 places, same: windows at 0 and 2, one zero behind; 5 places: windows at −1, 1, 3.
  check({"1×4 image, 1×3 filter, same, stride 2",
         SampleShape(1, 4, 1),
         {.filters = 1, .kernel = {1, 3}, .strides = {1, 2}, .padding = Padding::same},
         {1, 2, 3, 4},
         {1, 10, 100},
         {1 + 20 + 300, 3 + 40},
         {1, 2},
         {1, 10, 100 + 2, 20},
         {1 + 2 * 3, 2 + 2 * 4, 3}});
  check({"1×5 image, 1×3 filter, same, stride 2",
         SampleShape(1, 5, 1),
         {.filters = 1, .kernel = {1, 3}, .strides = {1, 2}, .padding = Padding::same},
         {1, 2, 3, 4, 5},
         {1, 10, 100},
         {10 + 200, 2 + 30 + 400, 4 + 50},
         {1, 2, 3},
         {10, 100 + 2, 20, 200 + 3, 30},
         {2 * 2 + 3 * 4, 1 + 2 * 3 + 3 * 5, 2 + 2 * 4}});
  // Stride 2, valid: the last pixel is in no window, so nothing says anything of it.
  check({"1×4 image, 1×1 filter, stride 2",
         SampleShape(1, 4, 1),
         {.filters = 1, .kernel = {1, 1}, .strides = {1, 2}},
         {1, 2, 3, 4},
         {5},
         {5, 15},
         {1, 10},
         {5, 0, 50, 0},
         {1 + 30}});
  // Dilation 2: the cells of the filter are two pixels apart.
  check({"1×5 image, 1×3 filter, dilation 2",
         SampleShape(1, 5, 1),
         {.filters = 1, .kernel = {1, 3}, .dilation = {1, 2}},
         {1, 2, 3, 4, 5},
         {1, 10, 100},
         {1 + 30 + 500},
         {2},
         {2, 0, 20, 0, 200},
         {2, 6, 10}});
  check({"3×1 image, 2×1 filter, dilation 2, same: one place of zeros on both sides",
         SampleShape(3, 1, 1),
         {.filters = 1, .kernel = {2, 1}, .padding = Padding::same, .dilation = {2, 1}},
         {1, 2, 3},
         {1, 10},
         {20, 1 + 30, 2},
         {1, 2, 4},
         {2, 10 + 4, 20},
         {2 * 1 + 4 * 2, 1 * 2 + 2 * 3}});
  // Two channels, two filters: out(o) = Σ in(i)·kernel(i, o).
  check({"1×1 picture, 1×1 filters, two channels, two filters",
         SampleShape(1, 1, 2),
         {.filters = 2, .kernel = {1, 1}},
         {1, 2},
         {1, 10, 100, 1000},
         {201, 2010},
         {1, -1},
         {1 - 10, 100 - 1000},
         {1, -1, 2, -2}});
}

TEST_CASE("engine/conv2d_layer: its own activation is the same as an Activation behind it, bit for bit") {
  struct Case {
    SampleShape in;
    Conv2D conv;
  };
  const Case cases[] = {
      {SampleShape(7, 9, 2), {.filters = 3}},
      {SampleShape(6, 6, 3), {.filters = 5, .kernel = {4, 4}, .strides = {2, 2}, .padding = Padding::same}},
      {SampleShape(9, 8, 28), {.filters = 28, .padding = Padding::same}},  // Winograd's
  };
  for (ActivationKind kind : {ActivationKind::linear, ActivationKind::relu, ActivationKind::leaky_relu,
                              ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::softmax}) {
    for (const Case& c : cases) {
      for (kernels::Flavour flavour : kBothFlavours) {
        CAPTURE(name_of(kind));
        CAPTURE(c.in.text());
        CAPTURE(c.conv.keras());
        CAPTURE(name_of(flavour));
        const WithKernels with(flavour);
        Conv2D fused = c.conv;
        fused.activation = kind;
        LayerByItself together(c.in, fused, 2), sums(c.in, c.conv, 2);
        LayerByItself activation(sums.output(), Activation{kind}, 2);
        const std::vector<float> in = drawn(c.in.batch(2).size(), Rng(1));
        const std::vector<float> dout = drawn(sums.output().batch(2).size(), Rng(2));
        CHECK(together.forward(in) == activation.forward(sums.forward(in)));
        CHECK(together.backward(dout) == sums.backward(activation.backward(dout)));
        for (const char* name : {"kernel", "bias"}) CHECK(together.gradient(name) == sums.gradient(name));
        CHECK(together.backward(dout, true) ==
              sums.backward(dout));  // dout already stands before the activation
      }
    }
  }
}

TEST_CASE("engine/conv2d_layer: follows its kernel when that is changed, Winograd's too") {
  for (int channels : {2, 28}) {
    CAPTURE(channels);
    const SampleShape in(8, 8, channels);
    const Conv2D conv{.filters = channels, .padding = Padding::same};
    LayerByItself layer(in, conv, 1, 1), other(in, conv, 1, 2);
    const std::vector<float> image = drawn(in.size(), Rng(1));
    layer.forward(image);
    layer.backward(image);
    layer.set("kernel", other.parameter("kernel").values);
    CHECK(layer.forward(image) == other.forward(image));
    CHECK(layer.backward(image) == other.backward(image));
  }
}

TEST_CASE("engine/conv2d_layer: what cannot be is refused in a sentence") {
  CHECK(
      refusal(Conv2D{}, SampleShape(100)) ==
      "Conv2D slides over pictures (height, width, channels), but what comes in is (100,): it belongs before "
      "Flatten.");
  CHECK(refusal(Conv2D{}, SampleShape(28, 3)) ==
        "Conv2D slides over pictures (height, width, channels), but what comes in is (28, 3): it belongs "
        "before "
        "Flatten.");
  CHECK(refusal(Conv2D{.filters = 0}, SampleShape(28, 28, 1)) ==
        "The filters are 3×3×1×0 (height × width × input channels × filters), but each of the four has to be "
        "at "
        "least 1.");
  CHECK(refusal(Conv2D{.kernel = {5, 3}}, SampleShape(4, 6, 1)) ==
        "A 5×3 filter does not fit into a 4×6 image without padding: use padding “same”, or a filter of at "
        "most "
        "4×6.");
  CHECK(refusal(Conv2D{.dilation = {2, 2}}, SampleShape(4, 6, 1)) ==
        "A 3×3 filter, which with dilation 2×2 reaches over 5×5, does not fit into a 4×6 image without "
        "padding: "
        "use padding “same”, or a filter of at most 4×6.");
  CHECK(refusal(Conv2D{.strides = {0, 1}}, SampleShape(4, 6, 1)) ==
        "The stride is 0×1 (down × right), but the window has to move by at least 1.");
  CHECK(refusal(Conv2D{.dilation = {1, 0}}, SampleShape(4, 6, 1)) ==
        "The dilation is 1×0 (down × right), but it has to be at least 1.");
  CHECK(refusal(Conv2D{.strides = {2, 1}, .dilation = {1, 2}}, SampleShape(9, 9, 1)) ==
        "The stride is 2×1 and the dilation 1×2, but only one of them can be more than 1.");
  CHECK(refusal(Conv2D{.dilation = {1 << 29, 1}}, SampleShape(9, 9, 1)) ==
        "A 3×3 filter with dilation 536870912×1 reaches over 1073741825×3 places, which is too far: at most "
        "536870912 can be counted.");
  CHECK(refusal(Conv2D{.filters = 1000, .padding = Padding::same}, SampleShape(1000, 1000, 1)) ==
        "The output would be 1×1000×1000×1000, which is too many values: at most 268435456 fit, so use a "
        "smaller "
        "image, fewer filters or a larger stride.");
}

TEST_CASE("engine/conv2d_layer: shape, counts and Keras code") {
  const Conv2D conv{.filters = 8,
                    .kernel = {5, 3},
                    .strides = {2, 1},
                    .padding = Padding::same,
                    .activation = ActivationKind::relu};
  CHECK(conv.output(SampleShape(27, 28, 3))->text() == "(14, 28, 8)");
  CHECK(conv.counts(SampleShape(27, 28, 3)).learned == 5 * 3 * 3 * 8 + 8);
  CHECK(conv.keras() == "Conv2D(8, (5, 3), strides=(2, 1), padding=\"same\", activation=\"relu\")");
  CHECK(Conv2D{.filters = 2, .dilation = {2, 3}, .use_bias = false}.keras() ==
        "Conv2D(2, (3, 3), dilation_rate=(2, 3), use_bias=False)");
}
