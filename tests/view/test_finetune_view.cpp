// The stage of the lesson `finetune`: it draws at every size, and its controls do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lesson/finetune.h"
#include "view/everything_inside.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

void open(Stage& stage) {
  (void)stage.ok({{"op", "open"}, {"slug", "finetune"}, {"params", Json::object()}});
  stage.settle();
}

void finish(Stage& stage) {
  stage.session.work([&] { return stage.session.lesson().busy(); });
  stage.settle();
}

template <class... Values>
void act(Stage& stage, const std::string& verb, Values&&... values) {
  stage.act(verb, std::forward<Values>(values)...);
  finish(stage);
}

void enter(Stage& stage) {
  act(stage, "train_base", 2);
  act(stage, "set_view", "second");
}

constexpr const char* kTabs[] = {"tabNets", "tabCurves", "tabData", "tabAsk", "tabSetup"};

}  // namespace

TEST_CASE("view/finetune: it draws inside the stage at every size, in both scenes and with both tasks") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    const auto look = [&] { everything_inside(stage, size, kTabs); };
    look();
    enter(stage);
    look();
    act(stage, "train", 6);
    act(stage, "set_examples", 100);
    look();
    act(stage, "set_task", "symbols");
    look();
    act(stage, "use_our_symbols");
    act(stage, "train", 6);
    act(stage, "set_kept", 1);
    look();
    act(stage, "set_view", "base");
    look();
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/finetune: every stop of the keyboard is reached once, and has a name") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (int scene = 0; scene < 2; ++scene) {
      const std::vector<std::string> stops = stage.stops();
      CHECK(std::set<std::string>(stops.begin(), stops.end()).size() == stops.size());
      for (const char* id : {"train", "rewind", "view1 Base", "view2 New task", "freeze0", "freeze2"}) {
        CAPTURE(std::string(id));
        CHECK(std::find(stops.begin(), stops.end(), id) != stops.end());
      }
      enter(stage);
    }
  }
}

TEST_CASE("view/finetune: the locks are pressed, by pointer and by keyboard, at every size") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    enter(stage);
    stage.click("freeze2");
    CHECK(stage.state()["frozen"] == Json({true, true, false}));
    CHECK(stage.state()["trainable"] == 6085);
    stage.click("freeze2");
    CHECK(stage.state()["trainable"] == 1445);
    REQUIRE(stage.focus("freeze0"));
    stage.key(ImGuiKey_Space);
    CHECK(stage.state()["frozen"] == Json({false, true, true}));
    // What is new has no lock.
    act(stage, "set_kept", 2);
    const std::vector<std::string> stops = stage.stops();
    CHECK(std::find(stops.begin(), stops.end(), "freeze2") == stops.end());
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/finetune: from the base to the new task by its buttons") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    if (small(size)) stage.click("tabSetup");
    stage.click("next");
    finish(stage);
    CHECK(stage.state()["base"]["updates"] == FinetuneLesson::kBaseUpdates);
    stage.click("next");
    CHECK(stage.state()["view"] == "second");
    REQUIRE(stage.focus("count"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.state()["examples"] == 30);
    REQUIRE(stage.focus("kept"));
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.state()["kept"] == 2);
    REQUIRE(stage.focus("rate"));
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.state()["learning_rate"].get<double>() == doctest::Approx(0.005));
    stage.click("taskMy symbols");
    CHECK(stage.state()["task"] == "symbols");
    stage.click("view1 Base");
    CHECK(stage.state()["view"] == "base");
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/finetune: a symbol is drawn on the sheet and added, by pointer and by keyboard") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    enter(stage);
    act(stage, "set_task", "symbols");
    if (small(size)) stage.click("tabData");
    REQUIRE(stage.find("sheet"));
    const ImVec2 at = ImGui::GetMousePos();
    stage.press();
    stage.move(at.x + 20, at.y + 5);
    stage.move(at.x + 40, at.y + 10);
    stage.release();
    CHECK(stage.state()["picture"]["strokes"] == 1);
    stage.click("addA");
    CHECK(stage.state()["symbols"] == Json::array({1}));
    REQUIRE(stage.focus("sheet"));
    stage.key(ImGuiKey_Space);
    for (int k = 0; k < 8; ++k) stage.key(ImGuiKey_DownArrow);
    stage.key(ImGuiKey_Space);
    CHECK(stage.state()["picture"]["strokes"] == 1);
    REQUIRE(stage.focus("addB"));
    stage.key(ImGuiKey_Enter);
    CHECK(stage.state()["symbols"] == Json({1, 1}));
    stage.click("undo");
    CHECK(stage.state()["symbols"] == Json::array({1}));
    stage.click("clear");
    CHECK(stage.state()["symbols"] == Json::array());
    stage.click("ours");
    CHECK(stage.state()["examples"] == 20);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/finetune: trained, held and rewound by buttons and by the space bar") {
  Stage stage;
  open(stage);
  enter(stage);
  stage.click("train");
  CHECK(stage.session.lesson().playing());
  stage.click("train");
  CHECK_FALSE(stage.session.lesson().playing());
  act(stage, "train", 5);
  stage.click("rewind");
  CHECK(stage.state()["updates"] == 0);
  stage.ok({{"op", "blur"}});
  stage.settle();
  stage.key(ImGuiKey_Space);
  CHECK(stage.session.lesson().playing());
  stage.key(ImGuiKey_Space);
  CHECK_FALSE(stage.session.lesson().playing());
  CHECK(stage.refused.empty());
}

TEST_CASE("view/finetune: another digit is asked about, and one is drawn on the large sheet") {
  Stage stage;
  open(stage);
  enter(stage);
  const int digit = stage.state()["picture"]["digit"];
  stage.click("next digit");
  CHECK(stage.state()["picture"]["digit"] == (digit + 1) % 10);
  stage.click("draw");
  REQUIRE(stage.find("sheet"));
  const ImVec2 at = ImGui::GetMousePos();
  stage.press();
  stage.move(at.x + 60, at.y + 60);
  stage.release();
  CHECK(stage.state()["picture"]["strokes"] == 1);
  stage.key(ImGuiKey_Escape);
  CHECK(stage.find("next digit"));
  CHECK(stage.refused.empty());
}

TEST_CASE("view/finetune: the words of the text find their parts at every size, when the lesson opens") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (const char* part :
         {"nets", "change", "locks", "accuracy", "loss", "examples", "filters", "picture", "next", "view"}) {
      CAPTURE(std::string(part));
      CHECK(stage.finds(part));
      stage.settle();
    }
  }
}

TEST_CASE("view/finetune: what a teacher has hidden is neither drawn nor a stop") {
  Stage stage;
  open(stage);
  enter(stage);
  stage.display.hidden = {"freeze", "training", "task", "kept", "rate", "picture", "view"};
  stage.settle();
  const std::vector<std::string> stops = stage.stops();
  for (const char* id :
       {"freeze0", "train", "rewind", "taskMy symbols", "kept", "rate", "draw", "view1 Base"}) {
    CAPTURE(std::string(id));
    CHECK(std::find(stops.begin(), stops.end(), id) == stops.end());
  }
}

TEST_CASE("view/finetune: at rest nothing moves") {
  Stage stage;
  open(stage);
  enter(stage);
  act(stage, "train", 12);
  stage.settle(10);
  const std::uint64_t picture = stage.picture();
  stage.settle(5);
  CHECK(stage.picture() == picture);
}
