#include <doctest/doctest.h>

#include "engine/optimizer.h"
#include "nets.h"

using namespace kg;

namespace {

using Layers = std::vector<LayerDescription>;

// Of the program only the lines of the layers.
std::string layers_of(const SampleShape& input, Layers layers) {
  const std::string code = built(input, std::move(layers)).keras_code();
  const std::size_t first = code.find("),\n") + 3;
  return code.substr(first, code.find("])\n") - first);
}

}  // namespace

TEST_CASE("engine/keras_code: the course's model_pool") {
  const Network network =
      built(SampleShape(20, 20, 3),
            {Dense{.units = 16, .activation = kRelu},
             Conv2D{.filters = 32, .padding = Padding::same, .activation = kRelu},
             MaxPooling2D{.pool = {2, 2}, .strides = {2, 2}},
             Conv2D{.filters = 64, .kernel = {5, 5}, .padding = Padding::same, .activation = kRelu},
             Flatten{}, Dense{.units = 2, .activation = kSoftmax}});
  CHECK(network.keras_code() == R"(from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense, Conv2D, MaxPooling2D, Flatten

model = Sequential([
    Input(shape=(20, 20, 3)),
    Dense(16, activation="relu"),
    Conv2D(32, (3, 3), padding="same", activation="relu"),
    MaxPooling2D((2, 2)),
    Conv2D(64, (5, 5), padding="same", activation="relu"),
    Flatten(),
    Dense(2, activation="softmax"),
])
)");
}

TEST_CASE("engine/keras_code: everything that has to be imported is, and nothing else") {
  const Network network = built(
      SampleShape(28, 28, 1),
      {Conv2D{.filters = 4, .kernel_initializer = Initializer::random_normal(0, 0.5f), .l2 = 0.01f},
       Activation{kLeakyRelu, 0.25f}, BatchNormalization{.momentum = 0.5f},
       AveragePooling2D{.strides = {1, 2}}, Activation{kTanh}, Flatten{}, Dropout{0.3f}, Dense{.units = 10}});
  CHECK(network.keras_code() == R"(from tensorflow.keras import Input, Sequential, initializers, regularizers
from tensorflow.keras.layers import Conv2D, LeakyReLU, BatchNormalization, AveragePooling2D, Activation, Flatten, Dropout, Dense

model = Sequential([
    Input(shape=(28, 28, 1)),
    Conv2D(4, (3, 3), kernel_initializer=initializers.RandomNormal(0.0, 0.5), kernel_regularizer=regularizers.l2(0.01)),
    LeakyReLU(negative_slope=0.25),
    BatchNormalization(momentum=0.5),
    AveragePooling2D((2, 2), strides=(1, 2)),
    Activation("tanh"),
    Flatten(),
    Dropout(0.3),
    Dense(10),
])
)");
  const std::string only_initializers =
      built(SampleShape(2), {Dense{.bias_initializer = Initializer::constant(-1)}}).keras_code();
  CHECK(only_initializers == R"(from tensorflow.keras import Input, Sequential, initializers
from tensorflow.keras.layers import Dense

model = Sequential([
    Input(shape=(2,)),
    Dense(1, bias_initializer=initializers.Constant(-1.0)),
])
)");
}

TEST_CASE("engine/keras_code: every setting that is not Keras' own is named") {
  CHECK(
      layers_of(SampleShape(9, 8, 2),
                {Conv2D{.filters = 3, .kernel = {2, 3}, .strides = {2, 1}, .use_bias = false},
                 Conv2D{.filters = 1, .kernel = {1, 2}, .dilation = {1, 2}, .activation = kSigmoid},
                 MaxPooling2D{.pool = {1, 2}, .padding = Padding::same}, BatchNormalization{.epsilon = 0.01f},
                 BatchNormalization{.momentum = 0.9f, .epsilon = 0.01f}, BatchNormalization{}}) ==
      "    Conv2D(3, (2, 3), strides=(2, 1), use_bias=False),\n"
      "    Conv2D(1, (1, 2), dilation_rate=(1, 2), activation=\"sigmoid\"),\n"
      "    MaxPooling2D((1, 2), padding=\"same\"),\n"
      "    BatchNormalization(epsilon=0.01),\n"
      "    BatchNormalization(momentum=0.9, epsilon=0.01),\n"
      "    BatchNormalization(),\n");
  using Kind = Initializer::Kind;
  CHECK(
      layers_of(SampleShape(5, 2), {Dense{.units = 3, .kernel_initializer = {Kind::he_normal}},
                                    Dense{.units = 3, .bias_initializer = {Kind::ones}, .l2 = 1e-5f},
                                    Dense{.kernel_initializer = Initializer::random_uniform(-0.5f, 0.5f)}}) ==
      "    Dense(3, kernel_initializer=\"he_normal\"),\n"
      "    Dense(3, bias_initializer=\"ones\", kernel_regularizer=regularizers.l2(1e-05)),\n"
      "    Dense(1, kernel_initializer=initializers.RandomUniform(-0.5, 0.5)),\n");
}

TEST_CASE("engine/keras_code: optimizers") {
  using Kind = OptimizerSettings::Kind;
  const auto text = [](Kind kind) { return keras_text({.kind = kind, .learning_rate = 0.05f}); };
  CHECK(text(Kind::sgd) == "optimizers.SGD(learning_rate=0.05)");
  CHECK(text(Kind::momentum) == "optimizers.SGD(learning_rate=0.05, momentum=0.9)");
  CHECK(text(Kind::nesterov) == "optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True)");
  CHECK(text(Kind::rmsprop) == "optimizers.RMSprop(learning_rate=0.05, rho=0.9)");
  CHECK(text(Kind::adam) == "optimizers.Adam(learning_rate=0.05)");
}
