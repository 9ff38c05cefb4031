// Helper: another thread that trains, so that this one has all of its time for drawing and for the learner.
//
// Where there is one, and the lesson has work of that kind, the work is sent there and nothing of it is done
// here. Before each frame what has come back is taken into the lesson; after it, the thread is told to go on,
// or is given the new state if the learner has changed something. Without frames it soon rests: it works no
// further ahead than a fraction of a second.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lesson/session.h"

namespace kg {

// The thread itself (a platform's, or a test's).
class HelperThread {
 public:
  virtual ~HelperThread() = default;
  // Whether it can be sent anything. Asked for the first time it may begin to get ready; it may end at any
  // time, and what it had is lost.
  virtual bool ready() = 0;
  virtual void send(std::span<const std::uint8_t> errand) = 0;
  virtual void go_on() = 0;  // with what it was sent
};

class Helper {
 public:
  Helper(Session& session, HelperThread& thread) : session_(session), thread_(thread) {}

  // Something has come back. What came before it and was not taken yet is older, and forgotten.
  void came(std::vector<std::uint8_t> bytes) { back_ = std::move(bytes); }
  // Before a frame.
  void take();
  // After it.
  void send();
  // The work is being done there.
  bool away() const { return sent_ != 0; }

 private:
  Session& session_;
  HelperThread& thread_;
  std::vector<std::uint8_t> back_;
  std::uint64_t sent_ = 0, material_ = 0;  // stamps of what the thread has; 0: nothing
  Errand errand_;                          // what it was
};

}  // namespace kg
