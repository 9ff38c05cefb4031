// The stage of the lesson `backprop`: it draws at every size and moment, and its controls do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "lesson/backprop.h"
#include "lesson/lesson_fixture.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

void open(Stage& stage, const char* view = "small") {
  (void)stage.ok({{"op", "open"}, {"slug", "backprop"}, {"params", Json::object()}});
  stage.settle();
  stage.act("set_view", view);
}

void check_drawn(const Stage& stage) {
  check_finite(stage);
  check_inside(stage);
  check_letters(stage);
}

}  // namespace

TEST_CASE("view/backprop: both scenes draw at every size and every moment, inside the stage") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.act("scrub", 0);
    for (int k = 0; k < 59 + 9; ++k) {
      CAPTURE(k);
      check_drawn(stage);
      stage.act("step_product", 1);
    }
    check_drawn(stage);
    stage.act("gradient_check", 0, 4);
    check_drawn(stage);
    stage.act("set_view", "digits");
    for (int k = 0; k < stage.time().steps(); ++k) {
      CAPTURE(k);
      stage.act("seek", k);
      check_drawn(stage);
      CHECK(stage.scene.maps.size() >= 3);
    }
    stage.act("gradient_check", 1, 77);
    check_drawn(stage);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/backprop: large and diverging numbers find room, too") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.act("set_output", "linear");
    stage.act("set_activation", "relu");
    stage.act("set_inputs", std::vector<float>{-99.99f, 99.99f});
    for (int k = 0; k < 9; ++k) stage.act("set_weight", 0, k, k % 2 ? -88.88 : 77.77);
    stage.act("set_rate", 100);
    stage.act("update", 50);
    for (int k = 0; k < stage.time().steps(); ++k) {
      stage.act("seek", k);
      check_drawn(stage);
    }
  }
}

TEST_CASE("view/backprop: every stop of the keyboard is reached once, and has a name") {
  for (const StageSize& size : all_sizes()) {
    for (const char* view : {"small", "digits"}) {
      INFO(std::string(size.name) << ", " << std::string(view));
      Stage stage(size);
      open(stage, view);
      const std::vector<std::string> stops = stage.stops();
      CHECK(std::set<std::string>(stops.begin(), stops.end()).size() == stops.size());
      for (const char* id : {"viewSmall net", "viewDigits", "play"}) {
        CAPTURE(std::string(id));
        CHECK(std::find(stops.begin(), stops.end(), id) != stops.end());
      }
      const bool small = std::string(view) == "small";
      CHECK((std::find(stops.begin(), stops.end(), "w0.4") != stops.end()) == small);
      CHECK((std::find(stops.begin(), stops.end(), "filters 0 keys") != stops.end()) == !small);
    }
  }
}

TEST_CASE("view/backprop: weights and inputs by keyboard; Enter looks at a weight") {
  Stage stage;
  open(stage);
  REQUIRE(stage.focus("w1.3"));
  stage.type("0,75");
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["weights"][1]["weights"][3] == 0.75);
  CHECK(stage.state()["selected"].is_null());
  stage.key(ImGuiKey_UpArrow);
  CHECK(stage.state()["weights"][1]["weights"][3].get<double>() == doctest::Approx(0.8));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["selected"]["index"] == 3);
  REQUIRE(stage.focus("check"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["check"]["agrees"] == true);
  REQUIRE(stage.focus("deselect"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["selected"].is_null());
  REQUIRE(stage.focus("input1"));
  stage.key(ImGuiKey_DownArrow);
  CHECK(stage.state()["inputs"][1].get<double>() == doctest::Approx(0.7));
  CHECK(stage.refused.empty());
}

TEST_CASE("view/backprop: a pressed weight is looked at, a dragged one changed, at every size") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.click("w0.1");
    CHECK(stage.state()["selected"]["index"] == 1);
    const double before = stage.state()["weights"][0]["weights"][1];
    REQUIRE(stage.find("w0.1"));
    const ImVec2 from = ImGui::GetMousePos();
    stage.press();
    stage.move(from.x, from.y - 12 * size.scale);  // two steps of 0.05
    stage.release();
    CHECK(stage.state()["weights"][0]["weights"][1].get<double>() == doctest::Approx(before + 0.1));
  }
}

TEST_CASE("view/backprop: update, rewind, rate, label and activations at every size") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    const bool tabs = stage.find("tabUpdate");
    if (tabs) stage.click("tabUpdate");
    const double loss = stage.state()["loss"];
    stage.click("update");
    CHECK(stage.state()["loss"].get<double>() < loss);
    stage.click("update10");
    CHECK(stage.state()["updates"] == 11);
    stage.click("rewind");
    CHECK(stage.state()["loss"] == loss);
    REQUIRE(stage.focus("rate"));
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.state()["learning_rate"].get<double>() < 1);
    if (tabs) stage.click("tabSettings");
    const int label = stage.state()["label"];
    stage.click(label == 0 ? "labelclass 1" : "labelclass 0");
    CHECK(stage.state()["label"] == 1 - label);
    stage.click("hidden tanh");
    CHECK(stage.state()["activation"] == "tanh");
    stage.click("output linear");
    CHECK(stage.state()["output_activation"] == "linear");
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/backprop: the steps are pressed where there is room for them") {
  Stage stage;
  open(stage);
  stage.click("step6");
  CHECK(stage.time().step() == 6);
  REQUIRE(stage.focus("step3"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.time().step() == 3);
}

TEST_CASE("view/backprop: the digits: a weight by pointer and by keyboard, another picture") {
  Stage stage;
  open(stage, "digits");
  stage.act("finish");
  stage.click("filters 0");
  CHECK(stage.state()["selected"]["layer"] == 0);
  REQUIRE(stage.focus("filters 1 keys"));
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["selected"]["layer"] == 1);
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["selected"]["index"] == 1);
  stage.click("digit3");
  CHECK(stage.state()["label"] == 3);
  const double loss = stage.state()["loss"];
  stage.click("update");
  CHECK(stage.state()["loss"].get<double>() < loss);
}

TEST_CASE("view/backprop: what a teacher has hidden is neither drawn nor a stop") {
  Stage stage;
  open(stage);
  stage.display.hidden = {"view", "inputs", "label", "weights", "activation", "rate", "update", "curve"};
  stage.settle();
  const std::vector<std::string> stops = stage.stops();
  for (const char* id :
       {"viewDigits", "input0", "w0.0", "labelclass 0", "hidden tanh", "rate", "update", "rewind", "curve"}) {
    CAPTURE(std::string(id));
    CHECK(std::find(stops.begin(), stops.end(), id) == stops.end());
  }
}

TEST_CASE("view/backprop: the parts that the text has words for are on the stage") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.act("finish");
    for (const char* part : {"inputs", "hidden", "outputs", "weights", "wishes", "card", "loss"}) {
      CAPTURE(std::string(part));
      CHECK(stage.shell.has_part(part));
    }
    stage.act("set_view", "digits");
    for (const char* part : {"maps", "gradients", "filters", "outputs"}) {
      CAPTURE(std::string(part));
      CHECK(stage.shell.has_part(part));
    }
  }
}
