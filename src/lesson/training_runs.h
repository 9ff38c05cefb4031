// TrainingRuns: one run or several that are compared, taking turns so that none is ahead: the next piece is
// that of the run which has done the least, the first of them if there are several.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lesson/training_run.h"

namespace kg {

class TrainingRuns {
 public:
  // What is shared out evenly. By images a run with batches of 100 does one update while one with batches of
  // 10 does ten.
  enum class Fair { updates, images };

  void clear() { runs_.clear(), updated_ = -1; }
  void add(std::string name, std::unique_ptr<TrainingRun> run);
  int count() const { return static_cast<int>(runs_.size()); }
  const std::string& name(int i) const { return runs_[static_cast<std::size_t>(i)].name; }
  TrainingRun& run(int i) { return *runs_[static_cast<std::size_t>(i)].run; }
  const TrainingRun& run(int i) const { return *runs_[static_cast<std::size_t>(i)].run; }

  Fair fair() const { return fair_; }
  void set_fair(Fair fair) { fair_ = fair; }

  // Which run’s turn it is; −1 if all have diverged, or there is none.
  int turn() const;
  // One piece of that run. A run that has diverged rests, and the others go on; refuses, in the words of the
  // last to diverge, if none is left.
  Status piece();
  void restart();

  // The least that any run has done that goes on (of updates or images, as fair() says), and whether all of
  // them have done as much and have no validation under way.
  std::int64_t done() const;
  bool reached(std::int64_t done) const;

  void spent(double seconds);  // shared by those that go on
  // The last piece took so long. Who tells this lets every run have its own time: that of its updates,
  // without validations. From then on spent() shares nothing out.
  void took(double seconds);

 private:
  struct Named {
    std::string name;
    std::unique_ptr<TrainingRun> run;
  };
  std::int64_t done_by(const TrainingRun& run) const;

  std::vector<Named> runs_;
  Fair fair_ = Fair::updates;
  int updated_ = -1;  // which run the last piece was an update of
  bool timed_ = false;
};

}  // namespace kg
