// Parts of the stage that the text has words for: each lights up when pointed at, and tells when the pointer
// is on it.
#include <doctest/doctest.h>

#include "view/stage_fixture.h"

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
