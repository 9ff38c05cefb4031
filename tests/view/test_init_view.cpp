// The stage of the lesson `init`: it draws at every size, and its controls do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lesson/init.h"
#include "lesson/lesson_fixture.h"
#include "view/drawn_checks.h"

using namespace kg;

namespace {

void open(Stage& stage, const char* view = "neuron") {
  (void)stage.ok({{"op", "open"}, {"slug", "init"}, {"params", Json::object()}});
  stage.settle();
  stage.act("set_view", view);
}

bool has(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

TEST_CASE("view/init: all scenes draw at every size, with few and many of everything") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (const char* const rule : {"normal", "zeros", "glorot_uniform"}) {
      stage.act("set_weights", rule);
      for (const int n : {1, 100}) {
        stage.act("set_inputs", n);
        for (const double at : {0.0, 0.4, static_cast<double>(n)}) {
          stage.act("scrub", at);
          check_finite(stage), check_inside(stage), check_letters(stage);
        }
      }
    }
    stage.act("set_activation", "relu");
    check_finite(stage), check_inside(stage);
    stage.act("set_view", "net");
    for (const int depth : {2, 20}) {
      stage.act("set_depth", depth);
      for (const char* const list : {"zeros", "normal,small,glorot_uniform,zeros"}) {
        stage.act("compare", list);
        check_finite(stage), check_inside(stage), check_letters(stage);
      }
    }
    stage.act("set_depth", 2);
    stage.act("set_view", "train");
    check_finite(stage), check_inside(stage), check_letters(stage);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/init: every stop of the keyboard is reached once, and has a name") {
  for (const StageSize& size : kSizes) {
    for (const char* const view : {"neuron", "net", "train"}) {
      INFO(std::string(size.name) << ", " << std::string(view));
      Stage stage(size);
      open(stage, view);
      const std::vector<std::string> stops = stage.stops();
      CHECK(std::set<std::string>(stops.begin(), stops.end()).size() == stops.size());
      CHECK(has(stops, "viewA deep net"));
      CHECK(has(stops, "rule glorot_uniform"));
    }
  }
}

TEST_CASE("view/init: initialisers by pointer: one for the neuron, several for the net") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.click("rule xavier");
    CHECK(stage.state()["weights"] == "xavier");
    stage.click("viewA deep net");
    CHECK(stage.state()["view"] == "net");
    stage.click("rule small");
    CHECK(stage.state()["compared"].dump() == R"(["normal","glorot_uniform","he_normal"])");
    stage.click("rule zeros");
    stage.click("rule he");  // the fifth takes the first one's place
    CHECK(stage.state()["compared"].dump() == R"(["glorot_uniform","he_normal","zeros","he"])");
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/init: sliders by keyboard, and the histogram's bars read by the arrows") {
  Stage stage;
  open(stage);
  REQUIRE(stage.focus("inputs"));
  stage.key(ImGuiKey_RightArrow);
  const int more = stage.state()["n"];
  CHECK(more > 250);
  stage.key(ImGuiKey_LeftArrow);
  stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.state()["n"].get<int>() < 250);
  stage.act("set_inputs", 1);
  REQUIRE(stage.focus("inputs"));
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["n"] == 2);
  REQUIRE(stage.focus("spread"));
  stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.state()["spread"].get<double>() < 1);
  REQUIRE(stage.focus("z"));
  const double position = stage.state()["position"];
  stage.key(ImGuiKey_RightArrow);
  CHECK(contains(stage.shell.focus().label(), "Weighted sums of all draws; "));
  CHECK(stage.state()["position"] == position);  // the arrows were the histogram's
  CHECK(stage.refused.empty());
}

TEST_CASE("view/init: training by its buttons") {
  Stage stage;
  open(stage, "train");
  stage.act("set_depth", 2);
  stage.click("batch");
  CHECK(stage.state()["busy"] == true);
  stage.session.work([] { return true; });
  stage.settle();
  CHECK(stage.state()["runs"][0]["updates"] == 1);
  check_finite(stage), check_inside(stage);
  stage.click("train");
  CHECK(stage.state()["playing"] == true);
  stage.click("train");
  CHECK(stage.state()["playing"] == false);
  stage.click("rewind");
  CHECK(stage.state()["runs"][0]["updates"] == 0);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/init: what a teacher has hidden is neither drawn nor a stop") {
  Stage stage;
  open(stage);
  stage.display.hidden = {"view", "weights", "spread", "inputs", "activation"};
  stage.settle();
  const std::vector<std::string> stops = stage.stops();
  for (const char* const id : {"viewOne neuron", "rule xavier", "spread", "inputs", "activationtanh"}) {
    CAPTURE(std::string(id));
    CHECK_FALSE(has(stops, id));
  }
}

TEST_CASE("view/init: the parts that the text has words for are on the stage") {
  Stage stage;
  open(stage);
  for (const char* const part : {"z", "activation", "gradient", "growth", "numbers"}) {
    CAPTURE(std::string(part));
    CHECK(stage.shell.has_part(part));
  }
  stage.act("set_view", "net");
  CHECK(stage.shell.has_part("layers"));
  CHECK(stage.shell.has_part("sizes"));
  stage.act("set_view", "train");
  CHECK(stage.shell.has_part("loss"));
  CHECK(stage.shell.has_part("accuracy"));
}
