#include "engine/trainer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/kernels/dispatch.h"

namespace kg {
namespace {

// Calls use(parameter) for all that follow the data.
template <class Use>
void for_each_followed(Network& network, Use use) {
  for (int k = 0; k < network.layers(); ++k) {
    for (Parameter& p : network.parameters(k)) {
      if (!p.learned) use(p);
    }
  }
}

// In four sums, so that no addition has to wait for the one before: three times as fast.
double sum_of_squares(std::span<const float> values) {
  double sum[4] = {};
  const auto square = [&](std::size_t k) {
    return static_cast<double>(values[k]) * static_cast<double>(values[k]);
  };
  const std::size_t whole = values.size() / 4 * 4;
  for (std::size_t k = 0; k < whole; k += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sum[lane] += square(k + lane);
  }
  for (std::size_t k = whole; k < values.size(); ++k) sum[0] += square(k);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

}  // namespace

int largest(std::span<const float> values) {
  return static_cast<int>(std::max_element(values.begin(), values.end()) - values.begin());
}

Trainer::Trainer(Network& network, const OptimizerSettings& settings, Loss loss, int most_images,
                 bool keep_gradients)
    : network_(network),
      optimizer_(settings),
      loss_(loss),
      softmax_given_(activation_of(network.descriptions().back()) == ActivationKind::softmax) {
  assert(most_images >= 1);
  network_.reserve({most_images, true, keep_gradients});
  optimizer_.reserve(network_);
  const std::size_t values = network_.output_shape().batch(most_images).size();
  if (loss == Loss::cross_entropy && !softmax_given_) probabilities_.resize(values);
  if (loss == Loss::mean_squared_error) targets_.resize(values);
  std::size_t followed = 0;
  for_each_followed(network_, [&](const Parameter& p) { followed += p.values.size(); });
  followed_.resize(followed);
}

void Trainer::remember_followed() {
  auto to = followed_.begin();
  for_each_followed(network_,
                    [&](const Parameter& p) { to = std::copy(p.values.begin(), p.values.end(), to); });
}

void Trainer::restore_followed() {
  auto from = followed_.begin();
  for_each_followed(network_, [&](Parameter& p) {
    std::copy_n(from, p.values.size(), p.values.begin());
    from += static_cast<std::ptrdiff_t>(p.values.size());
  });
  network_.parameters_changed();
}

Result<int> Trainer::count_images(std::span<const float> images, std::size_t answers,
                                  const char* what) const {
  const std::size_t size = network_.input_shape().size();
  if (images.size() % size != 0 || images.empty()) {
    return Error{"There are " + std::to_string(images.size()) +
                 " values, but the images of this network have " + std::to_string(size) + " each."};
  }
  const std::size_t count = images.size() / size;
  if (count > static_cast<std::size_t>(network_.room().images)) {
    return Error{"The batch has " + std::to_string(count) + " images, but there is room for " +
                 std::to_string(network_.room().images) + "."};
  }
  if (count != answers) {
    return Error{"There are " + std::to_string(count) + " images and " + std::to_string(answers) + " " +
                 what + ": each image needs one."};
  }
  return static_cast<int>(count);
}

Status Trainer::check_labels(std::span<const int> labels) const {
  if (network_.output_shape().rank() != 1) {
    return Error{"Labels need a network that ends in a list of classes, but this one ends in " +
                 network_.output_shape().text() + "."};
  }
  for (const int label : labels) {
    if (label < 0 || label >= classes()) {
      return Error{"A label is " + std::to_string(label) + ", but the network has the classes 0 to " +
                   std::to_string(classes() - 1) + "."};
    }
  }
  return Done{};
}

std::span<const float> Trainer::one_hot(std::span<const int> labels) {
  const std::size_t width = static_cast<std::size_t>(classes());
  std::fill_n(targets_.begin(), labels.size() * width, 0.0f);
  for (std::size_t n = 0; n < labels.size(); ++n)
    targets_[n * width + static_cast<std::size_t>(labels[n])] = 1;
  return {targets_.data(), labels.size() * width};
}

int Trainer::count_correct(std::span<const int> labels) const {
  const std::size_t width = static_cast<std::size_t>(classes());
  const std::span<const float> out = network_.values(network_.layers());
  int correct = 0;
  for (std::size_t n = 0; n < labels.size(); ++n)
    correct += largest(out.subspan(n * width, width)) == labels[n];
  return correct;
}

// The loss of the pass that has just run; its gradient stands at the last place.
double Trainer::data_loss(std::span<const int> labels) {
  const int images = network_.images();
  const std::span<const float> out = network_.values(network_.layers());
  const std::span<float> dout = network_.gradient(network_.layers());
  if (loss_ == Loss::mean_squared_error) {
    return mean_squared_error(dout.data(), out.data(), one_hot(labels).data(), out.size());
  }
  const float* probabilities = out.data();
  if (!softmax_given_) {
    kernels::table().softmax(probabilities_.data(), out.data(), images, classes());
    probabilities = probabilities_.data();
  }
  return cross_entropy(dout.data(), probabilities, labels.data(), images, classes());
}

Result<StepReport> Trainer::pass(std::span<const float> images, std::span<const int> labels) {
  const Result<int> count = count_images(images, labels.size(), "labels");
  if (!count) return count.error();
  if (Status fit = check_labels(labels); !fit) return fit.error();
  std::copy(images.begin(), images.end(), network_.input(*count).begin());
  network_.forward(true);
  const double loss = data_loss(labels);
  Result<StepReport> report = finish(loss, *count, loss_ == Loss::cross_entropy && softmax_given_);
  if (!report) return report;
  StepReport counted = *report;
  counted.correct = count_correct(labels);
  return counted;
}

Result<StepReport> Trainer::pass(std::span<const float> images, std::span<const float> targets) {
  if (loss_ != Loss::mean_squared_error) {
    return Error{"Targets that are numbers need the loss mean_squared_error; cross_entropy needs labels."};
  }
  const std::size_t width = network_.output_shape().size();
  const Result<int> count = count_images(images, targets.size() / width, "targets");
  if (!count) return count.error();
  if (targets.size() % width != 0) {
    return Error{"There are " + std::to_string(targets.size()) +
                 " target values, but this network answers each image with " + std::to_string(width) + "."};
  }
  std::copy(images.begin(), images.end(), network_.input(*count).begin());
  const std::span<const float> out = network_.forward(true);
  const double loss =
      mean_squared_error(network_.gradient(network_.layers()).data(), out.data(), targets.data(), out.size());
  return finish(loss, *count, false);
}

// Back through the network, the penalties, and the check that all of it still is numbers.
Result<StepReport> Trainer::finish(double loss, int images, bool at_sums) {
  StepReport report;
  report.loss = loss;
  report.images = images;
  network_.clear_gradients();
  network_.backward({network_.layers(), true, false, at_sums});
  double squares = 0;
  for (int k = 0; k < network_.layers(); ++k) {
    if (network_.frozen(k)) continue;
    for (Parameter& p : network_.parameters(k)) {
      if (p.l2 != 0) {
        report.penalty += static_cast<double>(p.l2) * sum_of_squares(p.values);
        const float by = 2 * p.l2;
        for (std::size_t j = 0; j < p.gradient.size(); ++j) p.gradient[j] += by * p.values[j];
      }
      squares += sum_of_squares(p.gradient);
    }
  }
  report.gradient_norm = std::sqrt(squares);
  bool finite = std::isfinite(loss + report.penalty) && squares <= std::numeric_limits<float>::max();
  for_each_followed(network_, [&](const Parameter& p) {
    for (const float value : p.values) finite = finite && std::isfinite(value);
  });
  if (!finite) {
    return Error{"Training has diverged at update " + std::to_string(updates_ + 1) +
                 ": the loss or a gradient has become too large to be a number. Start again with a smaller "
                 "learning rate, or with smaller weights."};
  }
  return report;
}

Result<StepReport> Trainer::gradients(std::span<const float> images, std::span<const int> labels) {
  remember_followed();
  Result<StepReport> report = pass(images, labels);
  restore_followed();
  return report;
}

Result<StepReport> Trainer::gradients(std::span<const float> images, std::span<const float> targets) {
  remember_followed();
  Result<StepReport> report = pass(images, targets);
  restore_followed();
  return report;
}

Status Trainer::prepare() {
  if (Status legal = check(settings()); !legal) return legal;
  remember_followed();
  return Done{};
}

Result<StepReport> Trainer::updated(Result<StepReport> report) {
  if (!report) {
    restore_followed();
    return report;
  }
  optimizer_.update(network_);
  ++updates_;
  return report;
}

Result<StepReport> Trainer::step(std::span<const float> images, std::span<const int> labels) {
  if (Status ready = prepare(); !ready) return ready.error();
  return updated(pass(images, labels));
}

Result<StepReport> Trainer::step(std::span<const float> images, std::span<const float> targets) {
  if (Status ready = prepare(); !ready) return ready.error();
  return updated(pass(images, targets));
}

Result<Evaluation> Trainer::evaluate(std::span<const float> images, std::span<const int> labels) {
  if (Status fit = check_labels(labels); !fit) return fit.error();
  const std::size_t size = network_.input_shape().size();
  if (images.size() != labels.size() * size) {
    return Error{"There are " + std::to_string(images.size()) + " values and " +
                 std::to_string(labels.size()) + " labels, but the images of this network have " +
                 std::to_string(size) + " values each."};
  }
  Evaluation result;
  result.classes = classes();
  const std::size_t width = static_cast<std::size_t>(classes());
  result.confusion.resize(width * width);
  for (std::size_t first = 0; first < labels.size();) {
    const std::size_t count =
        std::min(labels.size() - first, static_cast<std::size_t>(network_.room().images));
    const std::span<const int> part = labels.subspan(first, count);
    const std::span<const float> batch = images.subspan(first * size, count * size);
    std::copy(batch.begin(), batch.end(), network_.input(static_cast<int>(count)).begin());
    const std::span<const float> out = network_.forward();
    result.loss += data_loss(part) * static_cast<double>(count);
    for (std::size_t n = 0; n < count; ++n) {
      const int answer = largest(out.subspan(n * width, width));
      result.correct += answer == part[n];
      ++result.confusion[static_cast<std::size_t>(part[n]) * width + static_cast<std::size_t>(answer)];
    }
    first += count;
  }
  result.images = static_cast<int>(labels.size());
  if (result.images > 0) result.loss /= result.images;
  return result;
}

void Trainer::restart(std::uint64_t seed) {
  network_.initialize(seed);
  optimizer_.reserve(network_);
  updates_ = 0;
}

}  // namespace kg
