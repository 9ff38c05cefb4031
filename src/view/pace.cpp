#include "view/pace.h"

namespace kg {

// Draws less as long as frames are late and it helps. A display that shows fewer frames by itself is no
// slower for what is drawn: there it goes back, and leaves it at that.
void Pace::decide() {
  took_[static_cast<std::size_t>(every_)] = sum_ / frames_;
  sum_ = 0, frames_ = 0;
  if (settled_) return;
  const double now = took_[static_cast<std::size_t>(every_)];
  if (every_ > 1 && now > kBetter * took_[static_cast<std::size_t>(every_ - 1)]) {
    --every_;
    settled_ = true;
  } else if (now > kLate * kFrame && every_ < kMost) {
    ++every_;
  }
}

bool Pace::draws(double seconds) {
  sum_ += seconds;
  if (++frames_ == kMeasured) decide();
  if (++left_out_ < every_) return false;
  left_out_ = 0;
  return true;
}

}  // namespace kg
