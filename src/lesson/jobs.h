// Jobs: what a lesson was asked to compute and cannot at once, such as training for 200 batches, done piece
// by piece so that nobody has to wait for anything but its own job.
//
// They are done one after the other. Who asked hears of each how it ended: with a value, with a sentence that
// says why it could not be, or because it was dropped.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "lesson/json.h"

namespace kg {

struct Job {
  std::function<Result<bool>()> piece;  // does a few milliseconds’ worth; true when that was the last
  std::function<Json()> value = {};     // what it came to, asked for at its end; may be empty
};

struct JobEnd {
  std::uint64_t number = 0;  // of the job: the first is 1
  std::string trouble;       // why it failed; empty if it did not
  bool dropped = false;      // it was not gone on with
  Json value;                // null if there is none
};

class Jobs {
 public:
  void ask(Job job);
  std::uint64_t asked() const { return asked_; }  // how many there have been: the number of the last
  bool empty() const { return jobs_.empty(); }

  // One piece of the job that is next; false if there is none.
  bool piece();
  // None of those that wait or are at work is gone on with.
  void drop();

  std::vector<JobEnd> take_ends();  // since the last call, in order

 private:
  void end(std::string trouble, bool dropped, Json value);

  std::deque<Job> jobs_;
  std::vector<JobEnd> ends_;
  std::uint64_t asked_ = 0, ended_ = 0;
};

}  // namespace kg
