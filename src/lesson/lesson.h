// Lesson: what a lesson IS, without a window.
//
// It has a state that only named verbs change, queries that tell everything (state(), narrate(),
// keras_code()), a timeline, and a short text (its link) from which it can be made again. Views draw it, the
// page mirrors it and tests drive it, all through this one interface.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
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
  // Lets time pass; true if anything moved.
  bool advance(double seconds) { return timeline_.advance(seconds); }

 protected:
  Lesson() = default;

  Verbs verbs_;
  Timeline timeline_;
};

}  // namespace kg
