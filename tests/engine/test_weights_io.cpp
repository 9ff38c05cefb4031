#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/safetensors.h"
#include "engine/trainer.h"
#include "engine/weights_io.h"
#include "nets.h"

using namespace kg;

namespace {

using Bytes = std::vector<std::uint8_t>;

const SampleShape kInput(9, 8, 2);

Network network_of(std::uint64_t seed) { return built(kInput, every_kind_of_layer(), seed); }

std::vector<float> answer_of(Network& network, const std::vector<float>& image) {
  std::copy(image.begin(), image.end(), network.input(1).begin());
  const std::span<const float> out = network.forward();
  return {out.begin(), out.end()};
}

Safetensors contents_of(const Network& network) { return *read_safetensors(save_weights(network)); }

NamedTensor& tensor_of(Safetensors& contents, std::string_view name) {
  const auto at = std::find_if(contents.tensors.begin(), contents.tensors.end(),
                               [&](const NamedTensor& tensor) { return tensor.name == name; });
  REQUIRE(at != contents.tensors.end());
  return *at;
}

// The sentence that refuses the file; the network has to stay as it is, and to go on answering as it did.
std::string refusal(const Bytes& file) {
  static Network network = network_of(5);
  static const std::vector<std::uint32_t> before = bits_of(network);
  static const std::vector<float> image = random_values(144, 1), answer = answer_of(network, image);
  const Status loaded = load_weights(network, file);
  CHECK(bits_of(network) == before);
  CHECK(answer_of(network, image) == answer);
  return loaded.ok() ? "" : loaded.sentence();
}
std::string refusal(const Safetensors& contents) { return refusal(write_safetensors(contents)); }

}  // namespace

TEST_CASE("engine/weights_io: names and shapes are Keras'") {
  const Network network =
      built(SampleShape(8, 8, 1), {Conv2D{.filters = 2}, BatchNormalization{},
                                   Conv2D{.filters = 3, .use_bias = false}, Flatten{}, Dense{.units = 4}});
  const Safetensors contents = contents_of(network);
  const std::pair<const char*, std::vector<int>> expected[] = {{"batch_normalization/beta", {2}},
                                                               {"batch_normalization/gamma", {2}},
                                                               {"batch_normalization/moving_mean", {2}},
                                                               {"batch_normalization/moving_variance", {2}},
                                                               {"conv2d/bias", {2}},
                                                               {"conv2d/kernel", {3, 3, 1, 2}},
                                                               {"conv2d_1/kernel", {3, 3, 2, 3}},
                                                               {"dense/bias", {4}},
                                                               {"dense/kernel", {48, 4}}};
  REQUIRE(contents.tensors.size() == std::size(expected));
  for (std::size_t k = 0; k < std::size(expected); ++k) {
    CHECK(contents.tensors[k].name == expected[k].first);
    CHECK(contents.tensors[k].shape == expected[k].second);
  }
  CHECK(contents.tensors[5].values == network.parameters(0)[0].values);
  CHECK(contents.metadata == std::map<std::string, std::string>{{"format", "kernelglass"}});
}

TEST_CASE("engine/weights_io: saved, loaded into another network, the same answers and the same training") {
  Network trained = network_of(1), other = network_of(2);
  Trainer teacher(trained, {}, Loss::cross_entropy, 4);
  const std::vector<float> images = random_values(4 * 144, 3);
  const std::vector<int> labels = {0, 1, 2, 0};
  for (int update = 0; update < 3; ++update) REQUIRE(teacher.step(images, labels).ok());
  Trainer student(other, {}, Loss::cross_entropy, 4);
  REQUIRE(student.step(images, labels).ok());  // so that what is prepared of the old weights is there
  CHECK(bits_of(trained) != bits_of(other));
  const Bytes file = save_weights(trained);
  REQUIRE(load_weights(other, file).ok());
  CHECK(bits_of(trained) == bits_of(other));
  CHECK(save_weights(other) == file);
  const std::vector<float> image = random_values(144, 4);
  CHECK(answer_of(trained, image) == answer_of(other, image));
  CHECK(teacher.evaluate(images, labels)->loss == student.evaluate(images, labels)->loss);
}

// Its convolution runs with filters that were prepared beforehand, by Winograd's algorithm.
TEST_CASE("engine/weights_io: loaded weights count from the next answer on") {
  const auto network_with = [](std::uint64_t seed) {
    return built(SampleShape(8, 8, 32),
                 {Conv2D{.filters = 48, .padding = Padding::same}, Flatten{}, Dense{.units = 2}}, seed);
  };
  Network one = network_with(1), other = network_with(2);
  const std::vector<float> image = random_values(8 * 8 * 32, 3);
  CHECK(answer_of(one, image) != answer_of(other, image));
  REQUIRE(load_weights(other, save_weights(one)).ok());
  CHECK(answer_of(one, image) == answer_of(other, image));
}

