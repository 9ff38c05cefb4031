#include "engine/layers/activation.h"

#include <algorithm>

#include "engine/kernels/dispatch.h"
#include "engine/layers/keras_text.h"

namespace kg {
namespace {

class ActivationLayer final : public Layer {
 public:
  ActivationLayer(const Activation& description, const SampleShape& shape)
      : Layer(shape, shape), description_(description) {}

  void forward(const Forward& pass) override {
    std::copy_n(pass.in, count(pass.images), pass.out);
    activate(description_.activation, pass.out, rows(pass.images), output().c(), description_.slope);
  }

  void backward(const Backward& pass) override {
    if (!pass.at_sums) {
      activation_gradient(description_.activation, pass.dout, pass.out, rows(pass.images), output().c(),
                          description_.slope);
    }
    if (pass.din) std::copy_n(pass.dout, count(pass.images), pass.din);
  }

 private:
  int rows(int images) const { return images * output().h() * output().w(); }
  std::size_t count(int images) const { return output().batch(images).size(); }

  Activation description_;
};

}  // namespace

const char* name_of(ActivationKind kind) {
  switch (kind) {
    case ActivationKind::linear:
      return "linear";
    case ActivationKind::relu:
      return "relu";
    case ActivationKind::leaky_relu:
      return "leaky_relu";
    case ActivationKind::sigmoid:
      return "sigmoid";
    case ActivationKind::tanh:
      return "tanh";
    case ActivationKind::softmax:
      return "softmax";
  }
  return "";
}

void activate(ActivationKind kind, float* values, int rows, int channels, float slope) {
  const std::size_t count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(channels);
  const kernels::Table& run = kernels::table();
  switch (kind) {
    case ActivationKind::linear:
      return;
    case ActivationKind::relu:
      return run.relu(values, values, count);
    case ActivationKind::leaky_relu:
      return run.leaky_relu(values, values, slope, count);
    case ActivationKind::sigmoid:
      return run.sigmoid(values, values, count);
    case ActivationKind::tanh:
      return run.tanh(values, values, count);
    case ActivationKind::softmax:
      return run.softmax(values, values, rows, channels);
  }
}

void activation_gradient(ActivationKind kind, float* d, const float* out, int rows, int channels,
                         float slope) {
  const std::size_t count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(channels);
  const kernels::Table& run = kernels::table();
  switch (kind) {
    case ActivationKind::linear:
      return;
    case ActivationKind::relu:
      return run.relu_gradient(d, d, out, count);
    case ActivationKind::leaky_relu:
      return run.leaky_relu_gradient(d, d, out, slope, count);
    case ActivationKind::sigmoid:
      return run.sigmoid_gradient(d, d, out, count);
    case ActivationKind::tanh:
      return run.tanh_gradient(d, d, out, count);
    case ActivationKind::softmax:
      return run.softmax_gradient(d, d, out, rows, channels);
  }
}

Result<SampleShape> Activation::output(const SampleShape& in) const {
  if (activation == ActivationKind::leaky_relu && !(slope > 0)) {
    return Error{"The slope of leaky_relu is " + python_number(slope) +
                 ", but it has to be more than 0; with 0 it would be relu."};
  }
  return in;
}

std::unique_ptr<Layer> Activation::make(const SampleShape& in) const {
  return std::make_unique<ActivationLayer>(*this, in);
}

std::string Activation::keras() const {
  if (activation == ActivationKind::leaky_relu) {
    return "LeakyReLU(negative_slope=" + python_number(slope) + ")";
  }
  return std::string("Activation(\"") + name_of(activation) + "\")";
}

Tensor relu(const Tensor& in) {
  Tensor out(in.shape());
  kernels::table().relu(out.values().data(), in.values().data(), in.values().size());
  return out;
}

}  // namespace kg
