#include "lesson/deep_net.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/statistics.h"
#include "lesson/small_digits.h"

namespace kg {
namespace {

using Kind = Initializer::Kind;

constexpr float kNormalDeviation = 0.05f;  // of Keras' RandomNormal, if none is given
constexpr std::size_t kLate = 10;          // updates over which the late loss is a mean
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

constexpr std::array kInitializers = {
    std::pair{"random_normal", Kind::random_normal}, std::pair{"glorot_uniform", Kind::glorot_uniform},
    std::pair{"glorot_normal", Kind::glorot_normal}, std::pair{"he_uniform", Kind::he_uniform},
    std::pair{"he_normal", Kind::he_normal},         std::pair{"lecun_uniform", Kind::lecun_uniform},
    std::pair{"lecun_normal", Kind::lecun_normal}};

Initializer initializer_of(Kind kind) {
  if (kind == Kind::random_normal) return Initializer::random_normal(0, kNormalDeviation);
  return {kind};
}

// The layer of the network that standardises the inputs.
constexpr int kStandardised = 1;

// How many layers of the network make one hidden layer.
int layers_of_hidden(bool batch_norm) { return batch_norm ? 4 : 3; }

std::vector<LayerDescription> stack(const DeepNetSettings& s) {
  std::vector<LayerDescription> layers = {Flatten{}, BatchNormalization{}};
  for (int k = 1; k < s.depth; ++k) {
    Dense dense;
    dense.units = DeepNet::kWidth;
    dense.kernel_initializer = initializer_of(s.initializer);
    layers.emplace_back(dense);
    if (s.batch_norm) layers.emplace_back(BatchNormalization{});
    layers.emplace_back(Activation{s.activation});
    // An activation turns the gradient behind it into that before it, in place. One that changes nothing
    // keeps the gradient as it arrived: what came through the weights, before the slope.
    layers.emplace_back(Activation{ActivationKind::linear});
  }
  Dense last;
  last.units = DeepNet::kClasses;
  last.activation = ActivationKind::softmax;
  last.kernel_initializer = initializer_of(s.initializer);
  layers.emplace_back(last);
  return layers;
}

// All pixels to mean 0 and deviation 1, by numbers that do not change any more: a frozen BatchNormalization
// uses its moving averages. Without it the first sums are so small that some seeds take long to begin to
// learn.
void standardise(TrainingRun& run) {
  const DigitSet& digits = *run.training();
  std::vector<float> pixels(digits.size() * static_cast<std::size_t>(digits.count()));
  for (int i = 0; i < digits.count(); ++i)
    digits.copy(i, pixels.data() + digits.size() * static_cast<std::size_t>(i));
  const Statistics found = statistics(pixels);
  for (Parameter& p : run.network().parameters(kStandardised)) {
    if (p.name == "moving_mean") std::fill(p.values.begin(), p.values.end(), static_cast<float>(found.mean));
    if (p.name == "moving_variance")
      std::fill(p.values.begin(), p.values.end(), static_cast<float>(found.deviation * found.deviation));
  }
  run.freeze(kStandardised, true);
}

double size_of(std::span<const float> values) {
  const Statistics found = statistics(values);
  return found.not_numbers > 0 ? kUnknown : found.root_mean_square;
}

// Nothing of nothing is nothing: a gradient that has become 0 stays 0.
double ratio_of(double after, double before) {
  if (before == 0 && after == 0) return 0;
  const double ratio = after / before;
  return std::isfinite(ratio) ? ratio : kUnknown;
}

double silent_share(std::span<const float> values, int width) {
  int silent = 0;
  for (int unit = 0; unit < width; ++unit) {
    const std::vector<float> answers = every_nth(values, width, unit);
    silent += std::all_of(answers.begin(), answers.end(), [](float v) { return v == 0; });
  }
  return static_cast<double>(silent) / width;
}

}  // namespace

std::optional<ActivationKind> deep_activation_named(std::string_view name) {
  for (const ActivationKind kind :
       {ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu, ActivationKind::linear}) {
    if (name == name_of(kind)) return kind;
  }
  return std::nullopt;
}

std::optional<Kind> deep_initializer_named(std::string_view name) {
  for (const auto& [known, kind] : kInitializers) {
    if (name == known) return kind;
  }
  return std::nullopt;
}

std::string deep_initializer_name(Kind kind) {
  for (const auto& [name, known] : kInitializers) {
    if (kind == known) return name;
  }
  return "";
}

bool LayerGradient::known() const {
  for (const double value : {gradient, weight_gradient, weights, activation, factor, by_weights, by_slope,
                             by_norm, product, update_ratio}) {
    if (!std::isfinite(value)) return false;
  }
  return true;
}

Result<std::unique_ptr<DeepNet>> DeepNet::make(const DeepNetSettings& settings, const Digits& digits,
                                               std::uint64_t seed) {
  RunSettings how;
  how.input = {kSmallSide, kSmallSide, 1};
  how.layers = stack(settings);
  how.optimizer.learning_rate = static_cast<float>(settings.rate);
  how.seed = seed;
  how.batch_size = how.most_batch = kBatch;
  how.validate_every = 0;
  how.keep_gradients = true;
  Result<std::unique_ptr<TrainingRun>> made = TrainingRun::make(how, digits, nullptr);
  if (!made) return made.error();
  std::unique_ptr<TrainingRun> run = std::move(made).value();
  Network& network = run->network();
  for (int k = 0; k < network.layers(); ++k) {
    for (Parameter& p : network.parameters(k)) {
      if (p.name != "kernel") continue;
      for (float& weight : p.values) weight *= static_cast<float>(settings.scale);
    }
  }
  standardise(*run);
  network.parameters_changed();
  run->start_here();
  return std::unique_ptr<DeepNet>(new DeepNet(settings, std::move(run)));
}

DeepNet::DeepNet(const DeepNetSettings& settings, std::unique_ptr<TrainingRun> run)
    : settings_(settings), run_(std::move(run)), layers_(static_cast<std::size_t>(settings.depth)) {
  const DigitSet& digits = *run_->training();
  images_.resize(digits.size() * kBatch);
  for (int i = 0; i < kBatch; ++i) {
    digits.copy(i, images_.data() + digits.size() * static_cast<std::size_t>(i));
    labels_.push_back(digits.label(i));
  }
  measure();
}

int DeepNet::dense(int layer) const {
  return kStandardised + 1 + layer * layers_of_hidden(settings_.batch_norm);
}

void DeepNet::measure() {
  const Result<StepReport> looked = run_->look(images_, labels_);
  report_.reset();
  if (looked) report_ = *looked;
  const Network& network = run_->network();
  const int last = settings_.depth - 1, per_hidden = layers_of_hidden(settings_.batch_norm);
  double product = 1;
  for (int k = last; k >= 0; --k) {
    LayerGradient& layer = layers_[static_cast<std::size_t>(k)];
    layer = LayerGradient{};
    const int place = dense(k) + 1, out = k == last ? place : dense(k) + per_hidden;
    const Parameter& kernel = network.parameters(dense(k)).front();
    const double at_sums = size_of(network.gradient(place));
    layer.gradient = at_sums * kBatch;
    layer.weight_gradient = size_of(kernel.gradient);
    layer.weights = size_of(kernel.values);
    layer.activation = size_of(network.values(out));
    layer.silent = silent_share(network.values(out), network.shape(out).c());
    layer.update_ratio = ratio_of(settings_.rate * layer.weight_gradient, layer.weights);
    if (k < last) {
      const double next = size_of(network.gradient(dense(k + 1) + 1));
      const double arrived = size_of(network.gradient(out));
      const double sloped = settings_.batch_norm ? size_of(network.gradient(place + 1)) : at_sums;
      layer.by_weights = ratio_of(arrived, next);
      layer.by_slope = ratio_of(sloped, arrived);
      layer.by_norm = settings_.batch_norm ? ratio_of(at_sums, sloped) : 1;
      layer.factor = layer.by_weights * layer.by_slope * layer.by_norm;
      product *= layer.factor;
    }
    layer.product = product;
  }
}

bool DeepNet::known() const {
  return std::all_of(layers_.begin(), layers_.end(), [](const LayerGradient& l) { return l.known(); });
}

void DeepNet::update() {
  if (!finished()) (void)run_->step();
}

void DeepNet::rewind() {
  run_->restart();
  measure();
}

std::optional<double> DeepNet::late_loss() const {
  const std::span<const CurvePoint> points = curve();
  if (points.size() < kLate) return std::nullopt;
  double sum = 0;
  for (const CurvePoint& point : points.last(kLate)) sum += point.loss;
  return sum / static_cast<double>(kLate);
}

}  // namespace kg
