// The stage of the lesson `batchnorm`: it draws at every size, and its controls do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lesson/batchnorm.h"
#include "lesson/lesson_fixture.h"
#include "view/drawn_checks.h"

using namespace kg;

namespace {

constexpr const char* kScenes[] = {"miles_age", "three_steps", "training"};

void open(Stage& stage, const char* scene = "miles_age") {
  (void)stage.ok({{"op", "open"}, {"slug", "batchnorm"}, {"params", Json::object()}});
  stage.settle();
  stage.act("set_view", scene);
}

void train(Stage& stage, int batches) {
  stage.act("train", batches);
  stage.session.work([&] { return stage.session.lesson().busy(); });
  stage.settle();
}

bool has(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

bool small(const StageSize& size) { return size.width < 620 || size.height < 440; }

std::vector<std::string> tabs_of(const std::string& scene, const StageSize& size) {
  if (!small(size)) return {};
  if (scene == "miles_age")
    return size.height < 440 ? std::vector<std::string>{"tabTable", "tabGradient"}
                             : std::vector<std::string>{"tabPicture", "tabTable"};
  if (scene == "three_steps") return {"tabg and b", "tabBatch, unit", "tabAverages"};
  return {"tabRight", "tabLoss", "tabLayers", "tabMore"};
}

void check_drawn(const Stage& stage) { check_finite(stage), check_inside(stage), check_letters(stage); }

// In every tab, where there are any.
void check_everywhere(Stage& stage, const StageSize& size) {
  const std::string scene = stage.state()["scene"];
  check_drawn(stage);
  for (const std::string& tab : tabs_of(scene, size)) {
    CAPTURE(tab);
    stage.click(tab.c_str());
    stage.leave();
    check_drawn(stage);
  }
}

}  // namespace

TEST_CASE("view/batchnorm: all scenes draw at every size, with usual and with extreme numbers") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (const char* const scaling : {"raw", "scaled", "standardised"}) {
      stage.act("set_scaling", scaling);
      check_everywhere(stage, size);
    }
    stage.act("set_driver", 3, "miles", 1000000);
    for (int i = 1; i <= kDrivers; ++i) stage.act("set_driver", i, "age", 0);
    check_everywhere(stage, size);
    stage.act("set_view", "three_steps");
    check_everywhere(stage, size);
    stage.act("set_gamma", -10);
    stage.act("set_beta", 10);
    stage.act("set_batch", 130);
    stage.act("set_statistics", "moving");
    check_everywhere(stage, size);
    stage.act("set_gamma", 0);
    check_everywhere(stage, size);
    stage.act("set_view", "training");
    check_everywhere(stage, size);
    train(stage, 12);
    check_everywhere(stage, size);
    stage.act("set_rate", 10);
    train(stage, 40);
    CHECK(stage.state()["runs"][0]["trouble"] != "");
    check_everywhere(stage, size);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/batchnorm: every stop of the keyboard is reached once, and has a name") {
  for (const StageSize& size : kSizes) {
    for (const char* const scene : kScenes) {
      INFO(std::string(size.name) << ", " << std::string(scene));
      Stage stage(size);
      open(stage, scene);
      const std::vector<std::string> stops = stage.stops();
      CHECK(std::set<std::string>(stops.begin(), stops.end()).size() == stops.size());
      CHECK(has(stops, "sceneThree steps"));
      CHECK(has(stops, std::string(scene) == "miles_age"     ? "scalingStandardised"
                       : std::string(scene) == "three_steps" ? "gamma"
                                                             : "train"));
    }
  }
}

TEST_CASE("view/batchnorm: scenes and scalings by pointer, at every size") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.click("scalingStandardised");
    CHECK(stage.state()["scaling"] == "standardised");
    stage.click("sceneThree steps");
    CHECK(stage.state()["scene"] == "three_steps");
    stage.click("sceneTraining");
    CHECK(stage.state()["scene"] == "training");
    stage.click("sceneMiles and age");
    CHECK(stage.state()["scene"] == "miles_age");
    CHECK(stage.state()["scaling"] == "standardised");
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/batchnorm: numbers of the table by arrows and by typing") {
  Stage stage;
  open(stage);
  REQUIRE(stage.focus("miles1"));
  const double miles = stage.state()["table"][0]["miles"];
  stage.key(ImGuiKey_UpArrow);
  CHECK(stage.state()["table"][0]["miles"].get<double>() == miles + 1000);
  stage.type("640000");
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["table"][0]["miles"] == 640000);
  stage.type("9000000");  // as far as it goes
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["table"][0]["miles"] == 1000000);
  REQUIRE(stage.focus("age10"));
  stage.type("200");
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["table"][9]["age"] == 120);
  stage.click("reset drivers");
  CHECK(stage.state()["table"][0]["miles"].get<double>() == miles);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/batchnorm: numbers of the table by dragging on a phone") {
  Stage phone(kPhone);
  open(phone);
  phone.click("tabTable");
  const double age = phone.state()["table"][4]["age"];
  REQUIRE(phone.find("age5"));
  phone.press();
  const ImVec2 at = ImGui::GetMousePos();
  phone.move(at.x, at.y - 60);
  phone.release();
  CHECK(phone.state()["table"][4]["age"].get<double>() > age);
  CHECK(phone.refused.empty());
}

