// The timeline: whatever the way to a moment, the moment is the same.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

#include "engine/rng.h"
#include "lesson/timeline.h"

using namespace kg;

namespace {

using Moment = std::tuple<int, int, int>;

Moment moment(const Timeline& t) { return {t.step(), t.ticks_shown(), t.steps_done()}; }

std::string text(const Timeline& t) {
  return "step " + std::to_string(t.step()) + " of " + std::to_string(t.steps()) + ", tick " +
         std::to_string(t.ticks_shown()) + " of " + std::to_string(t.ticks()) + ", done " +
         std::to_string(t.steps_done()) + ", position " + std::to_string(t.position());
}

Timeline line(int steps, int ticks) {
  Timeline t;
  t.set_length(steps, ticks);
  return t;
}

}  // namespace

TEST_CASE(
    "lesson/timeline: a step stops where all its products are in and its result is still to be put away") {
  Timeline t = line(4, 9);
  for (int k = 0; k < 4; ++k) {
    REQUIRE(t.seek(k).ok());
    INFO(text(t));
    CHECK(moment(t) == Moment{k, 9, k});
    CHECK(t.phase() == Timeline::kRest);
    CHECK_FALSE(t.at_end());
  }
  t.move(1);
  CHECK(t.at_end());
  CHECK(moment(t) == Moment{3, 9, 4});
  CHECK(t.phase() == 1);
  t.move(-1);
  CHECK(moment(t) == Moment{3, 9, 3});
  t.move(-100);
  CHECK(moment(t) == Moment{0, 9, 0});
  t.move(std::numeric_limits<int>::max());
  CHECK(t.at_end());
  t.move(std::numeric_limits<int>::min());
  CHECK(t.step() == 0);
}

TEST_CASE("lesson/timeline: steps that do not exist are refused with the range") {
  Timeline t = line(4, 9);
  REQUIRE(t.seek(2).ok());
  for (const double step : {-1.0, 4.0, 1e15, -1e15}) {
    CAPTURE(step);
    const Status status = t.seek(step);
    REQUIRE_FALSE(status.ok());
    CHECK(status.sentence().find("0 to 3") != std::string::npos);
    CHECK(moment(t) == Moment{2, 9, 2});
  }
  CHECK(t.seek(-1).sentence() == "There is no step −1: the steps go from 0 to 3.");
}

TEST_CASE("lesson/timeline: product by product over the border of a step, both ways") {
  for (const int ticks : {1, 9, 27, 576}) {
    Timeline t = line(3, ticks);
    REQUIRE(t.seek(0).ok());
    t.move_ticks(1);
    INFO(text(t));
    CHECK(moment(t) == Moment{1, 0, 1});  // the next step, no product yet: the last result is in its place
    t.move_ticks(1);
    CHECK(moment(t) == Moment{1, 1, 1});
    t.move_ticks(-1);
    CHECK(moment(t) == Moment{1, 0, 1});
    t.move_ticks(-1);
    CHECK(moment(t) == Moment{0, ticks, 0});
    t.move_ticks(-ticks);
    CHECK(moment(t) == Moment{0, 0, 0});
    t.move_ticks(-1);
    CHECK(moment(t) == Moment{0, 0, 0});  // the beginning holds
    t.move_ticks(std::numeric_limits<int>::max());
    CHECK(t.at_end());
    t.move_ticks(1);
    CHECK(t.at_end());
    t.move_ticks(-1);
    CHECK(moment(t) == Moment{2, ticks, 2});
    t.move_ticks(std::numeric_limits<int>::min());
    CHECK(moment(t) == Moment{0, 0, 0});
  }
}

TEST_CASE("lesson/timeline: every product of every step is one stop") {
  struct Length {
    int steps, ticks;
  };
  for (const Length& length : {Length{1, 1}, {2, 9}, {7, 27}, {131072, 9}, {2048, 576}}) {
    const int steps = length.steps, ticks = length.ticks;
    Timeline t = line(steps, ticks);
    // From the last two steps on: there the position's bits are the fewest.
    REQUIRE(t.seek(std::max(0, steps - 2)).ok());
    t.move_ticks(-ticks);
    for (int k = std::max(0, steps - 2); k < steps; ++k) {
      for (int i = 0; i <= ticks; ++i) {
        INFO("expected step " << k << ", tick " << i << "; is " << text(t));
        REQUIRE(moment(t) == Moment{k, i, k});
        t.move_ticks(1);
      }
    }
    CHECK(t.at_end());
  }
}

