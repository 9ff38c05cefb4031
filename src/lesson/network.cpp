#include "lesson/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "data/digit_reader.h"
#include "engine/gradient_check.h"
#include "engine/weights_io.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

RunSettings usual_settings(std::uint64_t seed) {
  RunSettings settings;
  settings.layers = digit_reader_layers();
  settings.optimizer.kind = OptimizerSettings::Kind::momentum;
  settings.optimizer.learning_rate = 0.05f;
  settings.optimizer.momentum = 0.9f;
  settings.seed = seed;
  settings.batch_size = 32;
  settings.validate_every = 100;
  return settings;
}

}  // namespace

NetworkLesson::NetworkLesson(std::uint64_t seed) : seed_(seed), picture_(seed) {
  build(seed);
  add_training_verbs();
  add_verbs();
  add_data_verbs();
}

void NetworkLesson::build(std::uint64_t seed) {
  seed_ = seed;
  RunSettings settings = usual_settings(seed);
  Result<std::unique_ptr<TrainingRun>> run = TrainingRun::make(settings, nullptr, nullptr);
  assert(run);
  earlier_.reset();
  runs_.clear();
  runs_.add("network", std::move(run).value());
  want_digits(seed, kTraining, kValidation, Variety::wild, Variety::everyday);
  probe_ = std::make_unique<NetworkProbe>(settings.input, settings.layers);
  stale_ = true;
}

// A run that has measured nothing is not worth a line.
void NetworkLesson::rewinding() {
  const RunSettings& settings = run().settings();
  if (run().updates() == 0 || run().validation_curve().points().size() < 2) return;
  earlier_ = Earlier{settings.optimizer, l2_, settings.batch_size, run().validation_curve()};
}

void NetworkLesson::trained() {
  stale_ = true;
  if (run().updates() == 0) steady_ = start_ != Start::loaded;  // rewound
}

// Whole batches only, of one size: whoever trains as many has the same weights.
bool NetworkLesson::reproducible() const {
  if (!steady_ || source_ != Source::generated || !training()) return false;
  const std::int64_t in_epoch = static_cast<std::int64_t>(run().batch()) * run().settings().batch_size;
  return run().in_epoch() == in_epoch &&
         run().images_seen() == static_cast<std::int64_t>(run().epoch()) * training()->count() + in_epoch;
}

const char* NetworkLesson::name_of(Source source) {
  return source == Source::generated ? "generated" : source == Source::own ? "own" : "idx";
}

const char* NetworkLesson::name_of(Start start) {
  return start == Start::noise ? "noise" : start == Start::trained ? "trained" : "loaded";
}

// New digits, the weights as they are: who has trained goes on from there.
Status NetworkLesson::take_digits() {
  TrainingRun& run = runs_.run(0);
  earlier_.reset();
  if (source_ == Source::generated) generated_training_ = training(), generated_validation_ = validation();
  if (run.updates() > 0) run.start_here(), start_ = Start::loaded, steady_ = false;
  examination_ = {};
  return run.use(training(), validation());
}

bool NetworkLesson::nothing_drawn() const {
  const auto values = picture_.pixels().values();
  return std::all_of(values.begin(), values.end(), [](float v) { return v == 0; });
}

int NetworkLesson::label() const {
  if (picture_.source() == Picture::Source::digit) return picture_.digit();
  if (picture_.source() == Picture::Source::idx) return picture_.idx_label(picture_.idx_index());
  return -1;
}

const NetworkProbe& NetworkLesson::probe() const {
  if (stale_) {
    const int known = label();
    probe_->look(run().network(), picture_.pixels().values(), known <= 9 ? known : -1, run().settings().loss);
    stale_ = false;
  }
  return *probe_;
}

bool NetworkLesson::has_answer() const {
  return !nothing_drawn() && std::ranges::all_of(probabilities(), [](float p) { return std::isfinite(p); });
}

int NetworkLesson::second() const {
  const std::span<const float> p = probabilities();
  const int first = predicted();
  int best = first == 0 ? 1 : 0;
  for (int k = 0; k < static_cast<int>(p.size()); ++k) {
    if (k != first && p[static_cast<std::size_t>(k)] > p[static_cast<std::size_t>(best)]) best = k;
  }
  return best;
}

Status NetworkLesson::edit_picture(const std::function<Status(Picture&)>& change) {
  Picture next = picture_;
  if (Status changed = change(next); !changed) return changed;
  const Shape& shape = next.pixels().shape();
  if (shape.h != DigitSet::kSide || shape.w != DigitSet::kSide || shape.c != 1) {
    return Error{"This network takes grey pictures of 28×28 pixels; that one has " + std::to_string(shape.h) +
                 "×" + std::to_string(shape.w) + (shape.c == 1 ? "." : ", in colour.")};
  }
  picture_ = std::move(next);
  checked_.reset();
  stale_ = true;
  return Done{};
}