TEST_CASE("engine/weights_io: a network without weights") {
  Network network = built(SampleShape(4), {Activation{}});
  REQUIRE(load_weights(network, save_weights(network)).ok());
  CHECK_FALSE(load_weights(network, save_weights(network_of(1))).ok());
}

TEST_CASE("engine/weights_io: what else the file tells is no hindrance") {
  Network network = network_of(1), other = network_of(2);
  Safetensors contents = contents_of(network);
  contents.metadata = {{"author", "somebody"}};
  std::reverse(contents.tensors.begin(), contents.tensors.end());
  REQUIRE(load_weights(other, write_safetensors(contents)).ok());
  CHECK(bits_of(network) == bits_of(other));
}

TEST_CASE("engine/weights_io: a file for another network is refused") {
  Safetensors right = contents_of(network_of(7));
  Safetensors other = right;
  tensor_of(other, "conv2d/kernel").shape = {3, 3, 5, 2};
  CHECK(
      refusal(other) ==
      "The tensor “conv2d/kernel” has the shape (3, 3, 5, 2) in the file, but (3, 3, 2, 5) in this network.");
  other = right;
  NamedTensor& bias = tensor_of(other, "dense_2/bias");
  bias.shape = {4};
  bias.values.push_back(0);
  CHECK(refusal(other) ==
        "The tensor “dense_2/bias” has the shape (4,) in the file, but (3,) in this network.");
  other = right;
  tensor_of(other, "dense/kernel").shape = {1, 4, 6};
  CHECK(refusal(other) ==
        "The tensor “dense/kernel” has the shape (1, 4, 6) in the file, but (4, 6) in this network.");
  for (const NamedTensor& missing : right.tensors) {
    other = right;
    other.tensors.erase(other.tensors.begin() + (&missing - right.tensors.data()));
    CHECK(refusal(other) ==
          "This network needs a tensor “" + missing.name + "”, but there is none in the file.");
  }
  for (const char* name : {"", "zzz", "dense/kernel/more", "dense/momentum"}) {
    other = right;
    other.tensors.push_back({name, {}, {1}});
    CHECK(refusal(other) ==
          "The file has a tensor “" + std::string(name) + "”, for which there is no place in this network.");
  }
  other = right;
  tensor_of(other, "dense_1/bias").name = "dense_1/Bias";
  CHECK(refusal(other) == "This network needs a tensor “dense_1/bias”, but there is none in the file.");
  other = right;
  tensor_of(other, "batch_normalization/moving_variance").values[3] = -1e-3f;
  CHECK(refusal(other) ==
        "The tensor “batch_normalization/moving_variance” holds a number below 0, but a variance is "
        "at least 0.");
  tensor_of(other, "batch_normalization/moving_variance").values[3] = -0.0f;
  Network network = network_of(8);
  CHECK(load_weights(network, write_safetensors(other)).ok());
  other = right;
  tensor_of(other, "dense_1/kernel").values.back() *= 1e38f * 1e38f;
  CHECK(refusal(other).find("The tensor “dense_1/kernel” has, at place ") == 0);
}

TEST_CASE("engine/weights_io: a damaged file is refused, or was none: at every byte") {
  const Bytes whole = save_weights(network_of(7));
  const std::size_t header = whole.size() - 4 * bits_of(network_of(7)).size();
  for (std::size_t length = 0; length < whole.size(); length += length < header + 8 ? 1 : 37) {
    CAPTURE(length);
    CHECK_FALSE(refusal(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length))).empty());
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(refusal(longer).empty());
  // One byte of the header changed: no name, size or place can change unnoticed (a text of the metadata can).
  Network network = network_of(9);
  const std::vector<std::uint32_t> before = bits_of(network);
  for (std::size_t at = 0; at < header; ++at) {
    CAPTURE(at);
    for (const int by : {1, 4, 0x80}) {
      Bytes other = whole;
      other[at] = static_cast<std::uint8_t>(other[at] ^ by);
      if (load_weights(network, other).ok()) {
        CHECK(bits_of(network) == bits_of(network_of(7)));
        REQUIRE(network.layers() > 0);
        network.initialize(9);
      }
      CHECK(bits_of(network) == before);
    }
  }
}
