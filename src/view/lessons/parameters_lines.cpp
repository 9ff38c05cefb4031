#include "view/lessons/parameters_lines.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/lessons/parameters_controls.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Selection = ParametersLesson::Selection;

constexpr float kNear = 9;  // units from a line that still count as on it

struct Line {
  ImVec2 from, to;
};

float distance(const Line& line, float x, float y) {
  const float dx = line.to.x - line.from.x, dy = line.to.y - line.from.y;
  const float t =
      std::clamp(((x - line.from.x) * dx + (y - line.from.y) * dy) / (dx * dx + dy * dy), 0.0f, 1.0f);
  return std::hypot(line.from.x + t * dx - x, line.from.y + t * dy - y);
}

// Where everything stands.
class Layout {
 public:
  Layout(const Ui& ui, const Rect& box, const ParametersLesson& lesson)
      : ui_(ui), box_(box), lesson_(lesson) {
    int most = 1;
    for (int place = 0; place < places(); ++place) most = std::max(most, units(place));
    spacing_ = std::min(ui.u(96), box.h / static_cast<float>(most));
    radius_ = std::min(ui.u(23), spacing_ * 0.34f);
  }

  int places() const { return lesson_.layers() + 1; }
  int units(int place) const { return lesson_.network().shape(place).c(); }
  float radius() const { return radius_; }

  ImVec2 unit(int place, int index) const {
    const float first = box_.middle_y() - spacing_ * static_cast<float>(units(place) - 1) / 2;
    return {place_column(box_, place, places()).middle_x(), first + spacing_ * static_cast<float>(index)};
  }
  Line line(int layer, const WeightGrid::Place& at) const {
    const ImVec2 from = unit(layer, at.in), to = unit(layer + 1, at.out);
    return {{from.x + radius_, from.y}, {to.x - radius_, to.y}};
  }
  Rect bias(int layer, int output) const {
    const ImVec2 at = unit(layer + 1, output);
    const float size = std::clamp(radius_ * 0.7f, ui_.u(8), ui_.u(13));
    return {ui_.snap(at.x + radius_ * 0.62f), ui_.snap(at.y - radius_ * 0.72f - size * 0.7f), size, size};
  }

  std::optional<Selection> under(float x, float y) const {
    std::optional<Selection> nearest;
    float least = ui_.u(kNear);
    for (int layer = 0; layer < lesson_.layers(); ++layer) {
      const WeightGrid& grid = lesson_.grid(layer);
      for (int index = 0; index < grid.total(); ++index) {
        const WeightGrid::Place at = grid.place(index);
        if (at.bias && bias(layer, at.out).inset(-ui_.u(4)).contains(x, y)) return Selection{layer, index};
        if (at.bias) continue;
        if (const float away = distance(line(layer, at), x, y); away < least) {
          least = away;
          nearest = {layer, index};
        }
      }
    }
    return nearest;
  }

 private:
  const Ui& ui_;
  Rect box_;
  const ParametersLesson& lesson_;
  float spacing_ = 0, radius_ = 0;
};

void stroke(const Ui& ui, const Line& line, const Colour& colour, float width) {
  ui.paint.AddLine(line.from, line.to, packed(colour), ui.u(width));
}

// A weight's colour may be white: a darker edge keeps its line visible on every ground.
void weight_line(const Ui& ui, const Line& line, float share) {
  const float width = 2 + 3 * std::abs(share);
  stroke(ui, line, mix(ui.theme.muted, ui.theme.ground, 0.35f), width + 1.6f);
  stroke(ui, line, value_colour(share), width);
}

void layer_lines(const Ui& ui, const Layout& layout, const ParametersLesson& lesson, int layer, float reach) {
  const WeightGrid& grid = lesson.grid(layer);
  const ParametersLesson::Counted counted = lesson.counted(layer);
  const Colour waiting = mix(ui.theme.hairline, ui.theme.muted, 0.25f);
  for (int n = grid.weights() - 1; n >= 0; --n) {
    const WeightGrid::Place at = grid.at_reading(n);
    const Line line = layout.line(layer, at);
    if (n >= counted.weights) {
      stroke(ui, line, waiting, 1.2f);
      continue;
    }
    // The one that has just been counted.
    if (n + 1 == counted.weights && counted.weights < grid.weights()) stroke(ui, line, ui.theme.attention, 9);
    weight_line(ui, line, lesson.value({layer, grid.index(at)}) / reach);
  }
}

