#include "engine/optimizer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "engine/python_text.h"

namespace kg {
namespace {

using Kind = OptimizerSettings::Kind;

}  // namespace

Status check(const OptimizerSettings& s) {
  if (!(s.learning_rate >= 0 && s.learning_rate <= 1e6f)) {
    return Error{"The learning rate is " + python_number(s.learning_rate) +
                 ", but it has to be from 0 to 1000000."};
  }
  const std::pair<const char*, float> shares[] = {
      {"momentum", s.momentum}, {"rho", s.rho}, {"beta_1", s.beta_1}, {"beta_2", s.beta_2}};
  for (const auto& [name, share] : shares) {
    if (!(share >= 0 && share < 1)) {
      return Error{"The optimizer's " + std::string(name) + " is " + python_number(share) +
                   ", but it has to be from 0 to below 1."};
    }
  }
  if (!(s.epsilon > 0 && s.epsilon <= 1)) {
    return Error{"The optimizer's epsilon is " + python_number(s.epsilon) +
                 ", but it has to be above 0 and at most 1."};
  }
  return Done{};
}

void Optimizer::reserve(const Network& network) {
  slots_.clear();
  forget();
  for (int k = 0; k < network.layers(); ++k) {
    for (const Parameter& p : network.parameters(k)) {
      if (p.learned)
        slots_.push_back({std::vector<float>(p.values.size()), std::vector<float>(p.values.size())});
    }
  }
}

void Optimizer::forget() {
  for (Slots& slots : slots_) {
    std::fill(slots.first.begin(), slots.first.end(), 0.0f);
    std::fill(slots.second.begin(), slots.second.end(), 0.0f);
  }
  beta_1_power_ = beta_2_power_ = 1;
  gathered_by_ = settings.kind;
}

std::size_t Optimizer::working_floats() const {
  std::size_t count = 0;
  for (const Slots& slots : slots_) count += slots.first.size() + slots.second.size();
  return count;
}

void Optimizer::update(Network& network) {
  if (settings.kind != gathered_by_) forget();
  beta_1_power_ *= static_cast<double>(settings.beta_1);
  beta_2_power_ *= static_cast<double>(settings.beta_2);
  std::size_t next = 0;
  for (int k = 0; k < network.layers(); ++k) {
    for (Parameter& p : network.parameters(k)) {
      if (!p.learned) continue;
      assert(next < slots_.size());
      Slots& slots = slots_[next++];
      if (!network.frozen(k)) update(p, slots);
    }
  }
  network.parameters_changed();
}

// Each loop does one thing to whole arrays, which the compiler turns into SIMD by itself.
void Optimizer::update(Parameter& parameter, Slots& slots) const {
  const std::size_t count = parameter.values.size();
  float* w = parameter.values.data();
  float* first = slots.first.data();
  float* second = slots.second.data();
  const float* g = parameter.gradient.data();
  const float rate = settings.learning_rate, momentum = settings.momentum;
  switch (settings.kind) {
    case Kind::sgd:
      for (std::size_t k = 0; k < count; ++k) w[k] -= rate * g[k];
      return;
    case Kind::momentum:
      for (std::size_t k = 0; k < count; ++k) {
        first[k] = momentum * first[k] - rate * g[k];
        w[k] += first[k];
      }
      return;
    case Kind::nesterov:
      for (std::size_t k = 0; k < count; ++k) {
        first[k] = momentum * first[k] - rate * g[k];
        w[k] += momentum * first[k] - rate * g[k];
      }
      return;
    case Kind::rmsprop: {
      const float rho = settings.rho, rest = 1 - rho;
      for (std::size_t k = 0; k < count; ++k) {
        second[k] = rho * second[k] + rest * (g[k] * g[k]);
        w[k] -= rate * g[k] / std::sqrt(second[k] + settings.epsilon);
      }
      return;
    }
    case Kind::adam: {
      const float b1 = settings.beta_1, b2 = settings.beta_2, rest1 = 1 - b1, rest2 = 1 - b2;
      const float by =
          static_cast<float>(static_cast<double>(rate) * std::sqrt(1 - beta_2_power_) / (1 - beta_1_power_));
      for (std::size_t k = 0; k < count; ++k) {
        first[k] = b1 * first[k] + rest1 * g[k];
        second[k] = b2 * second[k] + rest2 * (g[k] * g[k]);
        w[k] -= by * first[k] / (std::sqrt(second[k]) + settings.epsilon);
      }
      return;
    }
  }
}

std::string keras_text(const OptimizerSettings& settings) {
  const std::string rate = "learning_rate=" + python_number(settings.learning_rate);
  const std::string momentum = ", momentum=" + python_number(settings.momentum);
  switch (settings.kind) {
    case Kind::sgd:
      return "optimizers.SGD(" + rate + ")";
    case Kind::momentum:
      return "optimizers.SGD(" + rate + momentum + ")";
    case Kind::nesterov:
      return "optimizers.SGD(" + rate + momentum + ", nesterov=True)";
    case Kind::rmsprop:
      return "optimizers.RMSprop(" + rate + ", rho=" + python_number(settings.rho) + ")";
    case Kind::adam:
      return "optimizers.Adam(" + rate + ")";
  }
  return "";
}

}  // namespace kg
