// Trainer: one update after another, and what they did.
//
// A step is: forward, loss, backward, update, on one batch. The loss is that of the batch plus the L2
// penalties, Σ l2·w², over all parameters that have one. For a given network, seed and order of batches
// everything that follows is the same, bit by bit.
#pragma once

#include <span>
#include <vector>

#include "engine/loss.h"
#include "engine/network.h"
#include "engine/optimizer.h"
#include "engine/result.h"

namespace kg {

struct StepReport {
  double loss = 0;           // of the data; the mean over the batch
  double penalty = 0;        // L2
  double gradient_norm = 0;  // √Σ g² over all parameters that are trained
  int correct = 0, images = 0;
};

// Of a network as it is, with dropout and batch normalisation as in use.
struct Evaluation {
  double loss = 0;
  int correct = 0, images = 0, classes = 0;
  std::vector<int> confusion;  // (classes, classes): row the label, column the answer
  double accuracy() const { return images > 0 ? static_cast<double>(correct) / images : 0; }
};

class Trainer {
 public:
  // `most_images`: of a batch. The network must stay where it is and outlive the trainer; nobody else may
  // reserve() other room for it. With `keep_gradients` every gradient stays readable after a step.
  Trainer(Network& network, const OptimizerSettings& settings, Loss loss, int most_images,
          bool keep_gradients = false);

  // May be changed between steps (optimizer.h).
  OptimizerSettings& settings() { return optimizer_.settings; }
  Loss loss() const { return loss_; }
  int updates() const { return updates_; }

  // One update from images (N, …) and their labels (N), each 0 … C − 1. With mean_squared_error the targets
  // are 1 at the label, else 0. Refuses, in words, what does not fit together, and settings out of range. If
  // the loss or a gradient is no number any more, or so large that its square is none, it says so: training
  // has diverged. A refused step leaves all parameters as they were; together with the limits of the settings
  // (check() in optimizer.h) that keeps them finite.
  Result<StepReport> step(std::span<const float> images, std::span<const int> labels);
  // The same for targets (N, …) of any kind; mean_squared_error only.
  Result<StepReport> step(std::span<const float> images, std::span<const float> targets);

  // Forward, loss and backward without an update: the gradients are there to be looked at, and no parameter
  // has changed, no moving average either.
  Result<StepReport> gradients(std::span<const float> images, std::span<const int> labels);
  Result<StepReport> gradients(std::span<const float> images, std::span<const float> targets);

  // In batches of at most `most_images`.
  Result<Evaluation> evaluate(std::span<const float> images, std::span<const int> labels);

  // All that a step changes, and what may be changed between steps, to a trainer of the same network in
  // another thread and back (bytes.h).
  template <class Self, class Bytes>
  static void pass_state(Self& self, Bytes& bytes) {
    for (int k = 0; k < self.network_.layers(); ++k) {
      bool frozen = self.network_.frozen(k);
      bytes(frozen);
      self.network_.freeze(k, frozen);
      for (Parameter& p : self.network_.parameters(k)) bytes(p.values), bytes(p.l2);
      if (Rng* random = self.network_.random(k)) bytes(*random);
    }
    Optimizer::pass(self.optimizer_, bytes);
    bytes(self.updates_);
  }

  // Back to the weights of this seed; what the optimizer gathered is forgotten.
  void restart(std::uint64_t seed);

 private:
  Result<int> count_images(std::span<const float> images, std::size_t answers, const char* what) const;
  Status check_labels(std::span<const int> labels) const;
  std::span<const float> one_hot(std::span<const int> labels);
  int classes() const { return network_.output_shape().c(); }
  int count_correct(std::span<const int> labels) const;
  double data_loss(std::span<const int> labels);
  Result<StepReport> pass(std::span<const float> images, std::span<const int> labels);
  Result<StepReport> pass(std::span<const float> images, std::span<const float> targets);
  Result<StepReport> finish(double loss, int images, bool at_sums);
  Status prepare();
  Result<StepReport> updated(Result<StepReport> report);
  void remember_followed();
  void restore_followed();

  Network& network_;
  Optimizer optimizer_;
  Loss loss_;
  bool softmax_given_;                // the last layer is a softmax
  std::vector<float> probabilities_;  // of the last pass, if the network does not give them itself
  std::vector<float> targets_;        // room for one_hot()
  std::vector<float> followed_;       // the moving averages before the pass
  int updates_ = 0;
};

// Which of the values is the largest: the first if there are several.
int largest(std::span<const float> values);

}  // namespace kg
