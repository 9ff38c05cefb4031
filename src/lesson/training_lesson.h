// TrainingLesson: what the lessons have in common in which networks learn: the digits, the runs, and the
// verbs that set them going: train, train_epoch, step_image, play, pause, rewind, set_pace.
//
// The digits are made when they are first needed, in pieces as everything here. A lesson builds its runs in
// its constructor without digits, says which it wants (want_digits), and hands them out in take_digits().
#pragma once

#include <string>

#include "lesson/lesson.h"
#include "lesson/training_runs.h"

namespace kg {

class TrainingLesson : public Lesson {
 public:
  static constexpr double kMostPace = 1000;  // updates a second
  static constexpr int kMostBatches = 1000000;

  const TrainingRuns& runs() const { return runs_; }
  const TrainingRun& run(int i = 0) const { return runs_.run(i); }

  bool playing() const override { return playing_; }
  bool has_timeline() const override { return false; }
  bool advance(double seconds) override;
  std::optional<Errand> errand() override;
  void brought() override;

  double pace() const { return pace_; }  // updates a second; 0: as many as there is time for
  // The digits are there; until then, how far they are, 0 to 1.
  bool has_digits() const { return training_ != nullptr; }
  double digits_made() const;
  std::string making_words() const;  // the same as a sentence
  const Digits& training() const { return training_; }
  const Digits& validation() const { return validation_; }
  std::uint64_t stream() const { return stream_; }
  // Why the runs stand still; empty if they do not. Of several that have diverged, the last.
  std::string trouble() const;

 protected:
  // Digits 0 … of two streams that have nothing in common. Those there are, are given up.
  void want_digits(std::uint64_t stream, int training, int validation, Variety hands = Variety::everyday,
                   Variety validation_hands = Variety::everyday);
  // Others than generated ones.
  Status use_digits(Digits training, Digits validation);
  // Gives them to the runs.
  virtual Status take_digits() = 0;
  // Called before all runs go back to where they started.
  virtual void rewinding() {}
  // Called after every piece of training.
  virtual void trained() {}

  // Whether it is all the same to the lesson if its only run is trained by another thread: nothing has to be
  // done after each piece.
  virtual bool sends_away() const { return false; }

  void add_training_verbs();
  // A job that waits for the digits and then does pieces until `piece` answers that it is over.
  void ask(std::function<Result<bool>()> piece, std::function<Json()> value = {});
  void hold();                 // what is at work is dropped
  Result<bool> train_piece();  // one piece of the runs; never the last

  bool has_piece() const override;
  void do_piece() override;

  TrainingRuns runs_;

 private:
  Result<bool> make_digits();
  Status train(double batches);

  Digits training_, validation_;
  std::shared_ptr<DigitSet> making_training_, making_validation_;
  std::uint64_t stream_ = 0;
  int wanted_training_ = 0, wanted_validation_ = 0;
  Variety hands_ = Variety::everyday, validation_hands_ = Variety::everyday;
  bool playing_ = false, worked_ = false;
  // What the job at work is to come to, if that is training.
  struct Goal {
    std::int64_t done = -1;  // as the runs count it
    int epochs = -1;
  };
  bool at_goal() const;
  Result<bool> train_to_goal();

  Goal goal_;
  double pace_ = 0, due_ = 0;  // due_: updates that the pace allows by now
};

// What state() tells of a run, and its curves as lists of numbers.
Json run_json(const TrainingRun& run);
Json curve_json(const TrainingCurve& curve);

}  // namespace kg
