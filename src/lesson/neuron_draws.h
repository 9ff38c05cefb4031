// NeuronDraws: the same neuron drawn many times: its weighted sum after so many of its inputs, once for each
// draw of its weights.
//
// The weights have variance 1; who shows them multiplies by the deviation wanted. Every input has random
// numbers of its own, so the sums after k inputs depend on the seed, the kind of weights and these k inputs
// alone. Sums on the way are kept, so that a step back costs about as little as one forward.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lesson/weight_rule.h"

namespace kg {

class NeuronDraws {
 public:
  static constexpr int kDraws = 5000;

  // Σ x_i·w_i over the first k inputs, kDraws times. The answer lives until the next call.
  const std::vector<float>& sums(WeightRule rule, std::uint64_t seed, std::span<const float> inputs, int k);

 private:
  void add_next_input();

  WeightRule shape_ = WeightRule::normal;  // of the weights drawn
  std::uint64_t seed_ = 0;
  std::vector<float> inputs_;             // those of the sums
  std::vector<std::vector<float>> kept_;  // after 0, kEvery, 2·kEvery, … inputs
  std::vector<float> sums_, weights_;
  int count_ = 0;  // of inputs in sums_
};

}  // namespace kg
