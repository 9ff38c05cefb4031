// Weights of a network as a safetensors file (safetensors.h), and back.
//
// A tensor is called as Keras calls the variable, layer and parameter: "conv2d/kernel", "dense_1/bias",
// "batch_normalization/moving_mean". The shapes and the order of the values are Keras', too.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/network.h"
#include "engine/result.h"

namespace kg {

std::vector<std::uint8_t> save_weights(const Network& network);

// All or nothing: refuses, in words, whatever is not a file of exactly this network's tensors and shapes, and
// then has changed nothing. Gradients, and what an optimizer has gathered, stay.
Status load_weights(Network& network, std::span<const std::uint8_t> file);

}  // namespace kg
