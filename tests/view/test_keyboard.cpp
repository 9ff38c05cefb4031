// The stage by keyboard alone.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "lesson/lesson_fixture.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

int count_strokes(const Stage& stage) {
  return static_cast<int>(stage.lesson().picture().drawing().strokes().size());
}

}  // namespace

TEST_CASE("view/keyboard: space plays and pauses, arrows step, Home and End go to the ends") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    stage.act("seek", 100);
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.time().step() == 101);
    stage.key(ImGuiKey_LeftArrow);
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.time().step() == 99);
    CHECK(stage.time().ticks_shown() == 9);
    stage.key(ImGuiKey_LeftArrow, ImGuiMod_Shift);
    CHECK(stage.time().step() == 99);
    CHECK(stage.time().ticks_shown() == 8);
    stage.key(ImGuiKey_RightArrow, ImGuiMod_Shift);
    stage.key(ImGuiKey_RightArrow, ImGuiMod_Shift);
    CHECK(stage.time().step() == 100);
    CHECK(stage.time().ticks_shown() == 0);
    stage.key(ImGuiKey_End);
    CHECK(stage.time().at_end());
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.time().at_end());
    stage.key(ImGuiKey_Home);
    CHECK(stage.time().step() == 0);
    CHECK(stage.time().ticks_shown() == 9);
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.time().step() == 0);
    stage.key(ImGuiKey_Space);
    CHECK(stage.time().playing());
    stage.key(ImGuiKey_Space);
    CHECK_FALSE(stage.time().playing());
    stage.key(ImGuiKey_Enter);
    CHECK(stage.time().playing());
    stage.key(ImGuiKey_RightArrow);  // who steps wants to look
    CHECK_FALSE(stage.time().playing());
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/keyboard: the browser's own shortcuts are left alone") {
  Stage stage;
  stage.act("seek", 100);
  const std::string before = stage.session.state().dump();
  for (const ImGuiKey with : {ImGuiMod_Ctrl, ImGuiMod_Alt, ImGuiMod_Super}) {
    for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Space, ImGuiKey_Home,
                               ImGuiKey_End, ImGuiKey_Enter}) {
      stage.key(key, with);
    }
  }
  CHECK(difference(stage.session.state().dump(), before) == "");
}

TEST_CASE("view/keyboard: a held key repeats") {
  Stage stage;
  stage.act("seek", 100);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_RightArrow, true);
  stage.settle(60);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_RightArrow, false);
  stage.settle();
  CHECK(stage.time().step() > 105);
}

TEST_CASE("view/keyboard: ? asks the page for help") {
  Stage stage;
  stage.type("?");
  REQUIRE(stage.wishes.size() == 1);
  CHECK(stage.wishes[0].kind == Wish::Kind::help);
}

TEST_CASE("view/keyboard: Tab visits every control once and leaves, and back the same way") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    const std::vector<std::string> forward = stage.stops(1);
    std::vector<std::string> back = stage.stops(-1);
    std::reverse(back.begin(), back.end());
    std::string order;
    for (const std::string& id : forward) order += id + ", ";
    CAPTURE(order);
    CHECK(forward == back);
    CHECK(forward.size() >= 12);
    CHECK(forward.size() < 300);
    CHECK(std::set<std::string>(forward.begin(), forward.end()).size() == forward.size());
    CHECK(stage.shell.focus().current() == "");  // it has left
    CHECK(stage.tab() != "");                    // and comes in again at the beginning
    CHECK(stage.shell.focus().current() == forward.front());
  }
}

TEST_CASE("view/keyboard: on a desktop Tab reaches everything that can be done") {
  Stage stage;
  stage.act("add_filter", "blur");
  const std::vector<std::string> stops = stage.stops();
  const std::set<std::string> reached(stops.begin(), stops.end());
  std::vector<std::string> expected{
      "draw",        "colour",     "open",          "editor",        "weight",  "filter0",
      "filter1",     "add filter", "remove filter", "preset random", "stride",  "paddingvalid",
      "paddingsame", "first",      "back",          "play",          "forward", "last",
      "product-",    "product+",   "scrub",         "speed"};
  for (int digit = 0; digit < 10; ++digit) expected.push_back("digit" + std::to_string(digit));
  for (const FilterPreset& preset : filter_presets())
    expected.push_back("preset " + std::string(preset.name));
  for (const std::string& id : expected) {
    CAPTURE(id);
    CHECK(reached.contains(id));
  }
}

