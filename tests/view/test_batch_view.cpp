// The stage of the lesson `batch`.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "lesson/batch.h"
#include "lesson/lesson_fixture.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

class BatchStage : public Stage {
 public:
  explicit BatchStage(const StageSize& size = kDesktop, int images = 1000) : Stage(size) {
    ok({{"op", "open"}, {"slug", "batch"}, {"params", {{"images", std::to_string(images)}}}});
    finish();
  }
  const BatchLesson& batch() const { return static_cast<const BatchLesson&>(session.lesson()); }
  // The digits, the surface, and whatever was asked for.
  void finish() {
    session.work([&] { return session.lesson().working(); });
    settle();
  }
  bool small() const { return display.width <= 620 || display.height <= 440; }
  void show_tab(const char* tab) {
    if (small() && focus(tab)) key(ImGuiKey_Enter);
    ok({{"op", "blur"}});
    settle();
  }
};

struct Scenario {
  const char* name;
  std::function<void(BatchStage&)> prepare;
  int images = 100;
};

const Scenario kScenarios[] = {
    {"as it opens", [](BatchStage&) {}, 1000},
    {"in the middle", [](BatchStage& s) { s.act("seek", 4); }},
    {"at the end", [](BatchStage& s) { s.act("finish"); }},
    {"the whole set in one batch", [](BatchStage& s) { s.act("set_batch_size", 1000); }, 1000},
    {"2000 images", [](BatchStage& s) { s.act("set_images", 2000), s.finish(); }},
    {"ten images", [](BatchStage& s) { s.act("set_images", 10), s.finish(); }},
    {"a riddle", [](BatchStage& s) { s.act("challenge"), s.finish(); }},
    {"a riddle that was solved", [](BatchStage& s) { s.act("challenge"), s.finish(), s.act("predict", 4); }},
    {"before the race", [](BatchStage& s) { s.act("set_view", "race"); }},
    {"after an epoch of the race",
     [](BatchStage& s) { s.act("set_view", "race"), s.act("train_epoch"), s.finish(); }},
    {"the race by updates",
     [](BatchStage& s) {
       s.act("set_view", "race"), s.act("set_axis", "updates"), s.act("train_epoch"), s.finish();
     }},
    {"the race by seconds",
     [](BatchStage& s) {
       s.act("set_view", "race"), s.act("set_axis", "seconds"), s.act("train_epoch"), s.finish();
     }},
    {"unusual sizes",
     [](BatchStage& s) {
       s.act("set_view", "race"), s.act("set_runs", Json({3, 33, 66, 0}));
     }},
    {"the surface", [](BatchStage& s) { s.act("set_view", "surface"); }},
    {"on the way", [](BatchStage& s) { s.act("set_view", "surface"), s.act("scrub", 17.4); }},
    {"paths that leave the map",
     [](BatchStage& s) {
       s.act("set_view", "surface"), s.act("set_surface_rate", 3), s.act("set_start", 2, 2);
     }},
};

}  // namespace

