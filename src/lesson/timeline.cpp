#include "lesson/timeline.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>

#include "lesson/number_text.h"

namespace kg {
namespace {

// A tick counts as reached a hair early, so that positions made by division (kRest·i/ticks) fall on their own
// side.
constexpr double kHair = 1e-9;

}  // namespace

void Timeline::set_words(std::string step, std::string tick) {
  step_word_ = std::move(step);
  tick_word_ = std::move(tick);
}

void Timeline::set_length(int steps, int ticks) {
  assert(steps >= 1 && ticks >= 1);
  const bool ended = at_end() && steps_ == steps;
  steps_ = steps;
  ticks_ = ticks;
  ticks_of_steps_.clear();
  keep_position(ended);
}

void Timeline::set_steps(std::vector<int> ticks) {
  assert(!ticks.empty() && *std::min_element(ticks.begin(), ticks.end()) >= 1);
  const bool ended = at_end() && steps_ == static_cast<int>(ticks.size());
  steps_ = static_cast<int>(ticks.size());
  ticks_of_steps_ = std::move(ticks);
  keep_position(ended);
}

void Timeline::keep_position(bool ended) {
  if (!ended && position_ >= steps_) position_ = steps_ - 1 + kRest;
}

double Timeline::mean_ticks() const {
  if (ticks_of_steps_.empty()) return ticks_;
  return std::accumulate(ticks_of_steps_.begin(), ticks_of_steps_.end(), 0.0) / steps_;
}

int Timeline::step() const { return std::min(static_cast<int>(position_), steps_ - 1); }
double Timeline::phase() const { return position_ - step(); }

int Timeline::ticks_shown() const {
  return std::clamp(static_cast<int>(phase() / kRest * ticks() + kHair), 0, ticks());
}

int Timeline::steps_done() const { return at_end() ? steps_ : step(); }

Status Timeline::seek(double step) {
  if (!(step >= 0 && step < steps_)) {
    return Error{"There is no step " + number_text(step, 0) + ": the steps go from 0 to " +
                 std::to_string(steps_ - 1) + "."};
  }
  position_ = std::floor(step) + kRest;
  return Done{};
}

void Timeline::move(int steps) {
  const double target = static_cast<double>(steps_done()) + steps;
  if (target >= steps_) return finish();
  position_ = std::max(0.0, target) + kRest;
}

void Timeline::move_ticks(int ticks) {
  // Each step has ticks + 1 stops: nothing in yet, one in, …, all in.
  int step = steps_done();
  std::int64_t shown = std::int64_t{at_end() ? 0 : ticks_shown()} + ticks;
  while (shown < 0 && step > 0) shown += ticks_of(--step) + 1;
  shown = std::max(shown, std::int64_t{0});
  while (step < steps_ && shown > ticks_of(step)) shown -= ticks_of(step++) + 1;
  if (step == steps_) return finish();
  position_ = step + kRest * static_cast<double>(shown) / ticks_of(step);
}

void Timeline::finish() { position_ = steps_; }
void Timeline::set_position(double position) { position_ = std::clamp(position, 0.0, double(steps_)); }

void Timeline::play() {
  if (at_end()) position_ = 0;
  playing_ = true;
}

Status Timeline::set_speed(double steps_per_second) {
  if (!(steps_per_second >= kSlowest && steps_per_second <= kFastest)) {
    return Error{"The speed is in steps a second, from " + number_text(kSlowest) + " to " +
                 number_text(kFastest) + "; " + number_text(steps_per_second) + " is outside."};
  }
  speed_ = steps_per_second;
  return Done{};
}

bool Timeline::advance(double seconds) {
  if (!playing_) return false;
  double left = seconds * speed_;
  while (left > 0 && !ticks_of_steps_.empty() && !at_end()) {
    // A step of few ticks goes by faster than one of many.
    const double rate = mean_ticks() / ticks(), end = step() + 1;
    const double way = std::min(left * rate, end - position_);
    left -= way / rate;
    position_ = left > 0 ? end : position_ + way;
  }
  position_ = std::min(position_ + left, static_cast<double>(steps_));
  if (at_end()) playing_ = false;
  return true;
}

void add_timeline_verbs(Timeline& timeline, Verbs& verbs) {
  using Type = Param::Type;
  Timeline* t = &timeline;
  const auto done = [](auto&& act) { return act(), Status(Done{}); };
  verbs.push_back({"seek",
                   {{"step", Type::integer, "0 to the last step"}},
                   "Show the moment of one step.",
                   [t](const Args& a) { return t->seek(a.number(0)); }});
  verbs.push_back({"step",
                   {{"n", Type::integer, "forward, or back if negative"}},
                   "Go on by n steps.",
                   [=](const Args& a) { return done([&] { t->pause(), t->move(a.integer(0)); }); }});
  verbs.push_back({"step_product",
                   {{"n", Type::integer, "forward, or back if negative"}},
                   "Go on by n products, the finer grain within a step.",
                   [=](const Args& a) { return done([&] { t->pause(), t->move_ticks(a.integer(0)); }); }});
  verbs.push_back({"scrub",
                   {{"position", Type::number, "0 to the number of steps"}},
                   "Go to any position, between steps too.",
                   [=](const Args& a) { return done([&] { t->set_position(a.number(0)); }); }});
  verbs.push_back({"finish", {}, "Go to the end: everything is computed.", [=](const Args&) {
                     return done([&] { t->pause(), t->finish(); });
                   }});
  verbs.push_back({"play", {}, "Let it run; from the start if it has ended.", [=](const Args&) {
                     return done([&] { t->play(); });
                   }});
  verbs.push_back({"pause", {}, "Hold it.", [=](const Args&) { return done([&] { t->pause(); }); }});
  verbs.push_back({"set_speed",
                   {{"x", Type::number, "steps a second, 0.02 to 20000"}},
                   "How fast it plays.",
                   [t](const Args& a) { return t->set_speed(a.number(0)); }});
}

}  // namespace kg
