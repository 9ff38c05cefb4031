#include "view/lessons/relu_plot.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr double kBiasStep = 0.05;
constexpr int kBars = 49;     // odd: sums of 0, the empty background, have one of their own in the middle
constexpr float kTall = 150;  // units: from this height on there is room for words beside the curve

std::string text_of(float value) { return number_text(static_cast<double>(value)); }

// 2, 3, 5, 10, 20, 30, 50, …: the first that leaves some room around what is to be seen.
float axis_for(const ReluShown& what) {
  float most = std::max({std::abs(what.sum), std::abs(what.bias), what.output});
  for (const float sum : what.sums) most = std::max(most, std::abs(sum));
  most *= 1.15f;
  if (most <= 2) return 2;
  for (float ten = 1;; ten *= 10) {
    for (const float step : {2.0f, 3.0f, 5.0f, 10.0f}) {
      if (most <= step * ten) return step * ten;
    }
  }
}

struct Axes {
  Rect area;
  float reach;
  float x(float sum) const { return area.middle_x() + sum / reach * area.w / 2; }
  float y(float output) const { return area.bottom() - output / top() * area.h; }
  // Where there is room the same scale upwards as to the side; always enough for all of the axis.
  float top() const { return std::max(area.h / (area.w / 2), 1.1f) * reach; }
};

void bars(const Ui& ui, const Axes& axes, const ReluShown& what) {
  std::array<int, kBars> counts{};
  for (const float sum : what.sums) {
    const float share = (sum / axes.reach + 1) / 2;
    ++counts[static_cast<std::size_t>(std::clamp(static_cast<int>(share * kBars), 0, kBars - 1))];
  }
  const int most = *std::max_element(counts.begin(), counts.end());
  if (most == 0) return;
  const float width = axes.area.w / kBars;
  for (int i = 0; i < kBars; ++i) {
    const int count = counts[static_cast<std::size_t>(i)];
    if (count == 0) continue;
    // On a logarithmic scale: the empty background makes one bar that would dwarf all others.
    const float share = std::log1p(static_cast<float>(count)) / std::log1p(static_cast<float>(most));
    const float h = share * axes.area.h * 0.86f;
    const Rect bar{axes.area.x + width * static_cast<float>(i), axes.area.bottom() - h, width - ui.u(1), h};
    const bool fires = bar.middle_x() > axes.x(-what.bias);
    ui.fill(bar,
            fires ? mix(ui.theme.panel, ui.theme.action, 0.55f) : mix(ui.theme.panel, ui.theme.muted, 0.35f));
  }
}

void curve(const Ui& ui, const Axes& axes, float bias, const Colour& colour, float width) {
  const float from = std::clamp(-bias, -axes.reach, axes.reach);
  const ImVec2 left(axes.area.x, axes.area.bottom()), kink(axes.x(from), axes.area.bottom());
  ui.paint.AddLine(left, kink, packed(colour), ui.u(width));
  const float start = std::max(0.0f, from + bias), rise = std::min(axes.reach + bias, axes.top());
  if (rise <= start) return;
  ui.paint.AddLine({axes.x(from), axes.y(start)}, {axes.x(rise - bias), axes.y(rise)}, packed(colour),
                   ui.u(width));
}

void axis(const Ui& ui, const Axes& axes) {
  const Rect& a = axes.area;
  ui.fill({a.x, a.bottom(), a.w, ui.u(1)}, ui.theme.muted);
  for (int i = -2; i <= 2; ++i) {
    const float value = axes.reach * static_cast<float>(i) / 2, x = axes.x(value);
    ui.fill({x, a.bottom(), ui.u(1), ui.u(4)}, ui.theme.muted);
    ui.text(x, a.bottom() + ui.u(11), text_of(value), type::kSmall, ui.theme.muted, Weight::regular,
            i == -2  ? Align::left
            : i == 2 ? Align::right
                     : Align::centre);
  }
}

// Where the neuron is: its weighted sum on the axis, and relu's answer above it.
void point(const Ui& ui, const Axes& axes, const ReluShown& what, const Rect& tag_row) {
  const auto dot = [&](float x, float y, float radius) {
    ui.paint.AddCircleFilled({x, y}, ui.u(radius + 1.5f), packed({0, 0, 0, 0.7f}));
    ui.paint.AddCircleFilled({x, y}, ui.u(radius), packed(ui.theme.attention));
  };
  if (!what.sum_known) return;
  const float x = axes.x(std::clamp(what.sum, -axes.reach, axes.reach));
  const float y = std::max(axes.y(what.output), axes.area.y);
  if (!what.output_known) return dot(x, axes.area.bottom(), 4);
  ui.fill({x - ui.u(1), y, ui.u(2), axes.area.bottom() - y}, ui.theme.attention);
  dot(x, y, 7);
  const std::string words = text_of(what.sum) + " → " + text_of(what.output);
  const float w = ui.text_width(words, type::kText, Weight::semibold) + ui.u(10);
  // Beside the point; where the plot is low, in the row above it, away from the threshold's name.
  Rect tag{std::clamp(x - w - ui.u(12), axes.area.x, axes.area.right() - w),
           std::max(y - ui.u(24), axes.area.y), w, ui.u(20)};
  if (tag_row.h > 0) {
    const bool threshold_left = what.bias > 0;
    tag = {threshold_left ? tag_row.right() - w : tag_row.x, tag_row.y - ui.u(2), w, ui.u(20)};
  }
  ui.fill(tag, ui.theme.panel, 4);
  ui.outline(tag, ui.theme.attention, 1.5f, 4);
  ui.text_in(tag, words, type::kText, ui.theme.ink, Weight::semibold);
}

}  // namespace

