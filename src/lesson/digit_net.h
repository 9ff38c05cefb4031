// Digit net: a small convolutional network on one picture: its values, its gradients, and what one update of
// them does. The second scene of the lesson `backprop`.
//
// Two networks of the same kind: the one that is looked at, and the one after the next update.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/gradient_check.h"
#include "engine/network.h"
#include "engine/trainer.h"

namespace kg {

class DigitNet {
 public:
  // Layers of the network.
  enum Layer { conv_1, pool_1, conv_2, pool_2, flatten, dense };
  static constexpr int kLayers = 6, kClasses = 10;
  static constexpr int kTrained[] = {conv_1, conv_2, dense};  // those with weights, in order

  static std::vector<LayerDescription> layers();
  // Refuses, in words, pictures that are too small for it.
  static Result<std::unique_ptr<DigitNet>> make(const Tensor& picture, int label, float rate,
                                                std::uint64_t seed);

  const Network& now() const { return now_.network; }
  const Network& next() const { return next_.network; }  // after the update
  bool diverges() const { return diverges_; }  // the next update leads nowhere; next() is then of no use
  double loss() const { return now_.loss; }
  double loss_after() const { return next_.loss; }
  int prediction() const;
  int prediction_after() const;
  int label() const { return label_; }
  const std::vector<double>& losses() const { return losses_; }  // at the start, and after each update
  int updates() const { return static_cast<int>(losses_.size()) - 1; }

  // ∂L/∂value at a place, as the network keeps it: behind a layer with an activation, at its weighted sums.
  std::span<const float> gradient(int place) const { return now_.network.gradient(place); }

  // Of the update to come. The rate must be legal (optimizer.h).
  void set_rate(float rate);
  // Makes the update; refuses if it leads nowhere.
  Status update();
  // The gradient of one parameter of a layer beside its difference quotient; values and gradients stay.
  GradientComparison check(int layer, int index);

 private:
  struct Run {
    explicit Run(Network&& built)
        : network(std::move(built)), trainer(network, {}, Loss::cross_entropy, 1, true) {}
    Network network;
    Trainer trainer;
    double loss = 0;
  };

  DigitNet(Network&& now, Network&& next, const Tensor& picture, int label, float rate);
  Status look(Run& run);
  void foresee();

  std::vector<float> picture_;
  int label_;
  float rate_;
  Run now_, next_;
  bool diverges_ = false;
  std::vector<double> losses_;
};

}  // namespace kg
