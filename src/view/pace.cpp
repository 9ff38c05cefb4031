#include "view/pace.h"

#include <algorithm>

namespace kg {

// Draws less as long as frames are late. If not even a frame after one that was not drawn comes soon, the
// display shows fewer by itself: then it gets all of them, and that is that.
void Pace::decide() {
  const double mean = sum_ / frames_, fastest = fastest_;
  sum_ = 0, fastest_ = 1, frames_ = 0;
  if (settled_) return;
  if (every_ > 1 && fastest > kSlowDisplay * kFrame) {
    every_ = 1;
    settled_ = true;
  } else if (mean > kLate * kFrame && every_ < kMost) {
    ++every_;
  }
}

bool Pace::draws(double seconds) {
  sum_ += seconds;
  fastest_ = std::min(fastest_, seconds);
  if (++frames_ == kMeasured) decide();
  if (++left_out_ < every_) return false;
  left_out_ = 0;
  return true;
}

}  // namespace kg
