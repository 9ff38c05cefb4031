#include "lesson/batch.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kHidden = 16;  // neurons of the runs’ network

RunSettings settings_of(std::uint64_t seed, int batch, double rate) {
  constexpr int kSide = DigitSet::kSide / BatchLesson::kShrink;
  RunSettings settings;
  settings.input = {kSide, kSide, 1};
  settings.layers = {Flatten{}, Dense{.units = kHidden, .activation = ActivationKind::relu},
                     Dense{.units = 10, .activation = ActivationKind::softmax}};
  settings.optimizer.learning_rate = static_cast<float>(rate);
  settings.seed = seed;
  settings.batch_size = settings.most_batch = batch;
  settings.validate_every = 0;  // validate_when_due() decides
  return settings;
}

// 1, 2, 5, 10, 20, 50, …
bool is_round(int updates) {
  while (updates >= 10 && updates % 10 == 0) updates /= 10;
  return updates == 1 || updates == 2 || updates == 5;
}

}  // namespace

BatchLesson::BatchLesson(std::uint64_t seed) {
  setup_.seed = seed;
  timeline_.set_words("batch", "batch");
  (void)timeline_.set_speed(kUsualSpeed);
  runs_.set_fair(TrainingRuns::Fair::images);
  want_digits(seed, setup_.images, kValidation);
  build_runs();
  make_order();
  set_timeline(true);
  add_verbs();
}

Status BatchLesson::check(const Setup& s) {
  const auto outside = [](const char* what, const std::string& range, double value) {
    return Error{std::string(what) + " " + range + "; " + number_text(value) + " is outside."};
  };
  if (s.batch_size < 1 || s.batch_size > s.images)
    return outside("The batch size is", "1 to " + std::to_string(s.images) + ", the number of images",
                   s.batch_size);
  if (s.epochs < 1 || s.epochs > kMostEpochs) return outside("There are", "1 to 100 epochs", s.epochs);
  if (s.epoch < 1 || s.epoch > s.epochs)
    return outside("The epochs are", "1 to " + std::to_string(s.epochs), s.epoch);
  if (!(s.surface_rate >= LossSurface::kLeastRate && s.surface_rate <= LossSurface::kMostRate))
    return outside("On the surface the rate is", "0.01 to 3", s.surface_rate);
  for (const double w : {s.start.left, s.start.right}) {
    if (!(w >= LossSurface::kFrom && w <= LossSurface::kTo))
      return outside("Both weights of the start are", "−1 to 2", w);
  }
  return Done{};
}

Status BatchLesson::edit(const Change& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  if (next.epochs < setup_.epochs) next.epoch = std::min(next.epoch, std::max(next.epochs, 1));
  if (Status legal = check(next); !legal) return legal;
  // What was predicted belongs to the numbers it was predicted of.
  if (next.images != setup_.images || next.batch_size != setup_.batch_size) next.predicted.reset();
  const Setup before = std::exchange(setup_, std::move(next));
  const bool other_images = images() != before.images || seed() != before.seed;
  if (other_images) {
    hold();
    small_training_ = small_validation_ = nullptr;
    surface_.reset();
    want_digits(seed(), images(), kValidation);
  }
  if (other_images || sizes() != before.sizes) hold(), build_runs();
  if (other_images || epoch() != before.epoch || shuffled() != before.shuffled) make_order();
  stale_ = true;
  if (scene() != before.scene) timeline_.pause(), hold();
  set_timeline(scene() != before.scene || hidden() != before.hidden);
  want_surface();
  return Done{};
}

// Who goes to the surface waits until it is there.
void BatchLesson::want_surface() {
  if (scene() != Scene::surface || busy() || (surface_ && surface_->done())) return;
  ask([this]() -> Result<bool> { return surface_->piece(); });
}

void BatchLesson::make_order() {
  order_.resize(static_cast<std::size_t>(images()));
  if (shuffled())
    TrainingRun::order_of_epoch(order_, images(), seed(), epoch() - 1);
  else
    std::iota(order_.begin(), order_.end(), 0);
}

