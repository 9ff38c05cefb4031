// The stage of the lesson `l2`: it draws at every size, and its controls do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "lesson/l2.h"
#include "view/everything_inside.h"
#include "view/lessons/l2_controls.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

void open(Stage& stage) {
  (void)stage.ok({{"op", "open"}, {"slug", "l2"}, {"params", Json::object()}});
  stage.settle();
}

void train(Stage& stage, int batches) {
  stage.act("train", batches);
  stage.session.work([&] { return stage.session.lesson().busy(); });
  stage.settle();
}

constexpr const char* kTabs[] = {"tabLoss", "tabRight", "tabWeights", "tabPictures", "tabDigits", "tabSetup"};

}  // namespace

TEST_CASE("view/l2: it draws inside the stage at every size, fresh, trained, and when it has diverged") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    const auto look = [&] { everything_inside(stage, size, kTabs); };
    look();
    train(stage, 30);
    look();
    stage.act("set_learning_rate", 10);
    stage.act("set_lambda", 1000);
    stage.act("play");
    stage.session.work([&, n = 0]() mutable { return ++n < 2000; });
    stage.act("pause");
    CHECK(stage.state()["runs"][1]["trouble"] != "");
    look();
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/l2: every stop of the keyboard is reached once, and has a name") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    const std::vector<std::string> stops = stage.stops();
    CHECK(std::set<std::string>(stops.begin(), stops.end()).size() == stops.size());
    for (const char* id : {"train", "rewind", "lambda"}) {
      CAPTURE(std::string(id));
      CHECK(std::find(stops.begin(), stops.end(), id) != stops.end());
    }
  }
}

TEST_CASE("view/l2: the slider of λ: 0 at its left end, decades, and two digits that count") {
  CHECK(share_of_lambda(0) == 0);
  CHECK(lambda_at(0) == 0);
  CHECK(lambda_at(1) == doctest::Approx(1000));
  CHECK(share_of_lambda(1000) == 1);
  for (const double lambda : {0.001, 0.01, 0.5, 3.0, 15.0, 300.0, 1000.0}) {
    CAPTURE(lambda);
    CHECK(lambda_at(share_of_lambda(lambda)) == doctest::Approx(lambda));
  }
  double before = -1;
  for (int k = 0; k <= 200; ++k) {
    const double lambda = lambda_at(static_cast<float>(k) / 200);
    CHECK(lambda >= before);
    CHECK((lambda == 0 || (lambda >= L2Lesson::kLeastLambda && lambda <= L2Lesson::kMostLambda)));
    before = lambda;
  }
}

TEST_CASE("view/l2: λ by keyboard from one end to the other") {
  Stage stage;
  open(stage);
  REQUIRE(stage.focus("lambda"));
  for (int k = 0; k < 40; ++k) stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.state()["lambda"] == 0);
  for (int k = 0; k < 40; ++k) stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["lambda"].get<double>() == doctest::Approx(1000));
  CHECK(stage.refused.empty());
}

TEST_CASE("view/l2: λ is dragged, at every size") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    REQUIRE(stage.find("lambda"));
    stage.press();
    const ImVec2 at = ImGui::GetMousePos();
    stage.move(at.x - size.width, at.y);
    CHECK(stage.state()["lambda"] == 0);
    stage.move(at.x + size.width, at.y);
    CHECK(stage.state()["lambda"].get<double>() == doctest::Approx(1000));
    stage.release();
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/l2: trained, held and rewound by buttons and by the space bar") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    stage.click("train");
    CHECK(stage.session.lesson().playing());
    stage.click("train");
    CHECK_FALSE(stage.session.lesson().playing());
    train(stage, 10);
    CHECK(stage.state()["updates"].get<int>() >= 10);
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
}

TEST_CASE("view/l2: presets, digits, wrong labels and rate, on a phone, too") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    if (small(size)) stage.click("tabSetup");
    stage.click("presetToo much");
    CHECK(stage.state()["lambda"] == 300);
    REQUIRE(stage.focus("size"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.state()["m"] == 300);
    REQUIRE(stage.focus("noise"));
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.state()["noise"].get<double>() == doctest::Approx(0.3));
    REQUIRE(stage.focus("rate"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.state()["learning_rate"].get<double>() == doctest::Approx(0.2));
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/l2: the words of the text find their parts at every size") {
  for (const StageSize& size : all_sizes()) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage);
    for (const char* part : {"digits", "loss", "gap", "histogram", "filters", "lambda", "factor"}) {
      CAPTURE(std::string(part));
      CHECK(stage.finds(part));
      stage.settle();
    }
  }
}

TEST_CASE("view/l2: what a teacher has hidden is neither drawn nor a stop") {
  Stage stage;
  open(stage);
  stage.display.hidden = {"lambda", "training", "presets", "settings"};
  stage.settle();
  const std::vector<std::string> stops = stage.stops();
  for (const char* id : {"lambda", "train", "rewind", "presetOverfits", "size", "noise", "rate"})
    CHECK(std::find(stops.begin(), stops.end(), id) == stops.end());
}

TEST_CASE("view/l2: at rest nothing moves") {
  Stage stage;
  open(stage);
  train(stage, 12);
  stage.settle(10);
  const std::uint64_t picture = stage.picture();
  stage.settle(5);
  CHECK(stage.picture() == picture);
}
