// A layer's description: what a network is built from, as data.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "engine/layers/activation.h"
#include "engine/layers/batch_normalization.h"
#include "engine/layers/conv2d.h"
#include "engine/layers/dense.h"
#include "engine/layers/dropout.h"
#include "engine/layers/flatten.h"
#include "engine/layers/pooling.h"

namespace kg {

template <class, class... Layers>
using OneOf = std::variant<Layers...>;

using LayerDescription = OneOf<void
#define KG_LAYER(type) , type
#include "engine/layers/layers.inc"
#undef KG_LAYER
                               >;

// What the layer makes of an input of that shape; in words why it cannot.
Result<SampleShape> output_of(const LayerDescription& layer, const SampleShape& in);

ParameterCounts counts_of(const LayerDescription& layer, const SampleShape& in);  // of a legal layer
std::unique_ptr<Layer> make_layer(const LayerDescription& layer, const SampleShape& in);
std::string keras_of(const LayerDescription& layer);          // Conv2D(8, (3, 3), activation="relu")
const char* keras_name_of(const LayerDescription& layer);     // Conv2D
const char* base_name_of(const LayerDescription& layer);      // conv2d
ActivationKind activation_of(const LayerDescription& layer);  // the last thing it does; linear if nothing

}  // namespace kg