// A scene begins where there is something to see: at the first batch, and at the end of the paths.
void BatchLesson::set_timeline(bool other_scene) {
  const bool surface = scene() == Scene::surface;
  timeline_.set_words(surface ? "update" : "batch", surface ? "update" : "batch");
  // The number of steps would tell what is to be predicted.
  timeline_.set_length(surface                              ? LossSurface::kUpdates
                       : scene() == Scene::race || hidden() ? 1
                                                            : batches(),
                       1);
  if (!other_scene) return;
  (void)timeline_.seek(0);
  if (surface) timeline_.finish();
}

BatchLesson::Range BatchLesson::now() const {
  if (timeline_.at_end()) return {images(), 0};
  const int first = timeline_.step() * batch_size();
  return {first, std::min(batch_size(), images() - first)};
}

int BatchLesson::size_of(int i) const {
  const int size = sizes()[static_cast<std::size_t>(i)];
  return size == 0 ? images() : size;
}

std::string BatchLesson::name_of_run(int i) const {
  return (sizes()[static_cast<std::size_t>(i)] == 0 ? "all " : "") + std::to_string(size_of(i));
}

void BatchLesson::build_runs() {
  runs_.clear();
  for (int i = 0; i < static_cast<int>(sizes().size()); ++i) {
    Result<std::unique_ptr<TrainingRun>> run = TrainingRun::make(
        settings_of(seed(), size_of(i), learning_rate()), small_training_, small_validation_);
    assert(run);
    runs_.add(name_of_run(i), std::move(run).value());
  }
  steady_ = true;
  validate_when_due();
}

Status BatchLesson::take_digits() {
  small_training_ = std::make_shared<const DigitSet>(training()->shrunk(kShrink));
  small_validation_ = std::make_shared<const DigitSet>(validation()->shrunk(kShrink));
  for (int i = 0; i < runs_.count(); ++i) {
    if (Status taken = runs_.run(i).use(small_training_, small_validation_); !taken) return taken;
  }
  surface_ = std::make_unique<LossSurface>(*training(), seed());
  stale_ = true;
  validate_when_due();
  return Done{};
}

// At the end of every epoch, which all runs come to; and after 1, 2, 5, 10, … updates, so that they can be
// compared by updates, too.
void BatchLesson::validate_when_due() {
  for (int i = 0; i < runs_.count(); ++i) {
    TrainingRun& run = runs_.run(i);
    const auto points = run.validation_curve().points();
    const bool has_it = !points.empty() && points.back().updates == run.updates();
    if (run.trouble().empty() && !has_it && (run.in_epoch() == 0 || is_round(run.updates()))) run.validate();
  }
}

void BatchLesson::trained() {
  validate_when_due();
  const auto fresh = [](const TrainingRun& run) { return run.updates() == 0; };
  bool all = true;
  for (int i = 0; i < runs_.count(); ++i) all = all && fresh(runs_.run(i));
  if (all) steady_ = true;  // rewound
}

bool BatchLesson::finished() const {
  return runs_.turn() >= 0 && runs_.reached(static_cast<std::int64_t>(epochs()) * images());
}

int BatchLesson::epochs_done() const { return static_cast<int>(runs_.done() / images()); }

bool BatchLesson::playing() const {
  return scene() == Scene::race ? TrainingLesson::playing() : timeline_.playing();
}

bool BatchLesson::advance(double seconds) {
  const bool trained = TrainingLesson::advance(seconds);
  return timeline_.advance(seconds) || trained;
}

// The digits and the surface are made while nobody waits for them; then the race.
bool BatchLesson::has_piece() const {
  return !has_digits() || (surface_ && !surface_->done()) || TrainingLesson::has_piece();
}

void BatchLesson::do_piece() {
  if (has_digits() && surface_ && !surface_->done()) {
    (void)surface_->piece();
  } else if (has_digits() && finished()) {
    hold();
  } else {
    TrainingLesson::do_piece();
  }
}

double BatchLesson::place_of(const CurvePoint& point, Along along, int images) {
  switch (along) {
    case Along::updates:
      return point.updates;
    case Along::epochs:
      return static_cast<double>(point.images) / images;
    case Along::seconds:
      break;
  }
  return point.seconds;
}

