#include "view/widgets/line_plot.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kg {
namespace {

constexpr float kMostColumns = 280;  // of a curve: more are not seen, but would be drawn

double as_double(float value) { return static_cast<double>(value); }

std::size_t length(const PlotLine& line) { return std::min(line.x.size(), line.y.size()); }

bool seen(const Axis& x, const Axis& y, float at, float value) {
  return x.has_place(as_double(at)) && y.has_place(as_double(value));
}

// Every piece of a curve between two gaps, thinned to the lowest and the highest point of each column of
// pixels: a thousand points cost no more than the plot is wide.
template <class Piece>
void for_each_piece(const PlotFrame& frame, std::span<const float> xs, std::span<const float> ys,
                    Piece piece) {
  const float column = std::max(1.0f, frame.area.w / kMostColumns);
  std::vector<PlotPoint> points;
  PlotPoint first, last, low, high;
  float end = 0;
  bool open = false;
  int within = 0;
  const auto close_column = [&] {
    if (within == 0) return;
    // In the order in which they come; one that is two of these is drawn once.
    const bool low_first = low.x <= high.x;
    for (const PlotPoint& p : {first, low_first ? low : high, low_first ? high : low, last}) {
      if (points.empty() || p.x != points.back().x || p.y != points.back().y) points.push_back(p);
    }
    within = 0;
  };
  const auto close_piece = [&] {
    close_column();
    if (!points.empty()) piece(points);
    points.clear();
    open = false;
  };
  for (std::size_t i = 0; i < std::min(xs.size(), ys.size()); ++i) {
    if (!seen(frame.x, frame.y, xs[i], ys[i])) {
      close_piece();
      continue;
    }
    const PlotPoint p{frame.px(as_double(xs[i])), frame.py(as_double(ys[i]))};
    if (!open || p.x >= end || within == 0) {
      close_column();
      open = true, end = p.x + column;
      first = low = high = p;
    }
    if (p.y > low.y) low = p;
    if (p.y < high.y) high = p;
    last = p;
    ++within;
  }
  close_piece();
}

void draw_line(const Ui& ui, const PlotFrame& frame, const PlotLine& line) {
  const Colour& colour = series_colour(ui.theme, line.colour);
  const bool signs = ui.theme.border > 1;  // the contrast theme does not rely on colours alone
  if (!line.raw.empty()) {
    for_each_piece(frame, line.x, line.raw, [&](const std::vector<PlotPoint>& points) {
      plot_line(ui, points, mix(ui.theme.panel, colour, 0.38f), Dash::solid, 1);
    });
  }
  float next_sign = frame.area.x;
  for_each_piece(frame, line.x, line.y, [&](const std::vector<PlotPoint>& points) {
    plot_line(ui, points, colour, line.dash, line.width);
    // A point between two gaps is a point; a few points are seen as such.
    if (points.size() == 1) plot_sign(ui, points[0].x, points[0].y, 0, colour, 3);
    if (!signs) return;
    for (const PlotPoint& p : points) {
      if (p.x < next_sign) continue;
      plot_sign(ui, p.x, p.y, line.colour, colour, 3.5f);
      next_sign = p.x + std::max(frame.area.w / 8, ui.u(30));
    }
  });
}

// The names of the curves, side by side in as many rows as they need, but at most in `most`; then shortened.
struct LegendPlace {
  int rows = 0;
  float column = 0;  // 0: each as wide as its name
};

float item_width(const Ui& ui, const PlotLine& line, float size) {
  return ui.u(24) + ui.text_width(line.name, size) + ui.u(12);
}

LegendPlace legend_place(const Ui& ui, float width, std::span<const PlotLine> lines, float size, int most) {
  LegendPlace place{1, 0};
  float x = 0;
  for (const PlotLine& line : lines) {
    const float w = item_width(ui, line, size);
    if (x > 0 && x + w - ui.u(12) > width) ++place.rows, x = 0;
    x += w;
    if (w - ui.u(12) > width) place.rows = most + 1;
  }
  if (place.rows <= most) return place;
  const auto count = static_cast<float>(lines.size());
  return {most, width / std::ceil(count / static_cast<float>(most))};
}

void draw_legend(const Ui& ui, const Rect& box, std::span<const PlotLine> lines, float size,
                 const LegendPlace& place) {
  const float row = ui.u(size + 6);
  float x = box.x, y = box.y;
  for (const PlotLine& line : lines) {
    const float w = place.column > 0 ? place.column : item_width(ui, line, size);
    if (x > box.x && x + w - ui.u(12) > box.right() + 0.5f) x = box.x, y += row;
    const Colour& colour = series_colour(ui.theme, line.colour);
    const float middle = y + ui.u(size / 2 + 1), swatch = std::min(ui.u(18), w * 0.4f);
    plot_line(ui, {{x, middle}, {x + swatch, middle}}, colour, line.dash, 2.5f);
    if (ui.theme.border > 1) plot_sign(ui, x + swatch / 2, middle, line.colour, colour, 3.5f);
    const float room = w - swatch - ui.u(10);
    if (room > ui.u(12)) {
      const std::string name = place.column > 0 ? ui.shortened(line.name, size, room) : line.name;
      ui.text(x + swatch + ui.u(6), y, name, size, ui.theme.ink);
    }
    x += w;
  }
}

// The x of any curve that is nearest to `wanted`, as places on the axis go.
std::optional<double> nearest_x(const Axis& axis, std::span<const PlotLine> lines, double wanted) {
  std::optional<double> best;
  double distance = 0;
  const double target = axis.share(wanted);
  for (const PlotLine& line : lines) {
    const auto from = std::lower_bound(line.x.begin(), line.x.end(), static_cast<float>(wanted));
    for (std::ptrdiff_t k = -1; k <= 0; ++k) {
      if (from - line.x.begin() + k < 0 || from + k >= line.x.end()) continue;
      const double x = as_double(*(from + k));
      if (!axis.has_place(x)) continue;
      const double d = std::abs(axis.share(x) - target);
      if (!best || d < distance) best = x, distance = d;
    }
  }
  return best;
}

// The next x of any curve beyond `from`, in the direction `way`.
double next_x(std::span<const PlotLine> lines, const Axis& axis, double from, int way) {
  std::optional<double> best;
  for (const PlotLine& line : lines) {
    const auto at = static_cast<float>(from);
    if (way > 0) {
      const auto next = std::upper_bound(line.x.begin(), line.x.end(), at);
      if (next != line.x.end() && (!best || as_double(*next) < *best)) best = as_double(*next);
    } else {
      const auto here = std::lower_bound(line.x.begin(), line.x.end(), at);
      if (here != line.x.begin() && (!best || as_double(*(here - 1)) > *best)) best = as_double(*(here - 1));
    }
  }
  return best && axis.has_place(*best) ? *best : from;
}

std::vector<Reading> readings(const LinePlotShown& what, double x) {
  std::vector<Reading> list;
  for (const PlotLine& line : what.lines) {
    const std::optional<LineReading> at = reading_at(line, x, what.y_scale);
    std::string value = at ? reading_text(at->y) : "–";
    if (at && at->index < line.raw.size() && std::isfinite(line.raw[at->index]))
      value += " (" + reading_text(as_double(line.raw[at->index])) + ")";
    list.push_back({line.name, value, line.colour, line.dash});
  }
  return list;
}

std::string spoken(const LinePlotShown& what, std::optional<double> x) {
  std::string words = what.name + " over " + what.x_name;
  if (x) {
    words += "; at " + reading_text(*x) + ":";
    for (const Reading& r : readings(what, *x)) words += " " + r.name + " " + r.value + ",";
    words.back() = '.';
  }
  return words + (x ? "" : ".") + " Arrow keys read along the curves";
}

}  // namespace

