#include "lesson/neuron_draws.h"

#include <algorithm>

#include "engine/rng.h"

namespace kg {
namespace {

constexpr int kEvery = 25;                  // inputs from one kept sum to the next
constexpr std::uint64_t kWeights = 0x1417;  // the seed's fork

// Rules that differ only in their deviation draw the same numbers.
WeightRule shape_of(WeightRule rule) {
  switch (rule) {
    case WeightRule::glorot_uniform:
    case WeightRule::zeros:
      return rule;
    case WeightRule::glorot_normal:
    case WeightRule::he_normal:
      return WeightRule::glorot_normal;
    default:
      return WeightRule::normal;
  }
}

}  // namespace

const std::vector<float>& NeuronDraws::sums(WeightRule rule, std::uint64_t seed,
                                            std::span<const float> inputs, int k) {
  const std::size_t common = std::min(inputs.size(), inputs_.size());
  if (kept_.empty() || shape_of(rule) != shape_ || seed != seed_ ||
      !std::equal(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(common), inputs_.begin())) {
    shape_ = shape_of(rule), seed_ = seed;
    inputs_.clear();
    kept_.assign(1, std::vector<float>(kDraws));
    sums_ = kept_[0];
    weights_.resize(kDraws);
    count_ = 0;
  }
  if (inputs.size() > inputs_.size()) inputs_.assign(inputs.begin(), inputs.end());
  // From the nearest sums before, be they the last ones or kept ones.
  const int kept = std::min(k / kEvery, static_cast<int>(kept_.size()) - 1);
  if (count_ > k || count_ < kept * kEvery)
    sums_ = kept_[static_cast<std::size_t>(kept)], count_ = kept * kEvery;
  while (count_ < k) add_next_input();
  return sums_;
}

void NeuronDraws::add_next_input() {
  Rng rng = Rng(seed_).fork(kWeights).fork(static_cast<std::uint64_t>(count_));
  draw_unit(weights_, shape_, rng);
  const float input = inputs_[static_cast<std::size_t>(count_)];
  for (std::size_t d = 0; d < sums_.size(); ++d) sums_[d] += input * weights_[d];
  ++count_;
  if (count_ == kEvery * static_cast<int>(kept_.size())) kept_.push_back(sums_);
}

}  // namespace kg
