#include "lesson/shapes_presets.h"

#include "lesson/layer_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr const char* kNames[] = {"model_valid", "model_same", "model_pool", "broken"};

// Written as in a link.
const char* layers_of(std::string_view name) {
  if (name == "model_valid")
    return "dense.16.relu~conv.32.3.valid.relu~conv.64.5.valid.relu~conv.128.7.valid.relu~flatten~dense.2."
           "softmax";
  if (name == "model_same")
    return "dense.16.relu~conv.32.3.same.relu~conv.64.5.same.relu~conv.128.7.same.relu~flatten~dense.2."
           "softmax";
  if (name == "model_pool")
    return "dense.16.relu~conv.32.3.same.relu~pool.2~conv.64.5.same.relu~flatten~dense.2.softmax";
  if (name == "broken")  // two pools leave 6×6, and the last filters are 7×7
    return "conv.8.5.valid.relu~pool.2~conv.16.3.same.relu~pool.2~conv.32.7.valid.relu~flatten~dense.10."
           "softmax";
  return nullptr;
}

}  // namespace

std::span<const char* const> stack_names() { return kNames; }

Result<Stack> stack_preset(std::string_view name) {
  const char* layers = layers_of(name);
  if (!layers) {
    return Error{"There is no stack " + in_quotes(name) +
                 " here; there are model_valid, model_same, model_pool and broken."};
  }
  const SampleShape input = name == "broken" ? SampleShape(28, 28, 1) : SampleShape(20, 20, 3);
  return Stack{input, read_layers(layers).value()};
}

}  // namespace kg
