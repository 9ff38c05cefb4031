#include "engine/layers/description.h"

namespace kg {

Result<SampleShape> output_of(const LayerDescription& layer, const SampleShape& in) {
  return std::visit([&](const auto& one) { return one.output(in); }, layer);
}

ParameterCounts counts_of(const LayerDescription& layer, const SampleShape& in) {
  return std::visit([&](const auto& one) { return one.counts(in); }, layer);
}

std::unique_ptr<Layer> make_layer(const LayerDescription& layer, const SampleShape& in) {
  return std::visit([&](const auto& one) { return one.make(in); }, layer);
}

std::string keras_of(const LayerDescription& layer) {
  return std::visit([](const auto& one) { return one.keras(); }, layer);
}

const char* keras_name_of(const LayerDescription& layer) {
  return std::visit([](const auto& one) { return one.kKerasName; }, layer);
}

const char* base_name_of(const LayerDescription& layer) {
  return std::visit([](const auto& one) { return one.kBaseName; }, layer);
}

ActivationKind activation_of(const LayerDescription& layer) {
  return std::visit(
      [](const auto& one) {
        if constexpr (requires { one.activation; }) return one.activation;
        return ActivationKind::linear;
      },
      layer);
}

}  // namespace kg
