// The histogram: within its box at every size, and exact where it is pointed at.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "view/widget_fixture.h"
#include "view/widgets/histogram.h"

using namespace kg;

namespace {

HistogramShown shown(const std::vector<int>& counts) {
  HistogramShown what;
  what.id = "values", what.name = "Pixel values", what.x_name = "value", what.y_name = "pixels";
  what.from = -1, what.to = 1;
  what.counts = counts;
  return what;
}

struct Size {
  float w, h, scale;
};
constexpr Size kPlots[] = {{90, 60, 1}, {160, 100, 1}, {390, 200, 1}, {900, 500, 1}, {1350, 750, 1.5f}};

}  // namespace

TEST_CASE("view/histogram: it stays in its box, at every size, empty, with one bar and with many") {
  const int most = std::numeric_limits<int>::max();
  const std::vector<int> inputs[] = {{},        {0, 0, 0},          {1},
                                     {5, 0, 7}, {most, 1, 0, most}, std::vector<int>(400, 3)};
  const float infinite = std::numeric_limits<float>::infinity();
  const std::vector<float> curve{0, 1, 5, infinite, 2, 0};
  for (const Size& size : kPlots) {
    for (const bool log : {false, true}) {
      for (const std::vector<int>& counts : inputs) {
        for (const bool more : {false, true}) {
          INFO(size.w << "×" << size.h << ", " << counts.size() << " bars");
          WidgetStage stage(size.w + 40, size.h + 40, size.scale);
          const Rect box{20, 20, size.w, size.h};
          Histogram plot;
          stage.widget = [&](Ui& ui) {
            HistogramShown what = shown(counts);
            what.log_counts = log;
            if (more) {
              what.other = counts, what.other_name = "after", what.curve = curve;
              what.mean = 0.2, what.deviation = 3, what.lit = 1, what.ends_hold_rest = true;
            }
            plot.draw(ui, box, what);
          };
          stage.settle();
          CHECK(stage.check_drawn(box) > 20);
          stage.move(box.middle_x(), box.middle_y());
          stage.check_drawn(box);
        }
      }
    }
  }
}

TEST_CASE("view/histogram: the pointer reads one bar after the other; elsewhere none") {
  WidgetStage stage(500, 300);
  const std::vector<int> counts{1, 20, 3, 40};
  Histogram plot;
  int read = -2;
  stage.widget = [&](Ui& ui) { read = plot.draw(ui, {0, 0, 500, 300}, shown(counts)); };
  stage.settle();
  CHECK(read == -1);
  std::vector<int> met;
  for (float x = 0; x < 500; x += 5) {
    stage.move(x, 150);
    if (read >= 0 && (met.empty() || met.back() != read)) met.push_back(read);
  }
  CHECK(met == std::vector<int>{0, 1, 2, 3});
  stage.leave();
  CHECK(read == -1);
}

TEST_CASE("view/histogram: by keyboard it begins at the tallest bar, and the label tells range and count") {
  WidgetStage stage(500, 300);
  const std::vector<int> counts{1, 20, 3, 12}, other{4, 5, 6, 7};
  Histogram plot;
  int read = -2;
  stage.widget = [&](Ui& ui) {
    HistogramShown what = shown(counts);
    what.other = other, what.own_name = "before", what.other_name = "after", what.ends_hold_rest = true;
    read = plot.draw(ui, {0, 0, 500, 300}, what);
  };
  stage.settle();
  REQUIRE(stage.focus.move(1));
  stage.settle();
  CHECK(read == 1);
  CHECK(stage.focus.label() == "Pixel values; −0.5 to 0: before 20, after 5. Arrow keys read the bars");
  stage.key(ImGuiKey_RightArrow);
  stage.key(ImGuiKey_RightArrow);
  CHECK(read == 3);
  CHECK(stage.focus.label() == "Pixel values; 0.5 and more: before 12, after 7. Arrow keys read the bars");
  stage.key(ImGuiKey_RightArrow);
  CHECK(read == 3);
  stage.key(ImGuiKey_Home);
  CHECK(read == 0);
  CHECK(stage.focus.label() == "Pixel values; below −0.5: before 1, after 4. Arrow keys read the bars");
}
