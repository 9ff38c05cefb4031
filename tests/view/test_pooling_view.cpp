// The stage of the lesson `pooling`.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "lesson/lesson_fixture.h"
#include "lesson/pooling.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

constexpr StageSize kTablet{"tablet", 768, 760, 1};
constexpr StageSize kFiveSizes[] = {kDesktop, kProjector, kTablet, kPhone, kPhoneOnItsSide};

class PoolingStage : public Stage {
 public:
  explicit PoolingStage(const StageSize& size = kDesktop) : Stage(size) {
    ok({{"op", "open"}, {"slug", "pooling"}});
    settle();
  }
  const PoolingLesson& pooling() const { return static_cast<const PoolingLesson&>(session.lesson()); }
  void show_tab(const char* tab) {
    if (focus(tab)) key(ImGuiKey_Enter);
    ok({{"op", "blur"}});
    settle();
  }
};

struct Scenario {
  const char* name;
  std::function<void(PoolingStage&)> prepare;
};

const Scenario kScenarios[] = {
    {"as it opens", [](PoolingStage&) {}},
    {"at the end", [](PoolingStage& s) { s.act("finish"); }},
    {"in the middle of the comparisons", [](PoolingStage& s) { s.act("step_product", -2); }},
    {"nothing compared yet", [](PoolingStage& s) { s.act("scrub", 1); }},
    {"a value on its way", [](PoolingStage& s) { s.act("scrub", 1.9); }},
    {"average", [](PoolingStage& s) { s.act("set_mode", "average"), s.act("step_product", -1); }},
    {"predicted",
     [](PoolingStage& s) {
       s.act("step_product", -1), s.act("predict", -123456.75), s.act("step_product", 1);
     }},
    {"the 26×26", [](PoolingStage& s) { s.act("load_preset", "26x26"), s.act("finish"); }},
    {"the digit", [](PoolingStage& s) { s.act("load_preset", "digit"); }},
    {"in colour", [](PoolingStage& s) { s.act("set_colour_digit", 3); }},
    {"windows of 8×8 that reach over the edge",
     [](PoolingStage& s) {
       s.act("load_preset", "26x26"), s.act("set_padding", "same"), s.act("set_window", 8);
       s.act("set_stride", 1), s.act("seek", 0);
     }},
    {"a window larger than the input",
     [](PoolingStage& s) { s.act("set_padding", "same"), s.act("set_window", 8); }},
    {"one number",
     [](PoolingStage& s) { s.act("set_window", 1), s.act("set_input", Json::array({-123456.7}), 1, 1); }},
    {"a wide input", [](PoolingStage& s) { s.act("set_input", std::vector<float>(512, 0.5f), 2, 256); }},
    {"a tall input", [](PoolingStage& s) { s.act("set_input", std::vector<float>(512, 0.5f), 256, 2); }},
    {"a large input, all of it pooled",
     [](PoolingStage& s) { s.act("set_input", std::vector<float>(16384, 0.5f), 128, 128), s.act("finish"); }},
};

}  // namespace

