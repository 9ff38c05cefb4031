// Optimizers: how weights follow their gradients. Named and computed as in Keras.
//
// g is the gradient, w a weight, t the number of the update from 1 on:
//
//   SGD       w −= rate·g
//   momentum  v = momentum·v − rate·g;  w += v
//   nesterov  v = momentum·v − rate·g;  w += momentum·v − rate·g
//   RMSProp   a = rho·a + (1 − rho)·g²;  w −= rate·g / √(a + epsilon)
//   Adam      m = beta_1·m + (1 − beta_1)·g;  a = beta_2·a + (1 − beta_2)·g²
//             w −= rate·√(1 − beta_2ᵗ)/(1 − beta_1ᵗ)·m / (√a + epsilon)       (Kingma and Ba, 2015)
#pragma once

#include <string>
#include <vector>

#include "engine/network.h"
#include "engine/result.h"

namespace kg {

struct OptimizerSettings {
  enum class Kind { sgd, momentum, nesterov, rmsprop, adam };
  Kind kind = Kind::sgd;
  float learning_rate = 0.01f;
  float momentum = 0.9f;  // of momentum and nesterov
  float rho = 0.9f;       // of RMSProp
  float beta_1 = 0.9f, beta_2 = 0.999f;
  float epsilon = 1e-7f;
};

// Refuses, in words, what no update can be made with: the learning rate is 0 to 1 000 000, the others are
// shares from 0 to below 1, epsilon is above 0 and at most 1.
Status check(const OptimizerSettings& settings);

std::string keras_text(
    const OptimizerSettings& settings);  // optimizers.SGD(learning_rate=0.01, momentum=0.9)

class Optimizer {
 public:
  explicit Optimizer(const OptimizerSettings& settings) : settings(settings), gathered_by_(settings.kind) {}

  // All may be changed between updates. What was gathered for one kind says nothing to another (momentum's v
  // points downhill, Adam's m uphill), so with the kind it is forgotten.
  OptimizerSettings settings;

  // Makes room for what it gathers about every learned parameter, and forgets what it has.
  void reserve(const Network& network);
  // One update of all learned parameters of layers that are not frozen. Allocates nothing.
  void update(Network& network);
  // To another thread and back (bytes.h).
  template <class Self, class Bytes>
  static void pass(Self& self, Bytes& bytes) {
    bytes(self.settings), bytes(self.gathered_by_);
    for (auto& slots : self.slots_) bytes(slots.first), bytes(slots.second);
    bytes(self.beta_1_power_), bytes(self.beta_2_power_);
  }
  // Floats it keeps.
  std::size_t working_floats() const;

 private:
  struct Slots {
    std::vector<float> first, second;  // v or m; a
  };
  void forget();
  void update(Parameter& parameter, Slots& slots) const;

  OptimizerSettings::Kind gathered_by_;  // what stands in the slots belongs to this kind

  std::vector<Slots> slots_;  // one for each learned parameter, in the order of the layers
  double beta_1_power_ = 1, beta_2_power_ = 1;
};

}  // namespace kg
