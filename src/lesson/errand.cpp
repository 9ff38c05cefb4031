#include "lesson/errand.h"

#include <utility>

#include "engine/bytes.h"

namespace kg {
namespace {

constexpr double kRest = 0.05;  // seconds without work: they are not of the training

}  // namespace

std::vector<std::uint8_t> packed(const Errand& errand, bool with_material) {
  ByteWriter bytes;
  bytes(errand.run->material()), bytes(errand.run->stamp());
  bytes(errand.updates), bytes(errand.epochs), bytes(with_material);
  if (with_material) errand.run->write_material(bytes);
  errand.run->write_state(bytes);
  return bytes.take();
}

bool take_back(TrainingRun& run, std::span<const std::uint8_t> bytes) {
  ByteReader reader(bytes);
  std::uint64_t stamp = 0;
  reader(stamp);
  return reader.whole() && stamp == run.stamp() && run.read_state(reader);
}

bool ErrandRunner::take(std::span<const std::uint8_t> bytes) {
  ByteReader reader(bytes);
  std::uint64_t material = 0;
  bool with_material = false;
  reader(material), reader(stamp_);
  reader(updates_), reader(epochs_), reader(with_material);
  if (!reader.whole()) return false;
  if (with_material) {
    run_ = TrainingRun::read_material(reader);
    material_ = material;
  }
  if (run_ && material == material_ && run_->read_state(reader)) return true;
  run_ = nullptr;
  return false;
}

bool ErrandRunner::over() const {
  if (!run_ || !run_->trouble().empty()) return true;
  const bool there =
      (updates_ >= 0 && run_->updates() >= updates_) || (epochs_ >= 0 && run_->epoch() >= epochs_);
  return there && !run_->validating();
}

bool ErrandRunner::work(double seconds) {
  if (over()) return false;
  const double began = now_();
  if (began - until_ > kRest) until_ = began;
  bool more = true;
  while (more) more = run_->piece() && !over() && now_() - began < seconds;
  const double end = now_();
  run_->spent(end - std::exchange(until_, end));
  return !over();
}

std::vector<std::uint8_t> ErrandRunner::result() const {
  ByteWriter bytes;
  bytes(stamp_);
  if (run_) run_->write_state(bytes);
  return bytes.take();
}

}  // namespace kg
