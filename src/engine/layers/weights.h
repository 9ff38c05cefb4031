// What Dense and Conv2D have in common: a kernel and a bias that start somewhere, and a penalty.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/initializer.h"
#include "engine/kernels/turn_filters.h"
#include "engine/layer.h"
#include "engine/python_text.h"
#include "engine/result.h"

namespace kg {

// Refuses, in words, what a layer (Conv2D, Dense) cannot start from or be trained with. `Layer` is its
// description.
template <class Layer>
Status check_weights(const Layer& layer) {
  if (Status kernel = check(layer.kernel_initializer); !kernel) return kernel;
  if (Status bias = check(layer.bias_initializer); !bias) return bias;
  if (!(layer.l2 >= 0 && std::isfinite(layer.l2))) {
    return Error{std::string("The L2 penalty of ") + Layer::kKerasName + " is " + python_number(layer.l2) +
                 ", but it has to be a number of at least 0."};
  }
  return Done{};
}

// The layer of them: parameters, their first values, and the kernel as the way back needs it.
class WeightedLayer : public Layer {
 public:
  void initialize(Rng rng) override {
    kg::initialize(kernel().values, kernel_initializer_, fan_in_, fan_out_, rng);
    if (bias()) kg::initialize(bias()->values, bias_initializer_, fan_in_, fan_out_, rng);
    parameters_changed();
  }
  void parameters_changed() override { stale_ = true; }
  std::size_t working_floats() const override { return turned_.size(); }

 protected:
  // `cells` of a filter: 1 for Dense. The last of `kernel_shape` is the number of biases.
  template <class Description>
  WeightedLayer(const Description& description, const SampleShape& in, const SampleShape& out,
                std::vector<int> kernel_shape, int cells)
      : Layer(in, out),
        kernel_initializer_(description.kernel_initializer),
        bias_initializer_(description.bias_initializer),
        fan_in_(cells * in.c()),
        fan_out_(cells * out.c()) {
    const std::size_t biases = static_cast<std::size_t>(out.c());
    turned_.resize(static_cast<std::size_t>(fan_in_) * biases);
    add("kernel", std::move(kernel_shape), turned_.size(), description.l2);
    if (description.use_bias) add("bias", {out.c()}, biases, 0);
  }

  Parameter& kernel() { return parameters_[0]; }
  Parameter* bias() { return parameters_.size() > 1 ? &parameters_[1] : nullptr; }
  const float* bias_values() { return bias() ? bias()->values.data() : nullptr; }

  // The kernel turned (kernels/turn_filters.h), made anew when it has changed.
  const float* turned(const kernels::Conv2DSizes& sizes) {
    if (stale_) kernels::turn_filters(turned_.data(), kernel().values.data(), sizes);
    stale_ = false;
    return turned_.data();
  }

 private:
  void add(const char* name, std::vector<int> shape, std::size_t count, float l2) {
    parameters_.push_back(
        {name, std::move(shape), std::vector<float>(count), std::vector<float>(count), true, l2});
  }

  Initializer kernel_initializer_, bias_initializer_;
  int fan_in_, fan_out_;
  std::vector<float> turned_;
  bool stale_ = true;  // turned_ is not that of the present kernel
};

}  // namespace kg
