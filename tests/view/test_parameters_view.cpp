// The stage of the lesson parameters: by pointer, by keyboard, at every size.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "lesson/lesson_fixture.h"
#include "lesson/parameters.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

constexpr StageSize kTablet{"tablet", 700, 560, 1};

const ParametersLesson& lesson_of(const Stage& stage) {
  return static_cast<const ParametersLesson&>(stage.session.lesson());
}

void open(Stage& stage, const char* preset) {
  REQUIRE(stage.session.open("parameters", {}));
  stage.act("load_preset", preset);
}

// The total as the state tells it.
int total(Stage& stage) { return stage.state()["total"]; }

}  // namespace

TEST_CASE("view/parameters: draws at every size, both networks, at every moment") {
  for (const StageSize& size : {kDesktop, kProjector, kPhone, kPhoneOnItsSide, kTablet}) {
    for (const char* preset : {"dense_2_3_2", "cnn_2515"}) {
      INFO(std::string(size.name) << ", " << std::string(preset));
      Stage stage(size);
      open(stage, preset);
      std::vector<std::uint64_t> pictures;
      for (double position = 0; position <= lesson_of(stage).layers(); position += 0.25) {
        stage.act("scrub", position);
        pictures.push_back(stage.picture());
      }
      std::sort(pictures.begin(), pictures.end());
      CHECK(std::unique(pictures.begin(), pictures.end()) - pictures.begin() > lesson_of(stage).layers() * 2);
      for (const ParametersLesson::Size& most : lesson_of(stage).sizes()) {
        if (most.layer < 0) {
          stage.act(most.verb, most.most);
        } else {
          stage.act(most.verb, most.layer, most.most);
        }
      }
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/parameters: everything on the stage lies within it") {
  for (const StageSize& size : {kDesktop, kProjector, kPhone, kPhoneOnItsSide, kTablet}) {
    for (const char* preset : {"dense_2_3_2", "cnn_2515"}) {
      Stage stage(size);
      open(stage, preset);
      for (const char* tab : {"tabCount", "tabWeights", "tabSizes"}) {
        INFO(std::string(size.name) << ", " << std::string(preset) << ", " << std::string(tab));
        if (stage.focus(tab)) stage.key(ImGuiKey_Enter), stage.ok({{"op", "blur"}}), stage.settle();
        for (const ImDrawVert& v : stage.drawn().VtxBuffer) {
          REQUIRE(v.pos.x >= -1);
          REQUIRE(v.pos.x <= size.width + 1);
          REQUIRE(v.pos.y >= -1);
          REQUIRE(v.pos.y <= size.height + 1);
        }
      }
    }
  }
}

TEST_CASE("view/parameters: the networks, the biases and the sizes by pointer") {
  Stage stage;
  open(stage, "dense_2_3_2");
  stage.click("netImage");
  CHECK(total(stage) == 2515);
  stage.click("set_filters0+");
  CHECK(total(stage) ==
        2515 + 28 + 27);  // 3·9 + 1 more here, and a sheet more for each of the 3 filters behind
  stage.click("set_filters0-");
  stage.click("set_image-1-");
  CHECK(total(stage) == 113 + 19 * 19 * 3 * 2 + 2);
  stage.click("netUnits");
  CHECK(total(stage) == 17);
  stage.click("biaswithout");
  CHECK(total(stage) == 12);
  stage.click("biaswith biases");
  stage.click("set_units0+");
  CHECK(total(stage) == 2 * 4 + 4 + 4 * 2 + 2);
  CHECK(stage.refused.empty());
}

TEST_CASE("view/parameters: on a phone sizes and biases have a tab of their own, all within reach") {
  for (const StageSize& size : {kPhone, kPhoneOnItsSide}) {
    for (const char* preset : {"dense_2_3_2", "cnn_2515"}) {
      INFO(std::string(size.name) << ", " << std::string(preset));
      Stage stage(size);
      open(stage, preset);
      stage.click("tabSizes");
      const int before = total(stage);
      const std::string last = std::string(preset) == "cnn_2515" ? "set_units2" : "set_units1";
      stage.click((last + "+").c_str());
      CHECK(total(stage) > before);
      stage.click((last + "-").c_str());
      stage.click("biaswithout");
      CHECK(total(stage) == before - (before == 17 ? 5 : 7));
    }
  }
}

TEST_CASE("view/parameters: pointing at a line says which weight it is, pressing keeps it") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    open(stage, "dense_2_3_2");
    stage.act("finish");
    REQUIRE(stage.find("lines"));
    const auto& lesson = lesson_of(stage);
    std::set<int> found;
    const Rect box = stage.control("lines")->box;
    for (float y = box.y; y < box.bottom() && found.size() < 17; y += 6 * size.scale) {
      for (float x = box.x; x < box.right(); x += 9 * size.scale) {
        stage.move(x, y, 0);
        stage.press(1);
        stage.release(1);
        if (lesson.selected()) found.insert(lesson.selected()->layer * 100 + lesson.selected()->index);
      }
    }
    CHECK(found.size() == 17);  // every weight and bias
  }
}