TEST_CASE("lesson/timeline: there and back again, on random walks") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Rng rng(seed);
    const int steps = 1 + static_cast<int>(rng.below(rng.below(2) ? 12 : 6000));
    const int ticks = 9 * (1 + static_cast<int>(rng.below(rng.below(2) ? 3 : 64)));
    Timeline t = line(steps, ticks);
    REQUIRE(t.seek(rng.below(static_cast<std::uint32_t>(steps))).ok());
    std::string walk =
        "seed " + std::to_string(seed) + ", " + std::to_string(steps) + " steps of " + std::to_string(ticks);
    for (int turn = 0; turn < 30; ++turn) {
      const Moment before = moment(t);
      const bool resting = t.ticks_shown() == ticks || t.at_end();
      const int here = t.steps_done();
      const int n = static_cast<int>(rng.below(40)) - 20;
      if (rng.below(2)) {
        if (here + n < 0 || here + n > steps || !resting)
          continue;  // such a walk is cut short, or ends at rest
        t.move(n);
        walk += "; move " + std::to_string(n);
        t.move(-n);
      } else {
        const long stops = ticks + 1, at = t.at_end() ? steps * stops : t.step() * stops + t.ticks_shown();
        if (at + n < 0 || at + n > steps * stops) continue;
        t.move_ticks(n);
        walk += "; move_ticks " + std::to_string(n);
        const Moment there = moment(t);
        t.move_ticks(-n);
        INFO(walk);
        CHECK((n == 0) == (there == before));
      }
      INFO(walk << "; now " << text(t));
      REQUIRE(moment(t) == before);
      t.move_ticks(static_cast<int>(rng.below(60)) - 30);  // go on from somewhere else
    }
  }
}

TEST_CASE("lesson/timeline: one long way and many short ones meet") {
  Rng rng(7);
  for (int trial = 0; trial < 100; ++trial) {
    const int steps = 1 + static_cast<int>(rng.below(50)), ticks = 9 * (1 + static_cast<int>(rng.below(4)));
    const int n = static_cast<int>(rng.below(static_cast<std::uint32_t>(steps * (ticks + 1) + 1)));
    Timeline once = line(steps, ticks), singly = line(steps, ticks);
    once.set_position(0), singly.set_position(0);
    once.move_ticks(n);
    for (int i = 0; i < n; ++i) singly.move_ticks(1);
    INFO("trial " << trial << ": " << n << " ticks; " << text(once) << " / " << text(singly));
    CHECK(moment(once) == moment(singly));
    CHECK(once.position() == singly.position());
  }
}

TEST_CASE("lesson/timeline: playing takes as long as its speed says, and stops at the end by itself") {
  Timeline t = line(8, 9);
  t.set_position(0);
  CHECK_FALSE(t.advance(1));  // it does not play yet
  CHECK(t.position() == 0);
  REQUIRE(t.set_speed(4).ok());
  t.play();
  CHECK(t.advance(0.5));
  CHECK(t.position() == 2);
  CHECK(t.advance(0.125));
  CHECK(moment(t) == Moment{2, 6, 2});  // phase 0.5 of 0.75: six of nine
  CHECK(t.playing());
  CHECK(t.advance(100));
  CHECK(t.at_end());
  CHECK_FALSE(t.playing());
  CHECK_FALSE(t.advance(1));
}

TEST_CASE("lesson/timeline: play at the end starts again, elsewhere it goes on") {
  Timeline t = line(8, 9);
  t.finish();
  t.play();
  CHECK(t.position() == 0);
  CHECK(t.playing());
  t.pause();
  REQUIRE(t.seek(3).ok());
  t.play();
  CHECK(t.position() == 3 + Timeline::kRest);
}

TEST_CASE("lesson/timeline: speeds out of reach are refused with the range") {
  Timeline t = line(8, 9);
  REQUIRE(t.set_speed(Timeline::kSlowest).ok());
  REQUIRE(t.set_speed(Timeline::kFastest).ok());
  for (const double speed : {0.0, -1.0, 0.01, 20001.0, 1e300, std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()}) {
    CAPTURE(speed);
    const Status status = t.set_speed(speed);
    REQUIRE_FALSE(status.ok());
    CHECK(status.sentence().find("0.02 to 20000") != std::string::npos);
    CHECK(t.speed() == Timeline::kFastest);
  }
}

