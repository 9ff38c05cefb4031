// The stage of the lesson `gradients`.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "lesson/gradients.h"
#include "lesson/gradients_fixture.h"
#include "view/drawn_checks.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

constexpr StageSize kTablet{"tablet", 768, 760, 1};
constexpr StageSize kFiveSizes[] = {kDesktop, kProjector, kTablet, kPhone, kPhoneOnItsSide};
constexpr const char* kTabs[] = {"tabPresets", "tabFactors", "tabUpdate", "tabLoss", "tabNet"};

class GradientsStage : public Stage {
 public:
  explicit GradientsStage(const StageSize& size = kDesktop) : Stage(size) {
    ok({{"op", "open"}, {"slug", "gradients"}});
    settle();
  }
  const GradientsLesson& gradients() const { return static_cast<const GradientsLesson&>(session.lesson()); }
  bool has_tabs() const { return display.width <= 620 || display.height <= 440; }
  void show_tab(const char* tab) {
    if (focus(tab)) key(ImGuiKey_Enter);
    ok({{"op", "blur"}});
    settle();
  }
  void train(int updates) {
    act("update", updates);
    while (session.lesson().working()) session.work([] { return true; });
    settle();
  }
};

struct Scenario {
  const char* name;
  std::function<void(GradientsStage&)> prepare;
};

const Scenario kScenarios[] = {
    {"as it opens", [](GradientsStage&) {}},
    {"before the first step", [](GradientsStage& s) { s.act("scrub", 0); }},
    {"a factor without its product", [](GradientsStage& s) { s.act("seek", 3), s.act("step_product", -1); }},
    {"the gradient on its way", [](GradientsStage& s) { s.act("scrub", 3.9); }},
    {"predicted",
     [](GradientsStage& s) { s.act("seek", 2), s.act("step_product", -1), s.act("predict", 0.000123); }},
    {"vanishing", [](GradientsStage& s) { s.act("load_preset", "vanishing"); }},
    {"thirty layers, the last of them", [](GradientsStage& s) { s.act("set_depth", 30), s.act("seek", 29); }},
    {"two layers", [](GradientsStage& s) { s.act("set_depth", 2); }},
    {"batch norm, one factor",
     [](GradientsStage& s) { s.act("load_preset", "batch_norm"), s.act("seek", 12); }},
    {"exploding beside A",
     [](GradientsStage& s) {
       s.act("load_preset", "vanishing"), s.act("keep_a"), s.act("load_preset", "exploding");
     }},
    {"blown up", [](GradientsStage& s) { s.act("load_preset", "exploding"), s.train(5); }},
    {"no numbers from the start",
     [](GradientsStage& s) {
       s.act("set_activation", "linear"), s.act("set_initializer", "he_normal");
       s.act("set_depth", 30), s.act("set_scale", 20), s.act("seek", 28);
     }},
    {"learned beside A, of another depth",
     [](GradientsStage& s) {
       s.act("keep_a"), s.act("load_preset", "tanh_glorot"), s.act("set_depth", 13), s.train(30);
     }},
    {"at work", [](GradientsStage& s) { s.act("update", 100); }},
};

}  // namespace

TEST_CASE("view/gradients: whatever is on stage is drawn inside of it, at every size") {
  for (const Scenario& scenario : kScenarios) {
    GradientsStage stage;
    scenario.prepare(stage);
    for (const StageSize& size : kFiveSizes) {
      INFO(std::string(size.name) << ", " << std::string(scenario.name));
      stage.resize(size);
      stage.settle();
      for (int tab = -1; tab < (stage.has_tabs() ? 5 : 0); ++tab) {
        CAPTURE(tab);
        if (tab >= 0) stage.show_tab(kTabs[tab]);
        check_finite(stage);
        check_inside(stage);
        check_letters(stage);
      }
      CHECK(stage.refused.empty());
    }
  }
}

