#include "lesson/batchnorm.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "lesson/wording.h"

namespace kg {
namespace {

constexpr double kUndone = 0.05;    // root mean square by which the output may be off from x
constexpr double kForetold = 0.05;  // a prediction may miss by so much
constexpr float kCrowded = 0.2f;    // below it all others lie if one driver is far out
constexpr double kReads = 0.8;      // of the validation digits
constexpr int kEnoughUpdates = 50;

constexpr BatchnormLesson::ScenePreset kPresets[] = {
    {BatchnormLesson::Scene::miles_age, "miles_age", "Miles and age", "Two columns whose scales clash"},
    {BatchnormLesson::Scene::three_steps, "three_steps", "Three steps",
     "What batch norm does to the activations of one unit"},
    {BatchnormLesson::Scene::training, "training", "Training",
     "The same net without and with batch norm, at a high rate"}};

RunSettings run_settings(std::uint64_t seed, double rate, bool with_norm) {
  RunSettings settings;
  settings.layers = BatchnormLesson::net(with_norm);
  settings.optimizer.learning_rate = static_cast<float>(rate);
  settings.seed = seed;
  settings.batch_size = settings.most_batch = NormBatches::kBatch;
  settings.validate_every = BatchnormLesson::kValidateEvery;
  return settings;
}

}  // namespace

std::span<const BatchnormLesson::ScenePreset> BatchnormLesson::presets() { return kPresets; }

const char* name_of(BatchnormLesson::Scene scene) { return kPresets[static_cast<std::size_t>(scene)].name; }

std::vector<LayerDescription> BatchnormLesson::net(bool with_norm) {
  std::vector<LayerDescription> layers{Flatten{}};
  for (int k = 0; k < kHidden; ++k) {
    Dense hidden;
    hidden.units = NormBatches::kUnits, hidden.activation = ActivationKind::relu;
    layers.push_back(hidden);
    if (with_norm) layers.push_back(NormBatches::layer());
  }
  Dense last;
  last.units = kClasses, last.activation = ActivationKind::softmax;
  layers.push_back(last);
  return layers;
}

// A layer's weights come from the seed and its place in the stack, and the layers of batch normalisation take
// places: so the net without it is given the weights of the net with it.
BatchnormLesson::BatchnormLesson(std::uint64_t seed)
    : seed_(seed), premiums_(premiums(seed)), batches_(seed) {
  usual_unit_ = batches_.telling_unit();
  setup_ = fresh();
  for (const bool with_norm : {false, true}) {
    Result<std::unique_ptr<TrainingRun>> run =
        TrainingRun::make(run_settings(seed, setup_.rate, with_norm), nullptr, nullptr);
    assert(run);
    runs_.add(with_norm ? "with" : "without", std::move(run).value());
  }
  Network& without = runs_.run(plain).network();
  const Network& with = run(normalised).network();
  for (int k = 0, from = 0; k < without.layers(); ++k, ++from) {
    while (std::holds_alternative<BatchNormalization>(with.descriptions()[static_cast<std::size_t>(from)]))
      ++from;
    for (std::size_t p = 0; p < without.parameters(k).size(); ++p)
      without.parameters(k)[p].values = with.parameters(from)[p].values;
  }
  without.parameters_changed();
  runs_.run(plain).start_here();
  want_digits(seed, kTrainingDigits, kValidationDigits);
  add_training();
  add_table_verbs();
  add_step_verbs();
}

BatchnormLesson::Setup BatchnormLesson::fresh() const {
  Setup setup;
  setup.drivers = make_drivers(seed_);
  setup.unit = usual_unit_;
  return setup;
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status BatchnormLesson::edit(const std::function<Status(Setup&)>& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  if (next == setup_) return Done{};
  if (next.rate != setup_.rate) {
    for (const int which : {plain, normalised}) {
      OptimizerSettings optimizer = run(which).settings().optimizer;
      optimizer.learning_rate = static_cast<float>(next.rate);
      if (Status set = runs_.run(which).set_optimizer(optimizer); !set) return set;
    }
    if (run(normalised).updates() > 0 || run(plain).updates() > 0) steady_ = false;
  }
  // Who leaves the training holds it: what nobody sees does not go on.
  if (next.scene != setup_.scene && next.scene != Scene::training) hold();
  setup_ = std::move(next);
  steps_.reset();
  gradients_ = {};
  return Done{};
}

// The scene as it was at first; in the last one the runs begin anew.
Status BatchnormLesson::load_preset(const std::string& name) {
  const auto found = std::find_if(std::begin(kPresets), std::end(kPresets),
                                  [&](const ScenePreset& p) { return p.name == name; });
  if (found == std::end(kPresets)) {
    return Error{"There is no preset " + in_quotes(name) +
                 "; there are miles_age, three_steps and training."};
  }
  const Status changed = edit([&](Setup& s) {
    const Setup usual = fresh();
    s.scene = found->scene;
    if (s.scene == Scene::miles_age) {
      s.drivers = usual.drivers, s.scaling = usual.scaling;
    } else if (s.scene == Scene::three_steps) {
      s.unit = usual.unit, s.batch = usual.batch, s.gamma = usual.gamma, s.beta = usual.beta;
      s.moving = usual.moving;
    } else {
      s.rate = usual.rate;
    }
    return Status(Done{});
  });
  if (!changed || found->scene != Scene::training) return changed;
  hold();
  runs_.restart();
  trained();
  return Done{};
}

Status BatchnormLesson::take_digits() {
  for (const int which : {plain, normalised}) {
    if (Status used = runs_.run(which).use(training(), validation()); !used) return used;
  }
  return Done{};
}

void BatchnormLesson::trained() {
  if (run(plain).updates() == 0 && run(normalised).updates() == 0) steady_ = true;
}

const NeuronGradient& BatchnormLesson::gradient(Scaling scaling) const {
  std::optional<NeuronGradient>& known = gradients_[static_cast<std::size_t>(scaling)];
  if (!known) known = neuron_gradient(setup_.drivers, scaling, premiums_);
  return *known;
}

const NormBatches::Steps& BatchnormLesson::steps() const {
  if (!steps_) steps_ = batches_.steps(batch(), unit(), gamma(), beta(), moving());
  return *steps_;
}

std::vector<double> BatchnormLesson::gradient_sizes(int which) const {
  std::vector<double> sizes;
  const Network& network = run(which).network();
  if (run(which).updates() == 0) return sizes;
  for (int k = 0; k < network.layers(); ++k) {
    if (!std::holds_alternative<Dense>(network.descriptions()[static_cast<std::size_t>(k)])) continue;
    const Statistics of = statistics(network.parameters(k)[0].gradient);
    sizes.push_back(of.not_numbers > 0 ? std::numeric_limits<double>::quiet_NaN() : of.root_mean_square);
  }
  return sizes;
}

Statistics BatchnormLesson::learned(bool beta) const {
  std::vector<float> all;
  const Network& network = run(normalised).network();
  for (int k = 0; k < network.layers(); ++k) {
    if (!std::holds_alternative<BatchNormalization>(network.descriptions()[static_cast<std::size_t>(k)]))
      continue;
    const std::vector<float>& values = network.parameters(k)[beta ? 1 : 0].values;
    all.insert(all.end(), values.begin(), values.end());
  }
  return statistics(all);
}

std::vector<Task> BatchnormLesson::tasks() const {
  std::vector<float> scaled = column(Column::miles, Scaling::scaled);
  std::sort(scaled.begin(), scaled.end());
  const bool outlier = scaling() == Scaling::scaled && scaled.back() == 1 && scaled[kDrivers - 2] < kCrowded;
  const double first = static_cast<double>(column(Column::miles, Scaling::standardised)[0]);
  double off = 0;
  for (std::size_t i = 0; i < NormBatches::kBatch; ++i) {
    const double by = static_cast<double>(steps()[3].values[i]) - static_cast<double>(steps()[0].values[i]);
    off += by * by / NormBatches::kBatch;
  }
  const bool undone = scene() == Scene::three_steps && steps()[0].numbers.deviation > 2 * kUndone &&
                      std::sqrt(off) <= kUndone;
  const auto reads = [&](int which) {
    return run(which).validated().images > 0 && run(which).validated().accuracy() >= kReads &&
           run(which).updates() >= kEnoughUpdates;
  };
  return {{"outlier", outlier},
          {"predict", predicted() && std::abs(*predicted() - first) <= kForetold},
          {"undo", undone},
          {"both", reads(plain) && reads(normalised)}};
}

std::vector<std::string> BatchnormLesson::controls() const {
  return {"scenes", "scaling", "table",  "strips", "gradient", "gamma",  "beta",
          "unit",   "batch",   "moving", "rate",   "training", "curves", "layers"};
}

}  // namespace kg