TEST_CASE("view/keyboard: everything reached by Tab shows that it has the keyboard") {
  for (const StageSize& size : {kDesktop, kPhone}) {
    Stage stage(size);
    stage.ok({{"op", "blur"}});
    stage.settle();
    const std::uint64_t blurred = stage.picture();
    std::set<std::uint64_t> pictures{blurred};
    std::size_t stops = 0;
    while (!stage.tab().empty()) {
      INFO(std::string(size.name) << ", " << stage.shell.focus().current());
      REQUIRE(++stops < 300);
      CHECK(pictures.insert(stage.picture()).second);
    }
    CHECK(stage.picture() == blurred);
  }
}

TEST_CASE("view/keyboard: what is pressed by Enter or Space happens once, and Space does not play as well") {
  Stage stage;
  REQUIRE(stage.focus("digit3"));
  stage.key(ImGuiKey_Space);
  CHECK(stage.lesson().picture().digit() == 3);
  CHECK(stage.lesson().picture().seed() == Session::kSeed + 1);  // one hand further, not two
  CHECK_FALSE(stage.time().playing());
  stage.key(ImGuiKey_Enter);
  CHECK(stage.lesson().picture().seed() == Session::kSeed + 2);
  CHECK_FALSE(stage.time().playing());
  REQUIRE(stage.focus("play"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.time().playing());
  stage.key(ImGuiKey_Space);
  CHECK_FALSE(stage.time().playing());
  REQUIRE(stage.focus("open"));
  stage.key(ImGuiKey_Enter);
  REQUIRE(stage.wishes.size() == 1);
  CHECK(stage.wishes[0].kind == Wish::Kind::open_file);
  REQUIRE(stage.focus("preset sobel_x"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["filters"][0]["name"] == "sobel_x");
  REQUIRE(stage.focus("paddingsame"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.state()["padding"] == "same");
  CHECK(stage.refused.empty());
}

TEST_CASE("view/keyboard: Escape gives the keys back to the transport") {
  Stage stage;
  REQUIRE(stage.focus("stride"));
  stage.key(ImGuiKey_Escape);
  CHECK(stage.shell.focus().current() == "");
  stage.key(ImGuiKey_Space);
  CHECK(stage.time().playing());
}

TEST_CASE("view/keyboard: when the control in focus disappears, the keys work as if none had it") {
  Stage stage;
  stage.act("add_filter", "blur");
  REQUIRE(stage.focus("remove filter"));
  stage.key(ImGuiKey_Enter);
  CHECK(stage.lesson().bank().count() == 1);
  stage.key(ImGuiKey_Space);
  CHECK(stage.time().playing());
  stage.key(ImGuiKey_Space);
  REQUIRE(stage.focus("stride"));
  stage.ok({{"op", "display"}, {"hide", {"stride"}}});
  stage.settle();
  stage.act("seek", 100);
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.time().step() == 101);
}

TEST_CASE("view/keyboard: steppers by arrows, up to their ends") {
  Stage stage;
  REQUIRE(stage.focus("stride"));
  stage.act("seek", 5);
  stage.key(ImGuiKey_LeftArrow);  // 1 is the smallest
  CHECK(stage.state()["stride"] == 1);
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["stride"] == 2);
  stage.key(ImGuiKey_UpArrow);
  CHECK(stage.state()["stride"] == 3);
  stage.key(ImGuiKey_DownArrow);
  CHECK(stage.state()["stride"] == 2);
  CHECK(contains(stage.shell.focus().label(), "2"));
  for (int i = 0; i < 40; ++i) stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["stride"] == Convolution::kMaxStride);
  CHECK(stage.refused.empty());
  REQUIRE(stage.focus("weight"));
  stage.act("set_preset", 0, "identity");
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.state()["filters"][0]["values"][4] == 1.25);
  stage.key(ImGuiKey_LeftArrow);
  stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.state()["filters"][0]["values"][4] == 0.75);
}

