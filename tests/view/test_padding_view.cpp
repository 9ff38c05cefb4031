// The stage of the lesson `padding`: it draws in every scene at every size, and its controls do what they
// say.
#include <doctest/doctest.h>

#include <string>

#include "lesson/lesson_fixture.h"
#include "lesson/padding.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

constexpr StageSize kStages[] = {kDesktop, kProjector, kPhone, kPhoneOnItsSide, {"tiny", 320, 420, 1}};

void open_padding(Stage& stage, const Json& params = Json::object()) {
  stage.ok({{"op", "open"}, {"slug", "padding"}, {"params", params}});
  stage.settle();
}

const PaddingLesson& padding(const Stage& stage) {
  return static_cast<const PaddingLesson&>(stage.session.lesson());
}

// Nothing of the stage's own list is drawn outside it, bar the width of a frame.
void check_inside(const Stage& stage) {
  const float w = stage.display.width, h = stage.display.height, slack = 4 * stage.display.scale;
  for (const HeatMap& map : stage.scene.maps) {
    CHECK(map.place.x >= 0);
    CHECK(map.place.y >= 0);
    CHECK(map.place.right() <= w + slack);
    CHECK(map.place.bottom() <= h + slack);
    CHECK(map.place.w > 0);
  }
}

}  // namespace

TEST_CASE("view/padding: every scene is drawn at every size, within the stage") {
  const Json links[] = {
      Json::object(),
      {{"n", 9}, {"f", 4}, {"padding", "same"}, {"at", "40"}},
      {{"n", 28}, {"f", 3}, {"p", 5}, {"s", 3}, {"at", "12.4"}},
      {{"n", 32}, {"f", 11}, {"s", 8}, {"filter", "blur"}, {"at", "end"}},
      {{"n", 1}, {"f", 1}},
      {{"n", 10}, {"hidden", 1}},
      {{"n", 28}, {"view", "chain"}, {"layers", 16}},
      {{"n", 28}, {"view", "chain"}, {"layers", 16}, {"padding", "same"}, {"at", "3.0"}},
      {{"n", 32}, {"view", "chain"}, {"layers", 16}, {"f", 1}, {"p", 5}},
  };
  for (const StageSize& size : kStages) {
    for (const Json& link : links) {
      INFO(std::string(size.name) << ": " << link.dump());
      Stage stage(size);
      open_padding(stage, link);
      stage.settle(20);
      check_inside(stage);
      CHECK(stage.refused.empty());
      CHECK(stage.drawn().VtxBuffer.size() > 100);
    }
  }
}

TEST_CASE("view/padding: the steppers and choices work by pointer") {
  for (const StageSize& size : {kDesktop, kPhone, kPhoneOnItsSide}) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open_padding(stage);
    stage.click("set_n+");
    CHECK(padding(stage).axis().n == 5);
    stage.click("set_f-");
    CHECK(padding(stage).axis().f == 2);
    stage.click("set_p+");
    CHECK(padding(stage).axis().before == 1);
    stage.click("set_s+");
    CHECK(padding(stage).axis().s == 2);
    stage.click("modesame");
    CHECK(padding(stage).mode() == PaddingLesson::Mode::same);
    stage.click("modevalid");
    CHECK(padding(stage).mode() == PaddingLesson::Mode::valid);
    stage.click("weightsblur");
    CHECK(padding(stage).filter() == SimpleFilter::blur);
    stage.click("viewA chain of layers");
    CHECK(padding(stage).scene() == PaddingLesson::Scene::chain);
    stage.click("set_layers+");
    CHECK(padding(stage).layers() == 4);
    stage.click("viewOne layer");
    CHECK(padding(stage).scene() == PaddingLesson::Scene::window);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/padding: the same by keyboard, and no step that the lesson would refuse is offered") {
  Stage stage;
  open_padding(stage);
  REQUIRE(stage.focus("set_n"));
  stage.key(ImGuiKey_RightArrow);
  CHECK(padding(stage).axis().n == 5);
  for (int i = 0; i < 5; ++i) stage.key(ImGuiKey_LeftArrow);
  CHECK(padding(stage).axis().n == 3);  // a 3×3 filter needs as much
  REQUIRE(stage.focus("set_f"));
  stage.key(ImGuiKey_RightArrow);
  CHECK(padding(stage).axis().f == 3);
  REQUIRE(stage.focus("modesame"));
  stage.key(ImGuiKey_Enter);
  CHECK(padding(stage).axis().out() == 3);
  REQUIRE(stage.focus("set_f"));
  stage.key(ImGuiKey_LeftArrow);
  CHECK(padding(stage).axis().f == 2);
  REQUIRE(stage.focus("set_p"));  // it stands at one half
  stage.key(ImGuiKey_RightArrow);
  CHECK(padding(stage).axis().p() == 1);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/padding: a riddle hides the output until it is predicted") {
  for (const StageSize& size : kStages) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open_padding(stage);
    REQUIRE(stage.focus("riddle"));
    stage.key(ImGuiKey_Enter);
    REQUIRE(padding(stage).hidden());
    CHECK(stage.scene.maps.size() == 1);  // the input alone
    const int answer = padding(stage).axis().out();
    REQUIRE(stage.focus("guess"));
    for (int i = 4; i < answer; ++i) stage.key(ImGuiKey_RightArrow);
    for (int i = 4; i > answer; --i) stage.key(ImGuiKey_LeftArrow);
    stage.click("predict");
    CHECK_FALSE(padding(stage).hidden());
    CHECK(padding(stage).predicted() == answer);
    CHECK(stage.scene.maps.size() == 2);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/padding: pressing an output cell goes to its stop, pressing a layer to that layer") {
  Stage stage;
  open_padding(stage, {{"n", 6}});
  const ImVec2 at = stage.cell(1, 2, 1);
  stage.click(at.x, at.y);
  CHECK(stage.time().step() == 2 * 4 + 1);
  stage.act("set_n", 28);
  stage.act("set_view", "chain");
  stage.click("layer2");
  CHECK(stage.time().step() == 1);
}

TEST_CASE("view/padding: the border grows into place, at once under reduced motion") {
  for (const bool reduced : {false, true}) {
    CAPTURE(reduced);
    Stage stage;
    stage.display.reduced_motion = reduced;
    open_padding(stage);
    const float alone = stage.scene.maps[0].place.w;
    stage.session.perform("set_p", args(5)).ok();
    stage.platform.run(1);
    const float soon = stage.scene.maps[0].place.w;
    stage.settle(120);
    const float still = stage.scene.maps[0].place.w;
    CHECK(still < alone);
    CHECK((soon == still) == reduced);
  }
}

TEST_CASE("view/padding: a teacher can take each control away") {
  const struct {
    const char* control;
    const char* stop;
  } cases[] = {{"size", "set_n"},       {"filter", "set_f"},      {"padding", "set_p"},
               {"padding", "modesame"}, {"stride", "set_s"},      {"weights", "weightsblur"},
               {"riddle", "riddle"},    {"view", "viewOne layer"}};
  for (const auto& [control, stop] : cases) {
    CAPTURE(std::string(control));
    Stage stage;
    open_padding(stage);
    CHECK(stage.focus(stop));
    stage.display.hidden = {control};
    stage.settle();
    CHECK_FALSE(stage.focus(stop));
  }
}
