// The stage of the lesson `shapes`: rows to choose, settings to change, layers to add, move and remove.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "lesson/lesson_fixture.h"
#include "lesson/shapes.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

void open_shapes(Stage& stage) {
  REQUIRE(stage.session.open("shapes", {}));
  stage.settle();
}

const ShapesLesson& shapes(const Stage& stage) {
  return static_cast<const ShapesLesson&>(stage.session.lesson());
}

bool has(const std::vector<std::string>& ids, const char* id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Everything drawn lies on the stage.
bool within(const Stage& stage) {
  for (const ImDrawVert& v : stage.drawn().VtxBuffer) {
    if (v.pos.x < -1 || v.pos.y < -1 || v.pos.x > stage.display.width + 1 ||
        v.pos.y > stage.display.height + 1)
      return false;
  }
  return true;
}

constexpr StageSize kSmall{"small phone", 320, 480, 1};

}  // namespace

TEST_CASE("view/shapes: at every size, in every state, something is drawn and nothing beyond the stage") {
  for (const StageSize& size : {kDesktop, kProjector, kPhone, kPhoneOnItsSide, kSmall}) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open_shapes(stage);
    std::uint64_t last = 0;
    const auto looks_different = [&] {
      CHECK(within(stage));
      CHECK(stage.picture() != last);
      last = stage.picture();
    };
    looks_different();
    stage.act("load_preset", "model_pool");
    looks_different();
    stage.act("load_preset", "broken");
    looks_different();
    stage.act("load_preset", "model_valid");
    stage.act("seek", 1);
    looks_different();
    stage.act("step_product", -1);
    looks_different();
    stage.act("scrub", 1.2);
    looks_different();
    stage.act("finish");
    for (int k = 0; k < 6; ++k) stage.act("add_layer", "Conv2D", 0);
    stage.act("set_filters", 0, 512);
    stage.act("set_input", 64, 64, 16);
    looks_different();
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/shapes: a row is chosen by pointer and by keyboard") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open_shapes(stage);
    stage.click("row4");
    CHECK(shapes(stage).current() == 4);
    REQUIRE(stage.focus("row3"));
    stage.key(ImGuiKey_Enter);
    CHECK(shapes(stage).current() == 3);
    CHECK(stage.time().at_end());
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/shapes: the settings of the chosen row, by pointer and by keyboard") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open_shapes(stage);
    stage.act("select", 1);
    if (stage.focus("tab Change")) stage.key(ImGuiKey_Enter);
    const auto setting = [&](const char* key) { return stage.state()["layers"][1][key]; };
    stage.click("paddingsame");
    CHECK(setting("padding") == "same");
    stage.click("Stride+");
    CHECK(setting("strides") == 2);
    REQUIRE(stage.focus("Window"));
    stage.key(ImGuiKey_UpArrow);
    CHECK(setting("window") == 4);
    REQUIRE(stage.focus("Filters"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(setting("filters") == 40);
    stage.key(ImGuiKey_LeftArrow);
    CHECK(setting("filters") == 32);
    REQUIRE(stage.focus("activation"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(setting("activation") == "sigmoid");
    stage.click("down");
    CHECK(shapes(stage).current() == 2);
    CHECK(stage.state()["layers"][2]["window"] == 4);
    stage.click("remove");
    CHECK(shapes(stage).count() == 5);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/shapes: the input has a row and settings of its own") {
  Stage stage;
  open_shapes(stage);
  stage.click("row-1");
  stage.click("Rows+");
  CHECK(stage.state()["input"] == Json::array({21, 20, 3}));
  stage.click("Channels-");
  CHECK(stage.state()["input"] == Json::array({21, 20, 2}));
}

TEST_CASE("view/shapes: a layer is added behind the chosen row, and whole stacks are taken") {
  Stage stage;
  open_shapes(stage);
  stage.act("select", 0);
  stage.click("add");
  stage.click("new Dropout");
  CHECK(stage.state()["layers"][1]["kind"] == "Dropout");
  CHECK(shapes(stage).current() == 1);
  stage.click("preset broken");
  CHECK(stage.state()["error"]["row"] == 4);
  stage.resize(kPhone);
  stage.settle();
  stage.click("tab Stacks");
  stage.click("preset model_pool");
  CHECK(stage.state()["total"] == 68770);
  stage.click("tab Add");
  stage.click("new Activation");
  CHECK(shapes(stage).count() == 7);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/shapes: a link can hide the controls") {
  Stage stage;
  open_shapes(stage);
  stage.act("select", 1);
  CHECK(has(stage.stops(), "Filters"));
  CHECK(has(stage.stops(), "add"));
  stage.display.hidden = {"settings", "order", "layers", "presets", "input"};
  stage.settle();
  const std::vector<std::string> left = stage.stops();
  for (const char* id : {"Filters", "add", "up", "remove", "preset broken"}) CHECK(!has(left, id));
  CHECK(has(left, "row1"));
}
