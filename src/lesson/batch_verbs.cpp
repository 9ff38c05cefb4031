// What can be done in the batch lesson.
#include <algorithm>
#include <cassert>
#include <utility>

#include "lesson/batch.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

using Type = Param::Type;

int as_int(double value) { return static_cast<int>(std::clamp(value, -1e9, 1e9)); }

}  // namespace

const char* BatchLesson::name_of(Scene scene) {
  return scene == Scene::epoch ? "epoch" : scene == Scene::race ? "race" : "surface";
}

const char* BatchLesson::name_of(Along along) {
  return along == Along::updates ? "updates" : along == Along::epochs ? "epochs" : "seconds";
}

Status BatchLesson::set_scene(const std::string& name) {
  for (const Scene scene : {Scene::epoch, Scene::race, Scene::surface}) {
    if (name == name_of(scene)) return edit([&](Setup& s) { return s.scene = scene, Status(Done{}); });
  }
  return Error{"There is no scene " + in_quotes(name) + "; there are epoch, race and surface."};
}

Status BatchLesson::set_along(const std::string& name) {
  for (const Along along : {Along::updates, Along::epochs, Along::seconds}) {
    if (name == name_of(along)) return edit([&](Setup& s) { return s.along = along, Status(Done{}); });
  }
  return Error{"The race runs along updates, epochs or seconds; " + in_quotes(name) + " is none of them."};
}

// Whatever was larger than the set now is the whole set.
Status BatchLesson::set_images(double images) {
  if (!(images >= kLeastImages && images <= kMostImages)) {
    return Error{"The set has " + std::to_string(kLeastImages) + " to " + std::to_string(kMostImages) +
                 " images; " + number_text(images, 0) + " is outside."};
  }
  return edit([&](Setup& s) {
    s.images = as_int(images);
    s.hidden = false;
    s.batch_size = std::min(s.batch_size, s.images);
    const bool too_large =
        std::any_of(s.sizes.begin(), s.sizes.end(), [&](int size) { return size >= s.images; });
    std::erase_if(s.sizes, [&](int size) { return size == 0 || size >= s.images; });
    if (too_large || setup_.sizes.back() == 0) s.sizes.push_back(0);
    return Status(Done{});
  });
}

Status BatchLesson::set_sizes(std::span<const float> wanted) {
  std::vector<int> sizes;
  bool all = false;
  for (const float size : wanted) {
    if (!(size >= 0 && size <= static_cast<float>(images()) &&
          size == static_cast<float>(as_int(static_cast<double>(size))))) {
      return Error{"A batch has 1 to " + std::to_string(images()) + " images, or 0 for all of them; " +
                   number_text(static_cast<double>(size)) + " is neither."};
    }
    if (size == 0 || size == static_cast<float>(images()))
      all = true;
    else
      sizes.push_back(static_cast<int>(size));
  }
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  if (all) sizes.push_back(0);
  if (sizes.empty() || static_cast<int>(sizes.size()) > kMostRuns) {
    return Error{"The race has one to four batch sizes, each only once; " + std::to_string(sizes.size()) +
                 " came."};
  }
  return edit([&](Setup& s) { return s.sizes = sizes, Status(Done{}); });
}

// On the way, too: the runs go on with it.
Status BatchLesson::set_learning_rate(double rate) {
  if (!(rate >= 0.0001 && rate <= 10)) {
    return Error{"The learning rate is 0.0001 to 10; " + number_text(rate, 4) + " is outside."};
  }
  if (rate == setup_.learning_rate) return Done{};
  OptimizerSettings next = run().settings().optimizer;
  next.learning_rate = static_cast<float>(rate);
  for (int i = 0; i < runs_.count(); ++i) {
    if (Status set = runs_.run(i).set_optimizer(next); !set) return set;
    steady_ = steady_ && runs_.run(i).updates() == 0;
  }
  setup_.learning_rate = rate;
  return Done{};
}

