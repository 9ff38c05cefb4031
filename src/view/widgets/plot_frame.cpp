#include "view/widgets/plot_frame.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kg {
namespace {

constexpr float kSmallPlot = 220, kLowPlot = 140;  // units: below these the letters are smaller
constexpr float kTiny = 11;

// Text at a tick, kept within the frame's box.
float kept_inside(float middle, float width, const Rect& box) {
  return std::clamp(middle - width / 2, box.x, std::max(box.x, box.right() - width));
}

void x_numbers(const Ui& ui, const Rect& row, const PlotFrame& frame, float until) {
  float free_from = row.x - 1;
  for (const Tick& tick : ticks(frame.x, std::max(2, static_cast<int>(frame.area.w / ui.u(62))))) {
    const float x = frame.px(tick.value), width = ui.text_width(tick.text, frame.text);
    const float left = kept_inside(x, width, row);
    if (left < free_from || left + width > until) continue;
    free_from = left + width + ui.u(8);
    ui.fill({x, frame.area.bottom(), ui.u(1), ui.u(3)}, ui.theme.muted);
    ui.text(left, row.y + ui.u(4), tick.text, frame.text, ui.theme.muted);
  }
}

}  // namespace

const Colour& series_colour(const Theme& theme, int index) {
  return theme.series[static_cast<std::size_t>(std::max(index, 0)) % theme.series.size()];
}

float PlotFrame::px(double value) const {
  return area.x + static_cast<float>(std::clamp(x.share(value), 0.0, 1.0)) * area.w;
}

float PlotFrame::py(double value) const {
  return area.bottom() - static_cast<float>(std::clamp(y.share(value), 0.0, 1.0)) * area.h;
}

PlotFrame plot_frame(const Ui& ui, const Rect& box, const Axis& x, const Axis& y, const PlotWords& words) {
  PlotFrame frame{box, x, y, type::kSmall};
  const bool small = box.w < ui.u(kSmallPlot) || box.h < ui.u(kLowPlot);
  if (small) frame.text = kTiny;
  const float line = ui.u(frame.text + 6);
  Rect rest = box;
  const Rect top = rest.cut_top(words.y.empty() ? ui.u(frame.text / 2) : line);
  const bool own_row = !words.x.empty() && !small;
  const bool shared_row = words.numbers || (!words.x.empty() && small);
  Rect bottom = rest.cut_bottom((shared_row ? line : ui.u(3)) + (own_row ? line : 0));

  std::vector<Tick> rows;
  float widest = 0;
  if (words.numbers) {
    rows = ticks(y, std::max(2, static_cast<int>(rest.h / ui.u(small ? 26 : 34))));
    for (const Tick& tick : rows) widest = std::max(widest, ui.text_width(tick.text, frame.text));
    rest.cut_left(std::min(widest + ui.u(6), rest.w / 2));
  }
  rest.cut_right(ui.u(small ? 3 : 6));
  frame.area = rest;

  ui.fill(frame.area, ui.theme.panel);
  const Colour grid = mix(ui.theme.panel, ui.theme.hairline, ui.theme.border > 1 ? 0.35f : 0.75f);
  for (const Tick& tick : rows) {
    const float at = frame.py(tick.value);
    ui.fill({rest.x, ui.snap(at), rest.w, ui.u(1)}, grid);
    ui.text(rest.x - ui.u(5), at - ui.u(frame.text / 2), tick.text, frame.text, ui.theme.muted,
            Weight::regular, Align::right);
  }
  ui.fill({rest.x, rest.bottom(), rest.w, ui.u(1)}, ui.theme.muted);
  ui.fill({rest.x, rest.y, ui.u(1), rest.h}, ui.theme.muted);
  if (!words.y.empty())
    ui.text(box.x, top.y, ui.shortened(words.y, frame.text, box.w), frame.text, ui.theme.muted);

  // The name of the x axis has a row of its own, or in a small plot the end of the row of numbers.
  bottom.x = rest.x - widest / 2, bottom.w = box.right() - bottom.x;
  float until = box.right();
  if (!words.x.empty()) {
    const std::string name = ui.shortened(words.x, frame.text, bottom.w * (own_row ? 1 : 0.6f));
    const float width = ui.text_width(name, frame.text);
    const float y_at = own_row ? box.bottom() - line + ui.u(2) : bottom.y + ui.u(4);
    const float x_at = own_row ? rest.middle_x() - width / 2 : box.right() - width;
    if (!own_row) until = x_at - ui.u(6);
    ui.text(std::max(x_at, box.x), y_at, name, frame.text, ui.theme.muted);
  }
  if (words.numbers) x_numbers(ui, bottom, frame, until);
  return frame;
}

