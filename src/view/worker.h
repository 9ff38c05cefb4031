// Worker: how much of a frame's time the lesson gets for its work (Lesson::work), so that a page that trains
// a network still draws sixty frames a second.
//
// A frame lasts 16.7 ms. What drawing leaves of kBudget goes to work, in slices of at most kSlice, between
// which events come through. A piece is begun only if it will fit, as long as it took lately. A frame that is
// very late (where graphics are slow, they come ten times a second, or five) leaves time for more work: as
// much in every 16.7 ms from kLate on. Where our own drawing takes long, work gets as much time as that.
#pragma once

#include <functional>
#include <utility>

#include "lesson/session.h"

namespace kg {

using Clock = std::function<double()>;  // seconds

class Worker {
 public:
  static constexpr double kBudget = 0.0095;  // of the page's own time in a frame: drawing and work, seconds
  static constexpr double kShared = 0.0060;  // the same while the machine paints the frame on the same cores
  static constexpr double kLeast = 0.0005;   // for work, if one frame takes long
  static constexpr double kMost = 0.0300;    // for work, on a slow machine
  static constexpr double kSlice = 0.0045;
  static constexpr double kFrame = 1.0 / 60;
  static constexpr double kLate = 3 * kFrame;
  static constexpr double kPatience =
      0.25;  // seconds without a frame: then the page is hidden, and work rests

  Worker(Session& session, Clock now) : session_(session), now_(std::move(now)) {}

  void frame_begins();
  void frame_ends(double budget = kBudget);  // kShared if what was drawn is painted by our own cores
  // Works. Answers in how many seconds there is time for more, 0 or above; below 0: not before the next
  // frame. The first piece after a frame is always done, so that work goes on whatever a piece takes.
  double slice();

 private:
  void learn(double took);

  Session& session_;
  Clock now_;
  double frame_began_ = 0;
  double until_ = 0;    // the time that left_ is a part of goes to this moment
  double drawing_ = 0;  // how long a frame usually takes to draw, seconds
  double left_ = 0;     // for work, until the next frame
  double piece_ = 0;    // how long a piece takes, seconds
  bool fresh_ = false;  // no piece was done since the frame
};

}  // namespace kg
