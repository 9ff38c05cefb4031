// The whole stage on the null platform: what is drawn, at every size and in every theme, and when it rests.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "lesson/lesson_fixture.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"
#include "view/widgets/transport.h"

using namespace kg;

namespace {

constexpr const char* kThemes[] = {"light", "dark", "contrast"};
constexpr StageSize kTiny{"tiny", 200, 150, 1}, kThin{"thin", 60, 900, 1}, kFlat{"flat", 1200, 40, 1},
    kHuge{"huge", 3840, 2160, 1}, kHugeProjector{"huge projector", 3840, 2160, 3};

struct Scenario {
  const char* name;
  std::function<void(Stage&)> prepare;
};

// Only layouts with little room have tabs.
bool has_tabs(Stage& stage) { return stage.focus("tabSum"); }

void show_tab(Stage& stage, const char* tab) {
  if (stage.focus(tab)) stage.key(ImGuiKey_Enter);
  stage.ok({{"op", "blur"}});
  stage.settle();
}

std::vector<Scenario> scenarios() {
  return {
      {"as it opens", [](Stage&) {}},
      {"at the end", [](Stage& s) { s.act("finish"); }},
      {"in the middle of the products", [](Stage& s) { s.act("step_product", -4); }},
      {"a value on its way", [](Stage& s) { s.act("scrub", 300.9); }},
      {"same padding", [](Stage& s) { s.act("set_padding", "same"), s.act("seek", 0); }},
      {"same padding, stride 28", [](Stage& s) { s.act("set_padding", "same"), s.act("set_stride", 28); }},
      {"colour",
       [](Stage& s) { s.act("set_colour_digit", 3), s.act("seek", 0), s.act("step_product", -10); }},
      {"five channels, long numbers",
       [](Stage& s) {
         std::vector<float> values(6 * 5 * 5, -123456.7f);
         s.act("set_pixels", values, 6, 5, 5), s.act("set_filter", 0, std::vector<float>(45, -999.99f));
       }},
      {"eight filters",
       [](Stage& s) {
         for (int i = 1; i < 8; ++i) s.act("add_filter", "random");
         s.act("seek", s.time().steps() - 1), s.act("set_flipped", true);
       }},
      {"a picture of 3×3", [](Stage& s) { s.act("set_pixels", std::vector<float>(9, 0.5f), 3, 3, 1); }},
      {"a tall picture",
       [](Stage& s) {
         s.act("set_pixels", std::vector<float>(256 * 3, 0.5f), 256, 3, 1), s.act("set_padding", "same");
       }},
      {"a wide picture",
       [](Stage& s) {
         s.act("set_pixels", std::vector<float>(256 * 3, 0.5f), 3, 256, 1), s.act("set_padding", "same");
       }},
      {"a large picture",
       [](Stage& s) {
         s.act("set_pixels", std::vector<float>(128 * 128, 0.5f), 128, 128, 1), s.act("seek", 15000);
       }},
      {"an IDX file",
       [](Stage& s) {
         std::vector<std::uint8_t> bytes{0, 0, 8, 3, 0, 0, 0, 200, 0, 0, 0, 4, 0, 0, 0, 5},
             labels{0, 0, 8, 1, 0, 0, 0, 200};
         bytes.resize(16 + 200 * 20, 77), labels.resize(8 + 200, 9);
         s.stage(bytes);
         s.act("load_idx", "a file with a rather long name that has been downloaded (3).idx3-ubyte",
               Json{{"$bytes", 0}});
         s.stage(labels);
         s.act("load_idx", "labels", Json{{"$bytes", 0}}), s.act("select_image", 199);
       }},
      {"a photograph",
       [](Stage& s) {
         std::vector<std::uint8_t> rgba(40 * 30 * 4, 255);
         for (std::size_t y = 8; y < 30; ++y) {
           for (std::size_t x = 12; x < 18; ++x) rgba[(y * 30 + x) * 4] = rgba[(y * 30 + x) * 4 + 1] = 10;
         }
         s.stage(rgba);
         s.act("load_image", "a photograph with a rather long name from the camera 20261122-1850.jpeg",
               Json{{"$bytes", 0}}, 40, 30);
       }},
      {"the slowest, fast enough to say so in many letters",
       [](Stage& s) { s.act("set_speed", 0.99), s.act("set_pixels", std::vector<float>(9 * 64), 3, 3, 64); }},
      {"another tab: the picture", [](Stage& s) { show_tab(s, "tabPicture"); }},
      {"another tab: the picture in colour",
       [](Stage& s) { s.act("set_colour_digit", 3), show_tab(s, "tabPicture"); }},
      {"another tab: eight filters",
       [](Stage& s) {
         for (int i = 1; i < 8; ++i) s.act("add_filter", "random");
         show_tab(s, "tabFilter");
       }},
      {"another tab: the window", [](Stage& s) { show_tab(s, "tabWindow"); }},
      {"the drawing sheet",
       [](Stage& s) {
         show_tab(s, "tabPicture");
         if (s.focus("draw")) s.key(ImGuiKey_Enter);
         s.act("add_stroke", Json::array({0.0, 0.0, 1.0, 1.0}));
       }},
  };
}

}  // namespace

