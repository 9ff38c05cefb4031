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
