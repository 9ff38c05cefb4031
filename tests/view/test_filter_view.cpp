// The stage of the lesson `filter`: it draws at every size, and its controls do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lesson/filter.h"
#include "lesson/lesson_fixture.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

void open(Stage& stage) {
  (void)stage.ok({{"op", "open"}, {"slug", "filter"}, {"params", Json::object()}});
  stage.settle();
}

bool small(const StageSize& size) { return size.width / size.scale < 620 || size.height < 440; }

const FilterLesson& lesson_of(const Stage& stage) {
  return static_cast<const FilterLesson&>(stage.session.lesson());
}

// The heat map of the chosen filter's output: the second one that is drawn, after the picture.
constexpr std::size_t kInput = 0, kOutput = 1;

}  // namespace

TEST_CASE("view/filter: one to eight filters draw at every size, at every moment, within the stage") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (const int count : {1, 2, 4, 5, 8}) {
      CAPTURE(count);
      stage.act("random_filters", count);
      for (const double position : {0.0, count - 0.7, static_cast<double>(count)}) {
        stage.act("scrub", position);
        CHECK(stage.scene.maps.size() == 2 + static_cast<std::size_t>(count));
        for (const HeatMap& map : stage.scene.maps) {
          CHECK(map.place.w >= 26);  // at least a pixel for each cell
          CHECK(map.place.x >= 0);
          CHECK(map.place.right() <= size.width);
          CHECK(map.place.bottom() <= size.height);
        }
        check_finite(stage);
        check_inside(stage);
        check_letters(stage);
      }
    }
    stage.act("set_colour_digit", 3);
    check_inside(stage);
    stage.act("set_pixels", std::vector<float>(9, -1000000), 3, 3, 1);
    stage.act("set_cell", 0, 0, 0, -999.99);
    check_finite(stage);
    check_inside(stage);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/filter: every stop of the keyboard is reached once, and has a name") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    std::set<std::string> all;
    const std::vector<const char*> tabs =
        small(size) ? std::vector<const char*>{"tabWhy", "tabSum", "tabEdit", "tabTry", "tabPicture"}
                    : std::vector<const char*>{""};
    for (const char* tab : tabs) {
      if (*tab != '\0' && *tab == 't') {
        REQUIRE(stage.focus(tab));
        stage.key(ImGuiKey_Enter);
      }
      const std::vector<std::string> stops = stage.stops();
      CHECK(std::set<std::string>(stops.begin(), stops.end()).size() == stops.size());
      all.insert(stops.begin(), stops.end());
    }
    for (const char* id : {"filter0", "filter3", "placeStrongest +", "placeStrongest −", "editor", "weight",
                           "preset blur", "preset random", "edge detectors", "eight random", "add filter",
                           "remove filter", "digit3", "draw", "scaleOne scale", "play"}) {
      CAPTURE(std::string(id));
      CHECK(all.contains(id));
    }
  }
}

