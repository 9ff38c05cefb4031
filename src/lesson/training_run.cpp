#include "lesson/training_run.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace kg {
namespace {

constexpr std::uint64_t kOrders = 0x0de5;  // the seed's fork for the order of the images
constexpr double kRateWindow = 0.5;        // seconds over which images a second are counted

template <class Use>
void for_each_parameter(Network& network, Use use) {
  for (int k = 0; k < network.layers(); ++k) {
    for (Parameter& p : network.parameters(k)) use(p);
  }
}

Status fits(const DigitSet& set, const Network& network, const char* what) {
  if (set.shape() != network.input_shape()) {
    return Error{"The " + std::string(what) + " images are " + set.shape().text() +
                 ", but the network takes " + network.input_shape().text() + "."};
  }
  const SampleShape& out = network.output_shape();
  if (out.rank() != 1 || out.c() < set.classes()) {
    return Error{"The " + std::string(what) + " labels have " + std::to_string(set.classes()) +
                 " classes, but the network answers " + out.text() + "."};
  }
  return Done{};
}

Status check_batch(int size, int most) {
  if (size >= 1 && size <= most) return Done{};
  return Error{"The batch size is 1 to " + std::to_string(most) + "; " + std::to_string(size) +
               " is outside."};
}

}  // namespace

Result<std::unique_ptr<TrainingRun>> TrainingRun::make(const RunSettings& settings, Digits training,
                                                       Digits validation) {
  if (Status legal = check(settings.optimizer); !legal) return legal.error();
  if (Status legal = check_batch(settings.batch_size, settings.most_batch); !legal) return legal.error();
  Result<Network> network = Network::build(settings.input, settings.layers, settings.seed);
  if (!network) return network.error();
  std::unique_ptr<TrainingRun> run(new TrainingRun(std::move(network).value(), settings));
  if (Status taken = run->take(std::move(training), std::move(validation)); !taken) return taken.error();
  run->begin();
  return run;
}

TrainingRun::TrainingRun(Network network, const RunSettings& settings)
    : settings_(settings),
      network_(std::move(network)),
      trainer_(network_, settings.optimizer, settings.loss, std::max(settings.most_batch, kValidatedAtOnce),
               settings.keep_gradients) {
  for_each_parameter(network_, [&](const Parameter& p) { start_.push_back(p.values); });
  const auto most = static_cast<std::size_t>(network_.room().images);
  images_.resize(network_.input_shape().size() * most);
  labels_.resize(most);
}

Status TrainingRun::take(Digits training, Digits validation) {
  if (training && training->count() == 0) training = nullptr;
  if (validation && validation->count() == 0) validation = nullptr;
  if (training) {
    if (Status fit = fits(*training, network_, "training"); !fit) return fit;
  }
  if (validation) {
    if (Status fit = fits(*validation, network_, "validation"); !fit) return fit;
  }
  training_ = std::move(training), validation_ = std::move(validation);
  material_ = next_stamp();
  return Done{};
}

Status TrainingRun::use(Digits training, Digits validation) {
  if (Status taken = take(std::move(training), std::move(validation)); !taken) return taken;
  restart();
  return Done{};
}

std::uint64_t TrainingRun::next_stamp() {
  static std::uint64_t last = 0;
  return ++last;
}

void TrainingRun::begin() {
  changed();
  updates_ = epoch_ = batch_ = 0;
  images_seen_ = 0;
  last_ = {};
  last_batch_.clear();
  curve_.clear(), validations_.clear();
  validated_ = {};
  trouble_.clear();
  seconds_ = rate_ = rated_seconds_ = 0;
  rated_images_ = 0;
  begin_epoch();
  validating_ = false;
  if (settings_.validate_every > 0) validate();
}

void TrainingRun::restart() {
  trainer_.restart(settings_.seed);
  auto from = start_.begin();
  for_each_parameter(network_, [&](Parameter& p) { p.values = *from++; });
  network_.parameters_changed();
  begin();
}

void TrainingRun::start_here() {
  auto to = start_.begin();
  for_each_parameter(network_, [&](const Parameter& p) { *to++ = p.values; });
  restart();
}

void TrainingRun::order_of_epoch(std::vector<int>& order, int n, std::uint64_t seed, int epoch) {
  shuffle(order, n, Rng(seed).fork(kOrders).fork(static_cast<std::uint64_t>(epoch)).state());
}

double TrainingRun::moved(int layer) const {
  auto from = start_.begin();
  for (int k = 0; k < layer; ++k) from += static_cast<std::ptrdiff_t>(network_.parameters(k).size());
  double squares = 0;
  for (const Parameter& p : network_.parameters(layer)) {
    for (std::size_t i = 0; i < p.values.size(); ++i) {
      const double way = static_cast<double>(p.values[i]) - static_cast<double>((*from)[i]);
      squares += way * way;
    }
    ++from;
  }
  return std::sqrt(squares);
}

