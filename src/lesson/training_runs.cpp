#include "lesson/training_runs.h"

#include <algorithm>
#include <utility>

namespace kg {

void TrainingRuns::add(std::string name, std::unique_ptr<TrainingRun> run) {
  runs_.push_back({std::move(name), std::move(run)});
}

std::int64_t TrainingRuns::done_by(const TrainingRun& run) const {
  return fair_ == Fair::images ? run.images_seen() : run.updates();
}

// A validation that is due belongs to what was done before: it comes first.
int TrainingRuns::turn() const {
  int next = -1;
  for (int i = 0; i < count(); ++i) {
    if (!run(i).trouble().empty()) continue;
    if (run(i).validating()) return i;
    if (next < 0 || done_by(run(i)) < done_by(run(next))) next = i;
  }
  return next;
}

Status TrainingRuns::piece() {
  const int next = turn();
  if (next < 0) return Error{runs_.empty() ? "There is nothing to train." : run(count() - 1).trouble()};
  updated_ = run(next).validating() ? -1 : next;
  if (Status done = run(next).piece(); !done && (turn() < 0 || run(next).trouble().empty())) return done;
  return Done{};
}

void TrainingRuns::restart() {
  for (const Named& named : runs_) named.run->restart();
}

std::int64_t TrainingRuns::done() const {
  std::int64_t least = -1;
  for (const Named& named : runs_) {
    if (!named.run->trouble().empty()) continue;
    const std::int64_t done = done_by(*named.run);
    if (least < 0 || done < least) least = done;
  }
  return std::max(least, std::int64_t{0});
}

bool TrainingRuns::reached(std::int64_t done) const {
  return std::all_of(runs_.begin(), runs_.end(), [&](const Named& named) {
    return !named.run->trouble().empty() || (done_by(*named.run) >= done && !named.run->validating());
  });
}

// An update that took much longer than this run’s usually do was interrupted: the machine did something else
// meanwhile. It counts as a usual one. A clock may be as coarse as a millisecond.
void TrainingRuns::took(double seconds) {
  constexpr int kEnough = 5;  // updates, to know what is usual
  constexpr double kTimes = 20, kLeast = 0.003;
  timed_ = true;
  if (updated_ >= 0 && updated_ < count()) {
    TrainingRun& one = run(updated_);
    const int before = one.updates() - 1;
    const double usual = before >= kEnough ? one.seconds() / before : seconds;
    one.spent(seconds > std::max(kLeast, kTimes * usual) ? usual : seconds);
  }
  updated_ = -1;
}

void TrainingRuns::spent(double seconds) {
  if (timed_) return;
  const auto going_on = [](const Named& named) { return named.run->trouble().empty(); };
  const auto all = std::count_if(runs_.begin(), runs_.end(), going_on);
  for (const Named& named : runs_) {
    if (going_on(named)) named.run->spent(seconds / static_cast<double>(all));
  }
}

}  // namespace kg
