#include <doctest/doctest.h>

#include <limits>

#include "engine/summary.h"
#include "nets.h"

using namespace kg;

namespace {

using Layers = std::vector<LayerDescription>;

// The three models of the lesson on shapes; input 20×20×3.
Layers model_with(Padding padding) {
  return {Dense{.units = 16, .activation = kRelu},
          Conv2D{.filters = 32, .kernel = {3, 3}, .padding = padding, .activation = kRelu},
          Conv2D{.filters = 64, .kernel = {5, 5}, .padding = padding, .activation = kRelu},
          Conv2D{.filters = 128, .kernel = {7, 7}, .padding = padding, .activation = kRelu},
          Flatten{},
          Dense{.units = 2, .activation = kSoftmax}};
}

Layers model_pool() {
  return {Dense{.units = 16, .activation = kRelu},
          Conv2D{.filters = 32, .kernel = {3, 3}, .padding = Padding::same, .activation = kRelu},
          MaxPooling2D{.pool = {2, 2}, .strides = {2, 2}, .padding = Padding::valid},
          Conv2D{.filters = 64, .kernel = {5, 5}, .padding = Padding::same, .activation = kRelu},
          Flatten{},
          Dense{.units = 2, .activation = kSoftmax}};
}

struct Expected {
  const char* name;
  const char* type;
  SampleShape output;
  std::int64_t params;
};

void check_summary(const Layers& layers, const std::vector<Expected>& rows, std::int64_t total,
                   const SampleShape& input = SampleShape(20, 20, 3)) {
  const Result<Summary> summary = summarize(input, layers);
  REQUIRE(summary.ok());
  REQUIRE(summary->rows.size() == rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    CAPTURE(k);
    CHECK(summary->rows[k].name == rows[k].name);
    CHECK(summary->rows[k].type == rows[k].type);
    CHECK(summary->rows[k].output.text() == rows[k].output.text());
    CHECK(summary->rows[k].params == rows[k].params);
  }
  CHECK(summary->total == total);
  CHECK(summary->trainable == total);
  CHECK(summary->non_trainable == 0);
}

std::string refusal(const SampleShape& input, const Layers& layers) {
  const Result<Summary> summary = summarize(input, layers);
  return summary.ok() ? "" : summary.sentence();
}

}  // namespace

TEST_CASE("engine/summary: the course's model_valid, layer for layer") {
  check_summary(model_with(Padding::valid),
                {{"dense", "Dense", SampleShape(20, 20, 16), 64},
                 {"conv2d", "Conv2D", SampleShape(18, 18, 32), 4640},
                 {"conv2d_1", "Conv2D", SampleShape(14, 14, 64), 51264},
                 {"conv2d_2", "Conv2D", SampleShape(8, 8, 128), 401536},
                 {"flatten", "Flatten", SampleShape(8192), 0},
                 {"dense_1", "Dense", SampleShape(2), 16386}},
                473890);
}

TEST_CASE("engine/summary: the course's model_same, layer for layer") {
  check_summary(model_with(Padding::same),
                {{"dense", "Dense", SampleShape(20, 20, 16), 64},
                 {"conv2d", "Conv2D", SampleShape(20, 20, 32), 4640},
                 {"conv2d_1", "Conv2D", SampleShape(20, 20, 64), 51264},
                 {"conv2d_2", "Conv2D", SampleShape(20, 20, 128), 401536},
                 {"flatten", "Flatten", SampleShape(51200), 0},
                 {"dense_1", "Dense", SampleShape(2), 102402}},
                559906);
}

TEST_CASE("engine/summary: the course's model_pool, layer for layer") {
  check_summary(model_pool(),
                {{"dense", "Dense", SampleShape(20, 20, 16), 64},
                 {"conv2d", "Conv2D", SampleShape(20, 20, 32), 4640},
                 {"max_pooling2d", "MaxPooling2D", SampleShape(10, 10, 32), 0},
                 {"conv2d_1", "Conv2D", SampleShape(10, 10, 64), 51264},
                 {"flatten", "Flatten", SampleShape(6400), 0},
                 {"dense_1", "Dense", SampleShape(2), 12802}},
                68770);
}

