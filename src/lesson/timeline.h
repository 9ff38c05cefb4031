// Timeline: where a lesson's animation stands.
//
// A lesson has `steps` moments (in the convolution: one per output cell), and each moment has `ticks` finer
// ones (one per product). The position is one real number in [0, steps]; everything on the stage is a
// function of the lesson's state and this number, so going back shows exactly what going forward showed.
//
//   position = step + phase,  phase in [0, 1)
//   phase  0 … kRest   the ticks come in one after the other: tick i at phase kRest·i/ticks
//   phase  kRest       at rest: all ticks are in. seek(k) and step(n) stop here
//   phase  kRest … 1   the result travels to its place
//   position = steps   the end: everything is done
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "lesson/verb.h"

namespace kg {

class Timeline {
 public:
  static constexpr double kRest = 0.75;
  static constexpr double kSlowest = 0.02, kFastest = 20000;  // steps a second

  // What a step and a tick are called, one of them: "cell", "product".
  void set_words(std::string step, std::string tick);
  const std::string& step_word() const { return step_word_; }
  const std::string& tick_word() const { return tick_word_; }

  // A lesson of another length keeps its position as far as it exists.
  void set_length(int steps, int ticks);
  // The same with steps of different numbers of ticks, each at least 1. Time then passes by ticks, not by
  // steps: every tick takes as long as any other, and `speed` is that of a step of mean_ticks().
  void set_steps(std::vector<int> ticks);

  int steps() const { return steps_; }
  int ticks() const { return ticks_of(step()); }  // of the step where it stands
  double mean_ticks() const;
  bool has_ticks() const { return mean_ticks() > 1; }  // steps have a finer grain
  double position() const { return position_; }
  int step() const;         // 0 … steps − 1; the last one at the end, too
  double phase() const;     // 0 … 1 within the step; 1 at the end
  int ticks_shown() const;  // 0 … ticks
  int steps_done() const;   // results that have reached their place: step, or steps at the end
  bool at_end() const { return position_ >= steps_; }
  bool playing() const { return playing_; }
  double speed() const { return speed_; }  // steps a second

  Status seek(double step);  // 0 … steps − 1
  void move(int steps);      // relative, stops at the ends
  void move_ticks(int ticks);
  void finish();
  void set_position(double position);  // clamped; for scrubbing and for links
  void play();                         // from the start again if at the end
  void pause() { playing_ = false; }
  Status set_speed(double steps_per_second);

  // Lets `seconds` pass; true if anything moved. Stops by itself at the end.
  bool advance(double seconds);

 private:
  int ticks_of(int step) const {
    return ticks_of_steps_.empty() ? ticks_ : ticks_of_steps_[static_cast<std::size_t>(step)];
  }
  void keep_position(bool ended);

  int steps_ = 1, ticks_ = 1;
  std::vector<int> ticks_of_steps_;  // empty: all have ticks_
  double position_ = kRest;
  bool playing_ = false;
  double speed_ = 2;
  std::string step_word_ = "cell", tick_word_ = "product";
};

// The verbs every lesson has: seek, step, step_product, play, pause, set_speed, finish, scrub.
void add_timeline_verbs(Timeline& timeline, Verbs& verbs);

}  // namespace kg