TEST_CASE("view/parameters: pressing a cell of a filter chooses its weight, pressing it again lets it go") {
  Stage stage;
  open(stage, "cnn_2515");
  const auto& lesson = lesson_of(stage);
  REQUIRE(stage.scene.maps.size() == 6);  // two filters of three sheets
  const ImVec2 at = stage.cell(4, 1, 2);  // filter 1, channel 1
  stage.click(at.x, at.y);
  REQUIRE(lesson.selected().has_value());
  CHECK(lesson.words(*lesson.selected()) == "filter 1, input channel 1, row 1, column 2");
  CHECK(stage.scene.values[static_cast<std::size_t>(stage.scene.maps[4].first + 5)] ==
        lesson.value(*lesson.selected()));
  stage.click(at.x, at.y);
  CHECK(!lesson.selected());
  stage.click("bias of 1");
  REQUIRE(lesson.selected().has_value());
  CHECK(lesson.words(*lesson.selected()) == "bias of filter 1");
  stage.act("seek", 2);
  REQUIRE(stage.scene.maps.size() == 6);  // two units of three sheets of 20×20
  const ImVec2 far = stage.cell(5, 19, 0);
  stage.click(far.x, far.y);
  CHECK(lesson.words(*lesson.selected()) == "from row 19, column 0 of channel 2 to unit 1");
}

TEST_CASE("view/parameters: cells come in as they are counted") {
  Stage stage;
  open(stage, "cnn_2515");
  stage.act("scrub", 0);
  for (const HeatMap& map : stage.scene.maps) CHECK(map.shown == 0);
  stage.act("scrub", 0.125);  // half of the weights
  int shown = 0;
  for (const HeatMap& map : stage.scene.maps) shown += map.shown;
  CHECK(shown == 27);
}

TEST_CASE("view/parameters: cards and blocks go to their layers") {
  Stage stage;
  open(stage, "cnn_2515");
  stage.click("card2");
  CHECK(stage.time().step() == 2);
  stage.click("block1");
  CHECK(stage.time().step() == 0);
}

TEST_CASE("view/parameters: arrows walk over every weight of a layer") {
  for (const StageSize& size : {kDesktop, kPhone}) {
    for (const char* preset : {"dense_2_3_2", "cnn_2515"}) {
      INFO(std::string(size.name) << ", " << std::string(preset));
      Stage stage(size);
      open(stage, preset);
      if (stage.focus("tabWeights")) stage.key(ImGuiKey_Enter);
      REQUIRE(stage.focus("weights"));
      const auto& lesson = lesson_of(stage);
      std::vector<int> seen;
      for (int n = 0; n < lesson.grid(0).total(); ++n) {
        stage.key(ImGuiKey_RightArrow);
        REQUIRE(lesson.selected().has_value());
        seen.push_back(lesson.selected()->index);
      }
      std::sort(seen.begin(), seen.end());
      for (int n = 0; n < lesson.grid(0).total(); ++n) REQUIRE(seen[static_cast<std::size_t>(n)] == n);
      CHECK(stage.time().step() == 0);  // the arrows were not the transport's
      stage.key(ImGuiKey_Enter);
      CHECK(!lesson.selected());
      CHECK(!stage.time().playing());
    }
  }
}

TEST_CASE("view/parameters: a teacher can take controls away") {
  Stage stage;
  open(stage, "cnn_2515");
  stage.display.hidden = {"presets", "sizes", "biases"};
  stage.settle();
  const std::vector<std::string> stops = stage.stops();
  for (const std::string& id : stops) {
    CHECK(!id.starts_with("net"));
    CHECK(!id.starts_with("set_"));
    CHECK(!id.starts_with("biaswith"));
  }
  CHECK(std::find(stops.begin(), stops.end(), "weights") != stops.end());
}

// --- the learner's own network

