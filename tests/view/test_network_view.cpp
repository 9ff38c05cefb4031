// The stage of the lesson `network`.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "lesson/lesson_fixture.h"
#include "lesson/network.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

constexpr StageSize kTablet{"tablet", 768, 760, 1};
constexpr StageSize kFiveSizes[] = {kDesktop, kProjector, kTablet, kPhone, kPhoneOnItsSide};

class NetworkStage : public Stage {
 public:
  explicit NetworkStage(const StageSize& size = kDesktop) : Stage(size) {
    ok({{"op", "open"}, {"slug", "network"}});
    settle();
  }
  const NetworkLesson& network() const { return static_cast<const NetworkLesson&>(session.lesson()); }
  bool small() const { return display.width < 620 || display.height < 440; }
  // What was asked for, at once.
  void finish_work() {
    session.work([this] { return session.lesson().busy(); });
    settle();
  }
  void show_tab(const std::string& tab) {
    if (focus("tab" + tab)) key(ImGuiKey_Enter);
    ok({{"op", "blur"}});
    settle();
  }
};

struct Scenario {
  const char* name;
  std::function<void(NetworkStage&)> prepare;
};

const Scenario kScenarios[] = {
    {"as it opens", [](NetworkStage&) {}},
    {"nothing drawn", [](NetworkStage& s) { s.act("show_drawing"), s.act("draw", std::vector<float>(784)); }},
    {"trained a little, evaluated",
     [](NetworkStage& s) { s.act("train", 12), s.act("evaluate"), s.finish_work(); }},
    {"a run before, with other settings",
     [](NetworkStage& s) {
       s.act("train", 100), s.finish_work(), s.act("rewind"), s.act("set_learning_rate", 0.0001);
       s.act("set_momentum", 0.95), s.act("set_l2", 0.00001), s.act("set_batch_size", 256);
       s.act("train", 100), s.finish_work();
     }},
    {"a value of each kind taken apart", [](NetworkStage& s) { s.act("select", 0, 0, 0, 3); }},
    {"72 products", [](NetworkStage& s) { s.act("select", 2, 13, 13, 15); }},
    {"784 products", [](NetworkStage& s) { s.act("select", 5, 0, 0, 9); }},
    {"a maximum", [](NetworkStage& s) { s.act("select", 3, 6, 6, 2); }},
    {"a number in a row", [](NetworkStage& s) { s.act("select", 4, 0, 0, 783); }},
    {"a gradient checked", [](NetworkStage& s) { s.act("check_gradient", 5, 0, 7839); }},
    {"diverged",
     [](NetworkStage& s) {
       s.act("set_learning_rate", 10), s.act("set_momentum", 0.99), s.act("set_l2", 1), s.act("train", 60),
           s.finish_work();
     }},
    {"of one’s own", [](NetworkStage& s) { s.act("label_picture", 3), s.act("set_source", "own"); }},
};

}  // namespace

TEST_CASE("view/network: whatever is on stage is drawn inside of it, at every size") {
  for (const Scenario& scenario : kScenarios) {
    NetworkStage stage;
    scenario.prepare(stage);
    for (const StageSize& size : kFiveSizes) {
      INFO(std::string(size.name) << ", " << std::string(scenario.name));
      stage.resize(size);
      stage.settle();
      for (const char* tab : {"Flow", "Train", "Curves", "Value", "Filters", "Answers", "Data"}) {
        CAPTURE(std::string(tab));
        stage.show_tab(tab);
        check_finite(stage);
        check_inside(stage);
        check_letters(stage);
      }
    }
  }
}