std::optional<double> ReluPlot::draw(Ui& ui, const Rect& box, const ReluShown& what) {
  if (!held_ || reach_ == 0) reach_ = axis_for(what);
  Rect rest = box;
  const bool tall = box.h >= ui.u(kTall);
  const Rect words = rest.cut_top(ui.u(20));
  const Rect below = rest.cut_bottom(ui.u(tall ? 46 : 26));
  const Axes axes{rest.inset(ui.u(4), 0), reach_};
  const float threshold = 0 - what.bias;
  const float x = axes.x(std::clamp(threshold, -reach_, reach_));

  ui.fill(axes.area, ui.theme.panel);
  ui.fill({axes.area.x, axes.area.y, x - axes.area.x, axes.area.h},
          mix(ui.theme.panel, ui.theme.empty, 0.7f));
  bars(ui, axes, what);
  ui.outline(axes.area, ui.theme.hairline, ui.theme.border);
  axis(ui, axes);
  if (tall) {
    ui.text(axes.area.middle_x(), below.bottom() - ui.u(15), "Weighted sum", type::kSmall, ui.theme.muted,
            Weight::regular, Align::centre);
    const auto side = [&](float from, float to, const char* name) {
      if (to - from < ui.text_width(name, type::kText) + ui.u(12)) return;
      ui.text((from + to) / 2, axes.area.y + ui.u(6), name, type::kText, ui.theme.muted, Weight::regular,
              Align::centre);
    };
    side(axes.area.x, x, "silent");
    side(x, axes.area.right(), "fires");
  }
  curve(ui, axes, 0, faded(ui.theme.muted, 0.6f), 1);
  curve(ui, axes, what.bias, ui.theme.ink, 3);
  // The threshold: a line over the whole height, a name above it, and below a handle on the axis.
  ui.fill({x - ui.u(0.75f), axes.area.y, ui.u(1.5f), axes.area.h}, ui.theme.action);
  const std::string name = "threshold " + text_of(threshold);
  const float half = ui.text_width(name, type::kText, Weight::semibold) / 2;
  ui.text(std::clamp(x, axes.area.x + half, std::max(axes.area.x + half, axes.area.right() - half)),
          words.y + ui.u(1), name, type::kText, ui.theme.action, Weight::semibold, Align::centre);
  ui.part("threshold", {x - ui.u(10), axes.area.y, ui.u(20), axes.area.h});
  point(ui, axes, what, tall ? Rect{} : words);
  held_ = false;
  if (!what.may_drag) return std::nullopt;
  const ImVec2 tip(x, axes.area.bottom() - ui.u(1));
  ui.paint.AddTriangleFilled({tip.x - ui.u(8), tip.y + ui.u(13)}, {tip.x + ui.u(8), tip.y + ui.u(13)}, tip,
                             packed(ui.theme.action));
  // All of the plot can be pressed: the threshold goes where the pointer is.
  const Press press = ui.press("threshold", box, "Threshold " + text_of(threshold) + ", arrow keys move it");
  if (press.focused) ui.focus_ring(box);
  if (press.hovered && !press.held) ui.tooltip("Drag the threshold; the bias is its opposite");
  held_ = press.held;
  if (press.held) {
    float px = 0, py = 0;
    ui.pointer(px, py);
    const double to = static_cast<double>((px - axes.area.middle_x()) / (axes.area.w / 2) * reach_);
    return 0 - std::clamp(std::round(to / kBiasStep) * kBiasStep, static_cast<double>(-reach_),
                          static_cast<double>(reach_));
  }
  if (!press.focused) return std::nullopt;
  ui.arrows_taken = true;
  const int way = (ui.key(ImGuiKey_RightArrow) || ui.key(ImGuiKey_UpArrow) ? 1 : 0) -
                  (ui.key(ImGuiKey_LeftArrow) || ui.key(ImGuiKey_DownArrow) ? 1 : 0);
  if (way == 0) return std::nullopt;
  return std::round((static_cast<double>(what.bias) - way * kBiasStep) * 100) / 100;
}

}  // namespace kg
