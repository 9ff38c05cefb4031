// WeightRule: the ways to draw first weights that the lesson `init` compares: those of the course, by their
// formulas, and those that Keras has names for.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/initializer.h"

namespace kg {

enum class WeightRule {
  normal,          // N(0, s²), s chosen by the learner; at first 1
  small,           // N(0, 0.01²)
  xavier,          // N(0, 1)·√(1/n), n = inputs of the neuron
  he,              // N(0, 1)·√(2/n)
  paper,           // N(0, 1)·√(2/(n_in + n_out)): Glorot and Bengio, 2010
  glorot_uniform,  // Keras' default, also for Conv2D
  glorot_normal,
  he_normal,
  zeros
};

struct WeightRuleWords {
  WeightRule rule;
  const char* name;     // in verbs, links and state()
  const char* title;    // on the stage
  const char* formula;  // of the variance
};
std::span<const WeightRuleWords> weight_rules();
const WeightRuleWords& words_of(WeightRule rule);
std::optional<WeightRule> find_weight_rule(std::string_view name);

// `spread`: the standard deviation that WeightRule::normal draws with; the others do not ask for it.
Initializer initializer_of(WeightRule rule, double spread, int fan_in, int fan_out);
double deviation_of(WeightRule rule, double spread, int fan_in, int fan_out);

// The same shape of distribution with variance 1 (zeros stay zeros). Drawn once and multiplied, it shows
// several rules on the very same random numbers.
void draw_unit(std::span<float> values, WeightRule rule, Rng& rng);

}  // namespace kg