TEST_CASE(
    "view/shell: every scenario at every size, in every theme: finite, within the stage, no letter missing") {
  for (const StageSize& size : kSizes) {
    Stage stage(size);
    for (const Scenario& scenario : scenarios()) {
      INFO(std::string(size.name) << ", " << std::string(scenario.name));
      stage.act("reset");
      show_tab(stage, "tabSum");
      scenario.prepare(stage);
      CHECK(stage.refused.empty());
      check_finite(stage);
      check_inside(stage);
      check_letters(stage);
    }
  }
}

TEST_CASE("view/shell: every theme has colours of its own, and the values keep theirs") {
  Stage stage;
  std::set<std::uint64_t> pictures;
  for (const char* theme : kThemes) {
    CAPTURE(std::string(theme));
    stage.ok({{"op", "display"}, {"theme", theme}});
    stage.settle();
    check_finite(stage);
    pictures.insert(stage.picture());
    for (int i = 0; i < kPaletteSize; ++i) {
      const Colour &a = stage.scene.palette[static_cast<std::size_t>(i)],
                   &b = value_palette()[static_cast<std::size_t>(i)];
      CHECK((a.r == b.r && a.g == b.g && a.b == b.b));
    }
  }
  CHECK(pictures.size() == 3);
}

TEST_CASE("view/shell: sizes nobody has are survived, and changes between them") {
  Stage stage;
  for (const char* theme : kThemes) {
    stage.ok({{"op", "display"}, {"theme", theme}});
    for (const StageSize& size : {kTiny, kThin, kFlat, kHuge, kPhone, kHugeProjector, kDesktop}) {
      CAPTURE(std::string(size.name));
      stage.resize(size);
      stage.settle();
      check_finite(stage);
    }
  }
  for (const float density : {0.5f, 1.25f, 3.0f}) {
    CAPTURE(density);
    stage.resize(kDesktop, density);
    stage.settle();
    check_finite(stage);
    check_inside(stage);
    for (const HeatMap& map : stage.scene.maps) {  // cells are whole device pixels
      const float cell = map.place.w / static_cast<float>(map.cols) * density;
      CHECK(cell == doctest::Approx(std::round(cell)).epsilon(1e-4));
    }
  }
}

TEST_CASE("view/shell: the drawing fits into 16-bit indices even where every cell has its number") {
  if (sizeof(ImDrawIdx) > 2) return;
  Stage stage(kHuge);
  // What a screen of 3840 pixels shows at scale 1: numbers in the cells of 28×28 digits, and of larger
  // pictures of a file.
  for (const int side : {28, 40, 56}) {
    CAPTURE(side);
    stage.act("set_pixels", std::vector<float>(static_cast<std::size_t>(side * side), 0.123f), side, side, 1);
    stage.act("finish");
    CHECK(stage.drawn().VtxBuffer.Size < 65536);
  }
}

TEST_CASE("view/shell: an idle stage asks for no frames, a playing one for the next, and the end for none") {
  Stage stage;
  CHECK(stage.platform.run(100) == 1);
  stage.act("seek", 0);
  CHECK(stage.platform.run(100) == 1);
  stage.act("set_speed", 676);
  stage.act("play");
  CHECK(stage.platform.run(20) == 20);
  const int rest = stage.platform.run(500);
  CHECK(rest > 20);
  CHECK(rest < 60);
  CHECK(stage.time().at_end());
  CHECK(stage.platform.run(100) == 1);
  for (const StageSize& size : kSizes) {
    stage.resize(size);
    stage.settle();
    CHECK(stage.platform.run(100) == 1);
  }
  stage.act("play");
  CHECK(stage.platform.run(10) == 10);
  stage.act("pause");
  CHECK(stage.platform.run(100) == 1);
}

TEST_CASE("view/shell: the same moment is drawn the same, however one came to it") {
  for (const StageSize& size : {kDesktop, kPhone}) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    stage.act("seek", 100);
    const std::uint64_t there = stage.picture();
    stage.act("step", 5);
    CHECK(stage.picture() != there);
    stage.act("step", -5);
    CHECK(stage.picture() == there);
    stage.act("finish"), stage.act("seek", 100);
    CHECK(stage.picture() == there);
    stage.act("step_product", -1);
    CHECK(stage.picture() != there);
    stage.act("step_product", 1);
    CHECK(stage.picture() == there);
    stage.act("play");
    stage.settle(5);
    stage.act("pause"), stage.act("seek", 100);
    CHECK(stage.picture() == there);
  }
}

TEST_CASE("view/shell: with reduced motion nothing glides and nothing flies") {
  Stage stage;
  // Without the transport bar, whose scrubber moves in any case.
  const auto differ = [&](bool reduced, double from, double to) {
    stage.ok({{"op", "display"}, {"reduced_motion", reduced}, {"hide", {"transport"}}});
    stage.act("scrub", from);
    const std::uint64_t first = stage.picture();
    stage.act("scrub", to);
    return stage.picture() != first;
  };
  CHECK(differ(false, 100.80, 100.95));  // the value flies to its place
  CHECK_FALSE(differ(true, 100.80, 100.95));
  CHECK(differ(false, 100.01, 100.06));  // the window glides to the next
  CHECK_FALSE(differ(true, 100.01, 100.06));
  CHECK(differ(true, 100.01, 100.5));  // the products still come in
}