Status NetworkLesson::set_optimizer(const std::function<void(OptimizerSettings&)>& change) {
  OptimizerSettings next = optimizer();
  change(next);
  if (Status set = runs_.run(0).set_optimizer(next); !set) return set;
  changed_on_the_way();
  return Done{};
}

Status NetworkLesson::set_l2(double factor) {
  if (!(factor >= 0 && factor <= 1)) {
    return Error{"The L2 factor is 0 to 1; " + number_text(factor) + " is outside."};
  }
  if (Status set = runs_.run(0).set_l2(static_cast<float>(factor)); !set) return set;
  l2_ = static_cast<float>(factor);
  changed_on_the_way();
  return Done{};
}

Status NetworkLesson::set_batch_size(double size) {
  const int n = static_cast<int>(std::clamp(size, -1e6, 1e6));
  if (Status set = runs_.run(0).set_batch_size(n); !set) return set;
  changed_on_the_way();
  return Done{};
}

// The digits stay; the weights are the preset's, and the run begins anew.
Status NetworkLesson::load_preset(const std::string& name) {
  if (name != "noise" && name != "trained") {
    return Error{"There is no start " + in_quotes(name) + "; there are noise and trained."};
  }
  hold();
  if (name == "noise" && start_ == Start::noise) {
    rewinding();
  } else {
    earlier_.reset();
  }
  Network& network = runs_.run(0).network();
  if (name == "noise") {
    network.initialize(seed_);
  } else {
    copy_weights(network, trained_digit_reader());
  }
  runs_.run(0).start_here();
  start_ = name == "noise" ? Start::noise : Start::trained;
  steady_ = stale_ = true;
  checked_.reset();
  return Done{};
}

Status NetworkLesson::take_weights(std::span<const std::uint8_t> file, Start start) {
  if (Status loaded = load_weights(runs_.run(0).network(), file); !loaded) return loaded;
  hold();
  earlier_.reset();
  runs_.run(0).start_here();
  start_ = start, steady_ = start != Start::loaded, stale_ = true;
  checked_.reset();
  return Done{};
}

Status NetworkLesson::check_gradient(const WeightSpot& spot) {
  const Network& trained = run().network();
  if (spot.layer < 0 || spot.layer >= trained.layers() || spot.parameter < 0 ||
      spot.parameter >= static_cast<int>(trained.parameters(spot.layer).size())) {
    return Error{
        "There are no such weights: layers 0, 2 and 5 have a kernel, which is parameter 0, and "
        "biases, parameter 1."};
  }
  const Parameter& parameter = trained.parameters(spot.layer)[static_cast<std::size_t>(spot.parameter)];
  if (spot.index >= parameter.values.size()) {
    return Error{"This " + parameter.name + " has " + std::to_string(parameter.values.size()) +
                 " values, counted from 0; there is no number " + std::to_string(spot.index) + "."};
  }
  Result<Network> network = Network::build(trained.input_shape(), layers(), 0);
  if (!network) return network.error();
  Network copy = std::move(network).value();
  copy_weights(copy, trained);
  copy.reserve({1, true, false});
  const int answer = label() >= 0 && label() <= 9 ? label() : predicted();
  GradientCheck check(copy, run().settings().loss, picture_.pixels().values(), {&answer, 1}, false);
  const GradientComparison found = check.compare({spot.layer, spot.parameter, spot.index});
  checked_ =
      Checked{spot, answer, found.analytic, found.numeric, found.uncertainty, found.step, found.agrees()};
  return Done{};
}

// On the test set if one is loaded, which needs no other digits; else on the validation digits.
void NetworkLesson::evaluate() {
  const auto piece = [this, examination = Examination(), begun = false]() mutable -> Result<bool> {
    if (!begun) {
      const Digits set = test_ ? test_ : validation();
      if (!set) {
        return Error{"There is nothing to evaluate on: load a test set, or train on generated digits."};
      }
      examination = Examination(set);
      examined_at_ = run().updates(), examined_test_ = test_ != nullptr;
      begun = true;
    }
    const bool done = examination.piece(runs_.run(0));
    if (done) examination_ = std::move(examination);
    return done;
  };
  const auto value = [this] { return evaluation_json(); };
  if (test_) {
    jobs_.ask({piece, value});
  } else {
    ask(piece, value);
  }
}

}  // namespace kg
