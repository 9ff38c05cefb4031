// The other thread: what is sent to it when, and that a lesson cannot tell who has trained.
#include "view/helper.h"

#include <doctest/doctest.h>

#include "lesson/errand.h"
#include "lesson/network.h"

using namespace kg;

namespace {

// Works when it is told to.
class Thread final : public HelperThread {
 public:
  bool ready() override { return there; }
  void send(std::span<const std::uint8_t> errand) override {
    ++sent;
    sizes.push_back(errand.size());
    REQUIRE(runner_.take(errand));
  }
  void go_on() override { ++told; }
  std::vector<std::uint8_t> work() {
    (void)runner_.work(0.004);
    return runner_.result();
  }

  bool there = true;
  int sent = 0, told = 0;
  std::vector<std::size_t> sizes;  // of what was sent, bytes

 private:
  double seconds_ = 0;
  ErrandRunner runner_{[this] { return seconds_ += 0.001; }};
};

// A network that learns from a few labelled digits, which is quick.
struct Page {
  static constexpr int kDigits = 120;
  static constexpr std::size_t kBytes = kDigits * 784;  // of their pixels

  Session session;
  Thread thread;
  Helper helper{session, thread};

  Page() {
    REQUIRE(session.open("network", {}));
    for (int i = 0; i < kDigits; ++i) {
      REQUIRE(session.perform("set_digit", args(i % 10, i / 10)));
      REQUIRE(session.perform("label_picture", args(i % 10)));
    }
    REQUIRE(session.perform("set_source", args("own")));
    REQUIRE(session.perform("set_batch_size", args(4)));
    REQUIRE(session.perform("train", args(1)));
    while (session.lesson().working()) session.work([] { return true; });
  }
  const NetworkLesson& lesson() const { return static_cast<const NetworkLesson&>(session.lesson()); }
  int updates() const { return lesson().run().updates(); }
  // What main does: take, draw (and whatever the learner does there), send, and between two frames the work,
  // there or here.
  void frame(const std::function<void()>& drawing = [] {}) {
    helper.take();
    drawing();
    helper.send();
    if (helper.away()) {
      helper.came(thread.work());
    } else {
      int pieces = 0;
      session.work([&] { return pieces++ < 4; });
    }
  }
};

}  // namespace

TEST_CASE("view/helper: a job that is done elsewhere ends at its goal, with the same bits as here") {
  Page here, there;
  here.thread.there = false;
  for (Page* page : {&here, &there}) {
    REQUIRE(page->session.perform("train", args(250)));
    int frames = 0;
    while (page->session.lesson().busy() && frames++ < 1000) page->frame();
    CHECK(page->updates() == 251);
    const std::vector<Ended> ends = page->session.take_ended();
    REQUIRE(!ends.empty());
    CHECK(ends.back().how.trouble.empty());
    CHECK_FALSE(ends.back().how.dropped);
  }
  CHECK(here.thread.sent == 0);
  CHECK(there.thread.sent >= 1);
  CHECK(there.lesson().run().validated().images > 0);
  for (int layer = 0; layer < here.lesson().run().network().layers(); ++layer) {
    const auto &a = here.lesson().run().network().parameters(layer),
               &b = there.lesson().run().network().parameters(layer);
    for (std::size_t k = 0; k < a.size(); ++k) CHECK(a[k].values == b[k].values);
  }
  const auto probabilities = [](const Page& page) {
    const auto p = page.lesson().probabilities();
    return std::vector<float>(p.begin(), p.end());
  };
  CHECK(probabilities(here) == probabilities(there));
}

TEST_CASE("view/helper: an epoch is done elsewhere, to its last image") {
  Page page;
  REQUIRE(page.session.perform("train_epoch", args()));
  int frames = 0;
  while (page.session.lesson().busy() && frames++ < 3000) page.frame();
  CHECK(page.lesson().run().epoch() == 1);
  CHECK(page.lesson().run().in_epoch() == 0);
  CHECK(page.updates() == page.lesson().run().batches_per_epoch());
  CHECK(page.thread.sent == 1);
  CHECK_FALSE(page.helper.away());
}