Status BatchLesson::load_preset(const std::string& name) {
  if (name != "1000_10" && name != "1000_64") {
    return Error{"There is no example " + in_quotes(name) + "; there are 1000_10 and 1000_64."};
  }
  const Status loaded = edit([&](Setup& s) {
    const Setup usual;
    s.images = 1000, s.batch_size = name == "1000_10" ? 10 : 64;
    s.epochs = usual.epochs, s.epoch = 1, s.shuffled = true, s.hidden = false, s.predicted.reset();
    s.sizes = usual.sizes;
    s.scene = Scene::epoch;
    return Status(Done{});
  });
  if (loaded) timeline_.pause(), (void)timeline_.seek(0);
  return loaded;
}

Status BatchLesson::predict(double said) {
  if (!hidden()) return Error{"The number of batches is on show already. Take a riddle, and predict then."};
  if (!(said >= 1 && said <= kMostImages)) {
    return Error{"An epoch of this lesson has 1 to " + std::to_string(kMostImages) + " batches; " +
                 number_text(said, 0) + " cannot be."};
  }
  return edit([&](Setup& s) {
    s.hidden = false, s.predicted = as_int(said);
    return Status(Done{});
  });
}

// Other numbers, made from those on stage alone, so that a link needs to remember nothing of it. The last
// batch is smaller.
void BatchLesson::challenge(Setup& s) const {
  Rng rng = Rng(s.seed).fork(static_cast<std::uint64_t>(s.images * 4096 + s.batch_size));
  static constexpr int kImages[] = {60, 100, 150, 200, 250, 300, 400, 500, 750, 1000};
  static constexpr int kSizes[] = {7, 8, 12, 16, 24, 32, 48, 64, 90, 128};
  do {
    s.images = kImages[rng.below(10)];
    s.batch_size = kSizes[rng.below(10)];
  } while (s.batch_size * 2 > s.images || s.images % s.batch_size == 0 ||
           (s.images == setup_.images && s.batch_size == setup_.batch_size));
  std::erase_if(s.sizes, [&](int size) { return size >= s.images; });
  if (s.sizes.empty()) s.sizes = {0};
  s.scene = Scene::epoch, s.epoch = 1;
  s.hidden = true, s.predicted.reset();
}

// Trains until every run that goes on has seen so many images. The goal is asked for when the work begins.
Status BatchLesson::train_until(std::function<std::int64_t()> goal) {
  ask([this, goal = std::move(goal), images = std::int64_t{-1}]() mutable -> Result<bool> {
    if (images < 0) images = goal();
    if (runs_.turn() >= 0 && runs_.reached(images)) return true;
    if (Status done = runs_.piece(); !done) return done.error();
    trained();
    return runs_.reached(images);
  });
  return Done{};
}

void BatchLesson::train_epochs(int epochs) {
  (void)train_until(
      [this, epochs] { return (static_cast<std::int64_t>(epochs_done()) + epochs) * images(); });
}

Verb BatchLesson::take_verb(const std::string& name) {
  const auto at = std::find_if(verbs_.begin(), verbs_.end(), [&](const Verb& v) { return v.name == name; });
  assert(at != verbs_.end());
  Verb verb = std::move(*at);
  verbs_.erase(at);
  return verb;
}

void BatchLesson::add_verbs() {
  add_timeline_verbs(timeline_, verbs_);
  const Verb play_time = take_verb("play"), pause_time = take_verb("pause");
  add_training_verbs();
  const Verb play_runs = take_verb("play"), pause_runs = take_verb("pause");
  (void)take_verb("train"), (void)take_verb("train_epoch");
  verbs_.push_back(
      {"play", {}, "Let the scene run: the batches, the race, the paths.", [=, this](const Args& a) {
         if (scene() != Scene::race) return play_time.run(a);
         if (has_digits() && finished()) {
           return Status(Error{"All runs have done " + std::to_string(epochs()) +
                               " epochs. Rewind, or ask for more epochs."});
         }
         return play_runs.run(a);
       }});
  verbs_.push_back({"pause", {}, "Hold it.", [=](const Args& a) {
                      (void)pause_time.run(a);
                      return pause_runs.run(a);
                    }});
  verbs_.push_back({"set_view",
                    {{"name", Type::text, "epoch, race or surface"}},
                    "Which scene is on stage.",
                    [this](const Args& a) { return set_scene(a.text(0)); }});
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "1000_10 or 1000_64"}},
                    "Set up a worked example: 1000 images in batches of 10, or of 64.",
                    [this](const Args& a) { return load_preset(a.text(0)); }});
  add_set_verbs();
  add_race_verbs();
}

