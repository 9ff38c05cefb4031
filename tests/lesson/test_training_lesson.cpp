// What the lessons that train have in common: their verbs, their pace, and work that can be cut anywhere.
#include <doctest/doctest.h>

#include <algorithm>

#include "lesson/lesson_fixture.h"
#include "lesson/training_fixture.h"
#include "lesson/training_lesson.h"

using namespace kg;

namespace {

class Small : public TrainingLesson {
 public:
  explicit Small(float rate = 0.1f) {
    RunSettings settings;
    settings.layers = {Flatten{}, Dense{.units = 10, .activation = ActivationKind::softmax}};
    settings.optimizer.learning_rate = rate;
    settings.seed = 3;
    settings.batch_size = 10;
    settings.validate_every = 5;
    auto run = TrainingRun::make(settings, nullptr, nullptr);
    REQUIRE(run);
    runs_.add("a", std::move(run).value());
    want_digits(3, 40, 20);
    add_training_verbs();
  }
  Status take_digits() override { return runs_.run(0).use(training(), validation()); }
  Json state() const override { return run_json(run()); }
  std::string narrate() const override { return ""; }
  std::string keras_code() const override { return ""; }
  LinkParams save() const override { return {}; }
  std::vector<std::string> load(const LinkParams&) override { return {}; }
  std::vector<Task> tasks() const override { return {}; }
  std::vector<std::string> controls() const override { return {}; }
  std::uint64_t seed() const override { return 3; }
};

// So many pieces at most; how many were done.
int work(Lesson& lesson, int most) {
  int done = 0;
  lesson.work([&] { return done < most && ++done; });
  return done;
}

}  // namespace

TEST_CASE("lesson/training_lesson: counted work is done, and the digits are made for it") {
  Small lesson;
  CHECK_FALSE(lesson.working());
  CHECK(lesson.digits_made() == 0);
  must(lesson, "train", 7);
  CHECK(lesson.busy());
  CHECK(work(lesson, 1) == 1);
  CHECK(lesson.digits_made() > 0);
  CHECK_FALSE(lesson.has_digits());
  work(lesson, 1000);
  CHECK_FALSE(lesson.busy());
  CHECK(lesson.has_digits());
  CHECK(lesson.training()->count() == 40);
  CHECK(lesson.validation()->count() == 20);
  CHECK(lesson.run().updates() == 7);
  CHECK(lesson.run().validation_curve().points().size() == 2);  // at 0 and 5
  CHECK(work(lesson, 1000) == 0);
  const auto ends = lesson.jobs().take_ends();
  REQUIRE(ends.size() == 1);
  CHECK_FALSE(ends[0].dropped);
  for (const double batches : {0.0, 1000001.0}) CHECK(refusal(lesson, call("train", batches)) != "");
}

TEST_CASE("lesson/training_lesson: however it is cut, the same comes out") {
  Small once, cut;
  Rng rng(9);
  for (Small* lesson : {&once, &cut}) must(*lesson, "train", 9), must(*lesson, "train", 4);
  work(once, 1000);
  while (cut.busy()) work(cut, static_cast<int>(rng.below(4)));
  CHECK(same_run(once.run(), cut.run()));
  CHECK(once.run().updates() == 13);
}

TEST_CASE("lesson/training_lesson: an epoch, an image, and back") {
  Small lesson;
  must(lesson, "step_image");
  work(lesson, 1000);
  CHECK(lesson.run().images_seen() == 1);
  must(lesson, "train_epoch");
  work(lesson, 1000);
  CHECK(lesson.run().epoch() == 1);
  CHECK(lesson.run().in_epoch() == 0);
  CHECK(lesson.run().images_seen() == 40);
  must(lesson, "rewind");
  CHECK(lesson.run().updates() == 0);
  must(lesson, "train_epoch");
  work(lesson, 1000);
  CHECK(lesson.run().updates() == 4);
}

TEST_CASE("lesson/training_lesson: it plays until it is held, and what waits is dropped then") {
  Small lesson;
  must(lesson, "play");
  CHECK(lesson.playing());
  CHECK_FALSE(lesson.busy());
  CHECK(work(lesson, 300) == 300);
  CHECK(lesson.run().updates() > 100);
  must(lesson, "train", 1000);
  CHECK(work(lesson, 10) == 10);
  must(lesson, "pause");
  CHECK_FALSE(lesson.playing());
  CHECK_FALSE(lesson.working());
  const auto ends = lesson.jobs().take_ends();
  REQUIRE(ends.size() == 1);
  CHECK(ends[0].dropped);
}

TEST_CASE("lesson/training_lesson: at a pace, as many updates as time allows") {
  Small lesson;
  must(lesson, "train", 1);
  work(lesson, 1000);
  must(lesson, "set_pace", 10);
  must(lesson, "play");
  for (int frame = 0; frame < 120; ++frame) {
    lesson.advance(1.0 / 60);
    work(lesson, 1000);
  }
  CHECK(lesson.run().updates() >= 20);
  CHECK(lesson.run().updates() <= 21);
  CHECK(lesson.playing());
  CHECK(refusal(lesson, call("set_pace", -1)) != "");
  CHECK(refusal(lesson, call("set_pace", 1001)) != "");
  must(lesson, "set_pace", 0);
  CHECK(lesson.working());
}

TEST_CASE("lesson/training_lesson: a session counts the tickets of all its lessons") {
  Session session;
  CHECK(session.ticket() == 0);
  CHECK(session.take_ended().empty());
  CHECK_FALSE(session.work([] { return true; }));  // this lesson has nothing to do
  CHECK(session.state()["busy"] == false);
}
