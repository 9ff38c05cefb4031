// Which frames are drawn while a network trains, on machines that the test makes up.
#include <doctest/doctest.h>

#include "view/pace.h"

using namespace kg;

namespace {

// So many frames of a machine on which a frame takes `plain` seconds, and `painting` more if the one before
// was drawn. How many were drawn.
int frames(Pace& pace, int count, double plain, double painting) {
  int drawn = 0;
  double last = plain;
  for (int k = 0; k < count; ++k) {
    const bool draws = pace.draws(last);
    drawn += draws ? 1 : 0;
    last = plain + (draws ? painting : 0);
  }
  return drawn;
}

}  // namespace

TEST_CASE("view/pace: frames that come on time are all drawn") {
  Pace pace;
  CHECK(frames(pace, 600, Pace::kFrame, 0) == 600);
  CHECK(frames(pace, 600, Pace::kFrame / 2, 0) == 600);  // 120 a second
}

TEST_CASE(
    "view/pace: where painting makes frames late, fewer are painted, and the page gets its frames back") {
  Pace pace;
  frames(pace, 200, Pace::kFrame, 0.015);
  CHECK(pace.every() == 3);
  CHECK(frames(pace, 300, Pace::kFrame, 0.015) == 100);
}

TEST_CASE("view/pace: a little late is not late") {
  Pace pace;
  CHECK(frames(pace, 600, Pace::kFrame, 0.001) == 600);
}

TEST_CASE("view/pace: a display that shows thirty frames a second gets all of them") {
  Pace pace;
  frames(pace, 200, 2 * Pace::kFrame, 0);
  CHECK(pace.every() == 1);
  CHECK(frames(pace, 600, 2 * Pace::kFrame, 0) == 600);
}

TEST_CASE("view/pace: something else that was drawn counts as drawn") {
  Pace pace;
  frames(pace, 200, Pace::kFrame, 0.015);
  while (!pace.draws(Pace::kFrame)) {
  }
  CHECK_FALSE(pace.draws(Pace::kFrame));
  pace.drawn();
  CHECK_FALSE(pace.draws(Pace::kFrame));
  CHECK_FALSE(pace.draws(Pace::kFrame));
  CHECK(pace.draws(Pace::kFrame));
}
