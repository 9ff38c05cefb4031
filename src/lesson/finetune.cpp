#include "lesson/finetune.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <utility>

#include "data/digit_generator.h"
#include "engine/rng.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

// Of all ten classes, half of which are for the base, and half for the second task.
constexpr int kMade = 1400, kMadeToValidate = 600;
constexpr int kFilters[] = {8, 16, 32};
constexpr int kPlaces[] = {0, 2, 4, 6};  // of the layers with weights, in the stack
constexpr float kBaseRate = 0.04f, kMomentum = 0.9f;
constexpr int kBaseValidateEvery = 10, kValidateEvery = 5;                      // updates
constexpr std::uint64_t kSecond = 0x5ec0, kExamples = 0xe8a, kVaried = 0xbe7d;  // forks of the seed

RunSettings settings_for(const std::vector<LayerDescription>& layers, std::uint64_t seed, double rate,
                         int batch, int validate_every) {
  RunSettings settings;
  settings.layers = layers;
  settings.optimizer.kind = OptimizerSettings::Kind::momentum;
  settings.optimizer.momentum = kMomentum;
  settings.optimizer.learning_rate = static_cast<float>(rate);
  settings.seed = seed;
  settings.batch_size = settings.most_batch = batch;
  settings.validate_every = validate_every;
  return settings;
}

}  // namespace

const char* FinetuneLesson::name_of(Scene scene) { return scene == Scene::base ? "base" : "second"; }
const char* FinetuneLesson::name_of(Material task) { return task == Material::digits ? "digits" : "symbols"; }

int FinetuneLesson::place_of(int layer) { return kPlaces[layer]; }

FinetuneLesson::FinetuneLesson(std::uint64_t seed) : seed_(seed), picture_(seed) {
  begin(seed);
  add_training_verbs();
  // One image each would take the runs out of step with their validations.
  std::erase_if(verbs_, [](const Verb& verb) { return verb.name == "step_image"; });
  guard_training_verbs();
  add_verbs();
}

// A base that has learned nothing yet, and other digits.
void FinetuneLesson::begin(std::uint64_t seed) {
  hold();
  show(Scene::base);
  seed_ = seed, picture_ = Picture(seed);
  runs_.clear(), resting_.clear();
  Result<std::unique_ptr<TrainingRun>> run = TrainingRun::make(
      settings_for(layers(kClasses), seed_, static_cast<double>(kBaseRate), kBaseBatch, kBaseValidateEvery),
      nullptr, nullptr);
  assert(run);
  runs_.add("base", std::move(run).value());
  // Who has learned from wild hands has seen more kinds of strokes, and that is what is handed on.
  want_digits(seed_, kMade, kMadeToValidate, Variety::wild, Variety::everyday);
  five_to_nine_ = validating_ = nullptr;
  find_given();
  stale_ = true;
}

std::vector<LayerDescription> FinetuneLesson::layers(int classes) const {
  std::vector<LayerDescription> stack;
  for (const int filters : kFilters) {
    Conv2D conv;
    conv.filters = filters;
    conv.activation = ActivationKind::relu;
    if (!stack.empty()) stack.push_back(MaxPooling2D{});
    stack.push_back(conv);
  }
  Dense head;
  head.units = classes;
  head.activation = ActivationKind::softmax;
  stack.push_back(Flatten{});
  stack.push_back(head);
  return stack;
}

int FinetuneLesson::examples() const {
  return task() == Material::digits ? setup_.examples : symbols_.count();
}

int FinetuneLesson::classes() const {
  return task() == Material::digits ? kClasses : std::max(2, symbols_.classes());
}

std::string FinetuneLesson::class_name(int label) const {
  if (scene_ == Scene::base) return std::to_string(label);
  if (task() == Material::digits) return std::to_string(label + kClasses);
  return std::string(1, SymbolSet::letter(label));
}

bool FinetuneLesson::is_frozen(int layer) const {
  return is_kept(layer) && setup_.frozen[static_cast<std::size_t>(layer)];
}

std::string FinetuneLesson::missing() const {
  if (task() == Material::digits || symbols_.ready()) return "";
  return symbols_.count() == 0
             ? "There is nothing to learn yet: draw a symbol and add it as A, then another one as B."
             : "There is only the symbol A yet: a second one, B, is needed to tell it from.";
}

Summary FinetuneLesson::summary(int which) const {
  std::vector<bool> still(static_cast<std::size_t>(kPlaces[kKeepable]));
  for (int k = 0; k < kKeepable; ++k)
    still[static_cast<std::size_t>(kPlaces[k])] = which == frozen && is_frozen(k);
  return *summarize({28, 28, 1}, layers(which < 0 ? kClasses : classes()), still);
}

double FinetuneLesson::change(int which, int layer) const {
  return has_second() ? second().run(which).moved(kPlaces[layer]) : 0;
}

