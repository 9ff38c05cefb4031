#include "view/worker.h"

#include <algorithm>

namespace kg {

void Worker::frame_begins() { frame_began_ = now_(); }

void Worker::frame_ends(double budget) {
  const double drawing = now_() - frame_began_;
  drawing_ += (drawing - drawing_) * 0.1;
  const bool slow = drawing_ > 0.6 * kBudget;
  left_ = std::max(slow ? std::min(drawing_, kMost) : kLeast, budget - drawing);
  until_ = frame_began_ + kLate;
  fresh_ = true;
}

// It follows a piece that took longer faster than one that took less, but not at once: a machine that was
// busy with something else for a moment says nothing about the next piece.
void Worker::learn(double took) {
  session_.took(took);
  piece_ += (took - piece_) * (took > piece_ ? 0.3 : 0.1);
}

double Worker::slice() {
  if (!session_.lesson().working()) return -1;
  const double began = now_();
  if (!fresh_ && left_ < piece_) {
    if (began < until_) return until_ - began;
    if (began - frame_began_ > kPatience) return -1;
    until_ = began + kFrame, left_ = kBudget;
    fresh_ = true;
  }
  const double end = began + std::min(left_, std::max(kSlice, piece_));
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
  if (!session_.lesson().working()) return -1;
  return left_ >= piece_ ? 0 : std::max(0.001, until_ - now);
}

}  // namespace kg
