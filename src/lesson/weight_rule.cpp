#include "lesson/weight_rule.h"

#include <cmath>

namespace kg {
namespace {

using Kind = Initializer::Kind;

constexpr float kSmall = 0.01f;

constexpr WeightRuleWords kRules[] = {
    {WeightRule::normal, "normal", "N(0, s²)", "s²"},
    {WeightRule::small, "small", "N(0, 0.01²)", "0.0001"},
    {WeightRule::xavier, "xavier", "Xavier: 1/n", "1/n"},
    {WeightRule::he, "he", "He: 2/n", "2/n"},
    {WeightRule::paper, "paper", "Paper: 2/(n in + n out)", "2/(n_in + n_out)"},
    {WeightRule::glorot_uniform, "glorot_uniform", "glorot_uniform", "2/(n_in + n_out)"},
    {WeightRule::glorot_normal, "glorot_normal", "glorot_normal", "2/(n_in + n_out)"},
    {WeightRule::he_normal, "he_normal", "he_normal", "2/n"},
    {WeightRule::zeros, "zeros", "zeros", "0"}};

// Which of the engine's initializers has this rule's name.
std::optional<Kind> named(WeightRule rule) {
  switch (rule) {
    case WeightRule::glorot_uniform:
      return Kind::glorot_uniform;
    case WeightRule::glorot_normal:
      return Kind::glorot_normal;
    case WeightRule::he_normal:
      return Kind::he_normal;
    case WeightRule::zeros:
      return Kind::zeros;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::span<const WeightRuleWords> weight_rules() { return kRules; }

const WeightRuleWords& words_of(WeightRule rule) { return kRules[static_cast<int>(rule)]; }

std::optional<WeightRule> find_weight_rule(std::string_view name) {
  for (const WeightRuleWords& words : kRules) {
    if (name == words.name) return words.rule;
  }
  return std::nullopt;
}

Initializer initializer_of(WeightRule rule, double spread, int fan_in, int fan_out) {
  if (const std::optional<Kind> kind = named(rule)) return {*kind};
  if (rule == WeightRule::normal) return Initializer::random_normal(0, static_cast<float>(spread));
  if (rule == WeightRule::small) return Initializer::random_normal(0, kSmall);
  double variance = 1.0 / fan_in;
  if (rule == WeightRule::he) variance = 2.0 / fan_in;
  if (rule == WeightRule::paper) variance = 2.0 / (fan_in + fan_out);
  return Initializer::random_normal(0, static_cast<float>(std::sqrt(variance)));
}

double deviation_of(WeightRule rule, double spread, int fan_in, int fan_out) {
  return standard_deviation(initializer_of(rule, spread, fan_in, fan_out), fan_in, fan_out);
}

void draw_unit(std::span<float> values, WeightRule rule, Rng& rng) {
  const std::optional<Kind> kind = named(rule);
  // Of 1 input and 1 output Glorot's variance is 1, of 2 inputs He's.
  const int fan_in = rule == WeightRule::he_normal ? 2 : 1;
  initialize(values, kind ? Initializer{*kind} : Initializer::random_normal(0, 1), fan_in, 1, rng);
}

}  // namespace kg
