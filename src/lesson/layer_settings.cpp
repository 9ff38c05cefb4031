#include "lesson/layer_settings.h"

#include <cmath>
#include <type_traits>

#include "lesson/number_text.h"
#include "lesson/padding_name.h"
#include "lesson/wording.h"

namespace kg {
namespace {

template <class Layer>
constexpr bool kPools = std::is_same_v<Layer, MaxPooling2D> || std::is_same_v<Layer, AveragePooling2D>;

constexpr const char* kKinds[] = {"Dense",   "Conv2D",  "MaxPooling2D",       "AveragePooling2D",
                                  "Flatten", "Dropout", "BatchNormalization", "Activation"};
constexpr ActivationKind kActivations[] = {ActivationKind::linear, ActivationKind::relu,
                                           ActivationKind::sigmoid, ActivationKind::tanh,
                                           ActivationKind::softmax};

Error lacks(const LayerDescription& layer, const char* what) {
  return {std::string(keras_name_of(layer)) + " has no " + what + " to choose."};
}

// Calls use(layer) for the kinds of layer that `use` takes; the others refuse.
template <class Use>
Status for_layers_with(LayerDescription& layer, const char* what, const Use& use) {
  return std::visit(
      [&](auto& one) -> Status {
        if constexpr (requires { use(one); }) return use(one);
        return lacks(layer, what);
      },
      layer);
}

Status check_range(const char* what, double n, int low, int high) {
  if (n >= low && n <= high && std::floor(n) == n) return Done{};
  return Error{std::string(what) + " from " + std::to_string(low) + " to " + std::to_string(high) +
               " can be chosen here; " + number_text(n) + " is outside."};
}

template <class Layer>
requires kPools<Layer>
int stride_in_use(const Layer& layer) { return layer.strides.h == 0 ? layer.pool.h : layer.strides.h; }

// A stride as large as the window is Keras' default: from then on it follows the window.
template <class Layer>
requires kPools<Layer>
void settle_stride(Layer& layer, int stride) {
  layer.strides = stride == layer.pool.h ? Size2{0, 0} : Size2{stride, stride};
}

template <class Number, class Read>
std::optional<Number> read(const LayerDescription& layer, const Read& get) {
  return std::visit(
      [&](const auto& one) -> std::optional<Number> {
        if constexpr (requires { get(one); }) return get(one);
        return std::nullopt;
      },
      layer);
}

}  // namespace

std::span<const char* const> layer_kinds() { return kKinds; }
std::span<const ActivationKind> activation_kinds() { return kActivations; }

Result<LayerDescription> new_layer(std::string_view kind) {
  const auto conv = [] {
    Conv2D layer;
    layer.filters = 16;
    layer.activation = ActivationKind::relu;
    return layer;
  };
  if (kind == "Dense") return LayerDescription(Dense{.units = 16, .activation = ActivationKind::relu});
  if (kind == "Conv2D") return LayerDescription(conv());
  if (kind == "MaxPooling2D") return LayerDescription(MaxPooling2D{});
  if (kind == "AveragePooling2D") return LayerDescription(AveragePooling2D{});
  if (kind == "Flatten") return LayerDescription(Flatten{});
  if (kind == "Dropout") return LayerDescription(Dropout{});
  if (kind == "BatchNormalization") return LayerDescription(BatchNormalization{});
  if (kind == "Activation") return LayerDescription(Activation{});
  std::string all;
  for (const char* known : kKinds) all += (all.empty() ? "" : ", ") + std::string(known);
  return Error{"There is no layer " + in_quotes(kind) + " here; there are " + all + "."};
}

std::optional<int> units_of(const LayerDescription& layer) {
  return read<int>(layer, [](const Dense& dense) { return dense.units; });
}

std::optional<int> filters_of(const LayerDescription& layer) {
  return read<int>(layer, [](const Conv2D& conv) { return conv.filters; });
}

std::optional<int> window_of(const LayerDescription& layer) {
  if (const auto* conv = std::get_if<Conv2D>(&layer)) return conv->kernel.h;
  return read<int>(
      layer, [](const auto& pool) requires kPools<std::decay_t<decltype(pool)>> { return pool.pool.h; });
}

std::optional<int> stride_of(const LayerDescription& layer) {
  if (const auto* conv = std::get_if<Conv2D>(&layer)) return conv->strides.h;
  return read<int>(
      layer,
      [](const auto& pool) requires kPools<std::decay_t<decltype(pool)>> { return stride_in_use(pool); });
}

std::optional<Padding> padding_of(const LayerDescription& layer) {
  return read<Padding>(
      layer, [](const auto& one) requires requires { one.padding; } { return one.padding; });
}

std::optional<ActivationKind> chosen_activation(const LayerDescription& layer) {
  return read<ActivationKind>(
      layer, [](const auto& one) requires requires { one.activation; } { return one.activation; });
}

std::optional<int> rate_of(const LayerDescription& layer) {
  return read<int>(layer, [](const Dropout& drop) { return static_cast<int>(std::lround(drop.rate * 100)); });
}

Status set_units(LayerDescription& layer, double n) {
  return for_layers_with(layer, "units", [&](Dense& dense) {
    Status fits = check_range("Units", n, 1, kMostUnits);
    if (fits) dense.units = static_cast<int>(n);
    return fits;
  });
}

Status set_filters(LayerDescription& layer, double n) {
  return for_layers_with(layer, "filters", [&](Conv2D& conv) {
    Status fits = check_range("Filters", n, 1, kMostUnits);
    if (fits) conv.filters = static_cast<int>(n);
    return fits;
  });
}

Status set_window(LayerDescription& layer, double n) {
  if (!window_of(layer)) return lacks(layer, "window");
  if (Status fits = check_range("Sides of a window", n, 1, kLargestWindow); !fits) return fits;
  const int side = static_cast<int>(n);
  if (auto* conv = std::get_if<Conv2D>(&layer)) return conv->kernel = {side, side}, Status(Done{});
  return for_layers_with(
      layer, "window", [&](auto& pool) requires kPools<std::decay_t<decltype(pool)>> {
        pool.pool = {side, side};
        if (pool.strides.h != 0) settle_stride(pool, pool.strides.h);
        return Status(Done{});
      });
}

Status set_stride(LayerDescription& layer, double n) {
  if (!stride_of(layer)) return lacks(layer, "stride");
  if (Status fits = check_range("Strides", n, 1, kLargestStride); !fits) return fits;
  const int stride = static_cast<int>(n);
  if (auto* conv = std::get_if<Conv2D>(&layer)) return conv->strides = {stride, stride}, Status(Done{});
  return for_layers_with(
      layer, "stride", [&](auto& pool) requires kPools<std::decay_t<decltype(pool)>> {
        settle_stride(pool, stride);
        return Status(Done{});
      });
}

Status set_padding(LayerDescription& layer, std::string_view name) {
  return for_layers_with(
      layer, "padding", [&](auto& one) requires requires { one.padding; } {
        const Result<Padding> padding = padding_named(std::string(name));
        if (!padding) return Status(padding.error());
        one.padding = *padding;
        return Status(Done{});
      });
}

Status set_activation(LayerDescription& layer, std::string_view name) {
  return for_layers_with(
      layer, "activation", [&](auto& one) requires requires { one.activation; } {
        std::string all;
        for (const ActivationKind kind : kActivations) {
          if (name == name_of(kind)) return one.activation = kind, Status(Done{});
          all += (all.empty() ? "" : ", ") + std::string(name_of(kind));
        }
        return Status(Error{"There is no activation " + in_quotes(name) + " here; there are " + all + "."});
      });
}

Status set_rate(LayerDescription& layer, double percent) {
  return for_layers_with(layer, "rate", [&](Dropout& drop) {
    Status fits = check_range("Rates in percent", percent, 0, kHighestRate);
    if (fits) drop.rate = static_cast<float>(percent) / 100;
    return fits;
  });
}

bool is_pooling(const LayerDescription& layer) {
  return std::holds_alternative<MaxPooling2D>(layer) || std::holds_alternative<AveragePooling2D>(layer);
}

}  // namespace kg