TEST_CASE("view/filter: a filter is chosen, edited and exchanged by keyboard") {
  Stage stage;
  open(stage);
  REQUIRE(stage.focus("filter2"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["chosen"] == 2);
  REQUIRE(stage.focus("editor"));
  stage.type("0,5");
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["filters"][2]["values"][4] == 0.5);
  CHECK(stage.state()["filters"][2]["name"] == "own");
  REQUIRE(stage.focus("preset blur"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["filters"][2]["name"] == "blur");
  REQUIRE(stage.focus("eight random"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["filters"].size() == 8);
  REQUIRE(stage.focus("remove filter"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["filters"].size() == 7);
  REQUIRE(stage.focus("add filter"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["chosen"] == 7);
  REQUIRE(stage.focus("scaleEach its own"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["scale"] == "own");
  CHECK(stage.refused.empty());
}

TEST_CASE("view/filter: cards, sets and catalogue by pointer, at every size") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.click("filter1");
    CHECK(stage.state()["chosen"] == 1);
    if (small(size)) stage.click("tabTry");
    stage.click("preset sobel_x");
    CHECK(stage.state()["filters"][1]["name"] == "sobel_x");
    stage.click("preset random");
    CHECK(stage.state()["filters"][1]["name"] == "random");
    stage.click("eight random");
    CHECK(stage.state()["filters"].size() == 8);
    stage.click("filter7");
    CHECK(stage.state()["chosen"] == 7);
    stage.click("remove filter");
    CHECK(stage.state()["filters"].size() == 7);
    stage.click("add filter");
    CHECK(stage.state()["filters"].size() == 8);
    stage.click("add filter");  // full: it says so and does nothing
    CHECK(stage.state()["filters"].size() == 8);
    stage.click("edge detectors");
    CHECK(stage.state()["filters"].size() == 4);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/filter: the strongest places are pressed on the output and on the picture") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    const FilterLesson::Cell positive = *lesson_of(stage).strongest(0, true);
    const FilterLesson::Cell negative = *lesson_of(stage).strongest(0, false);
    ImVec2 at = stage.cell(kOutput, negative.row, negative.col);
    stage.click(at.x, at.y);
    CHECK(stage.state()["looked_at"]["kind"] == "negative");
    at = stage.cell(kInput, positive.row + 1, positive.col + 1);  // the middle of the block
    stage.click(at.x, at.y);
    CHECK(stage.state()["looked_at"]["kind"] == "positive");
    at = stage.cell(kOutput, 3, 20);
    stage.click(at.x, at.y);
    CHECK((stage.state()["looked_at"]["kind"] == "cell" && stage.state()["looked_at"]["row"] == 3));
    at = stage.cell(kInput, 0, 0);  // the window that is nearest to the corner
    stage.click(at.x, at.y);
    CHECK((stage.state()["looked_at"]["row"] == 0 && stage.state()["looked_at"]["col"] == 0));
    if (small(size)) stage.click("tabWhy");
    stage.leave();
    stage.click("placeStrongest −");
    CHECK(stage.state()["looked_at"]["kind"] == "negative");
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/filter: while a filter sweeps, cells to come are empty and say nothing") {
  Stage stage;
  open(stage);
  stage.act("scrub", 1.3);
  CHECK(stage.scene.maps[kOutput].shown == lesson_of(stage).written(1));
  CHECK(stage.scene.maps[kOutput].shown < 676);
  int complete = 0, empty = 0;
  for (std::size_t k = 2; k < stage.scene.maps.size(); ++k) {
    complete += stage.scene.maps[k].shown == 676;
    empty += stage.scene.maps[k].shown == 0;
  }
  CHECK((complete == 1 && empty == 2));
  const ImVec2 at = stage.cell(kOutput, 25, 25);
  stage.click(at.x, at.y);
  CHECK(stage.state()["looked_at"]["kind"] == "positive");
}

TEST_CASE("view/filter: outputs share one scale, until each has its own") {
  Stage stage;
  open(stage);
  stage.act("set_preset", 1, "blur");
  for (std::size_t k = kOutput; k < stage.scene.maps.size(); ++k)
    CHECK(stage.scene.maps[k].reach == stage.scene.maps[kOutput].reach);
  stage.click("scaleEach its own");
  CHECK(stage.scene.maps[3].reach < stage.scene.maps[2].reach);
}

TEST_CASE("view/filter: what a teacher has hidden is neither drawn nor a stop") {
  Stage stage;
  open(stage);
  stage.display.hidden = {"presets", "editor", "filters", "scale", "places", "picture"};
  stage.settle();
  const std::vector<std::string> stops = stage.stops();
  for (const char* id : {"preset blur", "editor", "weight", "add filter", "remove filter", "eight random",
                         "edge detectors", "scaleOne scale", "placeStrongest +", "digit3", "draw"}) {
    CAPTURE(std::string(id));
    CHECK(std::find(stops.begin(), stops.end(), id) == stops.end());
  }
  CHECK(std::find(stops.begin(), stops.end(), "filter0") != stops.end());
  const ImVec2 at = stage.cell(kOutput, 3, 20);
  stage.click(at.x, at.y);
  CHECK(stage.state()["looked_at"]["kind"] == "positive");
}

TEST_CASE("view/filter: the parts that the text has words for are on the stage") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (const char* part : {"input", "filter", "output", "filters", "place", "block", "words"}) {
      CAPTURE(std::string(part));
      (void)stage.ok({{"op", "point"}, {"part", part}});  // brings the tab to the front that has it
      stage.settle();
      CHECK(stage.shell.has_part(part));
    }
  }
}
