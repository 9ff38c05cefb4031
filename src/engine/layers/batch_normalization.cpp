#include "engine/layers/batch_normalization.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/dispatch.h"
#include "engine/layers/keras_text.h"

namespace kg {
namespace {

class BatchNormalizationLayer final : public Layer {
 public:
  BatchNormalizationLayer(const BatchNormalization& description, const SampleShape& shape)
      : Layer(shape, shape), description_(description), channels_(static_cast<std::size_t>(shape.c())) {
    const auto add = [&](const char* name, bool learned) {
      parameters_.push_back({name,
                             {shape.c()},
                             std::vector<float>(channels_),
                             std::vector<float>(learned ? channels_ : 0),
                             learned,
                             0});
    };
    add("gamma", true);
    add("beta", true);
    add("moving_mean", false);
    add("moving_variance", false);
    initialize(Rng(0));
    for (auto* list : {&mean_, &variance_, &scale_, &shift_, &products_, &sums_, &by_in_})
      list->resize(channels_);
  }

  void initialize(Rng) override {
    for (std::size_t k = 0; k < 4; ++k) {
      std::fill(parameters_[k].values.begin(), parameters_[k].values.end(), k == 0 || k == 3 ? 1.0f : 0.0f);
    }
  }

  void forward(const Forward& pass) override {
    const int count = rows(pass.images);
    if (pass.training && count > 0) {
      kernels::table().moments(mean_.data(), variance_.data(), pass.in, count, output().c());
      follow(moving_mean(), mean_);
      follow(moving_variance(), variance_);
    } else {
      mean_ = moving_mean();
      variance_ = moving_variance();
    }
    for (std::size_t c = 0; c < channels_; ++c) {
      scale_[c] = gamma()[c] * inverse_deviation(c);
      shift_[c] = beta()[c] - mean_[c] * scale_[c];
    }
    kernels::table().scale_shift(pass.out, pass.in, scale_.data(), shift_.data(), count, output().c());
  }

  // With x̂ = (in − mean)/deviation and the sums over the m values of a channel:
  //   dgamma = Σ dout·x̂    dbeta = Σ dout
  //   din = gamma/deviation · (dout − dbeta/m − x̂·dgamma/m)
  // because mean and deviation depend on every input of the batch; if they are the moving averages, they do
  // not, and the last two terms are missing.
  void backward(const Backward& pass) override {
    const int count = rows(pass.images), c_count = output().c();
    std::fill(products_.begin(), products_.end(), 0.0f);
    std::fill(sums_.begin(), sums_.end(), 0.0f);
    kernels::table().centred_products(products_.data(), pass.dout, pass.in, mean_.data(), count, c_count);
    kernels::table().channel_sums(sums_.data(), pass.dout, count, c_count);
    const float share = pass.training && count > 0 ? 1 / static_cast<float>(count) : 0;
    for (std::size_t c = 0; c < channels_; ++c) {
      const float inverse = inverse_deviation(c), dgamma = products_[c] * inverse;
      if (pass.parameters) {
        parameters_[0].gradient[c] += dgamma;
        parameters_[1].gradient[c] += sums_[c];
      }
      scale_[c] = gamma()[c] * inverse;
      by_in_[c] = -scale_[c] * dgamma * share * inverse;
      shift_[c] = -scale_[c] * sums_[c] * share - by_in_[c] * mean_[c];
    }
    if (!pass.din) return;
    kernels::table().blend(pass.din, pass.dout, pass.in, scale_.data(), by_in_.data(), shift_.data(), count,
                           c_count);
  }

  std::size_t working_floats() const override { return 7 * channels_; }

 private:
  int rows(int images) const { return images * output().h() * output().w(); }
  float inverse_deviation(std::size_t c) const { return 1 / std::sqrt(variance_[c] + description_.epsilon); }
  void follow(std::vector<float>& moving, const std::vector<float>& batch) const {
    const float momentum = description_.momentum;
    for (std::size_t c = 0; c < channels_; ++c) moving[c] = moving[c] * momentum + batch[c] * (1 - momentum);
  }
  const std::vector<float>& gamma() const { return parameters_[0].values; }
  const std::vector<float>& beta() const { return parameters_[1].values; }
  std::vector<float>& moving_mean() { return parameters_[2].values; }
  std::vector<float>& moving_variance() { return parameters_[3].values; }

  BatchNormalization description_;
  std::size_t channels_;
  std::vector<float> mean_, variance_;  // that the last forward pass used
  std::vector<float> scale_, shift_, products_, sums_, by_in_;
};

}  // namespace

Result<SampleShape> BatchNormalization::output(const SampleShape& in) const {
  if (!(momentum >= 0 && momentum <= 1)) {
    return Error{"The momentum of BatchNormalization is " + python_number(momentum) +
                 ", but it has to be from 0 to 1."};
  }
  if (!(epsilon > 0)) {
    return Error{
        "The epsilon of BatchNormalization is " + python_number(epsilon) +
        ", but it has to be more than 0, or a channel whose values are all the same would be divided "
        "by 0."};
  }
  return in;
}

ParameterCounts BatchNormalization::counts(const SampleShape& in) const {
  return {2 * std::int64_t{in.c()}, 2 * std::int64_t{in.c()}};
}

std::unique_ptr<Layer> BatchNormalization::make(const SampleShape& in) const {
  return std::make_unique<BatchNormalizationLayer>(*this, in);
}

std::string BatchNormalization::keras() const {
  std::string arguments;
  if (momentum != BatchNormalization().momentum) arguments = "momentum=" + python_number(momentum);
  if (epsilon != BatchNormalization().epsilon) {
    arguments += (arguments.empty() ? "" : ", ") + ("epsilon=" + python_number(epsilon));
  }
  return "BatchNormalization(" + arguments + ")";
}

}  // namespace kg