TEST_CASE("view/pooling: whatever is on stage is drawn inside of it, at every size") {
  for (const Scenario& scenario : kScenarios) {
    PoolingStage stage;
    scenario.prepare(stage);
    for (const StageSize& size : kFiveSizes) {
      INFO(std::string(size.name) << ", " << std::string(scenario.name));
      stage.resize(size);
      stage.settle();
      for (const char* tab : {"", "tabPooling", "tabInput", "tabFilter"}) {
        CAPTURE(std::string(tab));
        if (*tab && size.width > 620 && size.height > 440) continue;  // only little stages have tabs
        if (*tab) stage.show_tab(tab);
        check_finite(stage);
        check_inside(stage);
        check_letters(stage);
      }
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/pooling: by keyboard every control does what it says") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    PoolingStage stage(size);
    const auto enter = [&](const char* id) {
      INFO(std::string(id));
      REQUIRE(stage.focus(id));
      stage.key(ImGuiKey_Enter);
    };
    stage.show_tab("tabPooling");
    enter("modeaverage");
    CHECK(stage.pooling().mode() == PoolingLesson::Mode::average);
    enter("modemax");
    CHECK(stage.pooling().mode() == PoolingLesson::Mode::max);
    enter("paddingsame");
    CHECK(stage.pooling().padding() == Padding::same);
    REQUIRE(stage.focus("window"));
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.pooling().window() == 3);
    REQUIRE(stage.focus("stride"));
    stage.key(ImGuiKey_LeftArrow);
    stage.key(ImGuiKey_LeftArrow);  // 1 is the smallest
    CHECK(stage.pooling().stride() == 1);
    const std::uint64_t before = stage.picture();
    enter("shownits gradient");
    CHECK(stage.picture() != before);
    stage.show_tab("tabInput");
    enter("example26×26");
    CHECK(stage.pooling().source() == PoolingLesson::Source::channel);
    enter("digit3");
    CHECK(stage.pooling().picture().digit() == 3);
    stage.show_tab("tabFilter");
    enter("preset sobel_y");
    CHECK(stage.pooling().filter().name == "sobel_y");
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/pooling: by pointer every control does what it says") {
  PoolingStage stage;
  stage.click("modeaverage");
  CHECK(stage.pooling().mode() == PoolingLesson::Mode::average);
  stage.click("window+");
  CHECK(stage.pooling().window() == 3);
  stage.click("stride-");
  CHECK(stage.pooling().stride() == 1);
  stage.click("paddingsame");
  CHECK(stage.pooling().padding() == Padding::same);
  stage.click("exampleconv + relu");
  CHECK(stage.pooling().source() == PoolingLesson::Source::digit);
  stage.click("preset blur");
  CHECK(stage.pooling().filter().name == "blur");
  stage.click("digit5");
  CHECK(stage.pooling().picture().digit() == 5);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/pooling: the window never grows beyond what fits") {
  PoolingStage stage;
  for (int i = 0; i < 4; ++i) {
    REQUIRE(stage.focus("window"));
    stage.key(ImGuiKey_RightArrow);
  }
  CHECK(stage.pooling().window() == 4);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/pooling: pressing an output cell goes there, and pointing lights up what belongs together") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    PoolingStage stage(size);
    stage.act("load_preset", "digit");
    const ImVec2 at = stage.cell(1, 7, 4);
    stage.click(at.x, at.y);
    CHECK(stage.pooling().cell(stage.time().step()) == PoolingLesson::Cell{7, 4});
    stage.leave();
    stage.act("finish");
    const std::uint64_t before = stage.picture();
    for (const std::size_t map : {0u, 1u}) {
      stage.point_at(map, 5, 5);
      CHECK(stage.picture() != before);
      CHECK(ImGui::GetForegroundDrawList()->VtxBuffer.Size > 40);  // the number, said in a tooltip
      stage.leave();
      CHECK(stage.picture() == before);
    }
  }
}

TEST_CASE("view/pooling: what the text has words for is there, and tells when the pointer is on it") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    PoolingStage stage(size);
    const auto there = [&](const char* part) {
      CAPTURE(std::string(part));
      CHECK(stage.ok({{"op", "point"}, {"part", part}})["there"].get<bool>());
    };
    for (const char* part : {"input", "output", "window", "result", "line"}) there(part);
    stage.show_tab("tabPooling");
    for (const char* part : {"mode", "size", "stride", "padding", "gradient"}) there(part);
    stage.point_at(1, 1, 1);
    CHECK(stage.over_part == "output");
    stage.point_at(0, 3, 3);
    CHECK(stage.over_part == "input");
  }
}

TEST_CASE("view/pooling: what a teacher hides is not reached") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    PoolingStage stage(size);
    stage.act("load_preset", "digit");
    for (const char* control : {"examples", "picture", "presets", "mode", "window", "stride", "padding"})
      stage.display.hidden.insert(control);
    stage.settle();
    for (const char* tab : {"tabWindow", "tabPooling", "tabInput", "tabFilter"}) {
      stage.show_tab(tab);
      check_inside(stage);
      for (const std::string& id : stage.stops()) {
        CAPTURE(id);
        for (const char* hidden : {"example", "digit", "preset", "mode", "window", "stride", "padding"})
          CHECK_FALSE(id.starts_with(hidden));
      }
    }
  }
}

TEST_CASE("view/pooling: the numbers of the 4×4 example change under the pointer and under the keyboard") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    REQUIRE(stage.session.open("pooling", {}));
    stage.settle();
    const auto input = [&] { return stage.state()["input"]["values"]; };
    const double before = input()[5];
    const ImVec2 at = stage.cell(0, 1, 1);
    stage.move(at.x, at.y);
    stage.press();
    stage.move(at.x, at.y - 18 * size.scale);
    stage.release();
    CHECK(input()[5] == before + 3);
    REQUIRE(stage.focus("input2.3"));
    stage.key(ImGuiKey_UpArrow);
    stage.type("7.5");
    stage.key(ImGuiKey_Enter);
    CHECK(input()[11] == 7.5);
    CHECK(stage.refused.empty());
    stage.display.hidden = {"numbers"};
    CHECK(!stage.focus("input2.3"));
  }
}