// The furthest place that all of them have come to. By updates and by epochs it is one at which each was
// measured, and a whole epoch; times never agree, so there the last measurement until then counts.
double BatchLesson::common_place(Along along) const {
  double furthest = INFINITY;
  int live = -1;
  const auto points = [this](int i) { return runs_.run(i).validation_curve().points(); };
  const auto place = [&](const CurvePoint& point) { return place_of(point, along, images()); };
  for (int i = 0; i < runs_.count(); ++i) {
    if (!runs_.run(i).trouble().empty()) continue;
    live = i;
    furthest = std::min(furthest, points(i).empty() ? 0 : place(points(i).back()));
  }
  if (live < 0) return 0;
  if (along == Along::seconds) return furthest;
  const auto measured = [&](int i, double at) {
    return std::any_of(points(i).begin(), points(i).end(),
                       [&](const CurvePoint& p) { return place(p) == at; });
  };
  double common = 0;
  for (const CurvePoint& point : points(live)) {
    const double at = place(point);
    bool all = at <= furthest && (along == Along::updates || at == std::floor(at));
    for (int i = 0; all && i < live; ++i) all = !runs_.run(i).trouble().empty() || measured(i, at);
    if (all) common = std::max(common, at);
  }
  return common;
}

BatchLesson::Standing BatchLesson::standing(Along along) const {
  Standing found;
  found.accuracies.assign(static_cast<std::size_t>(runs_.count()), -1);
  found.at = common_place(along);
  if (!(found.at > 0)) return found;
  double best = -1, loss = 0;
  for (int i = 0; i < runs_.count(); ++i) {
    if (!runs_.run(i).trouble().empty()) continue;
    const CurvePoint* last = nullptr;
    for (const CurvePoint& point : runs_.run(i).validation_curve().points()) {
      if (place_of(point, along, images()) <= found.at) last = &point;
    }
    if (!last) continue;
    found.accuracies[static_cast<std::size_t>(i)] = last->accuracy;
    if (last->accuracy > best || (last->accuracy == best && last->loss < loss))
      best = last->accuracy, loss = last->loss, found.leader = i;
  }
  return found;
}

const std::vector<LossSurface::Path>& BatchLesson::paths() const {
  if (stale_) {
    paths_.clear();
    full_path_ = {};
    if (surface_) {
      full_path_ = surface_->path(images(), surface_rate(), start());
      for (int i = 0; i < static_cast<int>(sizes().size()); ++i)
        paths_.push_back(size_of(i) == images() ? full_path_
                                                : surface_->path(size_of(i), surface_rate(), start()));
    }
    stale_ = false;
  }
  return paths_;
}

const LossSurface::Path& BatchLesson::full_path() const { return (void)paths(), full_path_; }

bool BatchLesson::smooth(const LossSurface::Path& path) const {
  return !path.diverged() && !full_path().diverged() && path.length <= kSmooth * full_path().length;
}

// A path grows while its step is played, and stands still at rest.
double BatchLesson::updates_walked() const {
  if (timeline_.at_end()) return LossSurface::kUpdates;
  return timeline_.step() + std::min(1.0, timeline_.phase() / Timeline::kRest);
}

std::vector<Task> BatchLesson::tasks() const {
  const Standing race = standing(Along::epochs);
  // One that has diverged is behind all others.
  bool large_wins = scene() == Scene::race && runs_.count() >= 2 && race.at >= kCompared;
  for (int i = 0; large_wins && i + 1 < runs_.count(); ++i)
    large_wins = race.accuracies.back() > race.accuracies[static_cast<std::size_t>(i)] + 0.1;
  bool all_smooth = scene() == Scene::surface && surface_ != nullptr;
  for (std::size_t i = 0; all_smooth && i < paths().size(); ++i)
    all_smooth = smooth(paths()[i]) && paths()[i].batch_size < images();
  return {{"forty", scene() == Scene::epoch && !hidden() && images() == 1000 && batches() == 40},
          {"predict", predicted() == batches() && images() % batch_size() != 0},
          {"large_wins", large_wins},
          {"smooth", all_smooth}};
}

std::vector<std::string> BatchLesson::controls() const {
  return {"view",     "images", "batch_size", "epochs", "shuffle",   "riddle", "training",
          "settings", "sizes",  "axis",       "rate",   "transport", "speed"};
}

}  // namespace kg
