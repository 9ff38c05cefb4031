// Session: the lesson that is open, and the one door through which the outside reaches it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lesson/catalogue.h"
#include "lesson/lesson.h"

namespace kg {

// How a job ended that a verb had asked for (jobs.h); tickets are counted over all lessons.
struct Ended {
  std::uint64_t ticket = 0;
  JobEnd how;
};

class Session {
 public:
  static constexpr std::uint64_t kSeed = 3;  // of a lesson whose link names none

  Session();  // opens the first lesson

  const Lesson& lesson() const { return *lesson_; }
  const LessonEntry& entry() const { return *entry_; }
  // Grows by one whenever a lesson is made anew, by open or reset; views start anew, too.
  std::uint64_t opening() const { return opening_; }
  // Grows by one at every change; whoever shows the lesson compares it with what was shown.
  std::uint64_t revision() const { return revision_; }

  // Opens a lesson afresh; one notice for each parameter that could not be used.
  Result<std::vector<std::string>> open(std::string_view slug, const LinkParams& params);
  // A verb of the lesson, or the session's own: reset(seed) makes the lesson anew.
  Status perform(std::string_view verb, const Json& args);
  bool advance(double seconds);
  // Pieces of the lesson's work as long as more() says so; true if anything was done.
  bool work(const More& more);
  // Work for another thread, and word that something of it was taken back (errand.h).
  std::optional<Errand> errand() { return lesson_->errand(); }
  void brought() { lesson_->brought(), ++revision_; }
  void took(double seconds) { lesson_->took(seconds); }  // the last piece of it

  // What the last verb answered; null if it is not one that answers.
  Json take_answer() { return lesson_->take_answer(); }
  // The ticket of the job that the last verb has asked for; 0 if it is done already.
  std::uint64_t ticket() const { return ticket_; }
  // The jobs that have ended since the last call. With its lesson a job ends, too.
  std::vector<Ended> take_ended();

  Json state() const;    // the common keys and the lesson's
  Json summary() const;  // slug, step, steps, playing, busy, opening, revision, narration, link, tasks,
                         // code: what the page mirrors
  Json verbs() const;
  std::string link() const;  // "convolution?digit=7.1&at=120", percent-encoded

  static Json lessons();

 private:
  void replace_lesson(std::unique_ptr<Lesson> lesson);
  void gather_ends();

  const LessonEntry* entry_;
  std::unique_ptr<Lesson> lesson_;
  std::uint64_t opening_ = 0, revision_ = 0;
  std::uint64_t earlier_ = 0, ticket_ = 0;  // earlier_: jobs of the lessons before this one
  std::vector<Ended> ended_;
};

}  // namespace kg
