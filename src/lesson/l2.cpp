#include "lesson/l2.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <memory>
#include <utility>

#include "engine/rng.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr std::uint64_t kNoise = 0x4015e, kWhich = 1, kLabels = 2;  // forks of the seed
// Of all ten classes, so that there are enough of the five.
constexpr int kMade = 1000, kMadeToValidate = 1000;

RunSettings usual_settings(std::uint64_t seed, double rate) {
  RunSettings settings;
  Dense hidden, answer;
  hidden.units = L2Lesson::kHidden;
  hidden.activation = ActivationKind::relu;
  answer.units = L2Lesson::kClasses;
  answer.activation = ActivationKind::softmax;
  settings.layers = {Flatten{}, hidden, answer};
  settings.optimizer.learning_rate = static_cast<float>(rate);
  settings.seed = seed;
  settings.batch_size = L2Lesson::kBatch;
  settings.most_batch = L2Lesson::kBatch;
  settings.validate_every = L2Lesson::kValidateEvery;
  return settings;
}

constexpr L2Lesson::Preset kPresets[] = {
    {"overfits", "Overfits", "λ = 0: both runs are the same, and learn the wrong labels by heart", 0},
    {"just_right", "Just right", "λ = 15: what digits have in common is learned, wrong labels are not", 15},
    {"too_much", "Too much", "λ = 300: the weights go to 0, and the model becomes nothing", 300}};

}  // namespace

std::span<const L2Lesson::Preset> L2Lesson::presets() { return kPresets; }

L2Lesson::L2Lesson(std::uint64_t seed) : seed_(seed) {
  for (const char* name : {"without", "with L2"}) {
    Result<std::unique_ptr<TrainingRun>> run =
        TrainingRun::make(usual_settings(seed, setup_.rate), nullptr, nullptr);
    assert(run);
    runs_.add(name, std::move(run).value());
  }
  use_factor();
  // The first so many of a stream are always the same, so the most that are wanted serve every size.
  want_digits(seed, kMade, kMadeToValidate);
  add_training_verbs();
  // One image each would take the runs out of step with their validations.
  std::erase_if(verbs_, [](const Verb& verb) { return verb.name == "step_image"; });
  add_verbs();
}

const L2Lesson::Preset* L2Lesson::preset() const {
  for (const Preset& preset : kPresets) {
    Setup usual;
    usual.lambda = preset.lambda;
    if (usual == setup_) return &preset;
  }
  return nullptr;
}

int L2Lesson::wrong_labels() const { return static_cast<int>(std::lround(setup_.noise * setup_.size)); }

Status L2Lesson::take_digits() {
  constexpr int kUsed[] = {0, 1, 2, 3, 4};
  const auto some = [&](const DigitSet& all, int count) {
    const DigitSet used = all.of_classes(kUsed);
    assert(used.count() >= count);
    return std::make_shared<const DigitSet>(used.part(0, count));
  };
  given_ = some(*training(), kMostSize), validating_ = some(*validation(), kValidation);
  return give_digits();
}

// The first `size` digits; so many of them, dealt out by the seed, with one of the four wrong labels.
Status L2Lesson::give_digits() {
  auto set = std::make_shared<DigitSet>(kClasses);
  set->reserve(setup_.size);
  std::vector<int> order;
  shuffle(order, setup_.size, Rng(seed_).fork(kNoise).fork(kWhich).state());
  std::vector<bool> wrong(static_cast<std::size_t>(setup_.size));
  for (int k = 0; k < wrong_labels(); ++k)
    wrong[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])] = true;
  Rng labels = Rng(seed_).fork(kNoise).fork(kLabels);
  was_.clear();
  for (int i = 0; i < setup_.size; ++i) {
    const int right = given_->label(i);
    const int other = (right + 1 + static_cast<int>(labels.below(kClasses - 1))) % kClasses;
    set->add(given_->pixels(i), wrong[static_cast<std::size_t>(i)] ? other : right);
    was_.push_back(right);
  }
  pictures_.resize(set->size() * static_cast<std::size_t>(set->count()));
  for (int i = 0; i < set->count(); ++i)
    set->copy(i, pictures_.data() + set->size() * static_cast<std::size_t>(i));
  learned_ = std::move(set);
  for (const int run : {plain, penalised}) {
    if (Status used = runs_.run(run).use(learned_, validating_); !used) return used;
  }
  trained();
  return Done{};
}

void L2Lesson::use_factor() {
  const Status set = runs_.run(penalised).set_l2(static_cast<float>(factor()));
  assert(set);
  (void)set;
}

