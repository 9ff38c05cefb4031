#include "lesson/timeline.h"

#include <algorithm>
#include <cassert>
#include <cmath>
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
  if (!ended && position_ >= steps_) position_ = steps_ - 1 + kRest;
}

int Timeline::step() const { return std::min(static_cast<int>(position_), steps_ - 1); }
double Timeline::phase() const { return position_ - step(); }

int Timeline::ticks_shown() const {
  return std::clamp(static_cast<int>(phase() / kRest * ticks_ + kHair), 0, ticks_);
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
  const double stops = ticks_ + 1;
  const double here = at_end() ? steps_ * stops : step() * stops + ticks_shown();
  const double target = std::clamp(here + ticks, 0.0, steps_ * stops);
  const double step = std::floor(target / stops);
  position_ = step + kRest * (target - step * stops) / ticks_;
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
  position_ = std::min(position_ + seconds * speed_, static_cast<double>(steps_));
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