void pill(const Ui& ui, const ImVec2& at, float value, float share) {
  const std::string text = fixed_text(static_cast<double>(value));
  const float w = ui.text_width(text, type::kText, Weight::semibold) + ui.u(14), h = ui.u(24);
  const Rect box{at.x - w / 2, at.y - h / 2, w, h};
  const Colour back = value_colour(share);
  ui.fill(box, back, 5);
  ui.outline(box, ui.theme.attention, 2.5f, 5);
  ui.text_in(box, text, type::kText, text_on(back), Weight::semibold);
}

}  // namespace

Rect place_column(const Rect& box, int place, int places) {
  const float width = box.w / static_cast<float>(places);
  return {box.x + width * static_cast<float>(place), box.y, width, box.h};
}

std::optional<Selection> network_lines(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const Layout layout(ui, box, lesson);
  const Press press = ui.area("lines", box);
  std::optional<Selection> under;
  if (press.hovered || press.held) {
    float x = 0, y = 0;
    ui.pointer(x, y);
    under = layout.under(x, y);
  }
  std::vector<float> reach;
  for (int layer = 0; layer < lesson.layers(); ++layer) {
    reach.push_back(lesson.reach(layer));
    layer_lines(ui, layout, lesson, layer, reach.back());
  }
  const auto lit = [&](const Selection& at) { return at == under || at == lesson.selected(); };
  for (int layer = 0; layer < lesson.layers(); ++layer) {
    const WeightGrid& grid = lesson.grid(layer);
    for (int index = 0; index < grid.weights(); ++index) {
      if (!lit({layer, index})) continue;
      const Line line = layout.line(layer, grid.place(index));
      stroke(ui, line, ui.theme.attention, 11);
      weight_line(ui, line, lesson.value({layer, index}) / reach[static_cast<std::size_t>(layer)]);
    }
  }
  for (int place = 0; place < layout.places(); ++place) {
    for (int unit = 0; unit < layout.units(place); ++unit) {
      const ImVec2 at = layout.unit(place, unit);
      const float r = layout.radius();
      ui.paint.AddCircleFilled(at, r, packed(ui.theme.panel));
      ui.paint.AddCircle(at, r, packed(ui.theme.ink), 0, ui.u(1.5f));
      ui.text_in({at.x - r, at.y - r, 2 * r, 2 * r}, std::to_string(unit),
                 std::min(type::kText, 1.1f * r / ui.display.scale), ui.theme.ink);
    }
  }
  for (int layer = 0; layer < lesson.layers(); ++layer) {
    const WeightGrid& grid = lesson.grid(layer);
    const int counted = lesson.counted(layer).biases;
    for (int o = 0; o < grid.biases(); ++o) {
      const Selection at{layer, grid.weights() + o};
      const Rect mark = layout.bias(layer, o);
      const bool in = o < counted;
      ui.fill(mark, in ? value_colour(lesson.value(at)) : ui.theme.empty, 2);
      ui.outline(mark, in ? ui.theme.ink : mix(ui.theme.hairline, ui.theme.muted, 0.4f), 1.5f, 2);
      if (lit(at)) ui.outline(mark.inset(-ui.u(3)), ui.theme.attention, 3, 4);
      if (layer == 0 && o == 0) ui.part("bias", mark);
    }
  }
  for (int layer = 0; layer < lesson.layers(); ++layer) {
    const WeightGrid& grid = lesson.grid(layer);
    for (int index = 0; index < grid.weights(); ++index) {
      if (!lit({layer, index})) continue;
      const Line line = layout.line(layer, grid.place(index));
      const float value = lesson.value({layer, index});
      pill(ui, {(line.from.x + line.to.x) / 2, (line.from.y + line.to.y) / 2}, value,
           value / reach[static_cast<std::size_t>(layer)]);
    }
  }
  if (press.clicked) choose(ui, lesson, under);
  return under;
}

}  // namespace kg