TEST_CASE("view/batch: whatever is on stage is drawn inside of it, at every size") {
  for (const Scenario& scenario : kScenarios) {
    BatchStage stage(kDesktop, scenario.images);
    scenario.prepare(stage);
    for (const StageSize& size : kSizes) {
      INFO(std::string(size.name) << ", " << std::string(scenario.name));
      stage.resize(size);
      stage.settle();
      for (const char* tab : {"tabWatch", "tabNumbers", "tabSet up"}) {
        CAPTURE(std::string(tab));
        stage.show_tab(tab);
        check_finite(stage);
        check_inside(stage);
        check_letters(stage);
        if (!stage.small()) break;
      }
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/batch: by keyboard every control does what it says") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    BatchStage stage(size);
    const auto enter = [&](const char* id) {
      INFO(std::string(id));
      REQUIRE(stage.focus(id));
      stage.key(ImGuiKey_Enter);
    };
    const auto arrow = [&](const char* id, ImGuiKey key) {
      INFO(std::string(id));
      REQUIRE(stage.focus(id));
      stage.key(key);
    };
    stage.show_tab("tabSet up");
    arrow("batch_size", ImGuiKey_RightArrow);
    CHECK(stage.batch().batch_size() == 16);
    arrow("set", ImGuiKey_LeftArrow);
    CHECK(stage.batch().images() == 750);
    arrow("epochs", ImGuiKey_RightArrow);
    CHECK(stage.batch().epochs() == 50);
    arrow("epoch", ImGuiKey_RightArrow);
    CHECK(stage.batch().epoch() == 2);
    enter("shuffleas they lie");
    CHECK_FALSE(stage.batch().shuffled());
    enter("riddle");
    CHECK(stage.batch().hidden());
    stage.show_tab("tabWatch"), stage.show_tab("tabNumbers");
    enter("guess-10");
    arrow("guess", ImGuiKey_RightArrow);
    enter("predict");
    CHECK(stage.batch().predicted() == 2);
    CHECK_FALSE(stage.batch().hidden());
    enter("sceneRace");
    CHECK(stage.batch().scene() == BatchLesson::Scene::race);
    enter("axisper update");
    CHECK(stage.batch().along() == BatchLesson::Along::updates);
    enter("one epoch");
    stage.finish();
    CHECK(stage.batch().epochs_done() == 1);
    enter("train");
    CHECK(stage.batch().playing());
    enter("train");
    CHECK_FALSE(stage.batch().playing());
    enter("rewind");
    CHECK(stage.batch().epochs_done() == 0);
    stage.show_tab("tabSet up");
    arrow("learning_rate", ImGuiKey_LeftArrow);
    CHECK(stage.batch().learning_rate() == doctest::Approx(0.05));
    enter("size 1");
    CHECK(stage.batch().sizes().front() == 10);
    enter("size 50");
    CHECK(stage.batch().sizes()[1] == 50);
    enter(size.width > 700 && size.height > 440 ? "sceneLoss surface"
          : size.width > 620                    ? "sceneSurface"
                                                : "sceneLoss surface");
    CHECK(stage.batch().scene() == BatchLesson::Scene::surface);
    arrow("surface_rate", ImGuiKey_RightArrow);
    CHECK(stage.batch().surface_rate() == doctest::Approx(0.5));
    arrow("start_left", ImGuiKey_RightArrow);
    CHECK(stage.batch().start().left == doctest::Approx(-0.5));
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/batch: a press on the map begins the paths there") {
  BatchStage stage;
  stage.act("set_view", "surface");
  const ImVec2 at = stage.cell(0, 20, 40);  // row 20 is w = 1, column 40 is w = 1
  stage.click(at.x, at.y);
  CHECK(std::abs(stage.batch().start().left - 1) < 0.03);
  CHECK(std::abs(stage.batch().start().right - 1) < 0.03);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/batch: in the race the space bar goes and holds, and time is told to the runs") {
  BatchStage stage;
  stage.act("set_view", "race");
  stage.key(ImGuiKey_Space);
  CHECK(stage.batch().playing());
  stage.settle(30);
  stage.key(ImGuiKey_Space);
  CHECK_FALSE(stage.batch().playing());
  double seconds = 0;
  for (int i = 0; i < stage.batch().runs().count(); ++i) seconds += stage.batch().run(i).seconds();
  CHECK(seconds > 0);
  stage.key(ImGuiKey_Home);
  CHECK(stage.batch().run(0).updates() == 0);
}

TEST_CASE("view/batch: what the text has words for is there") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    BatchStage stage(size);
    const auto there = [&](const char* part) {
      CAPTURE(std::string(part));
      CHECK(stage.ok({{"op", "point"}, {"part", part}})["there"].get<bool>());
    };
    // What another scene has is to be found behind that scene’s button.
    for (const char* part : {"images", "accuracy", "standing", "rate", "map", "noise"}) there(part);
    stage.show_tab("tabSet up");
    there("shuffle");
    stage.act("set_view", "race");
    there("rate");
    stage.show_tab("tabWatch"), stage.show_tab("tabNumbers");
    for (const char* part : {"accuracy", "standing", "axis"}) there(part);
    stage.act("set_view", "surface");
    for (const char* part : {"map", "noise"}) there(part);
  }
}

TEST_CASE("view/batch: the words of the text bring the tab to the front on which their part is") {
  for (const StageSize& size : {kPhone, kPhoneOnItsSide}) {
    CAPTURE(std::string(size.name));
    BatchStage stage(size);
    const auto point = [&](const char* part) {
      CAPTURE(std::string(part));
      CHECK(stage.finds(part));
    };
    point("shuffle"), point("formula");
    stage.act("set_view", "race");
    point("rate"), point("standing");
    stage.act("set_view", "surface");
    point("surface_rate"), point("noise");
  }
}

TEST_CASE("view/batch: what a teacher hides is not reached") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    BatchStage stage(size);
    for (const char* control : {"view", "images", "batch_size", "epochs", "shuffle", "riddle", "training",
                                "settings", "sizes", "axis", "rate"})
      stage.display.hidden.insert(control);
    for (const char* scene : {"epoch", "race", "surface"}) {
      stage.act("set_view", scene);
      for (const char* tab : {"tabWatch", "tabNumbers", "tabSet up"}) {
        stage.show_tab(tab);
        check_inside(stage);
        for (const std::string& id : stage.stops()) {
          CAPTURE(id);
          for (const char* hidden :
               {"scene", "set", "batch_size", "epoch", "shuffle", "riddle", "race", "train", "pace",
                "one epoch", "rewind", "size", "axis", "learning_rate", "surface_rate", "start"})
            CHECK_FALSE(id.starts_with(hidden));
        }
      }
    }
  }
}