// The digits 5 to 9 are dealt out class by class, so that so many examples are as many of each.
Status FinetuneLesson::take_digits() {
  constexpr int kFirst[] = {0, 1, 2, 3, 4}, kRest[] = {5, 6, 7, 8, 9};
  auto examples = std::make_shared<DigitSet>(kClasses);
  Rng hands = Rng(seed_).fork(kExamples);
  for (int i = 0; i < kMostExamples; ++i) {
    const int label = i % kClasses;
    examples->add(generate_digit(kRest[label], hands.next_u32(), Variety::everyday).values(), label);
  }
  five_to_nine_ = std::move(examples);
  validating_ = std::make_shared<const DigitSet>(validation()->of_classes(kRest));
  find_given();
  return base_runs().run(0).use(std::make_shared<const DigitSet>(training()->of_classes(kFirst)),
                                std::make_shared<const DigitSet>(validation()->of_classes(kFirst)));
}

void FinetuneLesson::find_given() {
  given_ = given_validating_ = nullptr;
  if (task() == Material::symbols) {
    if (!symbols_.ready()) return;
    given_ = std::make_shared<const DigitSet>(symbols_.set());
    given_validating_ = std::make_shared<const DigitSet>(symbols_.varied(Rng(seed_).fork(kVaried).state()));
  } else if (five_to_nine_) {
    given_ = std::make_shared<const DigitSet>(five_to_nine_->part(0, setup_.examples));
    given_validating_ = validating_;
  }
}

// All three have the same random weights to begin with; what is kept of the base takes their place.
Status FinetuneLesson::make_second() {
  TrainingRuns next;
  const RunSettings settings =
      settings_for(layers(classes()), Rng(seed_).fork(kSecond).state(), setup_.rate, kBatch, kValidateEvery);
  for (const Which which : {scratch, transfer, frozen}) {
    Result<std::unique_ptr<TrainingRun>> made = TrainingRun::make(settings, given_, given_validating_);
    if (!made) return made.error();
    std::unique_ptr<TrainingRun> run = std::move(made).value();
    if (which != scratch) {
      for (int k = 0; k < setup_.kept; ++k) {
        const std::vector<Parameter>& from = base().network().parameters(kPlaces[k]);
        std::vector<Parameter>& to = run->network().parameters(kPlaces[k]);
        for (std::size_t p = 0; p < from.size(); ++p) to[p].values = from[p].values;
      }
      run->network().parameters_changed();
      run->start_here();
    }
    for (int k = 0; k < kKeepable; ++k) run->freeze(kPlaces[k], which == frozen && is_frozen(k));
    next.add(which == scratch ? "scratch" : which == transfer ? "transfer" : "frozen", std::move(run));
  }
  second_runs() = std::move(next);
  made_from_ = base().updates();
  steady_ = stale_ = true;
  return Done{};
}

// From the base's scene nobody sees them: they are made when they are needed.
Status FinetuneLesson::renew_second() {
  find_given();
  stale_ = true;
  if (scene_ == Scene::second) {
    hold();
    return make_second();
  }
  resting_.clear();
  return Done{};
}

void FinetuneLesson::show(Scene scene) {
  if (scene == scene_) return;
  std::swap(runs_, resting_);
  scene_ = scene;
  stale_ = true;
}

Status FinetuneLesson::enter_second() {
  if (scene_ == Scene::second) return Done{};
  if (!has_second()) {
    if (Status made = make_second(); !made) return made;
  }
  show(Scene::second);
  return Done{};
}

void FinetuneLesson::trained() {
  stale_ = true;
  if (scene_ == Scene::second) {
    if (run(scratch).updates() == 0) steady_ = true;
  } else if (made_from_ != base().updates()) {
    resting_.clear();  // they stood on another base
  }
}

// With 0 updates a base that has learned something already is taken as it is.
void FinetuneLesson::train_base_to(int updates, std::function<Status()> then) {
  ask([this, updates, then = std::move(then), goal = -1]() mutable -> Result<bool> {
    if (goal < 0) goal = updates > 0 ? updates : has_base() ? base().updates() : kBaseUpdates;
    if (base().updates() < goal || base().validating()) return train_piece();
    if (Status done = then ? then() : Status(Done{}); !done) return done.error();
    return true;
  });
}

Status FinetuneLesson::train_base(std::optional<double> updates) {
  const double wanted = updates.value_or(kBaseUpdates);
  if (!(wanted >= 1 && wanted <= kMostReplayed)) {
    return Error{"The base is trained for 1 to " + std::to_string(kMostReplayed) + " updates; " +
                 number_text(wanted, 0) + " is outside."};
  }
  hold();
  show(Scene::base);
  train_base_to(static_cast<int>(wanted), {});
  return Done{};
}

Status FinetuneLesson::set_view(const std::string& name) {
  if (name != "base" && name != "second")
    return Error{"The view is base or second; " + in_quotes(name) + " is neither."};
  hold();
  if (name == "base") return show(Scene::base), Status(Done{});
  if (has_base()) return enter_second();
  train_base_to(0, [this] { return enter_second(); });
  return Done{};
}

