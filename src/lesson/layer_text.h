// A stack of layers as text for links, short enough to read and to write by hand:
//
//   dense.16.relu~conv.32.3.valid.relu~pool.2~flatten~dense.2.softmax
//
// kind, then its numbers (units; filters, window, stride; window, stride; percent), then its words (padding,
// activation). What is left out is as in Keras: stride 1, of a pool its window; valid; no activation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/layers/description.h"

namespace kg {

std::string stack_text(const std::vector<LayerDescription>& layers);
Result<std::vector<LayerDescription>> read_layers(std::string_view text);

// "20x20x3"; a side may be 1, and the limits are the lesson's.
std::string size_link(const SampleShape& shape);
Result<std::vector<int>> read_size(std::string_view text);

}  // namespace kg
