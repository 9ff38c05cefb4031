// Networks and data for the tests of whole networks.
#pragma once

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/network.h"
#include "engine/rng.h"

// Short names; those of the enumerators are functions of the C library, too.
constexpr auto kRelu = kg::ActivationKind::relu, kLeakyRelu = kg::ActivationKind::leaky_relu,
               kSigmoid = kg::ActivationKind::sigmoid, kTanh = kg::ActivationKind::tanh,
               kSoftmax = kg::ActivationKind::softmax;

// The network, which has to be possible.
inline kg::Network built(const kg::SampleShape& input, std::vector<kg::LayerDescription> layers,
                         std::uint64_t seed = 1) {
  kg::Result<kg::Network> network = kg::Network::build(input, std::move(layers), seed);
  INFO(std::string(network.ok() ? "" : network.sentence()));
  REQUIRE(network.ok());
  return std::move(network).value();
}

inline std::vector<float> random_values(std::size_t count, std::uint64_t seed, float limit = 1) {
  kg::Rng rng(seed);
  std::vector<float> values(count);
  for (float& value : values) value = rng.uniform(-limit, limit);
  return values;
}

inline std::vector<int> random_labels(std::size_t count, int classes, std::uint64_t seed) {
  kg::Rng rng(seed);
  std::vector<int> labels(count);
  for (int& label : labels) label = static_cast<int>(rng.below(static_cast<std::uint32_t>(classes)));
  return labels;
}

// All parameters, learned or followed, bit by bit.
inline std::vector<std::uint32_t> bits_of(const kg::Network& network) {
  std::vector<std::uint32_t> bits;
  for (int k = 0; k < network.layers(); ++k) {
    for (const kg::Parameter& p : network.parameters(k)) {
      for (const float value : p.values) bits.push_back(std::bit_cast<std::uint32_t>(value));
    }
  }
  return bits;
}

// FNV-1a, 64 bits, over the bytes of the numbers from the lowest on.
inline std::uint64_t hash_of(const std::vector<std::uint32_t>& numbers) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const std::uint32_t number : numbers) {
    for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ (number >> shift & 255)) * 0x100000001B3u;
  }
  return hash;
}

// A layer of every kind (and activation), for pictures of at least 8×8.
inline std::vector<kg::LayerDescription> every_kind_of_layer(int classes = 3) {
  using namespace kg;
  return {Conv2D{.filters = 5, .padding = Padding::same, .activation = kRelu},
          BatchNormalization{.momentum = 0.9f},
          MaxPooling2D{.pool = {3, 3}, .strides = {2, 2}, .padding = Padding::same},
          Conv2D{.filters = 4, .kernel = {2, 3}, .strides = {2, 1}, .activation = kLeakyRelu},
          Activation{kTanh},
          AveragePooling2D{},
          Dense{.units = 6, .activation = kSigmoid},
          Flatten{},
          Dropout{0.25f},
          Dense{.units = 7, .activation = kRelu, .l2 = 0.01f},
          Dense{.units = classes, .activation = kSoftmax}};
}