void plot_line(const Ui& ui, const std::vector<PlotPoint>& points, const Colour& colour, Dash dash,
               float width) {
  if (points.size() < 2) return;
  std::vector<ImVec2> path;
  path.reserve(points.size());
  const auto stroke = [&] {
    // A polyline grows thin where it turns back sharply, as noise does: there a new one begins.
    for (std::size_t from = 0, to = 1; to < path.size(); ++to) {
      if (to + 1 < path.size()) {
        const ImVec2 &a = path[to - 1], &b = path[to], &c = path[to + 1];
        if ((b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) >= 0) continue;
      }
      ui.paint.AddPolyline(path.data() + from, static_cast<int>(to - from) + 1, packed(colour), 0,
                           ui.u(width));
      from = to;
    }
    path.clear();
  };
  if (dash == Dash::solid) {
    for (const PlotPoint& p : points) path.emplace_back(p.x, p.y);
    return stroke();
  }
  // A noisy curve is many times longer than the plot is wide: measured along itself it would fall into
  // thousands of dashes, so its dashes follow the x axis.
  float length = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    length += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  const bool along = length < 4 * (points.back().x - points.front().x) || length < ui.u(400);
  const float on = ui.u(dash == Dash::dashed ? 7 : width), off = ui.u(dash == Dash::dashed ? 4 : 2 + width);
  float left = on;  // of the dash or the gap that we are in
  bool drawing = true;
  path.emplace_back(points[0].x, points[0].y);
  for (std::size_t i = 1; i < points.size(); ++i) {
    ImVec2 from(points[i - 1].x, points[i - 1].y);
    const ImVec2 to(points[i].x, points[i].y);
    float rest = along ? std::hypot(to.x - from.x, to.y - from.y) : to.x - from.x;
    while (rest > left) {
      const float t = left / rest;
      from = {from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t};
      rest -= left;
      if (drawing) path.push_back(from), stroke();
      drawing = !drawing;
      left = drawing ? on : off;
      if (drawing) path.push_back(from);
    }
    left -= rest;
    if (drawing) path.push_back(to);
  }
  stroke();
}

void plot_sign(const Ui& ui, float x, float y, int index, const Colour& colour, float radius) {
  const float r = ui.u(radius);
  const ImU32 ink = packed(colour);
  switch (std::max(index, 0) % 4) {
    case 0:
      return ui.paint.AddCircleFilled({x, y}, r, ink);
    case 1:
      return ui.paint.AddRectFilled({x - r * 0.9f, y - r * 0.9f}, {x + r * 0.9f, y + r * 0.9f}, ink);
    case 2:
      return ui.paint.AddQuadFilled({x, y - r * 1.3f}, {x + r * 1.3f, y}, {x, y + r * 1.3f},
                                    {x - r * 1.3f, y}, ink);
    default:
      return ui.paint.AddTriangleFilled({x, y - r * 1.2f}, {x + r * 1.2f, y + r}, {x - r * 1.2f, y + r}, ink);
  }
}

void reading_card(const Ui& ui, float x, float y, const std::string& title,
                  const std::vector<Reading>& lines) {
  const Ui front = ui.in_front();
  const float line = front.u(type::kText + 5), pad = front.u(8), gap = front.u(14), edge = front.u(4);
  // A low stage shows as many lines as it has room for.
  const float head = title.empty() ? 0 : line;
  const auto room_for =
      static_cast<std::size_t>(std::max(1.0f, (front.display.height - 2 * edge - 2 * pad - head) / line));
  const std::size_t shown = std::min(lines.size(), room_for);
  const bool coloured =
      std::any_of(lines.begin(), lines.end(), [](const Reading& r) { return r.series >= 0; });
  const float swatch = coloured ? front.u(24) : 0;
  float names = 0, values = 0;
  for (const Reading& r : lines) {
    names = std::max(names, front.text_width(r.name, type::kText));
    values = std::max(values, front.text_width(r.value, type::kText, Weight::semibold));
  }
  const float widest = std::max(front.u(60), front.display.width - 2 * edge);
  const float inner =
      std::max(front.text_width(title, type::kText), swatch + names + (names > 0 ? gap : 0) + values);
  const float w = std::min(inner + 2 * pad, widest);
  const float h = line * static_cast<float>(shown) + head + 2 * pad - front.u(4);
  Rect card{x + front.u(14), y - h / 2, w, h};
  if (card.right() > front.display.width - edge) card.x = x - front.u(14) - w;
  card.x = std::clamp(card.x, edge, std::max(edge, front.display.width - w - edge));
  card.y = std::clamp(card.y, edge, std::max(edge, front.display.height - h - edge));
  front.fill(card, front.theme.panel, 6);
  front.outline(card, front.theme.ink, front.theme.border, 6);
  float top = card.y + pad;
  if (!title.empty()) {
    front.text(card.x + pad, top, front.shortened(title, type::kText, w - 2 * pad), type::kText,
               front.theme.muted);
    top += line;
  }
  for (std::size_t i = 0; i < shown; ++i) {
    const Reading& r = lines[i];
    if (r.series >= 0) {
      const Colour& colour = series_colour(front.theme, r.series);
      const float middle = top + front.u(type::kText / 2);
      plot_line(front, {{card.x + pad, middle}, {card.x + pad + front.u(18), middle}}, colour, r.dash, 2.5f);
    }
    const float room = w - 2 * pad - swatch - values - gap;
    front.text(card.x + pad + swatch, top, front.shortened(r.name, type::kText, std::max(room, front.u(10))),
               type::kText, front.theme.ink);
    front.text(card.right() - pad, top, r.value, type::kText, front.theme.ink, Weight::semibold,
               Align::right);
    top += line;
  }
}

void plot_empty(const Ui& ui, const Rect& area, const std::string& words) {
  ui.text_in(area.inset(ui.u(6), 0), words, type::kText, ui.theme.muted);
}

}  // namespace kg
