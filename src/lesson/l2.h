// The lesson `l2`: the penalty on large weights. Two runs from the same weights learn the same few digits,
// some of them with a wrong label, in the same order: the first as it is, the second with L2. The digits that
// validate are clean and were never seen.
//
// Only the digits 0 to 4 take part, so that a few of each are enough to learn something from.
//
// λ is the course's: loss + λ/(2m)·Σ‖w‖², m being how many digits there are to learn from. What multiplies
// Σw² directly, in Keras and in our engine, is the factor λ/(2m).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "lesson/training_lesson.h"

namespace kg {

class L2Lesson final : public TrainingLesson {
 public:
  static constexpr int kLeastSize = 100, kMostSize = 400, kValidation = 400;  // digits
  static constexpr int kBatch = 25, kHidden = 32, kClasses = 5, kValidateEvery = 10;
  static constexpr double kLeastLambda = 0.001, kMostLambda = 1000;  // besides 0
  static constexpr double kMostNoise = 0.6, kLeastRate = 0.001, kMostRate = 10;
  static constexpr double kChance = 0.27;     // at most so much validation accuracy is that of guessing
  static constexpr int kMostReplayed = 3000;  // batches that a link may ask for
  // Of the task: which factor is it for this λ and so many digits?
  static constexpr double kAskedLambda = 8;
  static constexpr int kAskedSize = 400;

  enum Which { plain, penalised };  // the runs

  struct Setup {
    int size = 200;      // digits to learn from: m
    double noise = 0.4;  // the share of them with a wrong label
    double lambda = 15;
    double rate = 0.1;
    friend bool operator==(const Setup&, const Setup&) = default;
  };
  struct Preset {
    const char *name, *title, *comment;
    double lambda;
  };
  static std::span<const Preset> presets();

  explicit L2Lesson(std::uint64_t seed);

  const Setup& setup() const { return setup_; }
  double factor() const { return setup_.lambda / (2 * setup_.size); }
  double factor_of(int run) const { return run == penalised ? factor() : 0; }
  const Preset* preset() const;  // null if the settings are those of none
  int wrong_labels() const;      // how many of the training digits have one
  bool is_wrong(int i) const { return was_[static_cast<std::size_t>(i)] != learned_->label(i); }
  int right_label(int i) const { return was_[static_cast<std::size_t>(i)]; }
  const Digits& learned() const { return learned_; }  // with their labels, right or wrong; null at first

  // How a run stands: over all its training digits, as they are labelled, and over the validation digits.
  struct Standing {
    bool measured = false;
    double loss = 0, accuracy = 0;  // on the training digits, without the penalty
    double validation_loss = 0, validation_accuracy = 0;
    double gap = 0;      // validation loss − training loss
    double squares = 0;  // Σ w² over both kernels, at this moment
    double penalty = 0;  // factor · Σ w²
    double share = 0;    // of the penalty in training loss + penalty
  };
  Standing standing(int run) const;
  // Of the training digits, measured whenever a validation is done; without the penalty.
  const TrainingCurve& fit(int run) const { return fits_[static_cast<std::size_t>(run)]; }
  // The weights into the hidden units, (784, kHidden).
  std::span<const float> weights(int run) const;

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return seed_; }

 protected:
  Status take_digits() override;
  void trained() override;

 private:
  Status give_digits();
  void use_factor();
  Status change(const Setup& next);
  Status set_lambda(double lambda);
  Status set_rate(double rate);
  Status set_size(double size);
  Status set_noise(double share);
  Status load_preset(const std::string& name);
  void add_verbs();
  Json run_state(int run) const;

  std::uint64_t seed_;
  Setup setup_;
  Digits given_, validating_;    // of the five classes: the most there are to learn from; to validate
  Digits learned_;               // the first of them, with wrong labels among them
  std::vector<float> pictures_;  // of learned_, as the networks want them
  std::vector<int> was_;         // the right labels
  std::array<TrainingCurve, 2> fits_;
  // The runs have had the present settings since their start: only then a link brings them back.
  bool steady_ = true;
  std::optional<double> predicted_;  // the factor for kAskedLambda and kAskedSize
};

}  // namespace kg