TEST_CASE("view/shell: hover, fast play and long pauses of the page do no harm") {
  Stage stage;
  stage.act("set_speed", 2);
  stage.act("seek", 0);
  stage.act("play");
  const double before = stage.time().position();
  stage.platform.run(1, 3600);  // the tab was hidden for an hour
  CHECK(stage.time().position() - before < 0.5);
  stage.platform.run(1, -5);
  stage.platform.run(1, 0);
  CHECK(stage.time().position() >= before);
  check_finite(stage);
}

TEST_CASE("view/shell: a tooltip never leaves the stage") {
  for (const StageSize& size : kSizes) {
    Stage stage(size);
    show_tab(stage, "tabPicture");
    float widest = 0;
    int tooltips = 0;
    std::string where;
    const std::vector<Placed> everything = stage.placed;
    for (const Placed& p : everything) {
      if (p.kind != Placed::Kind::press && p.kind != Placed::Kind::area) continue;
      const Rect reach = p.box.inset(1);
      for (const float y : {reach.y, reach.middle_y(), reach.bottom()}) {
        for (const float x : {reach.x, reach.middle_x(), reach.right()}) {
          stage.move(x, y, 1);
          const ImDrawList* front = ImGui::GetForegroundDrawList();
          if (front->VtxBuffer.Size > 0) ++tooltips;
          for (const ImDrawVert& v : front->VtxBuffer) {
            const float out = std::max({-v.pos.x, v.pos.x - size.width, -v.pos.y, v.pos.y - size.height});
            if (out > widest) widest = out, where = p.id;
          }
        }
      }
    }
    CHECK(tooltips > 30);
    INFO(std::string(size.name) << ": " << where);
    CHECK(widest <= 2);
  }
}

TEST_CASE("view/shell: what a teacher hides is neither drawn nor reached, at any size") {
  // Which stops belong to which control: beginnings of their names.
  const std::pair<const char*, std::vector<std::string>> rows[] = {
      {"picture", {"digit", "draw", "colour", "open"}},
      {"presets", {"preset "}},
      {"editor", {"editor", "weight"}},
      {"filters", {"filter", "add filter", "remove filter"}},
      {"stride", {"stride"}},
      {"padding", {"padding"}},
      {"flip", {"flip"}},
      {"speed", {"speed"}},
      {"transport", {"first", "back", "play", "forward", "last", "product-", "product+", "scrub", "speed"}},
  };
  for (const StageSize& size : {kDesktop, kPhone, kPhoneOnItsSide}) {
    Stage stage(size);
    const bool tabs = has_tabs(stage);
    for (const std::string& control : stage.session.lesson().controls()) {
      const auto row =
          std::find_if(std::begin(rows), std::end(rows), [&](const auto& r) { return r.first == control; });
      INFO(std::string(size.name) << ", hidden: " << control);
      REQUIRE(row != std::end(rows));
      const auto belonging = [&] {
        std::vector<std::string> found;
        for (const char* tab : {"tabSum", "tabPicture", "tabFilter", "tabWindow"}) {
          if (tabs) show_tab(stage, tab);
          if (!tabs && tab != std::string("tabSum")) break;
          for (const std::string& id : stage.stops()) {
            for (const std::string& start : row->second) {
              if (id.starts_with(start)) found.push_back(id);
            }
          }
        }
        return found;
      };
      stage.ok({{"op", "display"}});
      stage.settle();
      CHECK(belonging().size() >= row->second.size() - (control == "filters" ? 1 : 0));
      stage.ok({{"op", "display"}, {"hide", {control}}});
      stage.settle();
      const std::vector<std::string> left = belonging();
      CHECK((left.empty() ? "" : left[0]) == "");
      check_finite(stage);
      check_inside(stage);
    }
  }
}

TEST_CASE("view/shell: with everything hidden there is still the lesson, and the keys still work") {
  for (const StageSize& size : kSizes) {
    CAPTURE(std::string(size.name));
    Stage stage(size);
    Json all = Json::array();
    for (const std::string& control : stage.session.lesson().controls()) all.push_back(control);
    stage.ok({{"op", "display"}, {"hide", all}});
    stage.settle();
    check_finite(stage);
    check_inside(stage);
    CHECK(stage.scene.maps.size() >= 2);
    stage.key(ImGuiKey_Space);
    CHECK(stage.time().playing());
  }
}

TEST_CASE("view/shell: another lesson state by a link is drawn at once") {
  Stage stage;
  const std::uint64_t before = stage.picture();
  stage.ok(
      {{"op", "open"}, {"slug", "convolution"}, {"params", {{"digit", "3.9"}, {"filters", "blur~sobel_x"}}}});
  stage.settle();
  CHECK(stage.picture() != before);
  stage.ok({{"op", "open"}, {"slug", "convolution"}});
  stage.settle();
  CHECK(stage.picture() == before);
}