TEST_CASE("engine/summary: the course's networks of 17 and of 2515 parameters") {
  check_summary({Dense{.units = 3}, Dense{.units = 2}},
                {{"dense", "Dense", SampleShape(3), 9}, {"dense_1", "Dense", SampleShape(2), 8}}, 17,
                SampleShape(2));
  check_summary({Conv2D{.filters = 2, .padding = Padding::same},
                 Conv2D{.filters = 3, .padding = Padding::same}, Flatten{}, Dense{.units = 2}},
                {{"conv2d", "Conv2D", SampleShape(20, 20, 2), 56},
                 {"conv2d_1", "Conv2D", SampleShape(20, 20, 3), 57},
                 {"flatten", "Flatten", SampleShape(1200), 0},
                 {"dense", "Dense", SampleShape(2), 2402}},
                2515);
}

TEST_CASE("engine/summary: the course's models, once built, have as many weights as was counted") {
  for (const Layers& layers : {model_with(Padding::valid), model_with(Padding::same), model_pool()}) {
    const Network network = built(SampleShape(20, 20, 3), layers);
    CAPTURE(network.summary().text());
    std::int64_t weights = 0;
    for (int k = 0; k < network.layers(); ++k) {
      for (const Parameter& p : network.parameters(k)) weights += static_cast<std::int64_t>(p.values.size());
    }
    CHECK(weights == network.summary().total);
  }
}

TEST_CASE("engine/summary: what a layer counts is what it then has, in number and shape") {
  const SampleShape picture(12, 9, 3);
  const Layers kinds = {Conv2D{.filters = 5, .kernel = {2, 3}},
                        Conv2D{.filters = 1, .kernel = {1, 1}, .use_bias = false},
                        Dense{.units = 7},
                        Dense{.units = 4, .use_bias = false},
                        MaxPooling2D{},
                        AveragePooling2D{},
                        Flatten{},
                        Activation{},
                        BatchNormalization{},
                        Dropout{}};
  for (const SampleShape& in : {picture, SampleShape(9, 3), SampleShape(11)}) {
    for (const LayerDescription& description : kinds) {
      CAPTURE(in.text());
      CAPTURE(keras_of(description));
      const Result<SampleShape> out = output_of(description, in);
      if (!out) continue;  // a picture is needed
      const std::unique_ptr<Layer> layer = make_layer(description, in);
      CHECK(layer->input() == in);
      CHECK(layer->output() == *out);
      std::int64_t learned = 0, followed = 0;
      for (const Parameter& p : layer->parameters()) {
        const std::int64_t count = static_cast<std::int64_t>(p.values.size());
        (p.learned ? learned : followed) += count;
        std::int64_t product = 1;
        for (const int size : p.shape) product *= size;
        CHECK(product == count);
        CHECK(p.gradient.size() == (p.learned ? p.values.size() : 0));
      }
      CHECK(counts_of(description, in).learned == learned);
      CHECK(counts_of(description, in).followed == followed);
    }
  }
}

TEST_CASE("engine/summary: frozen layers and moving averages are not trainable") {
  const Layers layers = {Dense{.units = 3}, BatchNormalization{}, Dense{.units = 2}};  // 15, 12 of which 6, 8
  const auto counts = [&](std::vector<bool> frozen) {
    const Result<Summary> s = summarize(SampleShape(4), layers, frozen);
    REQUIRE(s.ok());
    CHECK(s->total == 35);
    CHECK(s->total == s->trainable + s->non_trainable);
    return s->trainable;
  };
  CHECK(counts({}) == 29);
  CHECK(counts({true}) == 14);
  CHECK(counts({false, true}) == 23);
  CHECK(counts({true, true, true}) == 0);
  CHECK(counts({false, false, false, true}) == 29);
}

TEST_CASE("engine/summary: names are numbered kind by kind") {
  const Layers layers = {Conv2D{},
                         MaxPooling2D{},
                         Conv2D{},
                         MaxPooling2D{},
                         AveragePooling2D{.pool = {1, 1}},
                         Conv2D{},
                         Flatten{},
                         Dropout{},
                         Dense{},
                         Activation{},
                         Dropout{},
                         BatchNormalization{},
                         BatchNormalization{},
                         Dense{}};
  const char* names[] = {"conv2d",
                         "max_pooling2d",
                         "conv2d_1",
                         "max_pooling2d_1",
                         "average_pooling2d",
                         "conv2d_2",
                         "flatten",
                         "dropout",
                         "dense",
                         "activation",
                         "dropout_1",
                         "batch_normalization",
                         "batch_normalization_1",
                         "dense_1"};
  const Network network = built(SampleShape(28, 28, 1), layers);
  const Summary summary = network.summary();
  REQUIRE(summary.rows.size() == std::size(names));
  for (std::size_t k = 0; k < std::size(names); ++k) {
    CHECK(summary.rows[k].name == names[k]);
    CHECK(network.name(static_cast<int>(k)) == names[k]);
  }
}

