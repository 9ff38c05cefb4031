#include "lesson/training_lesson.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/rng.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr int kMadeAtOnce = 16;                          // digits of a piece
constexpr std::uint64_t kTraining = 1, kValidation = 2;  // forks of the stream

}  // namespace

void TrainingLesson::want_digits(std::uint64_t stream, int training, int validation, Variety hands,
                                 Variety validation_hands) {
  stream_ = stream;
  hands_ = hands, validation_hands_ = validation_hands;
  wanted_training_ = training, wanted_validation_ = validation;
  training_ = validation_ = nullptr;
  making_training_ = std::make_shared<DigitSet>();
  making_validation_ = std::make_shared<DigitSet>();
}

Status TrainingLesson::use_digits(Digits training, Digits validation) {
  const Digits before_training = training_, before_validation = validation_;
  training_ = std::move(training), validation_ = std::move(validation);
  Status taken = take_digits();
  if (!taken) training_ = before_training, validation_ = before_validation;
  return taken;
}

double TrainingLesson::digits_made() const {
  if (has_digits()) return 1;
  const int wanted = wanted_training_ + wanted_validation_;
  return wanted > 0 ? static_cast<double>(making_training_->count() + making_validation_->count()) / wanted
                    : 0;
}

std::string TrainingLesson::making_words() const {
  return "Digits are being made: " + percent_text(digits_made(), 0) + ".";
}

Result<bool> TrainingLesson::make_digits() {
  if (has_digits()) return true;
  const bool validation = making_validation_->count() < wanted_validation_;
  DigitSet& set = validation ? *making_validation_ : *making_training_;
  const int wanted = validation ? wanted_validation_ : wanted_training_;
  add_generated(set, Rng(stream_).fork(validation ? kValidation : kTraining).state(),
                std::min(kMadeAtOnce, wanted - set.count()), validation ? validation_hands_ : hands_);
  if (making_training_->count() < wanted_training_ || making_validation_->count() < wanted_validation_)
    return false;
  training_ = std::move(making_training_), validation_ = std::move(making_validation_);
  if (Status taken = take_digits(); !taken) return taken.error();
  return true;
}

std::string TrainingLesson::trouble() const {
  if (runs_.count() == 0 || runs_.turn() >= 0) return "";
  return runs_.run(runs_.count() - 1).trouble();
}

// Time is told to the runs that have worked since it was told last.
bool TrainingLesson::advance(double seconds) {
  if (worked_) runs_.spent(seconds);
  worked_ = false;
  if (playing_ && pace_ > 0 && has_digits()) due_ = std::min(due_ + pace_ * seconds, 1 + pace_ * 0.1);
  return false;
}

bool TrainingLesson::has_piece() const {
  if (!playing_) return false;
  if (!has_digits() || pace_ == 0) return true;
  const int turn = runs_.turn();
  return due_ >= 1 || (turn >= 0 && runs_.run(turn).validating());
}

void TrainingLesson::do_piece() {
  if (!has_digits()) {
    (void)make_digits();
    return;
  }
  const std::int64_t before = runs_.done();
  if (const Result<bool> done = train_piece(); !done) playing_ = false;
  if (pace_ > 0 && runs_.done() > before) due_ -= 1;
}

std::optional<Errand> TrainingLesson::errand() {
  if (!sends_away() || !has_digits() || !trouble().empty()) return std::nullopt;
  const Errand errand{&runs_.run(0), goal_.done, goal_.epochs};
  const bool a_job = goal_.done >= 0 || goal_.epochs >= 0;
  const bool wanted = busy() ? a_job && !at_goal() : playing_ && pace_ == 0;
  return wanted ? std::optional(errand) : std::nullopt;
}

void TrainingLesson::brought() {
  trained();
  if (!trouble().empty()) playing_ = false;
}

Result<bool> TrainingLesson::train_piece() {
  worked_ = true;
  const Status done = runs_.piece();
  trained();
  if (!done) return done.error();
  return false;
}

void TrainingLesson::ask(std::function<Result<bool>()> piece, std::function<Json()> value) {
  jobs_.ask({[this, piece = std::move(piece)]() -> Result<bool> {
               if (has_digits()) return piece();
               if (const Result<bool> made = make_digits(); !made) return made;
               return false;
             },
             std::move(value)});
}

void TrainingLesson::hold() {
  playing_ = false;
  goal_ = {};
  jobs_.drop();
}

bool TrainingLesson::at_goal() const {
  if (goal_.done >= 0) return runs_.reached(goal_.done);
  for (int i = 0; i < runs_.count(); ++i) {
    const TrainingRun& one = run(i);
    if (one.trouble().empty() && (one.epoch() < goal_.epochs || one.validating())) return false;
  }
  return true;
}

