// Layer: one step of a network, forward and backward.
//
// Legend of the names: `in` and `out` are a layer's values, (N, …) of its input and output shape; `din`,
// `dout` and `dkernel` are gradients, ∂loss/∂in and so on. Backward adds to the gradients of the parameters
// (so that several passes can be summed) and writes din.
//
// A layer owns its parameters and whatever memory it works with; the values between the layers belong to the
// network. Only reserve() allocates.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/rng.h"
#include "engine/tensor.h"

namespace kg {

// Numbers that belong to a layer: its kernel, its bias, …
struct Parameter {
  std::string name;             // as in Keras: "kernel", "bias", "gamma", …
  std::vector<int> shape;       // as in Keras: (kernel_h, kernel_w, I, O), (I, O), (O)
  std::vector<float> values;    //
  std::vector<float> gradient;  // as many as values; none if it is not learned
  bool learned = true;          // false: it follows the data, as a moving average does
  float l2 = 0;                 // the loss grows by l2·Σ values²; changeable at any time
};

// How many numbers a layer's parameters have.
struct ParameterCounts {
  std::int64_t learned = 0;
  std::int64_t followed = 0;  // moving averages
};

struct Forward {
  float* out;
  const float* in;
  int images;     // N
  bool training;  // dropout drops, batch normalisation uses the batch
};

struct Backward {
  float* din;  // null: not wanted
  float*
      dout;  // may be overwritten: afterwards it is the gradient at the weighted sums, before the activation
  const float* in;   // what the forward pass was given
  const float* out;  // what it answered
  int images;        // N
  bool parameters;   // whether their gradients are wanted
  bool at_sums;      // dout already is the gradient before the activation
  bool training;     // as in the forward pass
};

class Layer {
 public:
  Layer(const SampleShape& input, const SampleShape& output) : input_(input), output_(output) {}
  virtual ~Layer() = default;
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  // Makes room for batches of up to so many images.
  virtual void reserve(int /*images*/) {}
  virtual void forward(const Forward& pass) = 0;
  virtual void backward(const Backward& pass) = 0;
  // To be called after the values of parameters were changed from outside.
  virtual void parameters_changed() {}
  // Gives the parameters the values they start from; whatever is drawn at random later comes from `rng` too.
  virtual void initialize(Rng /*rng*/) {}
  // Where its random numbers come from while it is trained; null if it draws none.
  virtual Rng* random() { return nullptr; }
  // Floats of working memory, parameters not counted.
  virtual std::size_t working_floats() const { return 0; }

  const SampleShape& input() const { return input_; }
  const SampleShape& output() const { return output_; }
  std::vector<Parameter>& parameters() { return parameters_; }
  const std::vector<Parameter>& parameters() const { return parameters_; }

 protected:
  SampleShape input_, output_;
  std::vector<Parameter> parameters_;
};

}  // namespace kg