// The training digits are measured when the validation digits have been: with the same weights.
void L2Lesson::trained() {
  if (runs_.run(plain).updates() == 0 && runs_.run(penalised).updates() == 0) steady_ = true;
  for (const int which : {plain, penalised}) {
    TrainingRun& run = runs_.run(which);
    TrainingCurve& fit = fits_[static_cast<std::size_t>(which)];
    const auto validated = run.validation_curve().points(), measured = fit.points();
    // Of the ends alone: a curve that has become too long has merged its points.
    const int here = validated.empty() ? -1 : validated.back().updates;
    if (!measured.empty() && measured.back().updates == here) continue;
    if (measured.empty() || measured.back().updates > here) fit.clear();
    if (here < 0) continue;
    const Result<Evaluation> on = run.trainer().evaluate(pictures_, learned_->labels());
    assert(on);
    fit.add({run.updates(), run.images_seen(), run.seconds(), on->loss, on->accuracy()});
  }
}

std::span<const float> L2Lesson::weights(int which) const {
  return run(which).network().parameters(1)[0].values;
}

L2Lesson::Standing L2Lesson::standing(int which) const {
  Standing now;
  const TrainingRun& one = run(which);
  for (const int layer : {1, 2}) {
    for (const float w : one.network().parameters(layer)[0].values)
      now.squares += static_cast<double>(w) * static_cast<double>(w);
  }
  now.penalty = factor_of(which) * now.squares;
  if (fit(which).empty() || one.validated().images == 0) return now;
  now.measured = true;
  now.loss = fit(which).points().back().loss, now.accuracy = fit(which).points().back().accuracy;
  now.validation_loss = one.validated().loss, now.validation_accuracy = one.validated().accuracy();
  now.gap = now.validation_loss - now.loss;
  const double whole = now.loss + now.penalty;
  now.share = whole > 0 ? now.penalty / whole : 0;
  return now;
}

// λ and the rate may change on the way; other digits are another experiment, and both runs begin anew.
Status L2Lesson::change(const Setup& next) {
  const bool other_digits = next.size != setup_.size || next.noise != setup_.noise;
  if (next.rate != setup_.rate) {
    for (const int which : {plain, penalised}) {
      OptimizerSettings optimizer = run(which).settings().optimizer;
      optimizer.learning_rate = static_cast<float>(next.rate);
      if (Status set = runs_.run(which).set_optimizer(optimizer); !set) return set;
    }
  }
  if (next != setup_ && run(plain).updates() > 0) steady_ = false;
  if (other_digits) hold();
  setup_ = next;
  use_factor();
  return other_digits && has_digits() ? give_digits() : Status(Done{});
}

Status L2Lesson::set_lambda(double lambda) {
  if (!(lambda == 0 || (lambda >= kLeastLambda && lambda <= kMostLambda))) {
    return Error{"λ is 0, or from 0.001 to 1000; " + number_text(lambda, 6) + " is outside."};
  }
  Setup next = setup_;
  next.lambda = lambda;
  return change(next);
}

Status L2Lesson::set_rate(double rate) {
  if (!(rate >= kLeastRate && rate <= kMostRate)) {
    return Error{"The learning rate is 0.001 to 10; " + number_text(rate, 6) + " is outside."};
  }
  Setup next = setup_;
  next.rate = rate;
  return change(next);
}

Status L2Lesson::set_size(double size) {
  if (!(size >= kLeastSize && size <= kMostSize)) {
    return Error{"There are 100 to 400 digits to learn from; " + number_text(size, 0) + " is outside."};
  }
  Setup next = setup_;
  next.size = static_cast<int>(size);
  return change(next);
}

Status L2Lesson::set_noise(double share) {
  if (!(share >= 0 && share <= kMostNoise)) {
    return Error{"The share of wrong labels is 0 to 0.6; " + number_text(share) + " is outside."};
  }
  Setup next = setup_;
  next.noise = share;
  return change(next);
}

// All settings are the preset's, and the runs begin anew.
Status L2Lesson::load_preset(const std::string& name) {
  const auto found =
      std::find_if(std::begin(kPresets), std::end(kPresets), [&](const Preset& p) { return p.name == name; });
  if (found == std::end(kPresets)) {
    return Error{"There is no preset " + in_quotes(name) + "; there are overfits, just_right and too_much."};
  }
  Setup next;
  next.lambda = found->lambda;
  hold();
  if (Status changed = change(next); !changed) return changed;
  runs_.restart();
  trained();
  return Done{};
}

}  // namespace kg
