#include "lesson/gradients_presets.h"

#include <algorithm>
#include <array>

namespace kg {
namespace {

using A = ActivationKind;
using I = Initializer::Kind;

// The settings are the same but for what each is about: depth, activation, initializer, scale, batch norm,
// rate.
constexpr std::array kPresets = {
    GradientsPreset{
        "start",
        "Eight sigmoids",
        "Eight layers and Keras’ own initializer. The slope of a sigmoid is at most 0.25, and every "
        "layer on the way back multiplies by it.",
        {8, A::sigmoid, I::glorot_uniform, 1, false, 0.05}},
    GradientsPreset{
        "vanishing",
        "Vanishing",
        "20 sigmoids and small weights. Both make the factors small: hardly anything arrives at the "
        "first layers, and they do not learn.",
        {20, A::sigmoid, I::random_normal, 1, false, 0.05}},
    GradientsPreset{
        "exploding",
        "Exploding",
        "20 relu layers, weights ten times as large. Each layer more than doubles the gradient: one "
        "update throws the weights far away.",
        {20, A::relu, I::random_normal, 10, false, 0.05}},
    GradientsPreset{
        "relu_he",
        "relu + He",
        "Cured: relu passes half of the gradient on, with slope 1, and He’s weights are larger by "
        "just as much. The factors lie around 1.",
        {20, A::relu, I::he_normal, 1, false, 0.02}},
    GradientsPreset{
        "tanh_glorot",
        "tanh + Glorot",
        "Cured: near 0 the slope of tanh is 1, and Glorot’s weights keep the sums there. A little is "
        "lost at every layer.",
        {20, A::tanh, I::glorot_uniform, 1, false, 0.05}},
    GradientsPreset{
        "batch_norm",
        "Batch norm",
        "Cured: the same small weights and sigmoids as in “vanishing”. Batch normalisation divides "
        "by the small deviation of the sums, and that makes up for both.",
        {20, A::sigmoid, I::random_normal, 1, true, 0.05}}};

}  // namespace

std::span<const GradientsPreset> gradients_presets() { return kPresets; }

const GradientsPreset* gradients_preset_of(const DeepNetSettings& settings) {
  const auto found = std::find_if(kPresets.begin(), kPresets.end(),
                                  [&](const GradientsPreset& p) { return p.settings == settings; });
  return found == kPresets.end() ? nullptr : &*found;
}

}  // namespace kg
