#include "engine/layers/dropout.h"

#include <algorithm>

#include "engine/layers/keras_text.h"
#include "engine/rng.h"

namespace kg {
namespace {

class DropoutLayer final : public Layer {
 public:
  DropoutLayer(float rate, const SampleShape& shape) : Layer(shape, shape), rate_(rate) {}

  void reserve(int images) override { factors_.resize(output().batch(images).size()); }
  void initialize(Rng rng) override { rng_ = rng; }
  Rng* random() override { return &rng_; }
  std::size_t working_floats() const override { return factors_.size(); }

  void forward(const Forward& pass) override {
    const std::size_t count = output().batch(pass.images).size();
    if (!pass.training) {
      std::copy_n(pass.in, count, pass.out);
      return;
    }
    const float kept = 1 / (1 - rate_);
    for (std::size_t k = 0; k < count; ++k) {
      factors_[k] = rng_.uniform() < rate_ ? 0.0f : kept;
      pass.out[k] = pass.in[k] * factors_[k];
    }
  }

  void backward(const Backward& pass) override {
    if (!pass.din) return;
    const std::size_t count = output().batch(pass.images).size();
    for (std::size_t k = 0; k < count; ++k)
      pass.din[k] = pass.training ? pass.dout[k] * factors_[k] : pass.dout[k];
  }

 private:
  float rate_;
  Rng rng_{0};
  std::vector<float> factors_;  // what each value was multiplied by
};

}  // namespace

Result<SampleShape> Dropout::output(const SampleShape& in) const {
  if (!(rate >= 0 && rate < 1)) {
    return Error{"The rate of Dropout is " + python_number(rate) + ", but it has to be from 0 to below 1."};
  }
  return in;
}

std::unique_ptr<Layer> Dropout::make(const SampleShape& in) const {
  return std::make_unique<DropoutLayer>(rate, in);
}

std::string Dropout::keras() const { return "Dropout(" + python_number(rate) + ")"; }

}  // namespace kg
