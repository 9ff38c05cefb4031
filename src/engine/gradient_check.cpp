#include "engine/gradient_check.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <variant>

#include "engine/kernels/dispatch.h"

namespace kg {
namespace {

// When it dies, moving averages are what they were when it was born.
class KeptAverages {
 public:
  explicit KeptAverages(Network& network) : network_(network) {
    for_each([&](Parameter& p) { values_.push_back(p.values); });
  }
  ~KeptAverages() {
    std::size_t next = 0;
    for_each([&](Parameter& p) { p.values = values_[next++]; });
  }
  KeptAverages(const KeptAverages&) = delete;
  KeptAverages& operator=(const KeptAverages&) = delete;

 private:
  template <class Visit>
  void for_each(Visit visit) {
    for (int k = 0; k < network_.layers(); ++k) {
      for (Parameter& p : network_.parameters(k)) {
        if (!p.learned) visit(p);
      }
    }
  }

  Network& network_;
  std::vector<std::vector<float>> values_;
};

[[maybe_unused]] bool has_dropout(const Network& network) {
  return std::any_of(network.descriptions().begin(), network.descriptions().end(),
                     [](const LayerDescription& layer) { return std::holds_alternative<Dropout>(layer); });
}

// How far along a line through everything: value·(1 ± j·kSmallStep), j = 0 … kSmallSteps − 1. The step is
// many units in the last place, so that everything is rounded anew, and its fourth power far below the noise.
constexpr int kSmallSteps = 24;
constexpr double kSmallStep = 0x1p-12;
// Of a normal distribution: the median of the distance from its mean, in standard deviations.
constexpr double kMedianDistance = 0.6744897501960817;

// Steps of a comparison: from an eighth of the usual size of such values downwards, each a quarter of the
// former.
constexpr double kLargestStep = 0x1p-3;
constexpr int kSteps = 7;
constexpr double kAllowedNoise = 6;

double fourth_difference(const double* f) { return f[0] - 4 * f[1] + 6 * f[2] - 4 * f[3] + f[4]; }

double sum_of_squares(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value) * static_cast<double>(value);
  return sum;
}

}  // namespace

GradientCheck::GradientCheck(Network& network, Loss loss, std::span<const float> images,
                             std::span<const int> labels, bool training)
    : network_(network),
      loss_(loss),
      training_(training),
      images_(images.begin(), images.end()),
      labels_(labels.begin(), labels.end()) {
  const std::size_t classes = network.output_shape().size();
  if (loss == Loss::mean_squared_error) {
    targets_.resize(labels.size() * classes);
    for (std::size_t n = 0; n < labels.size(); ++n)
      targets_[n * classes + static_cast<std::size_t>(labels[n])] = 1;
  } else {
    probabilities_.resize(labels.size() * classes);
  }
  begin();
}

GradientCheck::GradientCheck(Network& network, std::span<const float> images, std::span<const float> targets,
                             bool training)
    : network_(network),
      loss_(Loss::mean_squared_error),
      training_(training),
      images_(images.begin(), images.end()),
      targets_(targets.begin(), targets.end()) {
  begin();
}

void GradientCheck::begin() {
  assert(network_.room().gradients);
  assert(!training_ || !has_dropout(network_));
  assert(images_.size() % network_.input_shape().size() == 0);
  const KeptAverages kept(network_);
  loss_here_ = run();
  run_back();
  noise_ = measure_noise();
}

bool GradientCheck::softmax_given() const {
  return activation_of(network_.descriptions().back()) == ActivationKind::softmax;
}

double GradientCheck::run() {
  const int images = static_cast<int>(images_.size() / network_.input_shape().size());
  std::copy(images_.begin(), images_.end(), network_.input(images).begin());
  const std::span<const float> out = network_.forward(training_);
  float* dout = network_.gradient(network_.layers()).data();
  double penalty = 0;
  for (int k = 0; k < network_.layers(); ++k) {
    for (const Parameter& p : network_.parameters(k)) {
      if (p.l2 == 0 || network_.frozen(k)) continue;
      penalty += static_cast<double>(p.l2) * sum_of_squares(p.values);
    }
  }
  if (loss_ == Loss::mean_squared_error) {
    assert(out.size() == targets_.size());
    return mean_squared_error(dout, out.data(), targets_.data(), out.size()) + penalty;
  }
  assert(out.size() == probabilities_.size());
  const int classes = network_.output_shape().c();
  const float* probabilities = out.data();
  if (!softmax_given()) {
    kernels::table().softmax(probabilities_.data(), out.data(), images, classes);
    probabilities = probabilities_.data();
  }
  return cross_entropy(dout, probabilities, labels_.data(), images, classes) + penalty;
}

