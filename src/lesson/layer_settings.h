// Layer settings: what a learner can choose of a layer, by the names and within the limits of the lesson
// `shapes`. A setting that a layer does not have, or that is out of reach, is refused in words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/layers/description.h"

namespace kg {

inline constexpr int kMostUnits = 512, kLargestWindow = 11, kLargestStride = 4, kHighestRate = 95;

// The kinds by their Keras names, in the order in which a learner meets them.
std::span<const char* const> layer_kinds();
std::span<const ActivationKind> activation_kinds();

// A new layer of a kind, with settings to start from; refuses names that are none.
Result<LayerDescription> new_layer(std::string_view kind);

// What a layer has of these; nothing where it does not have it. Windows are square.
std::optional<int> units_of(const LayerDescription& layer);    // Dense
std::optional<int> filters_of(const LayerDescription& layer);  // Conv2D
std::optional<int> window_of(const LayerDescription& layer);   // the filter's or the pool's side
std::optional<int> stride_of(const LayerDescription& layer);   // of a pool that says nothing: its window
std::optional<Padding> padding_of(const LayerDescription& layer);
std::optional<ActivationKind> chosen_activation(const LayerDescription& layer);
std::optional<int> rate_of(const LayerDescription& layer);  // Dropout, in percent

// `n` as it came from outside: whole numbers are checked by the verb, the range here.
Status set_units(LayerDescription& layer, double n);
Status set_filters(LayerDescription& layer, double n);
Status set_window(LayerDescription& layer, double n);
Status set_stride(LayerDescription& layer, double n);
Status set_padding(LayerDescription& layer, std::string_view name);
Status set_activation(LayerDescription& layer, std::string_view name);
Status set_rate(LayerDescription& layer, double percent);

bool is_pooling(const LayerDescription& layer);

}  // namespace kg