TEST_CASE("view/gradients: by keyboard every control does what it says") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    GradientsStage stage(size);
    const auto tab = [&](int which) {
      if (stage.has_tabs()) stage.show_tab(kTabs[which]);
    };
    const auto press = [&](const char* id, ImGuiKey key = ImGuiKey_Enter) {
      INFO(std::string(id));
      REQUIRE(stage.focus(id));
      stage.key(key);
    };
    tab(0);
    press("preset tanh_glorot");
    CHECK(stage.gradients().depth() == 20);
    press("keep");
    CHECK(stage.gradients().kept() != nullptr);
    tab(4);
    press("activationrelu");
    CHECK(stage.gradients().settings().activation == ActivationKind::relu);
    press("initializerHe");
    CHECK(stage.gradients().settings().initializer == Initializer::Kind::he_normal);
    press("depth", ImGuiKey_RightArrow);
    CHECK(stage.gradients().depth() == 21);
    press("scale", ImGuiKey_RightArrow);
    CHECK(stage.gradients().settings().scale == doctest::Approx(1.2));
    press("scale", ImGuiKey_LeftArrow);
    CHECK(stage.gradients().settings().scale == doctest::Approx(1.0).epsilon(0.05));
    press("normbatch norm");
    CHECK(stage.gradients().settings().batch_norm);
    press("rate", ImGuiKey_LeftArrow);
    CHECK(stage.gradients().settings().rate < 0.05);
    tab(3);
    press("update 1");
    while (stage.session.lesson().working()) stage.session.work([] { return true; });
    stage.settle();
    CHECK(stage.gradients().net().updates() == 1);
    press("update many");
    CHECK(stage.gradients().busy());
    stage.key(ImGuiKey_Enter);  // the button has the keyboard still, and stops them now
    CHECK_FALSE(stage.gradients().busy());
    press("rewind");
    CHECK(stage.gradients().net().updates() == 0);
    press("layers", ImGuiKey_RightArrow);
    press("layers", ImGuiKey_RightArrow);
    CHECK(stage.gradients().here() == 2);
    press("layers", ImGuiKey_LeftArrow);
    CHECK(stage.gradients().here() == 1);
    const std::uint64_t before = stage.picture();
    press("showof the weights");
    CHECK(stage.picture() != before);
    tab(0);
    press("keep");
    CHECK(stage.gradients().kept() == nullptr);
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/gradients: by pointer: a layer is read off and gone to") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    GradientsStage stage(size);
    REQUIRE(stage.find("chart"));
    CHECK(ImGui::GetForegroundDrawList()->VtxBuffer.Size > 40);
    stage.press(), stage.release();
    CHECK_FALSE(stage.time().at_end());
    stage.leave();
    if (stage.has_tabs()) continue;
    stage.click("preset exploding");
    CHECK(stage.gradients().settings().activation == ActivationKind::relu);
    stage.click("depth-");
    CHECK(stage.gradients().depth() == 19);
    stage.click("keep");
    stage.click("activationtanh");
    CHECK(stage.gradients().compares());
    CHECK(stage.refused.empty());
  }
}

TEST_CASE("view/gradients: what the text has words for is there") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    GradientsStage stage(size);
    const auto there = [&](const char* part) {
      CAPTURE(std::string(part));
      CHECK(stage.ok({{"op", "point"}, {"part", part}})["there"].get<bool>());
    };
    for (const char* part : {"layers", "gradients", "show"}) there(part);
    if (stage.has_tabs()) stage.show_tab("tabFactors");
    there("factors");
    if (stage.has_tabs()) stage.show_tab("tabUpdate");
    there("updates"), there("healthy");
    if (stage.has_tabs()) stage.show_tab("tabLoss");
    there("run");
  }
}

TEST_CASE("view/gradients: what a teacher hides is not reached") {
  for (const StageSize& size : kFiveSizes) {
    CAPTURE(std::string(size.name));
    GradientsStage stage(size);
    for (const char* control : {"presets", "depth", "activation", "initializer", "scale", "batch_norm",
                                "rate", "keep", "training", "show"})
      stage.display.hidden.insert(control);
    stage.settle();
    for (const char* tab : kTabs) {
      if (stage.has_tabs()) stage.show_tab(tab);
      check_inside(stage);
      for (const std::string& id : stage.stops()) {
        CAPTURE(id);
        for (const char* hidden : {"preset ", "depth", "activation", "initializer", "scale", "norm", "rate",
                                   "keep", "update ", "rewind", "show"})
          CHECK_FALSE(id.starts_with(hidden));
      }
    }
  }
}

TEST_CASE("view/gradients: at rest nothing moves") {
  GradientsStage stage;
  stage.train(10);
  stage.settle();
  CHECK_FALSE(stage.frame(stage.platform.surface, 0.02f));
  const std::uint64_t before = stage.picture();
  stage.settle();
  CHECK(stage.picture() == before);
}
