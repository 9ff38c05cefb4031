// The stage of the lesson `image`.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "lesson/image.h"
#include "lesson/lesson_fixture.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

constexpr StageSize kTablet{"tablet", 768, 760, 1};
constexpr StageSize kFiveSizes[] = {kDesktop, kProjector, kTablet, kPhone, kPhoneOnItsSide};

class ImageStage : public Stage {
 public:
  explicit ImageStage(const StageSize& size = kDesktop) : Stage(size) {
    ok({{"op", "open"}, {"slug", "image"}});
    settle();
  }
  const ImageLesson& image() const { return static_cast<const ImageLesson&>(session.lesson()); }
  bool little() const { return display.width < 620 || display.height < 440; }
  // Only little stages have tabs.
  void show_tab(const char* tab) {
    if (focus(tab)) key(ImGuiKey_Enter);
    ok({{"op", "blur"}});
    settle();
  }
};

struct Scenario {
  const char* name;
  std::function<void(ImageStage&)> prepare;
};

const Scenario kScenarios[] = {
    {"as it opens", [](ImageStage&) {}},
    {"half read", [](ImageStage& s) { s.act("scrub", 4.4); }},
    {"numbers alone", [](ImageStage& s) { s.act("set_shaded", false), s.act("scrub", 3.1); }},
    {"0 to 1", [](ImageStage& s) { s.act("set_scale", 1); }},
    {"the whole digit", [](ImageStage& s) { s.act("set_zoom", 0, 0, 28, 28), s.act("set_bar", 0); }},
    {"one pixel", [](ImageStage& s) { s.act("set_zoom", 3, 3, 1, 1); }},
    {"a long region", [](ImageStage& s) { s.act("set_zoom", 5, 0, 2, 28); }},
    {"a high region", [](ImageStage& s) { s.act("set_zoom", 0, 5, 28, 2); }},
    {"in colour", [](ImageStage& s) { s.act("set_colour_digit", 3), s.act("set_zoom", 9, 9, 4, 4); }},
    {"its blue channel", [](ImageStage& s) { s.act("set_colour_digit", 3), s.act("set_channel", 2); }},
    {"covered", [](ImageStage& s) { s.act("challenge"); }},
    {"guessed", [](ImageStage& s) { s.act("challenge"), s.act("predict", 123.5); }},
    {"looking into the corner", [](ImageStage& s) { s.act("look_at", 27, 27); }},
    {"an empty grid", [](ImageStage& s) { s.act("set_blank", 3); }},
    {"huge numbers",
     [](ImageStage& s) {
       s.act("set_pixels", Json::array({-123456.7, 99999.9, 0, 1}), 2, 2, 1);
     }},
    {"64 channels", [](ImageStage& s) { s.act("set_pixels", std::vector<float>(256, 0.5f), 2, 2, 64); }},
    {"a wide picture", [](ImageStage& s) { s.act("set_pixels", std::vector<float>(512, 0.5f), 2, 256, 1); }},
    {"a tall picture", [](ImageStage& s) { s.act("set_pixels", std::vector<float>(512, 0.5f), 256, 2, 1); }},
    {"a large picture",
     [](ImageStage& s) {
       s.act("set_pixels", std::vector<float>(16384, 0.5f), 128, 128, 1), s.act("set_zoom", 0, 0, 128, 128);
       s.act("set_bar", 7);
     }},
};

}  // namespace

