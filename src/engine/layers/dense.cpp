#include "engine/layers/dense.h"

#include "engine/kernels/dispatch.h"
#include "engine/layers/keras_text.h"
#include "engine/layers/weights.h"

namespace kg {
namespace {

// A product of matrices (rows, I)·(I, O) is a convolution with 1×1 filters whose pixels are the rows, so the
// kernels of Conv2D do the work.
class DenseLayer final : public WeightedLayer {
 public:
  DenseLayer(const Dense& description, const SampleShape& in)
      : WeightedLayer(description, in, in.with_channels(description.units), {in.c(), description.units}, 1),
        activation_(description.activation) {}

  void forward(const Forward& pass) override {
    kernels::Conv2DSizes s = sizes(pass.images);
    s.relu = activation_ == ActivationKind::relu;
    kernels::table().conv2d(pass.out, pass.in, kernel().values.data(), bias_values(), s);
    if (!s.relu) activate(activation_, pass.out, s.w, s.out);
  }

  void backward(const Backward& pass) override {
    const kernels::Conv2DSizes s = sizes(pass.images);
    if (!pass.at_sums) activation_gradient(activation_, pass.dout, pass.out, s.w, s.out);
    if (pass.parameters) {
      kernels::table().conv2d_filters(kernel().gradient.data(), pass.in, pass.dout, s);
      if (bias()) kernels::table().channel_sums(bias()->gradient.data(), pass.dout, s.w, s.out);
    }
    if (pass.din) kernels::table().conv2d_input(pass.din, pass.dout, turned(s), s);
  }

 private:
  kernels::Conv2DSizes sizes(int images) const {
    return kernels::product_sizes(images * input().h() * input().w(), input().c(), output().c());
  }

  ActivationKind activation_;
};

}  // namespace

Result<SampleShape> Dense::output(const SampleShape& in) const {
  if (units < 1) {
    return Error{"Dense has " + std::to_string(units) + " units, but it needs at least 1."};
  }
  if (!FilterShape{1, 1, in.c(), units}.legal()) {
    return Error{"Dense would have " + std::to_string(in.c()) + "×" + std::to_string(units) +
                 " weights, which is too many: at most " + std::to_string(kMaxValues) + " fit."};
  }
  const SampleShape out = in.with_channels(units);
  if (!out.legal()) {
    return Error{"The output would be " + out.text() + ", which is too many values: at most " +
                 std::to_string(kMaxValues) + " fit."};
  }
  if (Status weights = check_weights(*this); !weights) return weights.error();
  return out;
}

ParameterCounts Dense::counts(const SampleShape& in) const {
  return {std::int64_t{in.c()} * units + (use_bias ? units : 0), 0};
}

std::unique_ptr<Layer> Dense::make(const SampleShape& in) const {
  return std::make_unique<DenseLayer>(*this, in);
}

std::string Dense::keras() const {
  return "Dense(" + std::to_string(units) + python_argument(activation) +
         python_arguments(kernel_initializer, bias_initializer, use_bias, l2) + ")";
}

}  // namespace kg
