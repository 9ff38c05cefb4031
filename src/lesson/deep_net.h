// Deep net: many equally wide Dense layers one behind the other, and what the gradient does on its way back
// through them. The bench of the lesson `gradients`.
//
//   49 pixels, standardised → depth − 1 times (Dense(48) → BatchNormalization, if wanted → activation) →
//   Dense(10, softmax)
//
// Everything is measured on one batch, the first kBatch digits, by a forward and a backward pass of the
// engine. Layers count from 1 here, as they are shown. With z the weighted sums of layer k, the gradient that
// arrives there, ∂loss/∂z, is that of layer k + 1 times a factor:
//
//   gradient(k) = gradient(k + 1) · factor(k)
//   factor(k)   = through the weights of layer k + 1 · through the slope of the activation of layer k
//                 · through the normalisation of layer k
//
// Each of these is a ratio of root mean squares that were measured before and after, so the products hold
// exactly. The gradient of a weight is ∂loss/∂z of its neuron times what comes in through the weight.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/initializer.h"
#include "engine/layers/description.h"
#include "lesson/training_run.h"

namespace kg {

struct DeepNetSettings {
  static constexpr int kLeastDepth = 2, kMostDepth = 30;
  static constexpr double kLeastScale = 0.05, kMostScale = 20;
  static constexpr double kLeastRate = 1e-4, kMostRate = 10;

  int depth = 8;  // layers with weights, the last one among them
  ActivationKind activation = ActivationKind::sigmoid;
  Initializer::Kind initializer = Initializer::Kind::glorot_uniform;  // random_normal: deviation 0.05
  double scale = 1;  // all weights are drawn, then multiplied by it
  bool batch_norm = false;
  double rate = 0.05;  // SGD
  friend bool operator==(const DeepNetSettings&, const DeepNetSettings&) = default;
};

// Of the activations and initializers that there are here; nothing for any other name.
std::optional<ActivationKind> deep_activation_named(std::string_view name);
std::optional<Initializer::Kind> deep_initializer_named(std::string_view name);
std::string deep_initializer_name(Initializer::Kind kind);
inline constexpr const char* kDeepActivations = "sigmoid, tanh, relu or linear";
inline constexpr const char* kDeepInitializers =
    "random_normal, glorot_uniform, glorot_normal, he_uniform, he_normal, lecun_uniform or lecun_normal";

// Root mean squares of one layer. What is no number any more, or cannot be told from one that is not, is NaN.
struct LayerGradient {
  double gradient = 0;         // ∂loss/∂z; of the loss of one image, over all images of the batch
  double weight_gradient = 0;  // ∂loss/∂w of the kernel; of the mean loss of the batch
  double weights = 0;          // of the kernel
  double activation = 0;       // what the layer hands on
  double factor = 1;           // from the next layer's gradient to this one's; 1 for the last
  double by_weights = 1, by_slope = 1, by_norm = 1;  // what the factor is made of
  double product = 1;                                // of all factors from the last layer to here
  double update_ratio = 0;  // ‖Δw‖/‖w‖: what one update with SGD would change of the kernel, as a share of it
  double silent = 0;  // share of the neurons that answer 0 to every image

  bool known() const;  // whether all of these are numbers
};

class DeepNet {
 public:
  static constexpr int kWidth = 48, kBatch = 50, kDigits = 500, kClasses = 10;
  static constexpr int kMostUpdates = 500;

  // `digits`: kDigits small ones. The seed decides over the weights and the order of the images: two nets of
  // the same seed draw the same random numbers.
  static Result<std::unique_ptr<DeepNet>> make(const DeepNetSettings& settings, const Digits& digits,
                                               std::uint64_t seed);

  const DeepNetSettings& settings() const { return settings_; }
  const std::vector<LayerGradient>& layers() const { return layers_; }  // from the first to the last
  const LayerGradient& first() const { return layers_.front(); }
  const LayerGradient& last() const { return layers_.back(); }
  double ratio() const { return first().product; }  // first gradient / last gradient; NaN if unknown
  bool known() const;                               // every layer
  // Of the batch that is measured; nothing if it, or a gradient, is too large to go on with.
  const std::optional<StepReport>& report() const { return report_; }

  // One update. After a run that has diverged, or kMostUpdates, nothing happens.
  void update();
  void measure();
  void rewind();
  int updates() const { return run_->updates(); }
  bool finished() const { return diverged() || updates() >= kMostUpdates; }
  bool diverged() const { return !run_->trouble().empty(); }
  std::span<const CurvePoint> curve() const { return run_->curve().points(); }
  // The mean loss of the last ten updates; nothing before there were ten.
  std::optional<double> late_loss() const;
  const Network& network() const { return run_->network(); }

 private:
  DeepNet(const DeepNetSettings& settings, std::unique_ptr<TrainingRun> run);
  int dense(int layer) const;  // which layer of the network it is; `layer` from 0

  DeepNetSettings settings_;
  std::unique_ptr<TrainingRun> run_;
  std::vector<float> images_;  // of the batch that is measured
  std::vector<int> labels_;
  std::vector<LayerGradient> layers_;
  std::optional<StepReport> report_;
};

}  // namespace kg
