// The line plot: within its box at every size, and exact where it is pointed at.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "view/widget_fixture.h"
#include "view/widgets/line_plot.h"

using namespace kg;

namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

struct Curves {
  std::vector<std::vector<float>> x, y;
  std::vector<PlotLine> lines;

  void add(std::string name, std::vector<float> xs, std::vector<float> ys, Dash dash = Dash::solid) {
    x.push_back(std::move(xs)), y.push_back(std::move(ys));
    lines.push_back({std::move(name), static_cast<int>(lines.size()), dash, {}, {}});
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i].x = x[i], lines[i].y = y[i];
  }
};

Curves falling(int count, int points) {
  Curves curves;
  for (int k = 0; k < count; ++k) {
    std::vector<float> xs, ys;
    for (int i = 0; i < points; ++i) {
      const auto t = static_cast<float>(i);
      xs.push_back(t * 100);
      // Noise as training has it: every point on the other side of the curve.
      ys.push_back(std::exp(-t / 200) * (2.0f + static_cast<float>(k) * 0.1f) +
                   0.05f * (i % 2 ? 1.0f : -1.0f) + 0.1f);
    }
    curves.add("Run " + std::to_string(k), xs, ys, k % 2 ? Dash::dashed : Dash::solid);
  }
  return curves;
}

LinePlotShown shown(const Curves& curves) {
  LinePlotShown what;
  what.id = "loss plot", what.name = "Loss", what.x_name = "images seen", what.y_name = "loss";
  what.lines = curves.lines;
  return what;
}

struct Size {
  float w, h, scale;
};
constexpr Size kPlots[] = {{160, 100, 1}, {240, 150, 1}, {390, 200, 1}, {900, 500, 1}, {1350, 750, 1.5f}};

}  // namespace

TEST_CASE("view/line_plot: it stays in its box, at every size, with few points and many, in every theme") {
  const float most = std::numeric_limits<float>::max();
  std::vector<Curves> inputs;
  inputs.push_back({});
  inputs.push_back(falling(1, 1));
  inputs.push_back(falling(2, 2));
  inputs.push_back(falling(8, 1000));
  Curves odd;
  odd.add("constant", {0, 1, 2}, {3, 3, 3});
  odd.add("huge", {0, 1, 2}, {-most, 0, most});
  odd.add("gaps", {0, 1, 2, 3}, {1, kNothing, 2, kNothing}, Dash::dotted);
  odd.add("tiny", {0, 1, 2}, {1e-38f, 1e-30f, 0});
  odd.add("nothing", {0, 1}, {kNothing, kNothing});
  inputs.push_back(odd);
  for (const Size& size : kPlots) {
    for (const ThemeName theme : {ThemeName::light, ThemeName::dark, ThemeName::contrast}) {
      for (const AxisScale scale : {AxisScale::linear, AxisScale::log10}) {
        for (std::size_t k = 0; k < inputs.size(); ++k) {
          INFO(size.w << "×" << size.h << ", input " << k);
          WidgetStage stage(size.w + 40, size.h + 40, size.scale);
          stage.display.theme = theme;
          const Rect box{20, 20, size.w, size.h};
          LinePlot plot;
          stage.widget = [&](Ui& ui) {
            LinePlotShown what = shown(inputs[k]);
            what.y_scale = scale, what.now = 1.5;
            plot.draw(ui, box, what);
          };
          stage.settle();
          CHECK(stage.check_drawn(box) > 40);
          stage.move(box.middle_x(), box.middle_y());
          stage.check_drawn(box);
        }
      }
    }
  }
}

TEST_CASE("view/line_plot: eight curves of a thousand points fit one draw list of 16-bit indices") {
  WidgetStage stage(900, 500);
  const Curves curves = falling(8, 1000);
  LinePlot plot;
  stage.widget = [&](Ui& ui) { plot.draw(ui, {0, 0, 900, 500}, shown(curves)); };
  stage.settle();
  CHECK(stage.check_drawn({0, 0, 900, 500}) < 65536);
}

TEST_CASE("view/line_plot: the pointer reads exactly what is there, and nothing when it is elsewhere") {
  WidgetStage stage(600, 300);
  Curves curves;
  curves.add("A", {0, 100, 200, 300, 400}, {1, 0.5f, 0.25f, kNothing, 0.1f});
  curves.add("B", {0, 200, 300}, {2, 1, 0.75f}, Dash::dashed);
  LinePlot plot;
  std::optional<double> read;
  stage.widget = [&](Ui& ui) { read = plot.draw(ui, {0, 0, 600, 300}, shown(curves)); };
  stage.settle();
  CHECK(!read);
  std::vector<double> met;
  for (float x = 0; x < 600; x += 5) {
    stage.move(x, 150);
    if (read && (met.empty() || met.back() != *read)) met.push_back(*read);
  }
  CHECK(met == std::vector<double>{0, 100, 200, 300, 400});
  stage.leave();
  CHECK(!read);

  CHECK(reading_at(curves.lines[0], 100, AxisScale::linear)->y == 0.5);
  CHECK(!reading_at(curves.lines[0], 300, AxisScale::linear));         // a gap
  CHECK(reading_at(curves.lines[1], 100, AxisScale::linear)->y == 2);  // the last before
  CHECK(reading_at(curves.lines[1], 100, AxisScale::linear)->x == 0);
  CHECK(!reading_at(curves.lines[1], 400, AxisScale::linear));  // this run has not come so far
  CHECK(!reading_at(curves.lines[1], -1, AxisScale::linear));
}

TEST_CASE("view/line_plot: by keyboard: the arrows walk along the values, and the label tells them") {
  WidgetStage stage(600, 300);
  Curves curves;
  curves.add("A", {0, 100, 200}, {1, 0.5f, 0.25f});
  curves.add("B", {0, 150}, {2, 0.125f});
  LinePlot plot;
  std::optional<double> read;
  stage.widget = [&](Ui& ui) { read = plot.draw(ui, {0, 0, 600, 300}, shown(curves)); };
  stage.settle();
  REQUIRE(stage.focus.move(1));
  stage.settle();
  CHECK(read == 200);  // the newest first
  stage.key(ImGuiKey_LeftArrow);
  CHECK(read == 150);
  CHECK(stage.focus.label() ==
        "Loss over images seen; at 150: A 0.5, B 0.125. Arrow keys read along the curves");
  stage.key(ImGuiKey_LeftArrow);
  CHECK(read == 100);
  stage.key(ImGuiKey_Home);
  CHECK(read == 0);
  stage.key(ImGuiKey_LeftArrow);
  CHECK(read == 0);
  stage.key(ImGuiKey_End);
  CHECK(read == 200);
}