TEST_CASE("view/keyboard: sliders by arrows") {
  Stage stage;
  REQUIRE(stage.focus("speed"));
  const double before = stage.time().speed();
  const int step = stage.time().step();
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.time().speed() > before);
  stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.time().speed() == doctest::Approx(before).epsilon(1e-4));
  for (int i = 0; i < 60; ++i) stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.time().speed() == doctest::Approx(Timeline::kRest / 9));  // a product a second
  for (int i = 0; i < 60; ++i) stage.key(ImGuiKey_RightArrow);
  CHECK(stage.time().speed() == doctest::Approx(676));  // everything in a second
  CHECK(stage.time().step() == step);
  REQUIRE(stage.focus("scrub"));
  stage.key(ImGuiKey_RightArrow);
  CHECK(stage.time().step() == step + 1);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/keyboard: a speed beyond its slider's end comes back with one press") {
  Stage stage;
  stage.act("set_speed", 676);
  stage.act("set_pixels", std::vector<float>(9), 3, 3, 1);  // now 20 steps a second is the slider's end
  REQUIRE(stage.focus("speed"));
  stage.key(ImGuiKey_LeftArrow);
  CHECK(stage.time().speed() <= 20);
}

TEST_CASE("view/keyboard: a typed weight, with point or comma, is kept by Enter") {
  for (const StageSize& size : {kDesktop, kPhone}) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    if (stage.focus("tabFilter")) stage.key(ImGuiKey_Enter);
    REQUIRE(stage.focus("editor"));
    const auto value = [&](int cell) {
      return stage.state()["filters"][0]["values"][static_cast<std::size_t>(cell)].get<float>();
    };
    stage.type("0,5");
    CHECK(value(4) == 1);  // not before Enter
    stage.key(ImGuiKey_Enter);
    CHECK(value(4) == 0.5f);
    CHECK_FALSE(stage.time().playing());
    stage.type("-12.25");
    stage.key(ImGuiKey_Enter);
    CHECK(value(4) == -12.25f);
    stage.type("7");
    stage.key(ImGuiKey_Escape);
    CHECK(value(4) == -12.25f);
    CHECK(stage.shell.focus().current() == "editor");  // Escape has only thrown the number away
    stage.type("34");
    stage.key(ImGuiKey_Backspace);
    stage.key(ImGuiKey_RightArrow);  // keeps it and goes on
    CHECK(value(4) == 3);
    CHECK(contains(stage.shell.focus().label(), "row 1, column 2"));
    stage.type("2");
    stage.key(ImGuiKey_Enter);
    CHECK(value(5) == 2);
    stage.key(ImGuiKey_UpArrow, ImGuiMod_Shift);
    CHECK(value(5) == 2.25f);
    stage.key(ImGuiKey_DownArrow, ImGuiMod_Shift);
    stage.key(ImGuiKey_DownArrow, ImGuiMod_Shift);
    CHECK(value(5) == 1.75f);
    for (int i = 0; i < 5; ++i) stage.key(ImGuiKey_DownArrow), stage.key(ImGuiKey_RightArrow);
    CHECK(contains(stage.shell.focus().label(), "row 2, column 2"));  // the edge holds
    for (const char* nonsense : {"-", ",", ".", "a-b", "--", "?"}) {
      const std::string before = stage.state()["filters"].dump();
      stage.type(nonsense);
      stage.key(ImGuiKey_Enter);
      INFO(std::string(nonsense));
      CHECK(stage.state()["filters"].dump() == before);
    }
    stage.type("99999");
    stage.key(ImGuiKey_Enter);
    CHECK(value(8) == 1000);  // the largest there is
    stage.type("4");
    stage.tab();  // leaving keeps it, too
    stage.settle();
    CHECK(value(8) == 4);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/keyboard: a drawing, from opening the sheet to being done") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    if (stage.focus("tabPicture")) stage.key(ImGuiKey_Enter);
    REQUIRE(stage.focus("draw"));
    stage.key(ImGuiKey_Enter);
    CHECK(stage.lesson().picture().source() == Picture::Source::drawing);
    stage.key(ImGuiKey_Space);  // the transport's keys rest while the sheet is open
    stage.key(ImGuiKey_RightArrow);
    CHECK_FALSE(stage.time().playing());
    CHECK(count_strokes(stage) == 0);
    REQUIRE(stage.focus("sheet"));
    stage.key(ImGuiKey_Space);
    for (int i = 0; i < 8; ++i) stage.key(ImGuiKey_DownArrow);
    for (int i = 0; i < 3; ++i) stage.key(ImGuiKey_RightArrow);
    CHECK(count_strokes(stage) == 0);
    stage.key(ImGuiKey_Space);
    REQUIRE(count_strokes(stage) == 1);
    const Stroke stroke = stage.lesson().picture().drawing().strokes()[0];
    CHECK(stroke.back().y - stroke.front().y == doctest::Approx(0.24).epsilon(0.05));
    CHECK(stroke.back().x - stroke.front().x == doctest::Approx(0.09).epsilon(0.1));
    CHECK(stage.lesson().picture().normalised());
    stage.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    CHECK(count_strokes(stage) == 0);
    stage.key(ImGuiKey_Space), stage.key(ImGuiKey_LeftArrow), stage.key(ImGuiKey_Space);
    CHECK(count_strokes(stage) == 1);
    REQUIRE(stage.focus("undo"));
    stage.key(ImGuiKey_Enter);
    CHECK(count_strokes(stage) == 0);
    stage.key(ImGuiKey_Enter);  // nothing left to undo: no complaint
    CHECK(stage.refused.empty());
    REQUIRE(stage.focus("sheet"));
    stage.key(ImGuiKey_Space), stage.key(ImGuiKey_LeftArrow), stage.key(ImGuiKey_Space);
    REQUIRE(stage.focus("clear"));
    stage.key(ImGuiKey_Enter);
    CHECK(count_strokes(stage) == 0);
    REQUIRE(stage.focus("sheet"));
    stage.key(ImGuiKey_Space), stage.key(ImGuiKey_UpArrow);
    stage.key(ImGuiKey_Escape);  // closing keeps the stroke that was being drawn
    CHECK(count_strokes(stage) == 1);
    CHECK(stage.stops().size() >= 12);  // back in the lesson
    CHECK(stage.refused.empty());
  }
}