// Another thread may have come there, or to where it diverged, since the last piece.
Result<bool> TrainingLesson::train_to_goal() {
  const Result<bool> done = runs_.turn() >= 0 && at_goal() ? Result<bool>(true) : train_piece();
  const bool over = !done || at_goal();
  if (over) goal_ = {};
  return done ? Result<bool>(over) : done;
}

Status TrainingLesson::train(double batches) {
  if (!(batches >= 1 && batches <= kMostBatches)) {
    return Error{"Train for 1 to " + std::to_string(kMostBatches) + " batches; " + number_text(batches, 0) +
                 " is outside."};
  }
  const auto n = static_cast<std::int64_t>(batches);
  ask([this, n]() -> Result<bool> {
    if (goal_.done < 0) goal_.done = runs_.done() + n;
    return train_to_goal();
  });
  return Done{};
}

void TrainingLesson::add_training_verbs() {
  using Type = Param::Type;
  verbs_.push_back({"train",
                    {{"batches", Type::integer, "1 to 1000000"}},
                    "Train for so many batches.",
                    [this](const Args& a) { return train(a.number(0)); }});
  verbs_.push_back({"train_epoch", {}, "Train to the end of the epoch.", [this](const Args&) {
                      ask([this]() -> Result<bool> {
                        if (goal_.epochs < 0) goal_.epochs = run().epoch() + 1;
                        return train_to_goal();
                      });
                      return Status(Done{});
                    }});
  verbs_.push_back({"step_image", {}, "One update from one image, in each run.", [this](const Args&) {
                      playing_ = false;
                      ask([this]() -> Result<bool> {
                        worked_ = true;
                        Status last = Done{};
                        for (int i = 0; i < runs_.count(); ++i) last = runs_.run(i).step_image();
                        trained();
                        if (!last) return last.error();
                        return true;
                      });
                      return Status(Done{});
                    }});
  verbs_.push_back({"play", {}, "Train until it is held.", [this](const Args&) {
                      if (const std::string why = trouble(); !why.empty()) return Status(Error{why});
                      playing_ = true, due_ = 0;
                      return Status(Done{});
                    }});
  verbs_.push_back({"pause", {}, "Hold it: what is at work is not gone on with.", [this](const Args&) {
                      hold();
                      return Status(Done{});
                    }});
  verbs_.push_back({"rewind", {}, "Back to the weights it started from.", [this](const Args&) {
                      hold();
                      rewinding();
                      runs_.restart();
                      trained();
                      return Status(Done{});
                    }});
  verbs_.push_back({"set_pace",
                    {{"updates_a_second", Type::number, "above 0 to 1000; 0 is as fast as it can"}},
                    "How fast it trains while it plays.",
                    [this](const Args& a) {
                      const double pace = a.number(0);
                      if (!(pace >= 0 && pace <= kMostPace)) {
                        return Status(Error{"The pace is 0 to 1000 updates a second; " + number_text(pace) +
                                            " is outside."});
                      }
                      pace_ = pace, due_ = 0;
                      return Status(Done{});
                    }});
}

Json run_json(const TrainingRun& run) {
  const StepReport& last = run.last();
  Json json = {{"images_seen", run.images_seen()},
               {"updates", run.updates()},
               {"epoch", run.epoch()},
               {"batch", run.batch()},
               {"batches_per_epoch", run.batches_per_epoch()},
               {"batch_size", run.settings().batch_size},
               {"learning_rate", run.settings().optimizer.learning_rate},
               {"loss", nullptr},
               {"accuracy", nullptr},
               {"validation_loss", nullptr},
               {"validation_accuracy", nullptr},
               {"images_per_second", run.images_per_second()},
               {"trouble", run.trouble()}};
  if (last.images > 0) {
    json["loss"] = last.loss + last.penalty;
    json["accuracy"] = static_cast<double>(last.correct) / last.images;
  }
  if (run.validated().images > 0) {
    json["validation_loss"] = run.validated().loss;
    json["validation_accuracy"] = run.validated().accuracy();
  }
  return json;
}

Json curve_json(const TrainingCurve& curve) {
  Json updates = Json::array(), images = Json::array(), loss = Json::array(), accuracy = Json::array();
  for (const CurvePoint& point : curve.points()) {
    updates.push_back(point.updates), images.push_back(point.images);
    loss.push_back(point.loss), accuracy.push_back(point.accuracy);
  }
  return {{"updates", std::move(updates)},
          {"images", std::move(images)},
          {"loss", std::move(loss)},
          {"accuracy", std::move(accuracy)}};
}

}  // namespace kg