TEST_CASE("view/batchnorm: g and b by dragging and by keys; batch, unit and averages, at every size") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage, "three_steps");
    for (const char* const name : {"gamma", "beta"}) {
      CAPTURE(std::string(name));
      REQUIRE(stage.find(name));
      stage.press();
      const ImVec2 at = ImGui::GetMousePos();
      stage.move(at.x + size.width, at.y);
      CHECK(stage.state()[name].get<double>() == doctest::Approx(3));
      stage.move(at.x - size.width, at.y);
      CHECK(stage.state()[name].get<double>() == doctest::Approx(-3));
      stage.release();
      stage.leave();
      REQUIRE(stage.focus(name));
      stage.key(ImGuiKey_RightArrow);
      CHECK(stage.state()[name].get<double>() == doctest::Approx(-2.95));
    }
    if (small(size)) stage.click("tabBatch, unit");
    const int unit = stage.state()["unit"];
    REQUIRE(stage.focus("unit"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.state()["unit"] == unit + 1);
    REQUIRE(stage.focus("batch"));
    stage.key(ImGuiKey_RightArrow);
    stage.key(ImGuiKey_RightArrow);
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.state()["batch"] == 2);
    if (small(size)) stage.click("tabAverages");
    stage.click("ten");
    CHECK(stage.state()["batch"] == 12);
    stage.click("statisticsall so far");
    CHECK(stage.state()["statistics"] == "moving");
    stage.click("statisticsthis batch");
    CHECK(stage.state()["statistics"] == "batch");
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/batchnorm: trained, held and rewound by buttons and by the space bar; the rate by keys") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage, "training");
    stage.click("train");
    CHECK(stage.session.lesson().playing());
    stage.click("train");
    CHECK_FALSE(stage.session.lesson().playing());
    train(stage, 6);
    CHECK(stage.state()["updates"].get<int>() >= 6);
    stage.click("rewind");
    CHECK(stage.state()["updates"] == 0);
    REQUIRE(stage.focus("rate"));
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.state()["rate"].get<double>() < 1);
    for (int k = 0; k < 40; ++k) stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.state()["rate"].get<double>() == doctest::Approx(0.001));
    for (int k = 0; k < 45; ++k) stage.key(ImGuiKey_RightArrow);
    CHECK(stage.state()["rate"].get<double>() == doctest::Approx(10));
    stage.ok({{"op", "blur"}});
    stage.settle();
    stage.key(ImGuiKey_Space);
    CHECK(stage.session.lesson().playing());
    stage.key(ImGuiKey_Space);
    CHECK_FALSE(stage.session.lesson().playing());
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/batchnorm: the space bar trains from any scene; there are no steps to go through") {
  for (const char* const scene : kScenes) {
    CAPTURE(std::string(scene));
    Stage stage;
    open(stage, scene);
    CHECK(stage.state()["steps"] == 0);
    stage.key(ImGuiKey_Space);
    CHECK(stage.state()["scene"] == "training");
    CHECK(stage.session.lesson().playing());
    stage.key(ImGuiKey_Space);
    CHECK_FALSE(stage.session.lesson().playing());
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/batchnorm: the words of the text find their parts at every size, in every scene") {
  for (const StageSize& size : kSizes) {
    for (const char* const scene : kScenes) {
      INFO(std::string(size.name) << ", " << std::string(scene));
      Stage stage(size);
      open(stage, scene);
      for (const char* part : {"strips", "gradient", "table", "histograms", "gamma", "beta", "moving",
                               "accuracy", "layers", "rate"}) {
        CAPTURE(std::string(part));
        CHECK(stage.finds(part));
        stage.settle();
      }
    }
  }
}

TEST_CASE("view/batchnorm: what a teacher has hidden is neither drawn nor a stop") {
  Stage stage;
  open(stage);
  stage.display.hidden = {"scenes", "scaling", "table",  "gamma", "beta",
                          "unit",   "batch",   "moving", "rate",  "training"};
  const std::vector<std::string> hidden = {"sceneTraining", "scalingRaw", "miles1", "gamma", "beta",  "unit",
                                           "batch",         "ten",        "rate",   "train", "rewind"};
  for (const char* const scene : kScenes) {
    stage.act("set_view", scene);
    const std::vector<std::string> stops = stage.stops();
    for (const std::string& id : hidden) {
      CAPTURE(id);
      CHECK_FALSE(has(stops, id));
    }
  }
}

TEST_CASE("view/batchnorm: the dots glide to another scaling, and then rest") {
  Stage stage;
  open(stage);
  stage.settle(10);
  const std::uint64_t raw = stage.picture();
  stage.settle(5);
  CHECK(stage.picture() == raw);
  stage.act("set_scaling", "standardised");
  const std::uint64_t on_the_way = stage.picture();
  stage.settle(80);
  const std::uint64_t there = stage.picture();
  CHECK(there != on_the_way);
  stage.settle(5);
  CHECK(stage.picture() == there);
}

TEST_CASE("view/batchnorm: with reduced motion the dots are there at once; and so they are from a link") {
  {
    Stage linked;
    (void)linked.ok({{"op", "open"}, {"slug", "batchnorm"}, {"params", {{"scaling", "standardised"}}}});
    linked.settle(2);
    const std::uint64_t opened = linked.picture();
    linked.settle(20);
    CHECK(linked.picture() == opened);
  }
  Stage still;
  open(still);
  still.display.reduced_motion = true;
  still.settle();
  still.act("set_scaling", "standardised");
  const std::uint64_t at_once = still.picture();
  still.settle(20);
  CHECK(still.picture() == at_once);
}

TEST_CASE("view/batchnorm: a driver that is pointed at is lit among the dots") {
  Stage stage;
  open(stage);
  const std::uint64_t before = stage.picture();
  REQUIRE(stage.find("miles4"));
  CHECK(stage.picture() != before);
}