std::optional<LineReading> reading_at(const PlotLine& line, double x, AxisScale y_scale) {
  const std::size_t count = length(line);
  if (count == 0) return std::nullopt;
  const std::span<const float> xs = line.x.first(count);
  const auto after = std::upper_bound(xs.begin(), xs.end(), static_cast<float>(x));
  if (after == xs.begin()) return std::nullopt;
  const auto index = static_cast<std::size_t>(after - xs.begin()) - 1;
  if (index + 1 == count && static_cast<float>(x) > xs[index]) return std::nullopt;
  const double y = as_double(line.y[index]);
  if (!Axis{1, 2, y_scale}.has_place(y)) return std::nullopt;
  return LineReading{index, as_double(xs[index]), y};
}

std::optional<double> LinePlot::draw(Ui& ui, const Rect& box, const LinePlotShown& what) {
  Rect rest = box;
  const float size = box.w < ui.u(300) || box.h < ui.u(170) ? 11.0f : type::kSmall;
  if (what.legend && what.lines.size() > 1) {
    const float row = ui.u(size + 6);
    const int most = std::max(1, static_cast<int>(box.h * 0.28f / row));
    const LegendPlace place = legend_place(ui, box.w, what.lines, size, most);
    draw_legend(ui, rest.cut_top(row * static_cast<float>(place.rows) + ui.u(2)), what.lines, size, place);
  }

  AxisFit x_fit(what.x_scale), y_fit(what.y_scale);
  for (const PlotLine& line : what.lines) {
    for (std::size_t i = 0; i < length(line); ++i) {
      if (!Axis{1, 2, what.x_scale}.has_place(as_double(line.x[i]))) continue;
      x_fit.add(as_double(line.x[i]));
      y_fit.add(as_double(line.y[i]));
      if (i < line.raw.size()) y_fit.add(as_double(line.raw[i]));
    }
  }
  const bool empty = y_fit.empty();
  if (what.from_zero) y_fit.add(0);
  const Axis x_axis = what.x.value_or(x_fit.axis(AxisEnds::exact)), y_axis = what.y.value_or(y_fit.axis());
  const PlotFrame frame = plot_frame(ui, rest, x_axis, y_axis, {what.x_name, what.y_name, !empty});
  if (empty) plot_empty(ui, frame.area, what.empty);

  if (what.now && frame.x.has_place(*what.now)) {
    const float at = frame.px(*what.now);
    ui.fill({at - ui.u(1), frame.area.y, ui.u(2), frame.area.h}, faded(ui.theme.attention, 0.9f));
  }
  for (const PlotLine& line : what.lines) draw_line(ui, frame, line);

  Press press =
      what.stop ? ui.press(what.id, frame.area, spoken(what, cursor_)) : ui.area(what.id, frame.area);
  if (press.focused) ui.focus_ring(frame.area, 2);
  if (empty) return std::nullopt;

  std::optional<double> reading;
  if (press.hovered || press.held) {
    float px = 0, py = 0;
    ui.pointer(px, py);
    const auto share = static_cast<double>((px - frame.area.x) / frame.area.w);
    reading = nearest_x(frame.x, what.lines, frame.x.at(std::clamp(share, 0.0, 1.0)));
    if (reading && press.held) cursor_ = reading;
  }
  if (press.focused) {
    ui.arrows_taken = true;
    const int way = (ui.key(ImGuiKey_RightArrow) || ui.key(ImGuiKey_UpArrow) ? 1 : 0) -
                    (ui.key(ImGuiKey_LeftArrow) || ui.key(ImGuiKey_DownArrow) ? 1 : 0);
    if (!cursor_)
      cursor_ = nearest_x(frame.x, what.lines, frame.x.to);  // the newest values first
    else
      cursor_ = nearest_x(frame.x, what.lines, *cursor_);
    if (cursor_ && way != 0) cursor_ = next_x(what.lines, frame.x, *cursor_, way);
    if (ui.key(ImGuiKey_Home)) cursor_ = nearest_x(frame.x, what.lines, frame.x.from);
    if (ui.key(ImGuiKey_End)) cursor_ = nearest_x(frame.x, what.lines, frame.x.to);
    if (!reading) reading = cursor_;
  }
  if (!reading) return std::nullopt;

  const float at = frame.px(*reading);
  ui.fill({at - ui.u(0.5f), frame.area.y, ui.u(1), frame.area.h}, ui.theme.muted);
  for (const PlotLine& line : what.lines) {
    const std::optional<LineReading> value = reading_at(line, *reading, what.y_scale);
    if (!value) continue;
    ui.paint.AddCircleFilled({frame.px(value->x), frame.py(value->y)}, ui.u(5), packed(ui.theme.panel));
    plot_sign(ui, frame.px(value->x), frame.py(value->y), 0, series_colour(ui.theme, line.colour), 3.5f);
  }
  reading_card(ui, at, frame.area.middle_y(), what.x_name + " " + reading_text(*reading),
               readings(what, *reading));
  return reading;
}

}  // namespace kg
