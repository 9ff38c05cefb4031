// How a frame's time is shared out: by a clock that stands still unless the test moves it.
#include <doctest/doctest.h>

#include "lesson/session.h"
#include "view/worker.h"

using namespace kg;

namespace {

// A session whose lesson has endless pieces, each of which takes as long as the test says.
struct Bench {
  Session session;
  double time = 0, piece = 0.001;
  int done = 0;
  Worker worker{session, [this] { return time; }};

  Bench() {
    // Every lesson has jobs; this one is never over.
    const_cast<Lesson&>(session.lesson()).jobs().ask({[this]() -> Result<bool> {
      time += piece;
      ++done;
      return false;
    }});
  }
  // One frame that takes so long to draw; how much time the work got.
  double frame(double drawing, double budget = Worker::kBudget) {
    worker.frame_begins();
    time += drawing;
    worker.frame_ends(budget);
    const double before = time;
    while (worker.slice() == 0) {
    }
    return time - before;
  }
};

}  // namespace

TEST_CASE("view/worker: drawing and work together keep to the budget") {
  for (const double piece : {0.0002, 0.001, 0.0013, 0.003}) {
    for (const double drawing : {0.001, 0.003, 0.005}) {
      Bench bench;
      bench.piece = piece;
      for (int k = 0; k < 30; ++k) bench.frame(drawing);  // until it knows how long a piece takes
      const double work = bench.frame(drawing);
      CAPTURE(piece);
      CAPTURE(drawing);
      CHECK(work + drawing <= Worker::kBudget + 1e-9);
      CHECK(work + drawing + 2.1 * piece >= Worker::kBudget);
    }
  }
}

TEST_CASE("view/worker: a frame that our own cores paint leaves less for work, the next one all of it") {
  Bench bench;
  for (int k = 0; k < 30; ++k) bench.frame(0.001);
  const double shared = bench.frame(0.001, Worker::kShared);
  CHECK(shared + 0.001 <= Worker::kShared + 1e-9);
  CHECK(shared > 0.003);
  CHECK(bench.frame(0) > 0.009);
}

TEST_CASE("view/worker: where drawing is slow, work gets as much time as drawing") {
  Bench bench;
  for (int k = 0; k < 60; ++k) bench.frame(0.020);
  const double work = bench.frame(0.020);
  CHECK(work > 0.015);
  CHECK(work < 0.022);
}

TEST_CASE("view/worker: a frame that is late leaves time for more, but not for ever") {
  Bench bench;
  for (int k = 0; k < 30; ++k) bench.frame(0.002);
  bench.frame(0.002);
  const double start = bench.time;
  double work = 0;
  for (;;) {
    const double before = bench.time, again = bench.worker.slice();
    work += bench.time - before;
    if (again < 0) break;
    CHECK(again <= Worker::kLate);
    bench.time += again;  // nobody else comes
  }
  const double late = bench.time - start;
  CHECK(late > Worker::kPatience * 0.9);
  CHECK(late < Worker::kPatience * 1.3);
  CHECK(work / late > 0.4);
  CHECK(work / late < 0.75);
  CHECK(bench.frame(0.002) > 0.007);  // with the next frame it goes on
}

TEST_CASE("view/worker: however long a frame or a piece takes, there is one piece in each") {
  Bench bench;
  bench.piece = 0.050;
  for (int k = 1; k <= 10; ++k) {
    bench.frame(0.030);
    CHECK(bench.done == k);
  }
}

TEST_CASE("view/worker: a moment of the machine’s own is soon forgotten") {
  Bench bench;
  for (int k = 0; k < 30; ++k) bench.frame(0.002);
  bench.piece = 0.040;
  bench.frame(0.002);
  bench.piece = 0.001;
  int frames = 0;
  while (bench.frame(0.002) < 0.007 && frames < 100) ++frames;
  CHECK(frames <= 12);  // a fifth of a second
}

TEST_CASE("view/worker: without work it takes no time") {
  Session session;
  int looks = 0;
  Worker worker(session, [&] { return ++looks, 0.0; });
  worker.frame_begins();
  worker.frame_ends();
  const int before = looks;
  CHECK(worker.slice() < 0);
  CHECK(looks == before);
}
