// NetworkProbe: one picture on its way through a network: every value, every gradient, and any value taken
// apart into what it was made of.
//
// It works on a copy of the weights, so that looking never disturbs a training run.
#pragma once

#include <memory>
#include <vector>

#include "engine/trainer.h"

namespace kg {

// A value of the network: what layer `layer` gives there; rows and columns are 0 where there are none.
struct Spot {
  int layer = 0, row = 0, col = 0, channel = 0;
  friend bool operator==(const Spot&, const Spot&) = default;
};

// What a value was made of.
struct Explained {
  enum class Kind { sum, largest, mean, same };
  // One input of it: for a sum, value · weight; for the others the weight is 0.
  struct Term {
    int row = 0, col = 0, channel = 0;  // in the layer before
    bool inside = true;  // false: padding, which counts as 0 in a sum, and not at all in a pool
    float value = 0, weight = 0;
    std::size_t index = 0;  // of the weight, in the layer's kernel
    double product() const { return static_cast<double>(value) * static_cast<double>(weight); }
  };
  Kind kind = Kind::same;
  int height = 1, width = 1;  // of the window, in places
  std::vector<Term> terms;    // the window row by row, channels innermost
  int winner = -1;            // the term that was the largest
  double products = 0;        // the sum of them
  double bias = 0;
  double sum = 0;   // products + bias: before the activation
  float value = 0;  // after it: what the engine has computed
  ActivationKind activation = ActivationKind::linear;
};

class NetworkProbe {
 public:
  NetworkProbe(const SampleShape& input, const std::vector<LayerDescription>& layers);

  // Runs the picture through; with a label (−1: none) also back, for the loss of that answer.
  void look(const Network& weights, std::span<const float> image, int label, Loss loss);

  // Place 0 is the picture, place k what layer k − 1 gives (network.h).
  std::span<const float> values(int place) const { return values_[static_cast<std::size_t>(place)]; }
  bool has_gradients() const { return has_gradients_; }
  std::span<const float> gradients(int place) const { return gradients_[static_cast<std::size_t>(place)]; }
  double loss() const { return loss_; }
  const Network& network() const { return network_; }  // with the gradients of the parameters
  int places() const { return network_.places(); }

  bool has(const Spot& spot) const;
  float value(const Spot& spot) const;
  Explained explain(const Spot& spot) const;
  // Where the layer's strongest answer is.
  Spot strongest(int layer) const;

 private:
  Network network_;
  std::unique_ptr<Trainer> trainer_;
  std::vector<std::vector<float>> values_, gradients_;
  bool has_gradients_ = false;
  double loss_ = 0;
};

void copy_weights(Network& to, const Network& from);  // of the same layers

}  // namespace kg
