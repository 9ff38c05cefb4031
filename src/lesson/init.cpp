#include "lesson/init.h"

#include <algorithm>
#include <cmath>

#include "data/digit_generator.h"
#include "engine/rng.h"

namespace kg {
namespace {

constexpr int kTrainingDigits = 3000, kValidationDigits = 320, kBatch = 32, kValidateEvery = 20;
constexpr int kLookedAt = 64;  // pictures that go through the net
constexpr std::uint64_t kInputs = 0x1a9, kPictures = 0x91c, kNoise = 0x7015;  // the seed's forks
constexpr double kFlat = 0.05;   // of the largest slope: below it a neuron hardly learns
constexpr int kScattered = 389;  // prime: every pixel of 28×28 comes once, in no order that the eye knows
constexpr double kRight = 0.05;  // a prediction may miss by a twentieth

double largest_slope(ActivationKind activation) { return activation == ActivationKind::sigmoid ? 0.25 : 1; }

}  // namespace

const char* name_of(InitLesson::Scene scene) {
  return scene == InitLesson::Scene::neuron ? "neuron" : scene == InitLesson::Scene::net ? "net" : "train";
}

const char* name_of(InitLesson::Input input) {
  return input == InitLesson::Input::ones ? "ones" : input == InitLesson::Input::random ? "random" : "digit";
}

InitLesson::InitLesson(std::uint64_t seed) : seed_(seed) {
  find_inputs();
  start_neuron(true);
  (void)timeline_.set_speed(kUsualSpeed);
  want_digits(seed_, kTrainingDigits, kValidationDigits);
  add_verbs();
}

void InitLesson::find_inputs() {
  input_values_.assign(kMostInputs, 1.0f);
  if (setup_.input == Input::random) {
    Rng rng = Rng(seed_).fork(kInputs);
    for (float& value : input_values_) value = rng.normal();
  } else if (setup_.input == Input::digit) {
    const Tensor picture = generate_digit(setup_.digit, seed_);
    const std::span<const float> pixels = picture.values();
    for (std::size_t i = 0; i < input_values_.size(); ++i)
      input_values_[i] = pixels[i * kScattered % pixels.size()];
  }
}

void InitLesson::start_neuron(bool at_end) {
  timeline_.set_words("input", "input");
  timeline_.set_length(setup_.inputs, 1);
  if (at_end) timeline_.finish();
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status InitLesson::edit(const std::function<Status(Setup&)>& change) {
  const Setup before = setup_;
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  if (next == before) return Done{};
  setup_ = std::move(next);
  const bool same_neuron =
      setup_.inputs == before.inputs && setup_.input == before.input && setup_.digit == before.digit;
  const bool same_nets = setup_.depth == before.depth && setup_.net_activation == before.net_activation &&
                         setup_.compared == before.compared && setup_.spread == before.spread;
  if (!same_neuron) {
    const bool at_end = timeline_.at_end();
    find_inputs();
    start_neuron(at_end);
    // A prediction is about this neuron: another one has none.
    if (setup_.predicted == before.predicted) setup_.predicted.reset();
  }
  neuron_.reset();
  if (!same_nets || setup_.noise != before.noise) nets_.reset();
  if (setup_.scene != before.scene) timeline_.pause();
  // Networks that are not to be seen are not built; and those that learn are left in peace by all else.
  if (setup_.scene != Scene::train) {
    hold();
    if (!same_nets) runs_.clear();
    return Done{};
  }
  if (same_nets && runs_.count() > 0) return Done{};
  hold();
  return make_runs();
}

std::vector<LayerDescription> InitLesson::net_of(WeightRule rule) const {
  return deep_net(rule, setup_.spread, setup_.depth, setup_.net_activation);
}

Status InitLesson::make_runs() {
  runs_.clear();
  for (const WeightRule rule : setup_.compared) {
    RunSettings settings;
    settings.layers = net_of(rule);
    settings.optimizer.learning_rate = kLearningRate;
    settings.seed = seed_;
    settings.batch_size = settings.most_batch = kBatch;
    settings.validate_every = kValidateEvery;
    Result<std::unique_ptr<TrainingRun>> run = TrainingRun::make(settings, training(), validation());
    if (!run) return run.error();
    runs_.add(words_of(rule).name, std::move(run).value());
  }
  return Done{};
}

Status InitLesson::renew(std::uint64_t seed) {
  seed_ = seed;
  hold();
  find_inputs();
  neuron_.reset(), nets_.reset();
  want_digits(seed_, kTrainingDigits, kValidationDigits);
  return scene() == Scene::train ? make_runs() : (runs_.clear(), Status(Done{}));
}

Status InitLesson::take_digits() {
  for (int i = 0; i < runs_.count(); ++i) {
    if (Status used = runs_.run(i).use(training(), validation()); !used) return used;
  }
  return Done{};
}

double InitLesson::weight_deviation() const {
  return deviation_of(setup_.rule, setup_.spread, setup_.inputs, setup_.units);
}

std::vector<double> InitLesson::expected_growth() const {
  std::vector<double> growth{0};
  double squares = 0;
  for (int i = 0; i < setup_.inputs; ++i) {
    const auto x = static_cast<double>(input_values_[static_cast<std::size_t>(i)]);
    squares += x * x;
    growth.push_back(std::sqrt(squares) * weight_deviation());
  }
  return growth;
}

double InitLesson::expected_variance_after(int inputs) const {
  double squares = 0;
  for (int i = 0; i < inputs; ++i) {
    const auto x = static_cast<double>(input_values_[static_cast<std::size_t>(i)]);
    squares += x * x;
  }
  return squares * weight_deviation() * weight_deviation();
}

const InitLesson::Neuron& InitLesson::neuron() const {
  if (neuron_ && neuron_inputs_ == inputs_in()) return *neuron_;
  neuron_inputs_ = inputs_in();
  Neuron now;
  now.z =
      draws_.sums(setup_.rule, seed_, std::span(input_values_).first(static_cast<std::size_t>(setup_.inputs)),
                  neuron_inputs_);
  const auto deviation = static_cast<float>(weight_deviation());
  for (float& z : now.z) z *= deviation;
  const int count = static_cast<int>(now.z.size());
  now.activations = now.z;
  activate(setup_.neuron_activation, now.activations.data(), count, 1);
  now.slopes.assign(now.z.size(), 1.0f);
  activation_gradient(setup_.neuron_activation, now.slopes.data(), now.activations.data(), count, 1);
  now.z_statistics = statistics(now.z);
  now.activation_statistics = statistics(now.activations);
  now.slope_statistics = statistics(now.slopes);
  const double flat = kFlat * largest_slope(setup_.neuron_activation);
  now.saturated = static_cast<double>(std::count_if(now.slopes.begin(), now.slopes.end(),
                                                    [&](float s) { return static_cast<double>(s) < flat; })) /
                  count;
  neuron_ = std::move(now);
  return *neuron_;
}

const std::vector<std::vector<LayerLook>>& InitLesson::nets() const {
  if (nets_) return *nets_;
  DigitSet set;
  add_generated(set, Rng(seed_).fork(kPictures).state(), kLookedAt);
  std::vector<float> pictures(set.size() * kLookedAt);
  for (int i = 0; i < kLookedAt; ++i) set.copy(i, pictures.data() + set.size() * static_cast<std::size_t>(i));
  if (setup_.noise) {
    Rng rng = Rng(seed_).fork(kNoise);
    for (float& value : pictures) value = rng.normal();
  }
  nets_.emplace();
  for (const WeightRule rule : setup_.compared)
    nets_->push_back(look_at_net(net_of(rule), seed_, pictures, set.labels()));
  return *nets_;
}

bool InitLesson::playing() const {
  return scene() == Scene::train ? TrainingLesson::playing() : timeline_.playing();
}

bool InitLesson::advance(double seconds) {
  return scene() == Scene::train ? TrainingLesson::advance(seconds) : timeline_.advance(seconds);
}

std::vector<Task> InitLesson::tasks() const {
  const bool ones = setup_.input == Input::ones;
  const double end = std::sqrt(expected_variance_at_end());
  bool deep = false;
  if (scene() == Scene::net && setup_.depth >= 20 && setup_.net_activation == ActivationKind::relu &&
      setup_.compared.size() == 1) {
    const double kept = scale_kept(nets().front());
    deep = kept > 0.1 && kept < 10;
  }
  return {{"tame", ones && setup_.inputs >= 250 && std::abs(end - 1) < 0.1},
          {"predict", setup_.predicted && setup_.inputs != 250 && ones &&
                          std::abs(*setup_.predicted - end) <= kRight * end},
          {"deep_relu", deep}};
}

std::vector<std::string> InitLesson::controls() const {
  return {"transport", "view", "weights", "spread", "inputs", "activation", "depth", "compare", "train"};
}

}  // namespace kg
