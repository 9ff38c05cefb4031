// A stack of layers on a picture: what the lesson `shapes` builds and the lesson `parameters` counts. It is
// plain data, and may be one that does not fit together.
#pragma once

#include <string_view>
#include <vector>

#include "engine/layers/description.h"

namespace kg {

struct Stack {
  static constexpr int kMostLayers = 12, kLargestSide = 64, kMostChannels = 16;  // of layers; of the input
  // Each of them can be pointed at, which takes a network that is really there.
  static constexpr std::int64_t kMostCounted = 4'000'000;

  SampleShape input;
  std::vector<LayerDescription> layers;
  friend bool operator==(const Stack& a, const Stack& b);
};

// Within these limits? Sizes as they came from outside.
Status check_input(double h, double w, double c);
Status check_count(std::size_t layers);

// Whether the parameters of a stack can be counted one by one; if not, why.
Status can_be_counted(const Stack& stack);

// From the two texts of a link (layer_text.h).
Result<Stack> read_stack(std::string_view layers, std::string_view input);

}  // namespace kg