TEST_CASE("view/helper: the digits go once, the state after a change, and otherwise a word") {
  Page page;
  REQUIRE(page.session.perform("play", args()));
  for (int i = 0; i < 5; ++i) page.frame();
  CHECK(page.thread.sent == 1);
  CHECK(page.thread.told == 4);
  CHECK(page.updates() > 1);
  const int before = page.updates();
  // What has nothing to do with training disturbs nothing.
  REQUIRE(page.session.perform("deselect", args()));
  page.frame();
  CHECK(page.thread.sent == 1);
  REQUIRE(page.session.perform("set_learning_rate", args(0.01)));
  page.frame();
  CHECK(page.thread.sent == 2);
  CHECK(page.thread.sizes[1] + Page::kBytes / 2 < page.thread.sizes[0]);
  page.frame();
  CHECK(page.updates() > before);
  CHECK(page.lesson().optimizer().learning_rate == 0.01f);
}

TEST_CASE("view/helper: a learner who drags a setting at every frame still sees it learn") {
  Page page;
  REQUIRE(page.session.perform("play", args()));
  page.frame();
  const int before = page.updates();
  for (int i = 1; i <= 20; ++i) {
    page.frame([&] { REQUIRE(page.session.perform("set_learning_rate", args(0.001 * i))); });
  }
  CHECK(page.updates() >= before + 20);
}

TEST_CASE("view/helper: held, nothing comes in any more; slow motion is done here") {
  Page page;
  REQUIRE(page.session.perform("play", args()));
  for (int i = 0; i < 3; ++i) page.frame();
  REQUIRE(page.session.perform("pause", args()));
  const int held = page.updates();
  for (int i = 0; i < 3; ++i) page.frame();
  CHECK(page.updates() == held);
  CHECK_FALSE(page.helper.away());
  REQUIRE(page.session.perform("set_pace", args(5)));
  REQUIRE(page.session.perform("play", args()));
  page.frame();
  CHECK_FALSE(page.helper.away());
}

TEST_CASE("view/helper: a thread that is lost leaves the work to this one") {
  Page page;
  REQUIRE(page.session.perform("play", args()));
  for (int i = 0; i < 3; ++i) page.frame();
  page.thread.there = false;
  const int before = page.updates();
  page.frame();
  CHECK_FALSE(page.helper.away());
  CHECK(page.updates() > before);
  // When it is there again it is given everything anew.
  page.thread.there = true;
  page.frame();
  CHECK(page.thread.sizes.back() >= page.thread.sizes.front());
}

TEST_CASE("view/helper: what diverges there is said here, and ends the job") {
  Page page;
  REQUIRE(page.session.perform("set_learning_rate", args(10)));
  REQUIRE(page.session.perform("set_momentum", args(0.99)));
  REQUIRE(page.session.perform("set_l2", args(1)));
  REQUIRE(page.session.perform("train", args(2000)));
  int frames = 0;
  while (page.session.lesson().busy() && frames++ < 3000) page.frame();
  const std::vector<Ended> ends = page.session.take_ended();
  REQUIRE(!ends.empty());
  CHECK(ends.back().how.trouble.find("diverged") != std::string::npos);
  CHECK_FALSE(page.lesson().trouble().empty());
}

TEST_CASE("view/helper: another lesson takes nothing of the last one's") {
  Page page;
  REQUIRE(page.session.perform("play", args()));
  for (int i = 0; i < 3; ++i) page.frame();
  REQUIRE(page.session.open("network", {}));
  page.frame();
  CHECK(page.updates() == 0);
  REQUIRE(page.session.open("pooling", {}));
  page.frame();
  CHECK_FALSE(page.helper.away());
}