TEST_CASE("view/image: whatever is on stage is drawn inside of it, at every size") {
  for (const Scenario& scenario : kScenarios) {
    ImageStage stage;
    scenario.prepare(stage);
    for (const StageSize& size : kFiveSizes) {
      INFO(std::string(size.name) << ", " << std::string(scenario.name));
      stage.resize(size);
      stage.settle();
      for (const char* tab : {"", "tabPicture", "tabNumbers", "tabHistogram", "tabDraw", "tabChannels"}) {
        CAPTURE(std::string(tab));
        if (*tab && !stage.little()) continue;
        if (*tab) stage.show_tab(tab);
        check_finite(stage);
        check_inside(stage);
        check_letters(stage);
      }
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/image: by keyboard every control does what it says") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    ImageStage stage(size);
    const bool phone = stage.display.width < 620;
    const auto enter = [&](const char* id) {
      INFO(std::string(id));
      REQUIRE(stage.focus(id));
      stage.key(ImGuiKey_Enter);
    };
    REQUIRE(stage.focus("pixels"));
    const ImageLesson::Pixel from = stage.image().pixel();
    stage.key(ImGuiKey_RightArrow), stage.key(ImGuiKey_DownArrow), stage.key(ImGuiKey_DownArrow);
    CHECK(stage.image().pixel() == ImageLesson::Pixel{from.row + 2, from.col + 1});
    stage.key(ImGuiKey_Equal);
    CHECK(stage.image().zoom().height < 10);
    stage.key(ImGuiKey_Minus);
    if (!phone) stage.show_tab("tabNumbers");
    const int before = stage.image().zoom().height;
    REQUIRE(stage.focus("zoom"));
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.image().zoom().height > before);
    if (phone) stage.show_tab("tabDraw");
    enter("scale0–1");
    CHECK(stage.image().scale() == ImageLesson::Scale::ones);
    enter("shadesnone");
    CHECK_FALSE(stage.image().shaded());
    enter("blank");
    CHECK(stage.image().input().shape().h == 8);
    REQUIRE(stage.focus("ink"));
    for (int i = 0; i < 5; ++i) stage.key(ImGuiKey_LeftArrow);
    if (phone) stage.show_tab("tabPicture");
    REQUIRE(stage.focus("pixels"));
    const ImageLesson::Pixel at = stage.image().pixel();
    stage.key(ImGuiKey_Space);
    CHECK(stage.image().value(at, 0) == doctest::Approx(250.0 / 255));
    if (phone) stage.show_tab("tabDraw");
    enter("handlooks");
    if (!phone) stage.show_tab("tabPicture");
    enter("colour");
    CHECK(stage.image().in_colour());
    if (!phone) stage.show_tab("tabChannels");
    enter("channel Green");
    CHECK(stage.image().channel() == 1);
    enter("channel All three");
    CHECK(stage.image().channel() == ImageLesson::kAllChannels);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/image: a press on a pixel looks at it, and the region comes along") {
  ImageStage stage;
  stage.point_at(0, 2, 3);
  CHECK(stage.image().pixel() != ImageLesson::Pixel{2, 3});  // pointing alone changes nothing
  stage.press();
  CHECK(stage.image().pixel() == ImageLesson::Pixel{2, 3});
  CHECK(stage.image().zoom() == ImageLesson::Region{0, 0, 10, 10});
  stage.point_at(0, 20, 22);  // dragged on
  CHECK(stage.image().pixel() == ImageLesson::Pixel{20, 22});
  CHECK(stage.image().zoom().contains({20, 22}));
  stage.release();
  const ImageLesson::Region region = stage.image().zoom();
  stage.point_at(1, 4, 6);  // among the numbers
  stage.press(), stage.release();
  CHECK(stage.image().pixel() == ImageLesson::Pixel{region.top + 4, region.left + 6});
  CHECK(stage.image().zoom() == region);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/image: the pencil writes into pixels and numbers alike, as long as it is held") {
  ImageStage stage;
  stage.click("blank");
  CHECK(stage.image().input().shape().h == 8);
  stage.point_at(0, 1, 1);
  stage.press();
  stage.point_at(0, 2, 1), stage.point_at(0, 3, 1);
  stage.release();
  stage.point_at(1, 6, 7);
  stage.press(), stage.release();
  for (int row = 0; row < 8; ++row) {
    for (int col = 0; col < 8; ++col) {
      const bool drawn = (col == 1 && row >= 1 && row <= 3) || (row == 6 && col == 7);
      CHECK(stage.image().value({row, col}, 0) == (drawn ? 1 : 0));
    }
  }
  stage.click("handlooks");
  stage.point_at(0, 5, 5);
  stage.press(), stage.release();
  CHECK(stage.image().value({5, 5}, 0) == 0);
}

TEST_CASE("view/image: the wheel zooms where the picture is") {
  ImageStage stage;
  stage.point_at(0, 14, 14);
  ImGui::GetIO().AddMouseWheelEvent(0, 1);
  stage.settle();
  CHECK(stage.image().zoom().height == 8);
  ImGui::GetIO().AddMouseWheelEvent(0, -1);
  stage.settle();
  CHECK(stage.image().zoom().height == 9);
  stage.leave();
  ImGui::GetIO().AddMouseWheelEvent(0, -1);
  stage.settle();
  CHECK(stage.image().zoom().height == 9);
}

TEST_CASE("view/image: a pixel and its bar light each other up") {
  ImageStage stage;
  const std::uint64_t before = stage.picture();
  stage.point_at(0, 0, 0);
  const std::uint64_t pointed = stage.picture();
  CHECK(pointed != before);
  stage.leave();
  CHECK(stage.picture() == before);
  REQUIRE(stage.find("histogram"));
  CHECK(stage.picture() != before);
  stage.press(), stage.release();
  CHECK(stage.image().chosen_bar() >= 0);
  const int chosen = stage.image().chosen_bar();
  stage.press(), stage.release();
  CHECK(stage.image().chosen_bar() == -1);
  CAPTURE(chosen);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/image: a picture between two steps is the same whichever way it was reached") {
  ImageStage stage;
  stage.act("scrub", 3.37);
  const std::uint64_t there = stage.picture();
  stage.act("scrub", 8.2);
  CHECK(stage.picture() != there);
  stage.act("scrub", 3.37);
  CHECK(stage.picture() == there);
}

TEST_CASE("view/image: at rest nothing asks for another frame") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    ImageStage stage(size);
    stage.settle(6);
    CHECK_FALSE(stage.frame(stage.platform.surface, 0.1f));
  }
}