void GradientCheck::run_back() {
  network_.clear_gradients();
  network_.backward({network_.layers(), true, true, loss_ == Loss::cross_entropy});
  const std::span<const float> din = network_.gradient(0);
  input_gradient_.assign(din.begin(), din.end());
  for (int k = 0; k < network_.layers(); ++k) {
    parameter_gradients_.emplace_back();
    for (const Parameter& p : network_.parameters(k)) {
      std::vector<float> gradient = p.gradient;
      for (std::size_t j = 0; j < gradient.size(); ++j) gradient[j] += 2 * p.l2 * p.values[j];
      parameter_gradients_.back().push_back(std::move(gradient));
    }
  }
}

double GradientCheck::measure_noise() {
  std::vector<std::vector<float>*> lists = {&images_};
  for (int k = 0; k < network_.layers(); ++k) {
    for (Parameter& p : network_.parameters(k)) {
      if (p.learned) lists.push_back(&p.values);
    }
  }
  std::vector<std::vector<float>> before;
  for (const std::vector<float>* list : lists) before.push_back(*list);

  std::array<double, kSmallSteps> losses{};
  for (int j = 0; j < kSmallSteps; ++j) {
    Rng rng(1);
    for (std::size_t l = 0; l < lists.size(); ++l) {
      for (std::size_t k = 0; k < before[l].size(); ++k) {
        const double way = rng.below(2) == 0 ? kSmallStep : -kSmallStep;
        (*lists[l])[k] = static_cast<float>(static_cast<double>(before[l][k]) * (1 + j * way));
      }
    }
    network_.parameters_changed();
    losses[static_cast<std::size_t>(j)] = run();
  }
  for (std::size_t l = 0; l < lists.size(); ++l) *lists[l] = before[l];
  network_.parameters_changed();

  std::array<double, kSmallSteps - 4> trembling{};
  for (std::size_t j = 0; j < trembling.size(); ++j) trembling[j] = std::abs(fourth_difference(&losses[j]));
  std::nth_element(trembling.begin(), trembling.begin() + trembling.size() / 2, trembling.end());
  const double measured = trembling[trembling.size() / 2] / (kMedianDistance * std::sqrt(70.0));
  return std::max(measured, 0x1p-24 * loss_here_);  // at least one rounding of the loss
}

float& GradientCheck::value(const GradientSpot& spot) {
  if (spot.layer == GradientSpot::kInput) return images_[spot.index];
  return network_.parameters(spot.layer)[static_cast<std::size_t>(spot.parameter)].values[spot.index];
}

double GradientCheck::analytic(const GradientSpot& spot) const {
  if (spot.layer == GradientSpot::kInput) return static_cast<double>(input_gradient_[spot.index]);
  const auto& layer = parameter_gradients_[static_cast<std::size_t>(spot.layer)];
  return static_cast<double>(layer[static_cast<std::size_t>(spot.parameter)][spot.index]);
}

// The usual size of the values around the spot; 1 where all are 0, as biases are at first.
double GradientCheck::scale(const GradientSpot& spot) const {
  const bool input = spot.layer == GradientSpot::kInput;
  const std::span<const float> values =
      input ? images_ : network_.parameters(spot.layer)[static_cast<std::size_t>(spot.parameter)].values;
  const double squares = sum_of_squares(values);
  return squares > 0 ? std::sqrt(squares / static_cast<double>(values.size())) : 1;
}

GradientComparison GradientCheck::compare_at(double step, const GradientSpot& spot) {
  float& moved = value(spot);
  const float middle = moved;
  double at[5], losses[5];  // at −2, −1, 0, 1, 2 steps
  for (int j = 0; j < 5; ++j) {
    moved = static_cast<float>(static_cast<double>(middle) + (j - 2) * step);
    at[j] = static_cast<double>(moved);  // rounded: the difference is divided by the distance really gone
    network_.parameters_changed();
    losses[j] = j == 2 ? loss_here_ : run();
  }
  moved = middle;
  network_.parameters_changed();

  GradientComparison result;
  result.analytic = analytic(spot);
  result.numeric = (losses[3] - losses[1]) / (at[3] - at[1]);
  result.step = step;
  result.below = losses[1], result.here = losses[2], result.above = losses[3];
  const double wide = (losses[4] - losses[0]) / (at[4] - at[0]);
  result.uncertainty = std::abs(wide - result.numeric) + std::abs(fourth_difference(losses)) / (4 * step) +
                       kAllowedNoise * noise_ / step;
  return result;
}

GradientComparison GradientCheck::compare(const GradientSpot& spot) {
  const KeptAverages kept(network_);
  const double largest = kLargestStep * scale(spot);
  GradientComparison best = compare_at(largest, spot);
  for (int k = 1; k < kSteps; ++k) {
    const double step = std::ldexp(largest, -2 * k);
    if (kAllowedNoise * noise_ / step >= best.uncertainty) break;  // smaller steps cannot be better
    const GradientComparison next = compare_at(step, spot);
    if (next.uncertainty < best.uncertainty) best = next;
  }
  return best;
}

}  // namespace kg
