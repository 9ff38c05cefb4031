#include "lesson/gradients.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "lesson/small_digits.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kMeasureEvery = 5;  // updates, while a run is under way

// Tasks.
constexpr int kDeep = 20, kCompared = 100;  // layers; updates
constexpr double kMillionth = 1e-6, kMillion = 1e6, kTenth = 0.1;

bool all_healthy(const DeepNet& net) {
  return std::all_of(net.layers().begin(), net.layers().end(), [](const LayerGradient& l) {
    return l.update_ratio >= GradientsLesson::kHealthyLow && l.update_ratio <= GradientsLesson::kHealthyHigh;
  });
}

}  // namespace

GradientsLesson::GradientsLesson(std::uint64_t seed)
    : seed_(seed), digits_(small_digits(seed, DeepNet::kDigits)) {
  timeline_.set_words("layer", "factor");
  (void)set(DeepNetSettings());
  timeline_.finish();
  add_verbs();
}

Result<GradientsLesson::Net> GradientsLesson::make(const DeepNetSettings& settings) const {
  Result<std::unique_ptr<DeepNet>> made = DeepNet::make(settings, digits_, seed_);
  if (!made) return made.error();
  return Net(std::move(made).value());
}

// A new net is made before the old one goes, so that a refusal leaves everything as it was.
Status GradientsLesson::set(const DeepNetSettings& settings) {
  if (net_ && settings == this->settings()) return Done{};
  const Result<Net> made = make(settings);
  if (!made) return made.error();
  stop();
  prediction_.reset();
  net_ = *made;
  // The end stays the end; otherwise the gradient stays as far from the loss as it is.
  const bool ended = timeline_.at_end();
  timeline_.set_length(settings.depth, 2);
  if (ended) timeline_.finish();
  return Done{};
}

Status GradientsLesson::keep(const DeepNetSettings& settings) {
  const Result<Net> made = make(settings);
  if (!made) return made.error();
  kept_ = *made;
  return Done{};
}

void GradientsLesson::reseed(std::uint64_t seed) {
  if (seed == seed_) return;
  const DeepNetSettings before = settings();
  seed_ = seed;
  digits_ = small_digits(seed, DeepNet::kDigits);
  stop();
  prediction_.reset();
  kept_.reset();
  net_ = make(before).value();
}

bool GradientsLesson::compares() const {
  return kept_ && !(kept_->settings() == settings() && kept_->updates() == net_->updates());
}

Status GradientsLesson::load_preset(const std::string& name) {
  for (const GradientsPreset& preset : gradients_presets()) {
    if (name != preset.name) continue;
    if (settings() == preset.settings) rewind();  // a preset begins with its first update still to come
    return set(preset.settings);
  }
  return Error{"There is no preset " + in_quotes(name) +
               "; there are start, vanishing, exploding, relu_he, tanh_glorot and batch_norm."};
}

GradientFate GradientsLesson::fate(const DeepNet& net) {
  if (!net.known()) return GradientFate::unknown;
  if (net.ratio() < kVanishes) return GradientFate::vanishes;
  return net.ratio() > kExplodes ? GradientFate::explodes : GradientFate::arrives;
}

bool GradientsLesson::shown(int layer, int ticks) const {
  const int step = step_of(layer);
  if (timeline_.at_end() || step < timeline_.step()) return true;
  return step == timeline_.step() && timeline_.ticks_shown() >= ticks;
}

Status GradientsLesson::predict(double product) {
  if (product_shown(here())) {
    return Error{"The product of layer " + std::to_string(here() + 1) +
                 " can be seen already. Go to a layer and back by one factor, and predict then."};
  }
  if (!(product > 0 && product <= kMostPredicted)) {
    return Error{"A product of factors is above 0 and at most 1e30."};
  }
  prediction_ = Prediction{here(), product};
  return Done{};
}

bool GradientsLesson::predicted_right() const {
  if (!prediction_) return false;
  const double product = net_->layers()[static_cast<std::size_t>(prediction_->layer)].product;
  return std::abs(prediction_->product - product) <= kCloseEnough * product;
}

void GradientsLesson::train_until(int updates, int kept_updates) {
  Job job;
  job.piece = [=, this] { return piece(updates, kept_updates); };
  job.value = [this] { return Json{{"updates", net_->updates()}, {"diverged", net_->diverged()}}; };
  jobs_.ask(std::move(job));
}

// One update of whoever still has some to make: of both in turn, so that their curves grow side by side.
Result<bool> GradientsLesson::piece(int updates, int kept_updates) {
  const bool two = kept_ && kept_ != net_;
  const auto open = [](const DeepNet& net, int until) { return !net.finished() && net.updates() < until; };
  const bool net_open = open(*net_, updates), kept_open = two && open(*kept_, kept_updates);
  if (net_open && !(kept_open && kept_->updates() < net_->updates())) {
    net_->update();
    if (net_->updates() % kMeasureEvery == 0) net_->measure();
  } else if (kept_open) {
    kept_->update();
    if (kept_->updates() % kMeasureEvery == 0) kept_->measure();
  }
  if (open(*net_, updates) || (two && open(*kept_, kept_updates))) return false;
  net_->measure();
  if (two) kept_->measure();
  return true;
}

void GradientsLesson::stop() {
  wanted_ = 0;
  if (!busy()) return;
  jobs_.drop();
  net_->measure();
  if (kept_) kept_->measure();
}

void GradientsLesson::rewind() {
  stop();
  prediction_.reset();
  net_->rewind();
  if (kept_ && kept_ != net_) kept_->rewind();
}

std::vector<Task> GradientsLesson::tasks() const {
  const double ratio = net_->ratio();  // comparisons with what is unknown are false
  const bool deep = depth() >= kDeep;
  bool overtaken = false;
  if (compares() && std::min(kept_->updates(), net_->updates()) >= kCompared) {
    overtaken = *net_->late_loss() < *kept_->late_loss() / 2;
  }
  return {{"vanish", net_->known() && ratio < kMillionth},
          {"cure", deep && ratio >= kTenth && ratio <= 1 / kTenth},
          {"explode", ratio > kMillion},
          {"healthy", deep && all_healthy(*net_)},
          {"overtake", overtaken},
          {"predict", predicted_right() && product_shown(prediction_->layer)}};
}

std::vector<std::string> GradientsLesson::controls() const {
  return {"presets", "depth", "activation", "initializer", "scale",     "batch_norm",
          "rate",    "keep",  "training",   "show",        "transport", "speed"};
}

}  // namespace kg
