#include "view/widgets/histogram.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kg {
namespace {

constexpr double kBelowOne = 0.5;  // where the axis of logarithmic counts begins: a count of 1 is seen, too

int count_at(std::span<const int> counts, int bar) {
  return bar < static_cast<int>(counts.size()) ? counts[static_cast<std::size_t>(bar)] : 0;
}

double tallest_of(const HistogramShown& what) {
  double most = 0;
  for (const int count : what.counts) most = std::max(most, static_cast<double>(count));
  for (const int count : what.other) most = std::max(most, static_cast<double>(count));
  for (const float height : what.curve) {
    if (std::isfinite(height)) most = std::max(most, static_cast<double>(height));
  }
  return most;
}

Axis count_axis(const HistogramShown& what, double most) {
  // The bracket of ±σ stands above the bars.
  const double top = what.tallest > 0 ? what.tallest : what.mean ? most * 1.12 : most;
  if (what.log_counts) {
    Axis axis = fitted_axis(kBelowOne, std::max(top, 2.0), AxisScale::log10);
    axis.from = kBelowOne;
    return axis;
  }
  Axis axis = fitted_axis(0, std::max(top, 1.0));
  if (what.tallest > 0) axis.to = what.tallest;
  return axis;
}

struct Bars {
  const PlotFrame& frame;
  float width;
  float left(int bar) const { return frame.area.x + width * static_cast<float>(bar); }
  float top(int count) const {
    return count > 0 ? frame.py(std::max(static_cast<double>(count), kBelowOne)) : frame.area.bottom();
  }
};

void draw_bars(const Ui& ui, const Bars& bars, const HistogramShown& what, int read) {
  const Colour& colour = series_colour(ui.theme, what.series);
  const float gap = bars.width > ui.u(4) ? ui.u(1) : 0, floor = bars.frame.area.bottom();
  for (int bar = 0; bar < static_cast<int>(what.counts.size()); ++bar) {
    const int count = count_at(what.counts, bar);
    const bool lit = bar == read || bar == what.lit;
    if (lit) {
      ui.fill({bars.left(bar), bars.frame.area.y, bars.width, bars.frame.area.h},
              mix(ui.theme.panel, ui.theme.attention, 0.35f));
    }
    if (count <= 0) continue;
    // Even one value among thousands is to be seen.
    const float top = std::min(bars.top(count), floor - ui.u(1.5f));
    ui.fill({bars.left(bar) + gap / 2, top, std::max(bars.width - gap, 1.0f), floor - top},
            lit ? colour : mix(ui.theme.panel, colour, 0.72f));
  }
}

// Along the tops, down to the axis between bars that are apart in height: the shape alone.
void draw_outline(const Ui& ui, const Bars& bars, const HistogramShown& what) {
  if (what.other.empty()) return;
  std::vector<PlotPoint> path;
  const int count = static_cast<int>(what.other.size());
  path.push_back({bars.left(0), bars.frame.area.bottom()});
  for (int bar = 0; bar < count; ++bar) {
    const float top = bars.top(count_at(what.other, bar));
    path.push_back({bars.left(bar), top});
    path.push_back({bars.left(bar + 1), top});
  }
  path.push_back({bars.left(count), bars.frame.area.bottom()});
  plot_line(ui, path, series_colour(ui.theme, what.other_series), Dash::solid, 2);
}

void draw_curve(const Ui& ui, const PlotFrame& frame, const HistogramShown& what) {
  std::vector<PlotPoint> path;
  for (std::size_t i = 0; i < what.curve.size(); ++i) {
    const float height = what.curve[i];
    if (!std::isfinite(height) || what.curve.size() < 2) continue;
    const float share = static_cast<float>(i) / static_cast<float>(what.curve.size() - 1);
    const double shown =
        frame.y.has_place(static_cast<double>(height)) ? static_cast<double>(height) : frame.y.from;
    path.push_back({frame.area.x + frame.area.w * share, frame.py(shown)});
  }
  plot_line(ui, path, ui.theme.ink, Dash::dashed, 1.5f);
}

void draw_marks(const Ui& ui, const PlotFrame& frame, const HistogramShown& what) {
  if (!what.mean || !std::isfinite(*what.mean)) return;
  const auto inside = [&](double value) { return value >= frame.x.from && value <= frame.x.to; };
  if (inside(*what.mean)) {
    const float x = frame.px(*what.mean);
    plot_line(ui, {{x, frame.area.bottom()}, {x, frame.area.y}}, ui.theme.ink, Dash::dotted, 1.5f);
  }
  if (!what.deviation || !std::isfinite(*what.deviation) || *what.deviation <= 0) return;
  const double low = *what.mean - *what.deviation, high = *what.mean + *what.deviation;
  const float left = frame.px(low), right = frame.px(high);
  if (right - left < ui.u(2)) return;
  const float y = frame.area.y + ui.u(7), tip = ui.u(4);
  ui.fill({left, y - ui.u(0.75f), right - left, ui.u(1.5f)}, ui.theme.ink);
  if (inside(low)) ui.fill({left, y - tip, ui.u(1.5f), 2 * tip}, ui.theme.ink);
  if (inside(high)) ui.fill({right - ui.u(1.5f), y - tip, ui.u(1.5f), 2 * tip}, ui.theme.ink);
  const std::string name = "±σ";
  const float w = ui.text_width(name, frame.text) + ui.u(6);
  if (right - left < w + ui.u(12) || frame.area.h < ui.u(60)) return;
  const Rect tag{(left + right) / 2 - w / 2, y - ui.u(frame.text / 2), w, ui.u(frame.text)};
  ui.fill(tag, ui.theme.panel, 2);
  ui.text(tag.middle_x(), tag.y - ui.u(0.5f), name, frame.text, ui.theme.ink, Weight::regular, Align::centre);
}

std::vector<Reading> readings(const HistogramShown& what, int bar) {
  const bool two = !what.other.empty();
  std::vector<Reading> list{{two && !what.own_name.empty() ? what.own_name : "Count",
                             reading_text(count_at(what.counts, bar)), two ? what.series : -1}};
  if (two) list.push_back({what.other_name, reading_text(count_at(what.other, bar)), what.other_series});
  return list;
}

std::string spoken(const HistogramShown& what, int bar) {
  std::string words = what.name;
  if (bar >= 0) {
    words += "; " + bar_range(what, bar) + ":";
    for (const Reading& r : readings(what, bar)) words += " " + r.name + " " + r.value + ",";
    words.back() = '.';
    return words + " Arrow keys read the bars";
  }
  return words + ". Arrow keys read the bars";
}

}  // namespace

