// The stage by mouse and finger.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "lesson/lesson_fixture.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

// Whether a frame of the panel's colour has a corner near this point.
bool corner_near(const Stage& stage, float x, float y) {
  const ImU32 colour = packed(theme(stage.display.theme).panel);
  const float near = 5 * stage.display.scale;
  for (const ImDrawVert& v : stage.drawn().VtxBuffer) {
    if (v.col == colour && std::abs(v.pos.x - x) < near && std::abs(v.pos.y - y) < near) return true;
  }
  return false;
}

// Checks that the cells top … bottom, left … right of a map are framed.
void check_framed(const Stage& stage, std::size_t map, int top, int left, int bottom, int right) {
  const HeatMap& m = stage.scene.maps[map];
  const float w = m.place.w / static_cast<float>(m.cols), h = m.place.h / static_cast<float>(m.rows);
  INFO("map " << map << ", rows " << top << " to " << bottom << ", columns " << left << " to " << right);
  for (const int row : {top, bottom + 1}) {
    for (const int col : {left, right + 1}) {
      CHECK(corner_near(stage, m.place.x + static_cast<float>(col) * w,
                        m.place.y + static_cast<float>(row) * h));
    }
  }
}

}  // namespace

TEST_CASE("view/pointer: the buttons of the transport") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    stage.click("play");
    CHECK(stage.time().playing());
    stage.click("play");
    CHECK_FALSE(stage.time().playing());
    stage.act("seek", 50);
    stage.click("forward");
    CHECK(stage.time().step() == 51);
    stage.click("back");
    CHECK(stage.time().step() == 50);
    stage.click("product-");
    CHECK(stage.time().ticks_shown() == 8);
    stage.click("product+");
    CHECK(stage.time().ticks_shown() == 9);
    stage.click("last");
    CHECK(stage.time().at_end());
    stage.click("first");
    CHECK(stage.time().step() == 0);
    CHECK(stage.refused.empty());
    stage.key(ImGuiKey_Space);  // a pressed button does not keep the keys
    CHECK(stage.time().playing());
  }
}