void TrainingRun::begin_epoch() {
  position_ = batch_ = 0;
  order_of_epoch(order_, training_ ? training_->count() : 0, settings_.seed, epoch_);
}

int TrainingRun::batches_per_epoch() const {
  return ((training_ ? training_->count() : 0) + settings_.batch_size - 1) / settings_.batch_size;
}

void TrainingRun::validate() {
  if (!validation_ || validating_) return;
  changed();
  validating_ = true;
  validated_count_ = 0;
  sum_ = {};
  sum_.classes = network_.output_shape().c();
  sum_.confusion.resize(static_cast<std::size_t>(sum_.classes * sum_.classes));
}

void TrainingRun::validate_part() {
  changed();
  const int count = std::min(kValidatedAtOnce, validation_->count() - validated_count_);
  const std::size_t size = validation_->size(), n = static_cast<std::size_t>(count);
  for (int i = 0; i < count; ++i)
    validation_->copy(validated_count_ + i, images_.data() + size * static_cast<std::size_t>(i));
  const Result<Evaluation> part =
      trainer_.evaluate(std::span(images_).first(n * size),
                        validation_->labels().subspan(static_cast<std::size_t>(validated_count_), n));
  assert(part);
  validated_count_ += count;
  sum_.images += count;
  sum_.loss += part->loss * count;
  sum_.correct += part->correct;
  for (std::size_t k = 0; k < sum_.confusion.size(); ++k) sum_.confusion[k] += part->confusion[k];
  if (validated_count_ < validation_->count()) return;
  validating_ = false;
  sum_.loss /= sum_.images;
  if (!std::isfinite(sum_.loss)) {
    trouble_ = "Training has diverged at update " + std::to_string(updates_) +
               ": on the validation digits the loss is no number any more. Start again with a smaller "
               "learning rate, or with smaller weights.";
    return;
  }
  validated_ = sum_;
  validations_.add({updates_, images_seen_, seconds_, validated_.loss, validated_.accuracy()});
}

Status TrainingRun::piece() {
  if (!validating_) return step();
  validate_part();
  return trouble_.empty() ? Status(Done{}) : Status(Error{trouble_});
}

Status TrainingRun::step() { return update(settings_.batch_size); }
Status TrainingRun::step_image() { return update(1); }

Status TrainingRun::update(int images) {
  if (!trouble_.empty()) return Error{trouble_};
  if (!training_) return Error{"There are no digits to learn from yet."};
  while (validating_) validate_part();
  if (!trouble_.empty()) return Error{trouble_};
  changed();
  const int count = std::min(images, training_->count() - position_);
  const std::size_t size = training_->size(), n = static_cast<std::size_t>(count);
  last_batch_.assign(order_.begin() + position_, order_.begin() + position_ + count);
  for (std::size_t i = 0; i < n; ++i) {
    training_->copy(last_batch_[i], images_.data() + size * i);
    labels_[i] = training_->label(last_batch_[i]);
  }
  const Result<StepReport> report =
      trainer_.step(std::span(images_).first(n * size), std::span<const int>(labels_).first(n));
  if (!report) {
    trouble_ = report.sentence();
    return report.error();
  }
  last_ = *report;
  ++updates_, ++batch_;
  images_seen_ += count, position_ += count;
  curve_.add({updates_, images_seen_, seconds_, last_.loss + last_.penalty,
              static_cast<double>(last_.correct) / last_.images});
  if (position_ == training_->count()) {
    ++epoch_;
    begin_epoch();
  }
  if (settings_.validate_every > 0 && updates_ % settings_.validate_every == 0) validate();
  return Done{};
}

Status TrainingRun::set_optimizer(const OptimizerSettings& optimizer) {
  if (Status legal = check(optimizer); !legal) return legal;
  changed();
  settings_.optimizer = trainer_.settings() = optimizer;
  trouble_.clear();
  return Done{};
}

Status TrainingRun::set_batch_size(int size) {
  if (Status legal = check_batch(size, settings_.most_batch); !legal) return legal;
  changed();
  settings_.batch_size = size;
  trouble_.clear();
  return Done{};
}

Status TrainingRun::set_l2(float factor) {
  if (!(factor >= 0 && factor <= 1000)) return Error{"The L2 factor is a number from 0 to 1000."};
  changed();
  network_.set_l2(factor);
  trouble_.clear();
  return Done{};
}

void TrainingRun::set_validate_every(int updates) {
  changed();
  settings_.validate_every = updates;
}

void TrainingRun::freeze(int layer, bool on) {
  changed();
  network_.freeze(layer, on);
}

void TrainingRun::spent(double seconds) {
  seconds_ += seconds;
  if (!curve_.empty() && curve_.points().back().updates == updates_) curve_.set_seconds(seconds_);
  rated_seconds_ += seconds;
  if (rated_seconds_ < kRateWindow) return;
  rate_ = static_cast<double>(images_seen_ - rated_images_) / rated_seconds_;
  rated_images_ = images_seen_;
  rated_seconds_ = 0;
}

}  // namespace kg