std::string bar_range(const HistogramShown& what, int bar) {
  const int count = static_cast<int>(what.counts.size());
  if (count == 0) return "";
  const double width = (what.to - what.from) / count;
  // Round numbers stay round: 0.1 + 0.2 would be told as 0.30000000000000004, were it not for four digits.
  const std::string low = reading_text(what.from + width * bar),
                    high = reading_text(what.from + width * (bar + 1));
  if (what.ends_hold_rest && bar == 0) return "below " + high;
  if (what.ends_hold_rest && bar == count - 1) return low + " and more";
  return low + " to " + high;
}

int Histogram::draw(Ui& ui, const Rect& box, const HistogramShown& what) {
  const int count = static_cast<int>(what.counts.size());
  const double most = tallest_of(what);
  const bool empty = count == 0 || most <= 0 || !(what.from < what.to);
  const Axis values = what.from < what.to ? Axis{what.from, what.to} : Axis{};
  const PlotFrame frame =
      plot_frame(ui, box, values, count_axis(what, most), {what.x_name, what.y_name, what.numbers && !empty});
  if (empty) plot_empty(ui, frame.area, what.empty);
  cursor_ = std::min(cursor_, count - 1);

  const Press press = what.stop ? ui.press(what.id, frame.area, spoken(what, empty ? -1 : cursor_))
                                : ui.area(what.id, frame.area);
  if (press.focused) ui.focus_ring(frame.area, 2);
  if (empty) return -1;

  const Bars bars{frame, frame.area.w / static_cast<float>(count)};
  int read = -1;
  if (press.hovered || press.held) {
    float px = 0, py = 0;
    ui.pointer(px, py);
    read = std::clamp(static_cast<int>((px - frame.area.x) / bars.width), 0, count - 1);
    if (press.held) cursor_ = read;
  }
  if (press.focused) {
    ui.arrows_taken = true;
    const int way = (ui.key(ImGuiKey_RightArrow) || ui.key(ImGuiKey_UpArrow) ? 1 : 0) -
                    (ui.key(ImGuiKey_LeftArrow) || ui.key(ImGuiKey_DownArrow) ? 1 : 0);
    // It begins at the tallest bar.
    if (cursor_ < 0)
      cursor_ =
          static_cast<int>(std::max_element(what.counts.begin(), what.counts.end()) - what.counts.begin());
    cursor_ = std::clamp(cursor_ + way, 0, count - 1);
    if (ui.key(ImGuiKey_Home)) cursor_ = 0;
    if (ui.key(ImGuiKey_End)) cursor_ = count - 1;
    if (read < 0) read = cursor_;
  }

  draw_bars(ui, bars, what, read);
  draw_outline(ui, bars, what);
  draw_curve(ui, frame, what);
  draw_marks(ui, frame, what);
  ui.fill({frame.area.x, frame.area.bottom(), frame.area.w, ui.u(1)}, ui.theme.muted);
  if (read >= 0) {
    const float x = bars.left(read) + bars.width / 2;
    reading_card(ui, x, std::min(bars.top(count_at(what.counts, read)), frame.area.bottom() - ui.u(20)),
                 (what.x_name.empty() ? "" : what.x_name + " ") + bar_range(what, read),
                 readings(what, read));
  }
  return read;
}

}  // namespace kg