TEST_CASE("view/pointer: pressing an output cell goes there") {
  for (const StageSize& size : kSizes) {
    for (const char* padding : {"valid", "same"}) {
      INFO(std::string(size.name) << ", " << std::string(padding));
      Stage stage(size);
      stage.act("set_padding", padding);
      stage.act("add_filter", "blur");
      stage.act("seek", stage.lesson().step_of({3, 3, 1}));
      const ImVec2 at = stage.cell(1, 11, 20);
      stage.click(at.x, at.y);
      CHECK(stage.lesson().cell(stage.time().step()) == Convolution::Cell{11, 20, 1});
      // And dragging takes along.
      stage.press();
      const ImVec2 to = stage.cell(1, 4, 2);
      stage.move(to.x, to.y);
      CHECK(stage.lesson().cell(stage.time().step()) == Convolution::Cell{4, 2, 1});
      stage.move(-50, -50);  // beyond the edge: the nearest cell
      CHECK(stage.lesson().cell(stage.time().step()) == Convolution::Cell{0, 0, 1});
      stage.release();
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/pointer: over an output cell its window lights up") {
  for (const StageSize& size : kSizes) {
    for (const int stride : {1, 3}) {
      INFO(std::string(size.name) << ", stride " << stride);
      Stage stage(size);
      stage.act("set_stride", stride);
      stage.act("finish");  // no window of its own on the input
      const std::uint64_t before = stage.picture();
      stage.point_at(1, 5, 7);
      CHECK(stage.picture() != before);
      check_framed(stage, 0, 5 * stride, 7 * stride, 5 * stride + 2, 7 * stride + 2);
      const std::uint64_t there = stage.picture();
      stage.point_at(1, 5, 8);
      CHECK(stage.picture() != there);
      stage.leave();
      CHECK(stage.picture() == before);
    }
  }
}

TEST_CASE("view/pointer: over an input pixel every output cell that uses it lights up") {
  for (const StageSize& size : kSizes) {
    Stage stage(size);
    stage.act("finish");
    const std::uint64_t before = stage.picture();
    struct Row {
      int stride;
      const char* padding;
      int row, col, top, left, bottom, right;
    };
    for (const Row& r : {Row{1, "valid", 10, 12, 8, 10, 10, 12},
                         {1, "valid", 0, 0, 0, 0, 0, 0},
                         {1, "same", 0, 27, 0, 26, 1, 27},
                         {2, "valid", 10, 13, 4, 6, 5, 6}}) {
      INFO(std::string(size.name) << ", stride " << r.stride << ", " << std::string(r.padding) << ", pixel "
                                  << r.row << ", " << r.col);
      stage.act("set_padding", r.padding), stage.act("set_stride", r.stride), stage.act("finish");
      stage.point_at(0, r.row, r.col);
      check_framed(stage, 1, r.top, r.left, r.bottom, r.right);
      stage.leave();
    }
    stage.act("set_padding", "valid"), stage.act("set_stride", 1), stage.act("finish");
    CHECK(stage.picture() == before);
  }
}

TEST_CASE("view/pointer: the numbers under the pointer are said everywhere") {
  Stage stage;
  const auto tooltip = [&] { return ImGui::GetForegroundDrawList()->VtxBuffer.Size; };
  CHECK(tooltip() == 0);
  for (const std::size_t map : {0u, 1u}) {
    stage.point_at(map, 9, 9);
    CHECK(tooltip() > 40);
    stage.leave();
    CHECK(tooltip() == 0);
  }
}

TEST_CASE("view/pointer: digits, presets and steppers by pointer") {
  Stage stage;
  stage.click("digit5");
  CHECK(stage.lesson().picture().digit() == 5);
  stage.click("preset blur");
  CHECK(stage.state()["filters"][0]["name"] == "blur");
  stage.click("stride+");
  CHECK(stage.state()["stride"] == 2);
  stage.click("stride-");
  CHECK(stage.state()["stride"] == 1);
  stage.click("stride-");
  CHECK(stage.state()["stride"] == 1);
  stage.click("flipflipped");
  CHECK(stage.state()["flipped"] == true);
  stage.click("add filter");
  CHECK(stage.lesson().bank().count() == 2);
  CHECK(stage.state()["window"]["channel"] == 1);  // and shows it
  stage.click("filter0");
  CHECK(stage.state()["window"]["channel"] == 0);
  stage.click("remove filter");
  CHECK(stage.lesson().bank().count() == 1);
  stage.click("colour");
  CHECK(stage.state()["input"]["channels"] == 3);
  const std::uint64_t all = stage.picture();
  stage.click("channelgreen");
  stage.leave();
  CHECK(stage.picture() != all);
  stage.click("open");
  REQUIRE(stage.wishes.size() == 1);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/pointer: a weight by pressing and dragging, and by its − and +") {
  for (const StageSize& size : {kDesktop, kProjector, kPhone}) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    if (stage.focus("tabFilter")) stage.key(ImGuiKey_Enter);
    const auto value = [&](std::size_t cell) {
      return stage.state()["filters"][0]["values"][cell].get<float>();
    };
    stage.click("weight2");
    CHECK(value(2) == -1);  // a press alone changes nothing
    stage.click("weight+");
    CHECK(value(2) == -0.75f);
    stage.click("weight-");
    CHECK(value(2) == -1);
    REQUIRE(stage.find("weight6"));
    const ImVec2 at = ImGui::GetIO().MousePos;
    stage.press();
    stage.move(at.x, at.y - 30 * size.scale);
    CHECK(value(6) > 0.5f);
    CHECK(value(6) < 2);
    stage.move(at.x, at.y + 30 * size.scale);
    CHECK(value(6) < -0.5f);
    stage.release();
    const float kept = value(6);
    stage.move(at.x, at.y);
    CHECK(value(6) == kept);
    stage.type("3");  // the pressed cell takes what is typed
    stage.key(ImGuiKey_Enter);
    CHECK(value(6) == 3);
    stage.type("4");
    stage.click("weight0");  // pressing elsewhere keeps it
    CHECK(value(6) == 4);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/pointer: dragging the scrubber rests on whole cells and reaches both ends") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    REQUIRE(stage.find("scrub"));
    const ImVec2 at = ImGui::GetIO().MousePos;
    stage.press();
    stage.move(at.x + 40, at.y);
    CHECK(stage.time().phase() == Timeline::kRest);
    const int step = stage.time().step();
    stage.move(at.x + 60, at.y);
    CHECK(stage.time().step() > step);
    stage.move(size.width * 3, at.y);
    CHECK(stage.time().at_end());
    stage.move(-size.width, at.y);
    CHECK(stage.time().step() == 0);
    stage.release();
    CHECK_FALSE(stage.time().playing());
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/pointer: drawing on the sheet with mouse or finger") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    if (stage.focus("tabPicture")) stage.key(ImGuiKey_Enter);
    stage.click("draw");
    REQUIRE(stage.find("sheet"));
    const ImVec2 at = ImGui::GetIO().MousePos;
    const auto strokes = [&] { return stage.lesson().picture().drawing().strokes().size(); };
    const std::uint64_t empty = stage.picture();
    stage.press();
    for (int i = 1; i <= 20; ++i)
      stage.move(at.x + static_cast<float>(2 * i), at.y + static_cast<float>(4 * i), 1);
    CHECK(stage.picture() != empty);  // the line follows the pen
    CHECK(strokes() == 0);
    stage.release();
    REQUIRE(strokes() == 1);
    CHECK(stage.lesson().picture().label() == "your drawing");
    stage.press();  // a dot
    stage.release();
    CHECK(strokes() == 2);
    stage.press();
    stage.move(-500, 5000);  // off the sheet: the pen stays at its edge
    stage.release();
    CHECK(strokes() == 3);
    for (const Stroke& stroke : stage.lesson().picture().drawing().strokes()) {
      for (const Point& p : stroke) CHECK((p.x >= 0 && p.x <= 1 && p.y >= 0 && p.y <= 1));
    }
    stage.click("undo");
    CHECK(strokes() == 2);
    stage.click("clear");
    CHECK(strokes() == 0);
    stage.click("done");
    CHECK(stage.scene.maps.size() >= 2);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/pointer: no frame is blank, whatever opens or closes") {
  Stage stage;
  std::vector<std::uint8_t> bytes{0, 0, 8, 3, 0, 0, 0, 200, 0, 0, 0, 4, 0, 0, 0, 5};
  bytes.resize(16 + 200 * 20, 77);
  stage.stage(bytes);
  stage.act("load_idx", "digits", Json{{"$bytes", 0}});
  const auto each_frame = [&](const char* what) {
    for (int i = 0; i < 4; ++i) {
      stage.settle(1);
      INFO(std::string(what) << ", frame " << i);
      CHECK(stage.drawn().VtxBuffer.Size > 100);
    }
  };
  const auto press = [&](ImGuiKey key, const char* what) {
    ImGui::GetIO().AddKeyEvent(key, true);
    each_frame(what);
    ImGui::GetIO().AddKeyEvent(key, false);
    stage.settle();
  };
  REQUIRE(stage.focus("gallery"));
  press(ImGuiKey_Enter, "the gallery opens");
  press(ImGuiKey_Escape, "the gallery closes");
  REQUIRE(stage.focus("draw"));
  press(ImGuiKey_Enter, "the sheet opens");
  press(ImGuiKey_Escape, "the sheet closes");
}

TEST_CASE("view/pointer: a file's pictures are looked through and picked") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    std::vector<std::uint8_t> bytes{0, 0, 8, 3, 0, 0, 0, 200, 0, 0, 0, 4, 0, 0, 0, 5};
    bytes.resize(16 + 200 * 20, 77);
    stage.stage(bytes);
    stage.act("load_idx", "digits", Json{{"$bytes", 0}});
    if (stage.focus("tabPicture")) stage.key(ImGuiKey_Enter);
    stage.click("idx+");
    CHECK(stage.lesson().picture().idx_index() == 1);
    stage.click("gallery");
    REQUIRE(stage.find("picture2"));
    stage.press(), stage.release();
    CHECK(stage.lesson().picture().idx_index() == 2);
    stage.click("gallery");
    stage.click("page+");
    REQUIRE(stage.focus("picture0"));
    stage.key(ImGuiKey_Enter);
    CHECK(stage.lesson().picture().idx_index() > 2);
    const int picked = stage.lesson().picture().idx_index();
    stage.click("gallery");
    stage.key(ImGuiKey_Escape);
    CHECK(stage.lesson().picture().idx_index() == picked);
    CHECK(stage.refused.empty());
    stage.key(ImGuiKey_Space);
    CHECK(stage.time().playing());
  }
}
