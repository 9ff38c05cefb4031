#include "view/lessons/gradients_chart.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/easing.h"
#include "view/widgets/axis.h"
#include "view/widgets/flying_value.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/plot_frame.h"

namespace kg {
namespace {

constexpr float kTiny = 11, kNetRow = 34;  // units
constexpr float kNumberRoom = 40, kLossRoom = 40;

struct Chart {
  Rect area;  // of the bars
  Axis y;
  int depth;
  float column() const { return area.w / static_cast<float>(depth); }
  Rect place(int layer) const {
    return {area.x + column() * static_cast<float>(layer), area.y, column(), area.h};
  }
  float height_of(double value) const {
    return static_cast<float>(std::clamp(y.share(value), 0.0, 1.0)) * area.h;
  }
};

double size_at(const DeepNet& net, int layer, LayerSize size) {
  return net.layers()[static_cast<std::size_t>(layer)].*size;
}

// A has something else to show.
const DeepNet* other(const GradientsLesson& lesson) { return lesson.compares() ? lesson.kept() : nullptr; }

Axis axis_for(const GradientsLesson& lesson, const LayerChartShown& what) {
  AxisFit fit(AxisScale::log10);
  fit.add(what.least), fit.add(what.most);
  for (const DeepNet* net : {&lesson.net(), other(lesson)}) {
    for (int k = 0; net && k < net->settings().depth; ++k) fit.add(size_at(*net, k, what.size));
  }
  return fit.axis();
}

void scale(const Ui& ui, const Chart& chart) {
  const Rect& a = chart.area;
  ui.fill(a, ui.theme.panel);
  for (const Tick& tick : ticks(chart.y, std::max(2, static_cast<int>(a.h / ui.u(30))))) {
    const float y = a.bottom() - chart.height_of(tick.value);
    ui.fill({a.x, ui.snap(y), a.w, ui.u(1)}, mix(ui.theme.panel, ui.theme.hairline, 0.7f));
    ui.text(a.x - ui.u(5), y - ui.u(kTiny / 2 + 1), tick.text, kTiny, ui.theme.muted, Weight::regular,
            Align::right);
  }
  ui.fill({a.x, a.bottom() - ui.u(1), a.w, ui.u(1)}, ui.theme.muted);
}

void band(const Ui& ui, const Chart& chart, const HealthyBand& healthy) {
  const Rect& a = chart.area;
  const float top = a.bottom() - chart.height_of(healthy.high),
              bottom = a.bottom() - chart.height_of(healthy.low);
  ui.fill({a.x, top, a.w, bottom - top}, faded(ui.theme.attention, 0.22f));
  for (const float y : {top, bottom})
    ui.fill({a.x, ui.snap(y), a.w, ui.u(1)}, faded(ui.theme.attention, 0.8f));
}

void bars(Ui& ui, const Chart& chart, const GradientsLesson& lesson, LayerSize size) {
  const Colour& colour = series_colour(ui.theme, kNetSeries);
  const float gap = std::min(ui.u(3), chart.column() * 0.12f);
  for (int k = 0; k < chart.depth; ++k) {
    const double value = size_at(lesson.net(), k, size);
    if (!chart.y.has_place(value)) continue;
    const Rect column = chart.place(k).inset(gap, 0);
    const float height = std::max(chart.height_of(value), ui.u(2));
    const Rect bar{column.x, column.bottom() - height, column.w, height};
    // Where the gradient has not been yet, there is only an outline of what will be.
    if (!lesson.product_shown(k)) {
      ui.outline(bar, mix(ui.theme.panel, ui.theme.muted, 0.45f), 1, 2);
      continue;
    }
    ui.fill(bar, colour, 2);
    if (!lesson.timeline().at_end() && k == lesson.here()) bold_frame(ui, bar, ui.theme.attention, 2);
  }
}

void rings(const Ui& ui, const Chart& chart, const DeepNet& kept, LayerSize size) {
  const Colour& colour = series_colour(ui.theme, kKeptSeries);
  const int depth = kept.settings().depth;
  std::vector<PlotPoint> points;
  const auto draw = [&] {
    plot_line(ui, points, colour, Dash::dashed, 2);
    for (const PlotPoint& p : points) {
      ui.paint.AddCircleFilled({p.x, p.y}, ui.u(4), packed(ui.theme.panel));
      ui.paint.AddCircle({p.x, p.y}, ui.u(4), packed(colour), 0, ui.u(2));
    }
    points.clear();
  };
  for (int k = 0; k < depth; ++k) {
    const double value = size_at(kept, k, size);
    if (!chart.y.has_place(value)) {
      draw();
      continue;
    }
    const float x = chart.area.x + chart.area.w * (static_cast<float>(k) + 0.5f) / static_cast<float>(depth);
    points.push_back(
        {x, std::min(chart.area.bottom() - chart.height_of(value), chart.area.bottom() - ui.u(4))});
  }
  draw();
}

// What one reads off a layer, also of A.
void reading(Ui& ui, const Chart& chart, const GradientsLesson& lesson, const LayerChartShown& what,
             int layer) {
  const LayerGradient& l = lesson.net().layers()[static_cast<std::size_t>(layer)];
  const auto text = [](double value) {
    return std::isfinite(value) ? magnitude_text(value) : "too large to be a number";
  };
  std::vector<Reading> lines = {{"gradient at the neurons", text(l.gradient)},
                                {"gradient of the weights", text(l.weight_gradient)},
                                {"weights", text(l.weights)},
                                {"update, of the weights", text(l.update_ratio)},
                                {"what the layer hands on", text(l.activation)}};
  if (layer + 1 < lesson.depth())
    lines.push_back({"factor from layer " + std::to_string(layer + 2), text(l.factor)});
  if (const DeepNet* kept = other(lesson)) {
    const int depth = kept->settings().depth;
    const int there = std::min((2 * layer + 1) * depth / (2 * lesson.depth()), depth - 1);
    lines.push_back({"A, layer " + std::to_string(there + 1), text(size_at(*kept, there, what.size)),
                     kKeptSeries, Dash::dashed});
  }
  const Rect column = chart.place(layer);
  reading_card(ui, column.right(), chart.area.middle_y(), "Layer " + std::to_string(layer + 1), lines);
}

// The net itself, the loss at its right end. Numbers go to the right, the gradient comes back to the left.
void net_row(Ui& ui, const Rect& row, const Chart& chart, const GradientsLesson& lesson) {
  const Timeline& time = lesson.timeline();
  const float gap = std::min(ui.u(2.5f), chart.column() * 0.1f);
  const float middle = row.y + row.h * 0.5f;
  const int every = chart.column() >= ui.u(15) ? 1 : chart.column() >= ui.u(9) ? 2 : 5;
  for (int k = 0; k < chart.depth; ++k) {
    const Rect column = chart.place(k);
    const Rect box{column.x + gap, middle - ui.u(11), column.w - 2 * gap, ui.u(22)};
    const bool reached = lesson.product_shown(k);
    const Colour back =
        reached ? mix(ui.theme.panel, series_colour(ui.theme, kNetSeries), 0.2f) : ui.theme.panel;
    ui.fill(box, back, 3);
    ui.outline(box, reached ? series_colour(ui.theme, kNetSeries) : ui.theme.muted, ui.theme.border, 3);
    if (!time.at_end() && k == lesson.here()) bold_frame(ui, box, ui.theme.attention, 2);
    const bool numbered = k == 0 || k + 1 == chart.depth || (k + 1) % every == 0;
    if (numbered) ui.text_in(box.inset(ui.u(1), 0), std::to_string(k + 1), kTiny + 1, ui.theme.ink);
  }
  const Rect loss{chart.area.right() + ui.u(6), middle - ui.u(11), ui.u(kLossRoom - 6), ui.u(22)};
  ui.fill(loss, ui.theme.ink, 4);
  ui.text_in(loss.inset(ui.u(3), 0), "loss", type::kSmall, ui.theme.ground, Weight::semibold);
  ui.text(chart.area.x - ui.u(5), middle - ui.u(6), "digit →", kTiny, ui.theme.muted, Weight::regular,
          Align::right);
  ui.part("layers", {chart.area.x, row.y, row.right() - chart.area.x, row.h});

  // On its way to the next layer.
  const double t = (time.phase() - Timeline::kRest) / (1 - Timeline::kRest);
  if (time.at_end() || t <= 0 || lesson.here() == 0 || !moves_gently(ui, time)) return;
  const float from = chart.place(lesson.here()).middle_x(), to = chart.place(lesson.here() - 1).middle_x();
  const float x = from + (to - from) * eased(static_cast<float>(t));
  ui.paint.AddCircleFilled({x, middle}, ui.u(6), packed(ui.theme.attention));
  ui.paint.AddCircle({x, middle}, ui.u(6), packed(ui.theme.ink), 0, ui.u(1.5f));
}

}  // namespace

void layer_chart(Ui& ui, const Rect& box, const GradientsLesson& lesson, const LayerChartShown& what) {
  Rect rest = box;
  const Rect row = what.net_below ? rest.cut_bottom(ui.u(kNetRow)) : Rect{};
  rest.cut_left(ui.u(kNumberRoom)), rest.cut_right(ui.u(kLossRoom));
  rest.cut_top(ui.u(6)), rest.cut_bottom(ui.u(what.net_below ? 2 : 6));
  const Chart chart{rest, axis_for(lesson, what), lesson.depth()};
  scale(ui, chart);
  if (what.band) {
    band(ui, chart, *what.band);
    ui.part("healthy", {rest.x, rest.y, rest.w, rest.h});
  }
  const DeepNet& net = lesson.net();
  bars(ui, chart, lesson, what.size);
  const double last = size_at(net, lesson.depth() - 1, what.size);
  if (what.level && chart.y.has_place(last)) {
    const float y = rest.bottom() - chart.height_of(last);
    plot_line(ui, {{rest.x, y}, {rest.right(), y}}, ui.theme.ink, Dash::dotted, 1.5f);
  }
  if (const DeepNet* kept = other(lesson)) rings(ui, chart, *kept, what.size);
  if (what.band && rest.h > ui.u(50)) {
    const float y = rest.bottom() - chart.height_of(what.band->high);
    const float width = ui.text_width(what.band->words, kTiny) + ui.u(8);
    const Rect tag{rest.x + ui.u(4), y + ui.u(2), width, ui.u(15)};
    ui.fill(tag, faded(ui.theme.panel, 0.85f), 3);
    ui.text_in(tag.inset(ui.u(3), 0), what.band->words, kTiny, ui.theme.ink);
  }
  if (!net.known()) {
    const Rect words{rest.x, rest.middle_y() - ui.u(13), rest.w, ui.u(26)};
    ui.fill(words, faded(ui.theme.panel, 0.9f), 4);
    ui.text_in(words.inset(ui.u(8), 0),
               net.diverged() ? "The run has blown up: too large to be numbers. Rewind it."
                              : "Where no bar is, the gradient is too large to be a number.",
               type::kText, ui.theme.error, Weight::semibold);
  }
  if (what.net_below) net_row(ui, row, chart, lesson);

  const Rect touch{rest.x, rest.y, rest.w, rest.h + row.h};
  const Press press = ui.area(what.id, touch);
  if (!press.hovered && !press.held) return;
  float x = 0, y = 0;
  ui.pointer(x, y);
  const int layer = static_cast<int>(std::clamp((x - rest.x) / chart.column(), 0.0f, static_cast<float>(chart.depth - 1)));
  bold_frame(ui, chart.place(layer).inset(-ui.u(0.5f), 0), ui.theme.panel, 1.5f);
  reading(ui, chart, lesson, what, layer);
  if (press.clicked) ui.intend("seek", lesson.step_of(layer));
}

void layer_keys(Ui& ui, const Rect& box, const GradientsLesson& lesson) {
  const int layer = lesson.here();
  const LayerGradient& l = lesson.net().layers()[static_cast<std::size_t>(layer)];
  const std::string value = std::isfinite(l.gradient) ? magnitude_text(l.gradient) : "no number any more";
  if (!ui.focus.offer("layers", "Layer " + std::to_string(layer + 1) + " of " +
                                    std::to_string(lesson.depth()) + ", gradient " + value +
                                    ", arrow keys go from layer to layer"))
    return;
  ui.focus_ring(box);
  ui.arrows_taken = true;
  const int way = (ui.key(ImGuiKey_RightArrow) || ui.key(ImGuiKey_UpArrow) ? 1 : 0) -
                  (ui.key(ImGuiKey_LeftArrow) || ui.key(ImGuiKey_DownArrow) ? 1 : 0);
  const int to = std::clamp(layer + way, 0, lesson.depth() - 1);
  if (way != 0) ui.intend("seek", lesson.step_of(to));
}

}  // namespace kg
