// Lesson: what a lesson IS, without a window.
//
// It has a state that only named verbs change, queries that tell everything (state(), narrate(),
// keras_code()), a timeline, and a short text (its link) from which it can be made again. Views draw it, the
// page mirrors it and tests drive it, all through this one interface.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/result.h"
#include "lesson/jobs.h"
#include "lesson/json.h"
#include "lesson/link.h"
#include "lesson/timeline.h"
#include "lesson/verb.h"

namespace kg {

// What the learner is asked to bring about on the stage; the lesson's article has the words for it.
struct Task {
  std::string id;
  bool met;  // at this moment
};

class TrainingRun;

// Training that another thread may do meanwhile (errand.h): until the run has so many updates, or epochs;
// with neither it goes on until it is called back.
struct Errand {
  TrainingRun* run = nullptr;
  std::int64_t updates = -1;
  int epochs = -1;
  friend bool operator==(const Errand&, const Errand&) = default;
};

// Whether there is time for one more piece of work.
using More = std::function<bool()>;

class Lesson {
 public:
  virtual ~Lesson() = default;
  Lesson(const Lesson&) = delete;
  Lesson& operator=(const Lesson&) = delete;

  // The lesson's own keys of state(); the session adds the common ones.
  virtual Json state() const = 0;
  // What can be seen at this moment, in one or two sentences, for those who hear the page.
  virtual std::string narrate() const = 0;
  virtual std::string keras_code() const = 0;

  // save() names only what differs from a fresh lesson; load() on a fresh lesson brings it back, and returns
  // one sentence for each key it does not know or cannot use.
  virtual LinkParams save() const = 0;
  virtual std::vector<std::string> load(const LinkParams& params) = 0;

  // A fresh lesson has met none of them.
  virtual std::vector<Task> tasks() const = 0;

  // Parts of the stage that a link may hide (`hide=presets,stride`).
  virtual std::vector<std::string> controls() const = 0;

  virtual std::uint64_t seed() const = 0;

  const Verbs& verbs() const { return verbs_; }
  const Timeline& timeline() const { return timeline_; }

  // A refused verb has changed nothing.
  Status perform(std::string_view verb, const Json& args);
  // What the last verb answered, if it is one that answers: null for the others. Bytes are a binary value.
  Json take_answer() { return std::exchange(answer_, nullptr); }
  // Lets time pass; true if anything moved.
  virtual bool advance(double seconds) { return timeline_.advance(seconds); }

  // Long computations are done in pieces of at most a few milliseconds. work() does pieces as long as there
  // are any and more() says so; true if anything was done. What comes of them does not depend on how they are
  // spread over the calls.
  bool work(const More& more);
  // The piece that was done last took so many seconds, by the clock of whoever calls work(). For lessons in
  // which that time is something to look at; nothing else may depend on it.
  virtual void took(double /*seconds*/) {}
  // Something counted that was asked for is not finished yet.
  bool busy() const { return !jobs_.empty(); }
  // There are pieces to do at this moment.
  bool working() const { return busy() || has_piece(); }
  // Work of that kind; nothing if there is none at this moment. When something has been taken back into the
  // run, the lesson is told.
  virtual std::optional<Errand> errand() { return std::nullopt; }
  virtual void brought() {}
  // Going on by itself until somebody holds it: the timeline plays, or endless work.
  virtual bool playing() const { return timeline_.playing(); }
  // Lessons that have none are shown without the bar that steps through it.
  virtual bool has_timeline() const { return true; }
  Jobs& jobs() { return jobs_; }
  const Jobs& jobs() const { return jobs_; }

 protected:
  Lesson() = default;

  // Work that nobody counts: whether there is a piece to do now, and one of them.
  virtual bool has_piece() const { return false; }
  virtual void do_piece() {}
  // For verbs that answer.
  void answer(Json value) { answer_ = std::move(value); }

  Verbs verbs_;
  Timeline timeline_;
  Jobs jobs_;

 private:
  Json answer_;
};

}  // namespace kg
