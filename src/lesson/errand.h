// Errand: updates of a training run that are done elsewhere, by another thread, while this one stays free.
//
// There goes the run's state, once before it what does not change (its settings and digits); what it has come
// to is brought back, again and again. The same bits as if it had stayed at home. Who sends it knows by the
// run's stamp whether what is brought back still belongs to it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "lesson/lesson.h"
#include "lesson/training_run.h"

namespace kg {

// At home: what is sent, and what is brought back. False if that is of another stamp: nothing has changed.
std::vector<std::uint8_t> packed(const Errand& errand, bool with_material);
bool take_back(TrainingRun& run, std::span<const std::uint8_t> bytes);

// In the other thread.
class ErrandRunner {
 public:
  using Clock = std::function<double()>;  // seconds
  explicit ErrandRunner(Clock now) : now_(std::move(now)) {}

  // Takes what was sent, in place of what was at work. False if it cannot be used.
  bool take(std::span<const std::uint8_t> bytes);
  // Pieces for so many seconds, at least one; false if there is nothing more to do.
  bool work(double seconds);
  // What it has come to.
  std::vector<std::uint8_t> result() const;

 private:
  bool over() const;

  Clock now_;
  std::unique_ptr<TrainingRun> run_;
  std::uint64_t material_ = 0, stamp_ = 0;
  std::int64_t updates_ = -1;  // to come to
  int epochs_ = -1;
  double until_ = 0;  // to this moment the run was told of its time
};

}  // namespace kg