TEST_CASE("view/network: by keyboard every control does what it says") {
  for (const StageSize& size : {kDesktop, kPhone}) {
    CAPTURE(std::string(size.name));
    NetworkStage stage(size);
    const auto enter = [&](const char* id) {
      INFO(std::string(id));
      REQUIRE(stage.focus(id));
      stage.key(ImGuiKey_Enter);
    };
    enter("digit7");
    CHECK(stage.network().picture().digit() == 7);
    enter("layer3");
    REQUIRE(stage.network().selected());
    CHECK(stage.network().selected()->layer == 2);
    stage.show_tab("Value");
    const int row = stage.network().selected()->row;
    REQUIRE(stage.focus("value row"));
    stage.key(row > 0 ? ImGuiKey_LeftArrow : ImGuiKey_RightArrow);
    CHECK(stage.network().selected()->row == (row > 0 ? row - 1 : 1));
    stage.show_tab("Train");
    REQUIRE(stage.focus("rate"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.network().optimizer().learning_rate == 0.1f);
    REQUIRE(stage.focus("batch"));
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.network().run().settings().batch_size == 16);
    enter("pace1 a second");
    CHECK(stage.network().pace() == 1);
    enter("pacefull speed");
    enter("one batch");
    stage.finish_work();
    CHECK(stage.network().run().updates() == 1);
    enter("one image");
    stage.finish_work();
    CHECK(stage.network().run().images_seen() == 17);
    enter("train");
    CHECK(stage.network().playing());
    enter("train");
    CHECK_FALSE(stage.network().playing());
    enter("rewind");
    CHECK(stage.network().run().updates() == 0);
    stage.show_tab("Data");
    enter("label7");
    CHECK(stage.network().own().count() == 1);
    enter("save weights");
    REQUIRE_FALSE(stage.wishes.empty());
    CHECK(stage.wishes.back().kind == Wish::Kind::save_weights);
    stage.show_tab("Answers");
    enter("evaluate");
    stage.finish_work();
    CHECK(stage.network().examination().done());
    REQUIRE(stage.focus("confusion"));
    stage.key(ImGuiKey_DownArrow);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/network: the space bar trains and holds") {
  NetworkStage stage;
  stage.key(ImGuiKey_Space);
  CHECK(stage.network().playing());
  stage.platform.run(30);  // the frames between them do the work
  CHECK(stage.network().digits_made() > 0);
  stage.key(ImGuiKey_Space);
  CHECK_FALSE(stage.network().playing());
}

TEST_CASE("view/network: pressing a value takes it apart, pointing tells it") {
  NetworkStage stage;
  const ImVec2 at = stage.cell(3, 10, 12);  // a map of the first convolution
  stage.click(at.x, at.y);
  REQUIRE(stage.network().selected());
  CHECK(stage.network().selected()->layer == 0);
  CHECK(stage.network().selected()->channel == 2);
  CHECK(stage.network().selected()->row == 10);
  CHECK(stage.network().selected()->col == 12);
  stage.leave();
  const std::uint64_t before = stage.picture();
  stage.point_at(0, 5, 5);
  CHECK(ImGui::GetForegroundDrawList()->VtxBuffer.Size > 40);
  stage.leave();
  CHECK(stage.picture() == before);
}

TEST_CASE("view/network: what the text has words for is there") {
  NetworkStage stage;
  const auto there = [&](const char* part) {
    CAPTURE(std::string(part));
    CHECK(stage.ok({{"op", "point"}, {"part", part}})["there"].get<bool>());
  };
  for (const char* part :
       {"input", "first_conv", "first_pool", "second_conv", "second_pool", "answer", "flow", "loss",
        "accuracy", "tabs", "rate", "momentum", "penalty", "batch", "train", "pace"})
    there(part);
  stage.act("select", 0, 1, 1, 1);
  there("total");
}

TEST_CASE("view/network: at rest it draws no more frames") {
  NetworkStage stage;
  CHECK(stage.platform.run(20) == 1);
  stage.act("train", 2);
  stage.finish_work();
  CHECK(stage.platform.run(20) == 1);
}

TEST_CASE("view/network: what a teacher hides is not reached") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    NetworkStage stage(size);
    for (const char* control : {"picture", "training", "settings"}) stage.display.hidden.insert(control);
    stage.settle();
    for (const char* tab : {"Flow", "Train", "Value", "Filters", "Answers", "Data"}) {
      stage.show_tab(tab);
      check_inside(stage);
      for (const std::string& id : stage.stops()) {
        CAPTURE(id);
        for (const char* hidden :
             {"digit", "draw", "train", "one ", "pace", "rate", "momentum", "l2", "batch"})
          CHECK_FALSE(id.starts_with(hidden));
      }
    }
  }
}
