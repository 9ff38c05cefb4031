// TrainingRun: one network learning from one set of digits: update by update, with its curves, from a start
// that can be gone back to.
//
// What comes out depends on the settings, the seed and the order of calls alone, to the last bit; not on how
// the pieces are spread over frames. There is no clock in here: who has one may tell the time (spent()).
//
//   piece()       the next small thing: part of a validation that is due, or an update
//   step()        one update from a batch; a validation that is due is finished first
//   step_image()  one update from one image
//
// Every epoch goes through the whole training set once, in a new order that the seed decides; its last batch
// is smaller if the set does not divide evenly. A run that has diverged keeps the last good weights and does
// no step until something is changed or it is restarted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "data/digit_set.h"
#include "engine/bytes.h"
#include "engine/result.h"
#include "engine/trainer.h"
#include "lesson/training_curve.h"

namespace kg {

using Digits = std::shared_ptr<const DigitSet>;  // shared by the runs that are compared

struct RunSettings {
  SampleShape input = {28, 28, 1};
  std::vector<LayerDescription> layers = {};
  OptimizerSettings optimizer = {};
  Loss loss = Loss::cross_entropy;
  std::uint64_t seed = 0;  // of the weights, of dropout and of the order of the images
  int batch_size = 32;
  int most_batch = 256;         // what batch_size may be changed to
  int validate_every = 100;     // updates; 0: only when asked
  bool keep_gradients = false;  // those of the values stay readable after an update
};

class TrainingRun {
 public:
  static constexpr int kValidatedAtOnce = 32;  // images of a piece of a validation

  // Refuses, in words: a network that cannot be built, sets that do not fit it, settings out of range. The
  // sets may be null and come later (use()); without a validation set nothing is validated.
  static Result<std::unique_ptr<TrainingRun>> make(const RunSettings& settings, Digits training,
                                                   Digits validation);
  TrainingRun(const TrainingRun&) = delete;
  TrainingRun& operator=(const TrainingRun&) = delete;

  // Other digits to learn from; the run begins anew with the weights it started from.
  Status use(Digits training, Digits validation);

  // In which order the images of a set of `n` come in an epoch.
  static void order_of_epoch(std::vector<int>& order, int n, std::uint64_t seed, int epoch);

  Status piece();
  Status step();
  Status step_image();

  // Forward, loss and backward on images of the caller's choice: the gradients are there to be looked at, and
  // nothing has changed.
  Result<StepReport> look(std::span<const float> images, std::span<const int> labels) {
    return trainer_.gradients(images, labels);
  }

  // A validation is due, or at work: the next pieces are its.
  bool validating() const { return validating_; }
  // Makes one due now.
  void validate();

  // Back to the weights, the order and the empty curves it started from. Settings stay as they are now.
  void restart();
  // The present weights, of whatever origin, are those that restart() goes back to; the run begins anew.
  void start_here();

  // Settings that may change while it runs; each refuses, in words, what is out of range.
  Status set_optimizer(const OptimizerSettings& optimizer);
  Status set_batch_size(int size);
  Status set_l2(float factor);  // of every kernel
  void set_validate_every(int updates);
  void freeze(int layer, bool on);

  // How far a layer's parameters are from those it started with: ‖w − w₀‖ over all of them.
  double moved(int layer) const;

  const RunSettings& settings() const { return settings_; }
  const Network& network() const { return network_; }
  // For looking at (forward) and for loading weights (then call start_here()). Room must not be reserved
  // anew.
  Network& network() { return network_; }
  Trainer& trainer() { return trainer_; }
  const Digits& training() const { return training_; }  // null if there is none yet
  const Digits& validation() const { return validation_; }

  int updates() const { return updates_; }
  std::int64_t images_seen() const { return images_seen_; }
  int epoch() const { return epoch_; }        // whole ones that are done
  int in_epoch() const { return position_; }  // images of this epoch that were seen
  int batch() const { return batch_; }        // updates in this epoch
  int batches_per_epoch() const;
  // Which images of the training set the last update was made from.
  std::span<const int> last_batch() const { return last_batch_; }
  // The image that comes next, if there are any.
  int next_image() const { return order_[static_cast<std::size_t>(position_)]; }
  const StepReport& last() const { return last_; }  // of the last update

  const TrainingCurve& curve() const { return curve_; }                   // of the batches
  const TrainingCurve& validation_curve() const { return validations_; }  // of the validation set
  // The last whole validation; images = 0 if there was none.
  const Evaluation& validated() const { return validated_; }

  // Empty unless it has diverged: then the sentence that says what to try.
  const std::string& trouble() const { return trouble_; }

  // To another thread and back (errand.h). Material is what a run is made of: its settings and digits. Its
  // state is what updates change, and what may be changed between them; false if the bytes are none of a run
  // of the same material.
  void write_material(ByteWriter& bytes) const;
  static std::unique_ptr<TrainingRun> read_material(ByteReader& bytes);
  void write_state(ByteWriter& bytes) const;
  bool read_state(ByteReader& bytes);
  // Another number after every change that read_state() has not made: what elsewhere became of an earlier
  // state is no longer true. The same for the material. No two runs have the same.
  std::uint64_t stamp() const { return stamp_; }
  std::uint64_t material() const { return material_; }

  // So many seconds were spent on it: the curves' seconds, and images a second.
  void spent(double seconds);
  double seconds() const { return seconds_; }
  double images_per_second() const { return rate_; }  // lately; 0 before any time was told

 private:
  TrainingRun(Network network, const RunSettings& settings);
  Status take(Digits training, Digits validation);
  Status update(int images);
  void validate_part();
  void begin_epoch();
  void begin();
  void changed() { stamp_ = next_stamp(); }
  static std::uint64_t next_stamp();
  template <class Self, class Bytes>
  static void pass_state(Self& self, Bytes& bytes);

  RunSettings settings_;
  Network network_;
  Trainer trainer_;  // of network_
  Digits training_, validation_;
  std::vector<std::vector<float>> start_;  // the values of every parameter at the start
  std::vector<float> images_;              // of the batch
  std::vector<int> labels_, order_, last_batch_;

  int updates_ = 0, epoch_ = 0, position_ = 0, batch_ = 0;
  std::int64_t images_seen_ = 0;
  StepReport last_;
  TrainingCurve curve_, validations_;
  bool validating_ = false;
  int validated_count_ = 0;  // of the validation at work
  Evaluation sum_, validated_;
  std::string trouble_;
  double seconds_ = 0, rate_ = 0, rated_seconds_ = 0;
  std::int64_t rated_images_ = 0;
  std::uint64_t stamp_ = next_stamp(), material_ = stamp_;
};

}  // namespace kg