TEST_CASE("engine/summary: as text") {
  Network network = built(SampleShape(28, 28, 1), {Conv2D{.filters = 8}, BatchNormalization{}, Flatten{},
                                                   Dense{.units = 10, .activation = kSoftmax}});
  CHECK(network.summary().text() ==
        "Layer (type)                              Output Shape       Param #\n"
        "====================================================================\n"
        "conv2d (Conv2D)                           (None, 26, 26, 8)  80\n"
        "batch_normalization (BatchNormalization)  (None, 26, 26, 8)  32\n"
        "flatten (Flatten)                         (None, 5408)       0\n"
        "dense (Dense)                             (None, 10)         54,090\n"
        "====================================================================\n"
        "Total params: 54,202\n"
        "Trainable params: 54,186\n"
        "Non-trainable params: 16\n");
  network.freeze(3, true);
  CHECK(network.summary().trainable == 96);
}

TEST_CASE("engine/summary: an impossible stack is refused at the row that breaks") {
  const auto begins = [](const std::string& text, const std::string& with) {
    return text.rfind(with, 0) == 0;
  };
  const SampleShape picture(8, 8, 1);
  std::string text = refusal(picture, {Conv2D{}, MaxPooling2D{}, Conv2D{.kernel = {5, 5}}});
  CAPTURE(text);
  CHECK(begins(text, "Layer 3, Conv2D: A 5×5 filter does not fit into a 3×3 image"));
  text = refusal(picture, {Flatten{}, Conv2D{}});
  CHECK(begins(text, "Layer 2, Conv2D: Conv2D slides over pictures"));
  CHECK(text.find("(64,)") != std::string::npos);
  CHECK(begins(refusal(picture, {Flatten{}, MaxPooling2D{}}), "Layer 2, MaxPooling2D: "));
  CHECK(begins(refusal(picture, {Dense{.units = 0}}), "Layer 1, Dense: Dense has 0 units"));
  CHECK(begins(refusal(picture, {Conv2D{.filters = 0}}), "Layer 1, Conv2D: "));
  CHECK(begins(refusal(picture, {Conv2D{.strides = {0, 1}}}), "Layer 1, Conv2D: The stride is 0×1"));
  CHECK(begins(refusal(picture, {Conv2D{}, Dropout{1.0f}}), "Layer 2, Dropout: The rate of Dropout is 1.0"));
  CHECK(begins(refusal(picture, {BatchNormalization{.epsilon = 0}}), "Layer 1, BatchNormalization: "));
  CHECK(begins(refusal(picture, {AveragePooling2D{.pool = {9, 9}}}),
               "Layer 1, AveragePooling2D: A 9×9 window"));
  CHECK(begins(refusal(picture, {Activation{kLeakyRelu, 0}}), "Layer 1, Activation: "));
  CHECK(refusal(picture, {}) == "");
}

TEST_CASE("engine/summary: inputs that are none") {
  constexpr int kHuge = std::numeric_limits<int>::max();
  for (const SampleShape& input : {SampleShape(0), SampleShape(3, -1), SampleShape(28, 0, 1),
                                   SampleShape(kHuge), SampleShape(kHuge, kHuge, kHuge), SampleShape()}) {
    CAPTURE(input.text());
    CHECK(refusal(input, {Flatten{}}).rfind("The input is ", 0) == 0);
  }
}

TEST_CASE("engine/summary: a network too large to be built can be counted") {
  const Layers layers = {Dense{.units = 1 << 14}, Dense{.units = 1 << 14}};
  const Result<Summary> summary = summarize(SampleShape(1 << 14), layers);
  REQUIRE(summary.ok());
  CHECK(summary->total == 2 * ((std::int64_t{1} << 28) + (1 << 14)));
  const Result<Network> network = Network::build(SampleShape(1 << 14), layers, 1);
  REQUIRE_FALSE(network.ok());
  CHECK(network.sentence() ==
        "This network has 536903680 parameters; with what lies between its layers that makes 1610760192 "
        "numbers "
        "to keep, but at most 268435456 fit.");
}
