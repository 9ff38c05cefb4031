#include "view/focus.h"

#include <algorithm>

namespace kg {

void Focus::begin_frame() {
  last_ = std::move(stops_);
  stops_.clear();
}

bool Focus::offer(const std::string& id, const std::string& label) {
  stops_.push_back({id, label});
  return id == current_;
}

// Called between frames, when `stops_` holds the whole of the last one.
bool Focus::move(int direction) {
  const auto here =
      std::find_if(stops_.begin(), stops_.end(), [&](const Stop& s) { return s.id == current_; });
  const std::ptrdiff_t count = static_cast<std::ptrdiff_t>(stops_.size());
  const std::ptrdiff_t before_first = direction > 0 ? -1 : count;
  const std::ptrdiff_t to = (here == stops_.end() ? before_first : here - stops_.begin()) + direction;
  if (to < 0 || to >= count) return drop(), false;
  current_ = stops_[static_cast<std::size_t>(to)].id;
  by_keyboard_ = true;
  return true;
}

std::string Focus::label() const {
  for (const std::vector<Stop>* list : {&stops_, &last_}) {
    for (const Stop& stop : *list) {
      if (stop.id == current_) return stop.label;
    }
  }
  return "";
}

}  // namespace kg
