// The stage of the lesson `bias`: it draws at every size, and its controls do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "lesson/bias.h"
#include "lesson/lesson_fixture.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

void open(Stage& stage, const char* view = "neuron") {
  (void)stage.ok({{"op", "open"}, {"slug", "bias"}, {"params", Json::object()}});
  stage.settle();
  stage.act("set_view", view);
}

double bias_of(Stage& stage) { return stage.state()["bias"]; }

}  // namespace

TEST_CASE("view/bias: both scenes draw at every size, at every moment, with every number of inputs") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (int count = 1; count <= BiasLesson::kMaxInputs; ++count) {
      stage.act("set_inputs", std::vector<float>(static_cast<std::size_t>(count), 999.99f));
      for (int k = 0; k < stage.time().steps(); ++k) {
        stage.act("scrub", k + 0.4);
        CHECK(stage.drawn().VtxBuffer.Size > 500);
      }
    }
    stage.act("set_bias", -1000);
    stage.act("set_view", "map");
    CHECK(stage.scene.maps.size() >= 2);
    for (const HeatMap& map : stage.scene.maps) {
      CHECK(map.place.w >= 90 * size.scale);
      CHECK(map.place.x >= 0);
      CHECK(map.place.right() <= size.width);
      CHECK(map.place.bottom() <= size.height);
    }
    stage.act("set_colour_digit", 3);
    stage.act("set_bias", 1000);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/bias: every stop of the keyboard is reached once, and has a name") {
  for (const StageSize& size : all_sizes()) {
    for (const char* view : {"neuron", "map"}) {
      INFO(std::string(size.name) << ", " << std::string(view));
      Stage stage(size);
      open(stage, view);
      const std::vector<std::string> stops = stage.stops();
      CHECK(std::set<std::string>(stops.begin(), stops.end()).size() == stops.size());
      for (const char* id : {"viewOne neuron", "viewA whole map", "bias slider", "threshold", "play"}) {
        CAPTURE(std::string(id));
        CHECK(std::find(stops.begin(), stops.end(), id) != stops.end());
      }
      CHECK(std::find(stops.begin(), stops.end(), "product+") == stops.end());  // a step has no finer grain
    }
  }
}

TEST_CASE("view/bias: numbers by keyboard: arrows step, digits type, Enter keeps, Escape does not") {
  Stage stage;
  open(stage);
  REQUIRE(stage.focus("weight1"));
  stage.key(ImGuiKey_UpArrow);
  CHECK(stage.state()["weights"][0].get<double>() == doctest::Approx(-0.5));
  stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.state()["weights"][0].get<double>() == doctest::Approx(-0.55));
  CHECK(stage.time().at_end());  // the arrows were the number's
  stage.type("0,75");
  CHECK(stage.state()["weights"][0].get<double>() == doctest::Approx(-0.55));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["weights"][0].get<double>() == doctest::Approx(0.75));
  stage.type("9");
  stage.key(ImGuiKey_Escape);
  CHECK(stage.state()["weights"][0].get<double>() == doctest::Approx(0.75));
  REQUIRE(stage.focus("input2"));
  stage.type("-3");
  REQUIRE(stage.tab() != "");  // going on keeps it, too
  stage.settle();
  CHECK(stage.state()["inputs"][1] == -3);
  REQUIRE(stage.focus("bias"));
  stage.type("1");
  stage.key(ImGuiKey_Enter);
  CHECK(bias_of(stage) == 1);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/bias: threshold, slider and number of inputs by keyboard") {
  Stage stage;
  open(stage);
  REQUIRE(stage.focus("threshold"));
  stage.key(ImGuiKey_LeftArrow);  // the threshold to the left: a larger bias
  CHECK(bias_of(stage) == doctest::Approx(0.05));
  stage.key(ImGuiKey_RightArrow);
  stage.key(ImGuiKey_RightArrow);
  CHECK(bias_of(stage) == doctest::Approx(-0.05));
  REQUIRE(stage.focus("bias slider"));
  stage.key(ImGuiKey_RightArrow);
  stage.key(ImGuiKey_RightArrow);
  CHECK(bias_of(stage) == doctest::Approx(0.05));
  REQUIRE(stage.focus("count"));
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["inputs"].size() == 3);
  stage.key(ImGuiKey_LeftArrow);
  stage.key(ImGuiKey_LeftArrow);
  stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.state()["inputs"].size() == 1);
  REQUIRE(stage.focus("viewA whole map"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["view"] == "map");
}