TEST_CASE("lesson/timeline: another length keeps the place as far as it exists") {
  Timeline t = line(100, 9);
  REQUIRE(t.seek(40).ok());
  t.set_length(50, 9);
  CHECK(moment(t) == Moment{40, 9, 40});
  t.set_length(100, 27);
  CHECK(moment(t) == Moment{40, 27, 40});
  t.set_length(30, 27);
  INFO(text(t));
  CHECK(moment(t) == Moment{29, 27, 29});
  t.set_length(1, 1);
  CHECK(moment(t) == Moment{0, 1, 0});
  t.finish();
  t.set_length(1, 9);
  CHECK(t.at_end());  // the same steps: everything is still done
}

TEST_CASE("lesson/timeline: any position is made a legal one") {
  Timeline t = line(5, 9);
  t.set_position(-3);
  CHECK(t.position() == 0);
  t.set_position(1e300);
  CHECK(t.at_end());
  t.set_position(4.999);
  CHECK(t.step() == 4);
  CHECK(t.ticks_shown() == 9);
  CHECK(t.steps_done() == 4);
  t.set_position(2.0);
  CHECK(moment(t) == Moment{2, 0, 2});
}

TEST_CASE("lesson/timeline: its verbs do what their names say") {
  Timeline t = line(10, 9);
  Verbs verbs;
  add_timeline_verbs(t, verbs);
  const auto act = [&](const std::string& name, const Json& list) {
    for (const Verb& verb : verbs) {
      if (verb.name == name) return verb.call(list);
    }
    return Status(Error{"no verb " + name});
  };
  CHECK(act("seek", args(4)).ok());
  CHECK(t.step() == 4);
  CHECK(act("play", args()).ok());
  CHECK(t.playing());
  CHECK(act("step", args(-2)).ok());
  CHECK(t.step() == 2);
  CHECK_FALSE(t.playing());  // who steps wants to look
  CHECK(act("step_product", args(1)).ok());
  CHECK(moment(t) == Moment{3, 0, 3});
  CHECK(act("scrub", args(7.75)).ok());
  CHECK(moment(t) == Moment{7, 9, 7});
  CHECK(act("play", args()).ok());
  CHECK(act("pause", args()).ok());
  CHECK_FALSE(t.playing());
  CHECK(act("play", args()).ok());
  CHECK(act("finish", args()).ok());
  CHECK(t.at_end());
  CHECK_FALSE(t.playing());
  CHECK(act("set_speed", args(3)).ok());
  CHECK(t.speed() == 3);
  CHECK(act("step", args(1e15)).ok());
  CHECK(t.at_end());
  CHECK(act("step", args(-1e15)).ok());
  CHECK(t.step() == 0);
}

TEST_CASE("lesson/timeline: steps of different numbers of ticks") {
  Timeline t;
  t.set_steps({2, 1, 4});
  CHECK(t.steps() == 3);
  CHECK(t.mean_ticks() == doctest::Approx(7 / 3.0));
  // Stops: 2 + 1, 1 + 1 and 4 + 1, and the end.
  t.set_position(0);
  std::vector<Moment> way;
  for (int k = 0; k < 11; ++k) {
    way.push_back(moment(t));
    t.move_ticks(1);
  }
  CHECK(t.at_end());
  CHECK(way[2] == Moment{0, 2, 0});
  CHECK(way[4] == Moment{1, 1, 1});
  CHECK(way[9] == Moment{2, 4, 2});
  t.move_ticks(5);
  CHECK(t.at_end());
  for (int k = 9; k >= 0; --k) {
    t.move_ticks(-1);
    CAPTURE(k);
    CHECK(moment(t) == way[static_cast<std::size_t>(k)]);
  }
  t.move_ticks(-std::numeric_limits<int>::max());
  CHECK(moment(t) == Moment{0, 0, 0});
  t.move_ticks(6);
  CHECK(moment(t) == way[6]);
  t.move_ticks(std::numeric_limits<int>::max());
  CHECK(t.at_end());
  REQUIRE(t.seek(2).ok());
  CHECK(t.ticks() == 4);
  CHECK(t.ticks_shown() == 4);
}

TEST_CASE("lesson/timeline: every tick takes as long as any other, however time is cut") {
  for (const double frame : {0.004, 0.1, 0.7}) {
    Timeline t;
    t.set_steps({6, 1, 2});
    REQUIRE(t.set_speed(1).ok());
    t.set_position(0);
    t.play();
    double time = 0;
    while (time + frame < 2) (void)t.advance(frame), time += frame;
    (void)t.advance(2 - time);  // of three seconds for nine ticks: the first step is just over
    CHECK(t.position() == doctest::Approx(1));
    (void)t.advance(1.0 / 3);
    CHECK(t.position() == doctest::Approx(2));
    (void)t.advance(5);
    CHECK(t.at_end());
    CHECK_FALSE(t.playing());
  }
}
