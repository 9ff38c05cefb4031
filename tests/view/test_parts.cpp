// Parts of the stage that the text has words for: each lights up when pointed at, and tells when the pointer
// is on it.
#include <doctest/doctest.h>

#include <algorithm>

#include "view/stage_fixture.h"
#include "view/widget_fixture.h"

using namespace kg;

namespace {

bool there(Stage& stage, const char* part) {
  const bool answer = stage.ok({{"op", "point"}, {"part", part}})["there"];
  stage.settle();
  return answer;
}

std::size_t vertices() { return static_cast<std::size_t>(ImGui::GetDrawData()->TotalVtxCount); }

}  // namespace

TEST_CASE("view/parts: the text points at a part and it lights up, until it does so no more") {
  for (const StageSize& size : kSizes) {
    CAPTURE(size.name);
    Stage stage(size);
    const std::size_t before = vertices();
    for (const char* part : {"input", "output", "window", "sum"}) {
      CAPTURE(part);
      CHECK(there(stage, part));
      CHECK(vertices() > before);
      CHECK(!there(stage, ""));
      CHECK(vertices() == before);
    }
    CHECK(!there(stage, "moon"));
    CHECK(vertices() == before);
  }
}

TEST_CASE("view/parts: the pointer on a part is told, the innermost where they lie on each other") {
  Stage stage;
  CHECK(stage.over_part == "");
  REQUIRE(stage.find("input"));
  CHECK((stage.over_part == "input" || stage.over_part == "window"));
  REQUIRE(stage.find("output"));
  CHECK(stage.over_part == "output");
  stage.leave();
  CHECK(stage.over_part == "");
}

TEST_CASE(
    "view/parts: on a phone, a part that lies in another tab comes to the front when the text points at it") {
  struct Word {
    const char* slug;
    std::vector<const char*> parts;
  };
  const std::vector<Word> words = {
      {"convolution", {"flip", "sum", "filter", "input", "stride", "output", "window"}},
      {"padding",
       {"sum", "filter", "border", "input", "output", "window", "formula", "stride", "mode", "view"}},
      {"shapes", {"settings", "explained", "table", "total", "boxes", "output", "params"}},
      {"pooling",
       {"mode", "result", "size", "line", "stride", "padding", "gradient", "input", "output", "window"}},
      {"parameters", {"sizes", "count", "network", "total"}}};
  for (const StageSize& size : {kPhone, kDesktop}) {
    for (const Word& word : words) {
      Stage stage(size);
      REQUIRE(stage.session.open(word.slug, {}));
      stage.settle();
      for (const char* part : word.parts) {
        INFO(std::string(size.name) << ", " << std::string(word.slug) << ", " << std::string(part));
        (void)there(stage, part);
        CHECK(stage.shell.has_part(part));
        (void)there(stage, "");
      }
    }
  }
}

TEST_CASE("view/parts: pointing opens a tab once; it can be left while the word is still pointed at") {
  Stage stage(kPhone);
  (void)there(stage, "stride");
  REQUIRE(stage.shell.has_part("stride"));
  stage.click("tabPicture");
  CHECK(!stage.shell.has_part("stride"));
  (void)there(stage, "");
  CHECK(!stage.shell.has_part("sum"));  // and nothing turns back by itself
}

TEST_CASE("view/parts: a frame writes down what it places: presses, areas, parts, and what letters cover") {
  WidgetStage stage(400, 300);
  const Rect box{20, 30, 200, 100};
  stage.widget = [&](Ui& ui) {
    ui.part("a part", box);
    ui.press("a press", {20, 30, 50, 20}, "what it is");
    ui.area("an area", {-5, 60, 50, 0});  // nobody can reach it; all the more it is told
    ui.text(20, 140, "one line", type::kText, ui.theme.ink);
    ui.text(380, 160, "runs off the stage", type::kText, ui.theme.ink);
    ui.paragraph({20, 200, 80, 90}, "words that take several lines", type::kText, ui.theme.ink);
    ui.tooltip("a tooltip");
    ui.in_front().text(20, 180, "a card", type::kText, ui.theme.ink);
  };
  stage.move(200, 150);
  const auto placed = [&](Placed::Kind kind, const std::string& id) {
    const auto is_it = [&](const Placed& p) { return p.kind == kind && p.id == id; };
    INFO(id);
    REQUIRE(std::count_if(stage.placed.begin(), stage.placed.end(), is_it) == 1);
    return *std::find_if(stage.placed.begin(), stage.placed.end(), is_it);
  };
  CHECK(stage.placed.size() == 8);  // of the last frame alone
  CHECK(placed(Placed::Kind::part, "a part").box.w == 200);
  CHECK(placed(Placed::Kind::press, "a press").label == "what it is");
  CHECK(placed(Placed::Kind::area, "an area").box.h == 0);
  const Placed line = placed(Placed::Kind::text, "one line"),
               off = placed(Placed::Kind::text, "runs off the stage"),
               lines = placed(Placed::Kind::text, "words that take several lines");
  CHECK(!line.front);
  CHECK(line.box.x == doctest::Approx(20).epsilon(0.1));
  CHECK(line.box.w > 30);
  CHECK(line.box.y > 139);
  CHECK(line.box.bottom() < 140 + 14 * 1.3f);
  CHECK(off.box.right() > 420);
  CHECK(lines.box.h > 2 * 14);
  CHECK(lines.box.right() <= 101);
  CHECK(placed(Placed::Kind::text, "a tooltip").front);
  CHECK(placed(Placed::Kind::text, "a card").front);
}

TEST_CASE("view/parts: hands reach what is placed, past what lies over it, and miss what is not") {
  WidgetStage stage(400, 300);
  stage.widget = [&](Ui& ui) {
    ui.press("over", {80, 80, 40, 40}, "over");  // the first takes the pointer
    ui.area("under", {20, 20, 160, 160});
  };
  stage.settle();
  CHECK(stage.find("over"));
  CHECK(stage.hovered() == "over");
  CHECK(stage.find("under"));
  CHECK(stage.hovered() == "under");
  CHECK_FALSE(stage.find("nowhere"));
}