Status FinetuneLesson::set_task(const std::string& name) {
  if (name != "digits" && name != "symbols")
    return Error{"The second task is digits or symbols; " + in_quotes(name) + " is neither."};
  const Material wanted = name == "digits" ? Material::digits : Material::symbols;
  if (wanted == setup_.task) return Done{};
  setup_.task = wanted;
  return renew_second();
}

Status FinetuneLesson::set_examples(double n) {
  if (!(n >= kLeastExamples && n <= kMostExamples)) {
    return Error{"There are 5 to 100 examples of the digits 5 to 9; " + number_text(n, 0) + " is outside."};
  }
  if (n == setup_.examples) return Done{};
  setup_.examples = static_cast<int>(n);
  return task() == Material::digits ? renew_second() : Status(Done{});
}

Status FinetuneLesson::set_kept(double layers) {
  if (!(layers >= 1 && layers <= kKeepable)) {
    return Error{
        "Of the base 1 to 3 layers can be kept: its head, the last one, knows only the digits 0 to 4; " +
        number_text(layers, 0) + " is outside."};
  }
  if (layers == setup_.kept) return Done{};
  setup_.kept = static_cast<int>(layers);
  return renew_second();
}

// At any time: what is frozen stays as it has become.
Status FinetuneLesson::set_frozen(double layer, bool on) {
  if (layer == kKeepable) {
    return Error{"The new head is random at first: frozen it would stay so, and nothing could be learned."};
  }
  if (!(layer >= 0 && layer < kKeepable)) {
    return Error{"The layers that can be frozen are 0 to 2; " + number_text(layer, 0) + " is none of them."};
  }
  const int k = static_cast<int>(layer);
  if (!is_kept(k)) {
    return Error{"Layer " + std::to_string(k) + " is new, since only " + std::to_string(setup_.kept) +
                 (setup_.kept == 1 ? " layer is" : " layers are") +
                 " kept of the base: frozen it would stay random."};
  }
  if (setup_.frozen[static_cast<std::size_t>(k)] == on) return Done{};
  setup_.frozen[static_cast<std::size_t>(k)] = on;
  if (!has_second()) return Done{};
  TrainingRun& run = second_runs().run(frozen);
  run.freeze(kPlaces[k], on);
  if (run.updates() > 0) steady_ = false;
  return Done{};
}

Status FinetuneLesson::set_rate(double rate) {
  if (!(rate >= kLeastRate && rate <= kMostRate)) {
    return Error{"The learning rate of the second task is 0.0001 to 1; " + number_text(rate, 6) +
                 " is outside."};
  }
  if (rate == setup_.rate) return Done{};
  setup_.rate = rate;
  if (!has_second()) return Done{};
  for (const Which which : {scratch, transfer, frozen}) {
    OptimizerSettings optimizer = second().run(which).settings().optimizer;
    optimizer.learning_rate = static_cast<float>(rate);
    if (Status set = second_runs().run(which).set_optimizer(optimizer); !set) return set;
  }
  if (second().run(scratch).updates() > 0) steady_ = false;
  return Done{};
}

Status FinetuneLesson::edit_picture(const std::function<Status(Picture&)>& change) {
  Picture next = picture_;
  if (Status changed = change(next); !changed) return changed;
  const Shape& shape = next.pixels().shape();
  if (shape != Shape{1, DigitSet::kSide, DigitSet::kSide, 1}) {
    return Error{"These networks take grey pictures of 28×28 pixels; that one has " +
                 std::to_string(shape.h) + "×" + std::to_string(shape.w) +
                 (shape.c == 1 ? "." : ", in colour.")};
  }
  picture_ = std::move(next);
  stale_ = true;
  return Done{};
}

Status FinetuneLesson::add_example(const std::function<Status(SymbolSet&)>& change) {
  SymbolSet next = symbols_;
  if (Status changed = change(next); !changed) return changed;
  symbols_ = std::move(next);
  ours_ = false;
  return task() == Material::symbols ? renew_second() : Status(Done{});
}

bool FinetuneLesson::has_picture() const {
  return picture_.source() != Picture::Source::drawing || !picture_.drawing().empty();
}

const std::vector<float>& FinetuneLesson::answers(int which) const {
  if (stale_) {
    for (std::vector<float>& list : answers_) list.clear();
    for (int i = 0; i < runs_.count() && has_picture() && runs_.run(0).updates() > 0; ++i) {
      NetworkProbe probe(run(i).settings().input, run(i).settings().layers);
      probe.look(run(i).network(), picture_.pixels().values(), -1, Loss::cross_entropy);
      const std::span<const float> p = probe.values(probe.places() - 1);
      answers_[static_cast<std::size_t>(i)].assign(p.begin(), p.end());
    }
    stale_ = false;
  }
  return answers_[static_cast<std::size_t>(which)];
}

}  // namespace kg