void BatchLesson::add_set_verbs() {
  const auto whole = [this](const char* verb, const char* name, const char* legal, const char* about,
                            int Setup::*which) {
    verbs_.push_back({verb, {{name, Type::integer, legal}}, about, [=, this](const Args& a) {
                        return edit([&](Setup& s) {
                          s.*which = as_int(a.number(0));
                          // What is hidden belongs to the numbers of the riddle.
                          if (which == &Setup::batch_size) s.hidden = false;
                          return Status(Done{});
                        });
                      }});
  };
  verbs_.push_back({"set_images",
                    {{"n", Type::integer, "10 to 2000"}},
                    "How many images the training set has.",
                    [this](const Args& a) { return set_images(a.number(0)); }});
  whole("set_batch_size", "images", "1 to the number of images", "How many images make a batch.",
        &Setup::batch_size);
  whole("set_epochs", "epochs", "1 to 100", "How often training goes through the whole set.", &Setup::epochs);
  whole("set_epoch", "number", "1 to the number of epochs", "Which epoch is shown.", &Setup::epoch);
  verbs_.push_back({"set_shuffle",
                    {{"on", Type::boolean, "true or false"}},
                    "Whether every epoch has an order of its own.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) { return s.shuffled = a.boolean(0), Status(Done{}); });
                    }});
  verbs_.push_back(
      {"challenge", {}, "Other numbers, with the number of batches hidden.", [this](const Args&) {
         return edit([this](Setup& s) { return challenge(s), Status(Done{}); });
       }});
  verbs_.push_back({"reveal", {}, "Show the number of batches without a prediction.", [this](const Args&) {
                      return edit([](Setup& s) { return s.hidden = false, Status(Done{}); });
                    }});
  verbs_.push_back({"predict",
                    {{"value", Type::integer, "the number of batches"}},
                    "Say how many batches the epoch has; then it is shown.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

void BatchLesson::add_race_verbs() {
  verbs_.push_back(
      {"train",
       {{"batches", Type::integer, "1 to 1000000"}},
       "Train every run with as many images as so many batches of batch_size have.",
       [this](const Args& a) {
         const double n = a.number(0);
         if (!(n >= 1 && n <= kMostBatches)) {
           return Status(Error{"Train for 1 to 1000000 batches; " + number_text(n, 0) + " is outside."});
         }
         return train_until([this, n] { return runs_.done() + static_cast<std::int64_t>(n) * batch_size(); });
       }});
  verbs_.push_back({"train_epoch", {}, "Train every run to the end of its next epoch.", [this](const Args&) {
                      return train_epochs(1), Status(Done{});
                    }});
  verbs_.push_back({"set_runs",
                    {{"sizes", Type::numbers, "one to four batch sizes; 0 is all images"}},
                    "Which batch sizes race; the race begins anew.",
                    [this](const Args& a) { return set_sizes(a.numbers(0)); }});
  verbs_.push_back({"set_axis",
                    {{"name", Type::text, "updates, epochs or seconds"}},
                    "What the race is looked at along.",
                    [this](const Args& a) { return set_along(a.text(0)); }});
  verbs_.push_back({"set_learning_rate",
                    {{"rate", Type::number, "0.0001 to 10"}},
                    "How far an update goes, in every run of the race.",
                    [this](const Args& a) { return set_learning_rate(a.number(0)); }});
  verbs_.push_back({"set_surface_rate",
                    {{"rate", Type::number, "0.01 to 3"}},
                    "How far an update goes on the surface.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) { return s.surface_rate = a.number(0), Status(Done{}); });
                    }});
  verbs_.push_back({"set_start",
                    {{"left", Type::number, "−1 to 2"}, {"right", Type::number, "−1 to 2"}},
                    "The two weights at which the paths begin.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        s.start = {a.number(0), a.number(1)};
                        return Status(Done{});
                      });
                    }});
}

}  // namespace kg
