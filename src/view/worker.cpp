#include "view/worker.h"

#include <algorithm>

namespace kg {

void Worker::frame_begins() { frame_began_ = now_(); }

void Worker::frame_ends() {
  left_ = std::max(kLeast, kBudget - (now_() - frame_began_));
  fresh_ = true;
}

// It follows a piece that took longer faster than one that took less, but not at once: a machine that was
// busy with something else for a moment says nothing about the next piece.
void Worker::learn(double took) {
  session_.took(took);
  piece_ += (took - piece_) * (took > piece_ ? 0.3 : 0.1);
}

bool Worker::slice() {
  if (!session_.lesson().working()) return false;
  const double began = now_(), end = began + std::min(left_, std::max(kSlice, piece_));
  double piece_began = began;
  bool at_work = false;
  session_.work([&] {
    const double now = now_();
    if (at_work) learn(now - piece_began);
    piece_began = now;
    at_work = fresh_ || now + piece_ <= end;
    fresh_ = false;
    return at_work;
  });
  const double now = now_();
  if (at_work) learn(now - piece_began);
  left_ -= now - began;
  return session_.lesson().working() && left_ >= piece_;
}

}  // namespace kg
