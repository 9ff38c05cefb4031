// A training run as bytes, for another thread (errand.h).
#include "engine/bytes.h"
#include "lesson/training_run.h"

namespace kg {
namespace {

template <class Settings, class Bytes>
void pass_settings(Settings& settings, Bytes& bytes) {
  bytes(settings.input), bytes(settings.layers), bytes(settings.optimizer), bytes(settings.loss);
  bytes(settings.seed), bytes(settings.batch_size), bytes(settings.most_batch);
  bytes(settings.validate_every), bytes(settings.keep_gradients);
}

void write_digits(ByteWriter& bytes, const Digits& digits) {
  bytes(digits != nullptr);
  if (digits) DigitSet::pass(*digits, bytes);
}

Digits read_digits(ByteReader& bytes) {
  bool given = false;
  bytes(given);
  if (!given) return nullptr;
  auto digits = std::make_shared<DigitSet>();
  DigitSet::pass(*digits, bytes);
  return digits;
}

}  // namespace

void TrainingRun::write_material(ByteWriter& bytes) const {
  pass_settings(settings_, bytes);
  write_digits(bytes, training_), write_digits(bytes, validation_);
}

std::unique_ptr<TrainingRun> TrainingRun::read_material(ByteReader& bytes) {
  RunSettings settings;
  pass_settings(settings, bytes);
  const Digits training = read_digits(bytes), validation = read_digits(bytes);
  if (!bytes.whole()) return nullptr;
  Result<std::unique_ptr<TrainingRun>> run = make(settings, training, validation);
  return run ? std::move(run).value() : nullptr;
}

// The order of the images follows from the rest; the weights it started from stay at home.
template <class Self, class Bytes>
void TrainingRun::pass_state(Self& self, Bytes& bytes) {
  Trainer::pass_state(self.trainer_, bytes);
  bytes(self.settings_.optimizer), bytes(self.settings_.batch_size), bytes(self.settings_.validate_every);
  bytes(self.updates_), bytes(self.epoch_), bytes(self.position_), bytes(self.batch_);
  bytes(self.images_seen_), bytes(self.last_), bytes(self.last_batch_);
  TrainingCurve::pass(self.curve_, bytes), TrainingCurve::pass(self.validations_, bytes);
  bytes(self.validating_), bytes(self.validated_count_);
  for (auto* evaluation : {&self.sum_, &self.validated_}) {
    bytes(evaluation->loss), bytes(evaluation->correct), bytes(evaluation->images);
    bytes(evaluation->classes), bytes(evaluation->confusion);
  }
  bytes(self.trouble_);
  bytes(self.seconds_), bytes(self.rate_), bytes(self.rated_seconds_), bytes(self.rated_images_);
}

void TrainingRun::write_state(ByteWriter& bytes) const { pass_state(*this, bytes); }

bool TrainingRun::read_state(ByteReader& bytes) {
  const int epoch = epoch_;
  pass_state(*this, bytes);
  if (!bytes.whole()) return false;
  if (epoch_ != epoch) order_of_epoch(order_, training_ ? training_->count() : 0, settings_.seed, epoch_);
  network_.parameters_changed();
  return true;
}

}  // namespace kg