namespace {

// Draws a stroke and presses Watch.
void start_watching(Stage& stage) {
  REQUIRE(stage.focus("draw"));
  stage.key(ImGuiKey_Enter);
  stage.act("add_stroke", Json::array({0.2, 0.2, 0.6, 0.7}));
  REQUIRE(stage.focus("watch"));
  stage.key(ImGuiKey_Enter);
}

}  // namespace

TEST_CASE("view/keyboard: watching a drawing become 28×28 ends by itself") {
  Stage stage;
  start_watching(stage);
  const int frames = stage.platform.run(1000);
  CHECK(frames > 120);
  CHECK(frames < 300);
  CHECK(stage.platform.run(100) == 1);
}

TEST_CASE("view/keyboard: under reduced motion the way to 28×28 is four still pictures, not a glide") {
  for (const bool reduced : {false, true}) {
    INFO("reduced motion " << reduced);
    Stage stage;
    stage.display.reduced_motion = reduced;
    start_watching(stage);
    std::set<std::uint64_t> pictures;
    for (int frame = 0; frame < 300; ++frame) stage.platform.run(1), pictures.insert(stage.picture());
    if (reduced) {
      CHECK(pictures.size() <= 4);
      CHECK(pictures.size() >= 3);
    } else {
      CHECK(pictures.size() > 60);
    }
  }
}