namespace {

constexpr const char* kModelValid =
    "dense.16.relu~conv.32.3.valid.relu~conv.64.5.valid.relu~conv.128.7.valid.relu~flatten~dense.2.softmax";
constexpr const char* kTwelve =
    "dense.8~norm~conv.16.3.same~norm~pool.2~dropout.30~conv.32.3.same~norm~act.relu~flatten~dense.64~dense."
    "5";

void bring(Stage& stage, const char* layers) {
  REQUIRE(stage.session.open("parameters", {}));
  stage.act("load_stack", layers, "20x20x3");
}

}  // namespace

TEST_CASE(
    "view/parameters: the learner's own network draws at every size, layer by layer, within the stage") {
  for (const StageSize& size : {kDesktop, kProjector, kPhone, kPhoneOnItsSide, kTablet}) {
    for (const char* layers : {kModelValid, kTwelve}) {
      Stage stage(size);
      bring(stage, layers);
      for (const char* tab : {"tabCount", "tabWeights", "tabLayers"}) {
        INFO(std::string(size.name) << ", " << std::string(layers) << ", " << std::string(tab));
        if (stage.focus(tab)) stage.key(ImGuiKey_Enter), stage.ok({{"op", "blur"}});
        for (int layer = 0; layer < lesson_of(stage).layers(); ++layer) {
          stage.act("seek", layer);
          check_finite(stage);
          check_inside(stage);
        }
        stage.act("finish");  // until then "?" stands for what is not known
        check_letters(stage);
      }
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/parameters: a layer too large to be seen at once is leafed through, and cells stay large") {
  for (const StageSize& size : {kDesktop, kPhone}) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    bring(stage, kModelValid);
    if (stage.focus("tabWeights")) stage.key(ImGuiKey_Enter);
    const ParametersLesson& lesson = lesson_of(stage);
    stage.act("seek", 3);  // 128 filters of 64 sheets of 7×7
    const auto cell = [&] {
      REQUIRE(!stage.scene.maps.empty());
      return stage.scene.maps[0].place.w / static_cast<float>(stage.scene.maps[0].cols);
    };
    CHECK(cell() >= (size.width < 620 ? 8.5f : 4));
    REQUIRE(stage.focus("page"));
    const std::uint64_t first = stage.picture();
    stage.key(ImGuiKey_RightArrow);
    CHECK(stage.picture() != first);
    stage.key(ImGuiKey_LeftArrow);
    CHECK(stage.picture() == first);
    // A weight far down is turned to.
    const WeightGrid& grid = lesson.grid(3);
    stage.ok({{"op", "blur"}});
    stage.act("select_weight", 3, grid.index({.row = 2, .col = 3, .in = 9, .out = 100}));
    bool found = false;
    for (const HeatMap& map : stage.scene.maps) {
      const auto at = static_cast<std::size_t>(map.first + 2 * 7 + 3);
      found |= stage.scene.values[at] == lesson.value(*lesson.selected());
    }
    CHECK(found);
  }
}

TEST_CASE("view/parameters: on a phone the cells of a flattened picture can be told apart") {
  Stage stage(kPhone);
  open(stage, "cnn_2515");
  stage.click("tabWeights");
  stage.act("seek", 2);
  REQUIRE(!stage.scene.maps.empty());
  CHECK(stage.scene.maps[0].cols == 20);
  CHECK(stage.scene.maps[0].place.w / 20 >= 8.5f);
  REQUIRE(stage.focus("page"));
}

TEST_CASE("view/parameters: the way from shapes and back is a press on the stage") {
  for (const StageSize& size : {kDesktop, kPhone}) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    REQUIRE(stage.session.open("shapes", {}));
    stage.settle();
    if (stage.focus("tab Stacks")) stage.key(ImGuiKey_Enter), stage.ok({{"op", "blur"}});
    stage.click("count");
    REQUIRE(stage.wishes.size() == 1);
    CHECK(stage.wishes[0].kind == Wish::Kind::follow);
    CHECK(stage.wishes[0].link == std::string("parameters?stack=") + kModelValid + "&input=20x20x3");
    stage.act("load_preset", "broken");
    stage.click("count");
    CHECK(stage.wishes.size() == 1);  // it cannot be counted
    bring(stage, kTwelve);
    if (stage.focus("tabLayers")) stage.key(ImGuiKey_Enter), stage.ok({{"op", "blur"}});
    stage.click("change");
    REQUIRE(stage.wishes.size() == 2);
    CHECK(stage.wishes[1].link == std::string("shapes?layers=") + kTwelve + "&input=20x20x3");
  }
}
