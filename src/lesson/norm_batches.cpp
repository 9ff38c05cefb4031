#include "lesson/norm_batches.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "data/digit_set.h"
#include "engine/network.h"
#include "engine/rng.h"

namespace kg {
namespace {

constexpr std::uint64_t kDigits = 0xb7c;                                            // the seed's fork
constexpr std::size_t kGamma = 0, kBeta = 1, kMovingMean = 2, kMovingVariance = 3;  // parameters

}  // namespace

NormBatches::NormBatches(std::uint64_t seed)
    : seed_(seed),
      activations_(kSets),
      looking_(layer().make(SampleShape(kUnits))),
      following_(layer().make(SampleShape(kUnits))),
      out_(static_cast<std::size_t>(kBatch * kUnits)) {
  means_.push_back(following_->parameters()[kMovingMean].values);
  variances_.push_back(following_->parameters()[kMovingVariance].values);
}

std::span<const float> NormBatches::activations(int batch) {
  const int set = (batch - 1) % kSets;
  std::vector<float>& values = activations_[static_cast<std::size_t>(set)];
  if (!values.empty()) return values;
  Dense dense;
  dense.units = kUnits, dense.activation = ActivationKind::relu;
  Result<Network> built = Network::build({28, 28, 1}, {Flatten{}, dense}, seed_);
  assert(built);
  Network network = std::move(built).value();
  network.reserve({kBatch, false, false});
  DigitSet digits;
  add_generated(digits, Rng(seed_).fork(kDigits).fork(static_cast<std::uint64_t>(set)).state(), kBatch);
  const std::span<float> input = network.input(kBatch);
  for (int i = 0; i < kBatch; ++i) digits.copy(i, input.data() + digits.size() * static_cast<std::size_t>(i));
  const std::span<const float> answers = network.forward();
  values.assign(answers.begin(), answers.end());
  return values;
}

std::vector<float> NormBatches::activations(int batch, int unit) {
  const std::span<const float> all = activations(batch);
  std::vector<float> values;
  for (std::size_t i = static_cast<std::size_t>(unit - 1); i < all.size(); i += kUnits)
    values.push_back(all[i]);
  return values;
}

int NormBatches::telling_unit() {
  for (int unit = 1; unit <= kUnits; ++unit) {
    const std::size_t silent = statistics(activations(1, unit)).zeros;
    if (silent * 10 >= kBatch && silent * 2 <= kBatch) return unit;
  }
  return 1;
}

std::vector<float> NormBatches::normalised(int batch, int unit, double gamma, double beta, bool moving) {
  std::vector<Parameter>& parameters = looking_->parameters();
  std::fill(parameters[kGamma].values.begin(), parameters[kGamma].values.end(), static_cast<float>(gamma));
  std::fill(parameters[kBeta].values.begin(), parameters[kBeta].values.end(), static_cast<float>(beta));
  if (moving) {
    follow(batch);
    parameters[kMovingMean].values = means_[static_cast<std::size_t>(batch)];
    parameters[kMovingVariance].values = variances_[static_cast<std::size_t>(batch)];
  }
  looking_->forward({out_.data(), activations(batch).data(), kBatch, !moving});
  std::vector<float> values;
  for (std::size_t i = static_cast<std::size_t>(unit - 1); i < out_.size(); i += kUnits)
    values.push_back(out_[i]);
  return values;
}

NormBatches::Steps NormBatches::steps(int batch, int unit, double gamma, double beta, bool moving) {
  Steps steps;
  steps[0].values = activations(batch, unit);
  steps[1].values = normalised(batch, unit, 1, 0, moving);
  steps[2].values = normalised(batch, unit, gamma, 0, moving);
  steps[3].values = normalised(batch, unit, gamma, beta, moving);
  for (Step& step : steps) step.numbers = statistics(step.values);
  return steps;
}

NormBatches::Moments NormBatches::moments(int batch, int unit) {
  const Statistics of = statistics(activations(batch, unit));
  return {of.mean, of.deviation * of.deviation};
}

// One training pass for each batch, from the first on.
void NormBatches::follow(int batch) {
  while (static_cast<int>(means_.size()) <= batch) {
    following_->forward({out_.data(), activations(static_cast<int>(means_.size())).data(), kBatch, true});
    means_.push_back(following_->parameters()[kMovingMean].values);
    variances_.push_back(following_->parameters()[kMovingVariance].values);
  }
}

NormBatches::Moments NormBatches::moving(int batch, int unit) {
  follow(batch);
  const auto at = static_cast<std::size_t>(batch), of = static_cast<std::size_t>(unit - 1);
  return {static_cast<double>(means_[at][of]), static_cast<double>(variances_[at][of])};
}

}  // namespace kg