TEST_CASE("view/bias: numbers are dragged up and down, at every size") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    REQUIRE(stage.find("input1"));
    const ImVec2 from = ImGui::GetMousePos();
    stage.press();
    stage.move(from.x, from.y - 12 * size.scale);  // two steps of 0.5
    stage.release();
    CHECK(stage.state()["inputs"][0] == 2);
    REQUIRE(stage.find("bias"));
    const ImVec2 bias = ImGui::GetMousePos();
    stage.press();
    stage.move(bias.x, bias.y + 24 * size.scale);
    stage.release();
    CHECK(bias_of(stage) == doctest::Approx(-0.2));
  }
}

TEST_CASE("view/bias: the threshold is dragged along the axis, at every size and in both scenes") {
  for (const StageSize& size : all_sizes()) {
    for (const char* view : {"neuron", "map"}) {
      INFO(std::string(size.name) << ", " << std::string(view));
      Stage stage(size);
      open(stage, view);
      REQUIRE(stage.find("threshold"));
      const ImVec2 from = ImGui::GetMousePos();
      stage.press();
      stage.move(from.x + 30, from.y);
      const double first = bias_of(stage);
      stage.move(from.x + 60, from.y);
      const double second = bias_of(stage);
      CHECK(second < first);  // to the right: a higher threshold, a smaller bias
      stage.release();
      stage.leave();
      CHECK(bias_of(stage) == second);
      CHECK(stage.state()["threshold"].get<double>() == doctest::Approx(-second));
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/bias: scenes by pointer; a pressed cell of the map is looked at") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.click("viewA whole map");
    CHECK(stage.state()["view"] == "map");
    const std::size_t before = stage.scene.maps.size() - 2;  // the picture is drawn first, where it has room
    const ImVec2 at = stage.cell(before, 20, 7);
    stage.click(at.x, at.y);
    CHECK(stage.state()["cell"].dump() == R"({"row":20,"col":7})");
    const ImVec2 other = stage.cell(before + 1, 3, 11);
    stage.click(other.x, other.y);
    CHECK(stage.state()["cell"].dump() == R"({"row":3,"col":11})");
    stage.click("viewOne neuron");
    CHECK(stage.state()["view"] == "neuron");
  }
}

TEST_CASE("view/bias: both maps keep their colours' scale while the bias changes") {
  Stage stage;
  open(stage, "map");
  const std::vector<HeatMap> fresh = stage.scene.maps;
  const std::uint64_t picture = stage.picture();
  stage.act("set_bias", -1.5);
  REQUIRE(stage.scene.maps.size() == fresh.size());
  for (std::size_t k = 0; k < fresh.size(); ++k) CHECK(stage.scene.maps[k].reach == fresh[k].reach);
  CHECK(stage.picture() != picture);
}

TEST_CASE("view/bias: picture and filter of the map can be changed on a phone, too") {
  Stage stage(kPhone);
  open(stage, "map");
  stage.click("tabPicture");
  stage.click("digit3");
  CHECK(stage.state()["input"]["source"]["digit"] == 3);
  stage.click("tabFilter");
  stage.click("preset blur");
  CHECK(stage.state()["filter"] == "blur");
}

TEST_CASE("view/bias: what a teacher has hidden is neither drawn nor a stop") {
  Stage stage;
  open(stage);
  stage.display.hidden = {"bias", "inputs", "weights", "view"};
  stage.settle();
  const std::vector<std::string> stops = stage.stops();
  for (const char* id :
       {"bias", "threshold", "bias slider", "input1", "weight1", "count", "viewOne neuron"}) {
    CAPTURE(std::string(id));
    CHECK(std::find(stops.begin(), stops.end(), id) == stops.end());
  }
}

TEST_CASE("view/bias: with reduced motion a moment does not move") {
  Stage stage;
  open(stage);
  stage.display.reduced_motion = true;
  stage.act("scrub", 2.2);
  const std::uint64_t early = stage.picture();
  stage.display.reduced_motion = false;
  stage.settle();
  CHECK(stage.picture() != early);  // now there is a light on its way
}

TEST_CASE("view/bias: the parts that the text has words for are on the stage") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (const char* part : {"inputs", "weights", "products", "sum", "bias", "output", "threshold"}) {
      CAPTURE(std::string(part));
      CHECK(stage.shell.has_part(part));
    }
    stage.act("set_view", "map");
    CHECK(stage.shell.has_part("threshold"));
  }
}
