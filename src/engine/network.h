// Network: a stack of layers, and the values and gradients between them.
//
// Values are numbered by the place where they lie: place 0 is the input, place k what layer k − 1 gives
// (layers count from 0). Each holds (N, …) values of the last pass, readable at any time, and the same for
// gradients, ∂loss/∂value. The gradient behind a layer with an activation is, after the backward pass, the
// one at its weighted sums, before the activation (δ in the literature).
//
// reserve() makes room; after it no pass of at most that many images allocates anything. The memory is
// that of the values, N·Σ(places), and of the gradients: as much again if all are kept, else the two largest
// neighbours (memory() adds it up).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/layers/description.h"
#include "engine/summary.h"

namespace kg {

struct NetworkMemory {
  std::size_t parameters = 0;  // values and gradients of the parameters; all in bytes
  std::size_t values = 0, gradients = 0;
  std::size_t working = 0;  // of the layers
  std::size_t total() const { return parameters + values + gradients + working; }
};

// A whole Python program that builds the same stack with Keras. Needs no weights, and does not ask whether
// the layers fit together.
std::string keras_code_of(const SampleShape& input, const std::vector<LayerDescription>& layers);

class Network {
 public:
  // Refuses, in words, stacks that do not fit together ("Layer 3, Conv2D: …") or into memory: at most
  // kMaxValues numbers for the weights (with room to train them) and the values of one image. The weights
  // come from the seed.
  static Result<Network> build(const SampleShape& input, std::vector<LayerDescription> layers,
                               std::uint64_t seed);

  int layers() const { return static_cast<int>(layers_.size()); }
  int places() const { return layers() + 1; }
  const SampleShape& shape(int place) const;
  const SampleShape& input_shape() const { return shape(0); }
  const SampleShape& output_shape() const { return shape(layers()); }
  const std::vector<LayerDescription>& descriptions() const { return descriptions_; }
  const std::string& name(int layer) const { return names_[static_cast<std::size_t>(layer)]; }
  Summary summary() const;
  std::string keras_code() const { return keras_code_of(input_shape_, descriptions_); }

  // The weights, as at the beginning of a training run.
  void initialize(std::uint64_t seed);
  std::vector<Parameter>& parameters(int layer) { return layers_[index(layer)]->parameters(); }
  const std::vector<Parameter>& parameters(int layer) const { return layers_[index(layer)]->parameters(); }
  void parameters_changed();  // call it after changing values
  void set_l2(float factor);  // of every kernel
  void clear_gradients();     // of the parameters

  // Frozen layers are not trained, and BatchNormalization among them uses its moving averages. Freezing means
  // parameters: Dropout goes on dropping, as in Keras.
  bool frozen(int layer) const { return frozen_[index(layer)]; }
  void freeze(int layer, bool on) { frozen_[index(layer)] = on; }
  // Where a layer's random numbers come from while it is trained; null if it draws none.
  Rng* random(int layer) { return layers_[index(layer)]->random(); }

  struct Room {
    int images = 1;               // the most of a pass
    bool gradients = false;       // whether backward() will be called
    bool keep_gradients = false;  // whether all of them stay readable, or only the last two
  };
  void reserve(const Room& room);
  const Room& room() const { return room_; }
  NetworkMemory memory() const;

  // Fill the input, then run. `images` is at most what was reserved.
  std::span<float> input(int images);
  // Runs the first `layers` layers (all if left out). Answers what the last of them gives.
  std::span<const float> forward(bool training = false, int layers = -1);
  std::span<const float> values(int place) const;

  // Fill the gradient at a place, then run back from there to the first layer that is trained, or, if
  // `to_input`, to the input. Gradients of parameters (of layers that are not frozen) are added to if wanted.
  struct Back {
    int from;  // the place whose gradient is given
    bool parameters = true;
    bool to_input = false;
    bool at_sums = false;  // the gradient given is that before the last layer's activation
  };
  std::span<float> gradient(int place);
  std::span<const float> gradient(int place) const;
  void backward(const Back& back);

  int images() const { return images_; }  // of the last pass

 private:
  Network() = default;
  std::size_t index(int layer) const { return static_cast<std::size_t>(layer); }
  std::size_t gradient_buffer(int place) const;
  bool in_training(int layer) const;

  std::vector<LayerDescription> descriptions_;
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<Layer>> layers_;
  std::vector<bool> frozen_;
  SampleShape input_shape_;
  Room room_;
  int images_ = 0;
  bool training_ = false;
  std::vector<std::vector<float>> values_;     // one per place
  std::vector<std::vector<float>> gradients_;  // one per place if they are kept, else two
};

}  // namespace kg
