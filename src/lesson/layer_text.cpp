#include "lesson/layer_text.h"

#include <algorithm>
#include <optional>

#include "lesson/layer_settings.h"
#include "lesson/link.h"
#include "lesson/wording.h"

namespace kg {
namespace {

struct Word {
  const char* word;
  const char* kind;
};
constexpr Word kWords[] = {{"dense", "Dense"},
                           {"conv", "Conv2D"},
                           {"pool", "MaxPooling2D"},
                           {"mean", "AveragePooling2D"},
                           {"flatten", "Flatten"},
                           {"dropout", "Dropout"},
                           {"norm", "BatchNormalization"},
                           {"act", "Activation"}};

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string layer_text(const LayerDescription& layer) {
  const std::string kind = keras_name_of(layer);
  std::string text =
      std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& w) { return kind == w.kind; })->word;
  const auto number = [&](const std::optional<int>& n) {
    if (n) text += "." + std::to_string(*n);
  };
  number(units_of(layer));
  number(filters_of(layer));
  number(window_of(layer));
  if (stride_of(layer) != (is_pooling(layer) ? window_of(layer) : 1)) number(stride_of(layer));
  number(rate_of(layer));
  if (const auto padding = padding_of(layer); padding && (!is_pooling(layer) || *padding == Padding::same))
    text += std::string(".") + name_of(*padding);
  if (const auto act = chosen_activation(layer); act && *act != ActivationKind::linear)
    text += std::string(".") + name_of(*act);
  return text;
}

// The numbers of a layer, in order: those it has.
Status set_number(LayerDescription& layer, std::size_t place, int n) {
  if (units_of(layer) && place == 0) return set_units(layer, n);
  if (rate_of(layer) && place == 0) return set_rate(layer, n);
  const std::size_t before = filters_of(layer) ? 1 : 0;
  if (before == 1 && place == 0) return set_filters(layer, n);
  if (window_of(layer) && place == before) return set_window(layer, n);
  if (window_of(layer) && place == before + 1) return set_stride(layer, n);
  return Error{std::string(keras_name_of(layer)) + " has fewer numbers than the link gives it."};
}

Result<LayerDescription> read_layer(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '.');
  const auto word = std::find_if(std::begin(kWords), std::end(kWords),
                                 [&](const Word& w) { return parts.front() == w.word; });
  if (word == std::end(kWords)) return Error{in_quotes(parts.front()) + " is no kind of layer."};
  LayerDescription layer = new_layer(word->kind).value();
  if (chosen_activation(layer)) (void)set_activation(layer, "linear");
  std::size_t numbers = 0;
  for (std::size_t k = 1; k < parts.size(); ++k) {
    const std::string_view part = parts[k];
    Status read = Done{};
    if (const std::optional<int> n = parse_int(part)) {
      read = set_number(layer, numbers++, *n);
    } else if (part == "valid" || part == "same") {
      read = set_padding(layer, part);
    } else {
      read = set_activation(layer, part);
    }
    if (!read) return read.error();
  }
  return layer;
}

}  // namespace

std::string stack_text(const std::vector<LayerDescription>& layers) {
  std::string text;
  for (const LayerDescription& layer : layers) text += (text.empty() ? "" : "~") + layer_text(layer);
  return text;
}

Result<std::vector<LayerDescription>> read_layers(std::string_view text) {
  std::vector<LayerDescription> layers;
  for (const std::string_view part : split(text, '~')) {
    Result<LayerDescription> layer = read_layer(part);
    if (!layer) return layer.error();
    layers.push_back(*layer);
  }
  return layers;
}

std::string size_link(const SampleShape& shape) {
  return std::to_string(shape.h()) + "x" + std::to_string(shape.w()) + "x" + std::to_string(shape.c());
}

Result<std::vector<int>> read_size(std::string_view text) {
  std::vector<int> sizes;
  for (const std::string_view part : split(text, 'x')) {
    const std::optional<int> n = parse_int(part);
    if (!n) return Error{in_quotes(text) + " is not height x width x channels, as in 20x20x3."};
    sizes.push_back(*n);
  }
  if (sizes.size() != 3) return Error{in_quotes(text) + " is not three sizes, as in 20x20x3."};
  return sizes;
}

}  // namespace kg
