// Examination: how a network answers a whole set, digit by digit: how many are right, which it takes for
// which, and where it is most wrong. Done in pieces.
#pragma once

#include <vector>

#include "lesson/training_run.h"

namespace kg {

class Examination {
 public:
  struct Answer {
    int given = 0;    // the class it answers
    float sure = 0;   // the probability it gives to that
    float right = 0;  // and to the right one
  };

  Examination() = default;
  explicit Examination(Digits set) : set_(std::move(set)) {}

  // The next few digits; true when those were the last.
  bool piece(TrainingRun& run);
  bool done() const { return set_ && static_cast<int>(answers_.size()) == set_->count(); }

  const Digits& set() const { return set_; }
  int count() const { return static_cast<int>(answers_.size()); }  // so far
  const Answer& answer(int i) const { return answers_[static_cast<std::size_t>(i)]; }
  int correct() const;
  double accuracy() const { return answers_.empty() ? 0 : static_cast<double>(correct()) / count(); }
  // (classes, classes), row by row: row the label, column the answer.
  std::vector<int> confusion() const;
  // The digits in one cell of it, in their order.
  std::vector<int> in_cell(int label, int given, int most) const;
  // The mistakes in which the right class got the least probability, worst first.
  std::vector<int> worst(int most) const;

 private:
  Digits set_;
  std::vector<Answer> answers_;
};

}  // namespace kg
