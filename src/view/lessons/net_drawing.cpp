#include "view/lessons/net_drawing.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "lesson/number_text.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/value_badge.h"

namespace kg {
namespace {

constexpr float kInputStep = 0.1f, kWeightStep = 0.05f;
constexpr float kHeads = 22;  // units: the row of names above the units

using Step = BackpropStep;

std::string number(double value) { return significant_text(value, 2); }
std::string number(float value) { return number(static_cast<double>(value)); }
std::size_t at_(int index) { return static_cast<std::size_t>(index); }

Rect around(const ImVec2& p, float w, float h) { return {p.x - w / 2, p.y - h / 2, w, h}; }

// Up or down, from the middle; `share` of its longest.
void arrow(const Ui& ui, float x, float y, float longest, float share, const Colour& colour) {
  const float length = std::clamp(std::abs(share), 0.12f, 1.0f) * longest, way = share > 0 ? -1.0f : 1.0f;
  const float tail = y - way * length / 2, head = y + way * length / 2,
              wing = std::min(ui.u(6), length * 0.45f);
  const auto draw = [&](const Colour& ink, float grow) {
    ui.paint.AddLine({x, tail}, {x, head - way * wing}, packed(ink), ui.u(3.5f) + grow);
    ui.paint.AddTriangleFilled({x, head + way * grow}, {x - wing - grow, head - way * (wing + grow)},
                               {x + wing + grow, head - way * (wing + grow)}, packed(ink));
  };
  draw(ui.theme.ground, ui.u(2.5f));
  draw(colour, 0);
}

}  // namespace

// Where everything stands; the same numbers for drawing and for pressing.
struct NetDrawing::Places {
  Rect box;
  bool narrow = false, two_lines = false;
  float radius = 0, spacing = 0;
  float pill_w = 0, pill_h = 0, size = type::kText;
  float weight_reach = 1, gradient_reach = 1, value_reach = 1;

  ImVec2 unit(int place, int index) const {
    const float columns[] = {0.0f, narrow ? 0.475f : 0.5f, 1.0f};
    const float left = box.x + radius + 4, right = box.right() - (narrow ? 80.0f : 128.0f) * scale - radius;
    const int count = place == 1 ? SmallNet::kHidden : 2;
    const float middle = box.y + kHeads * scale + (box.h - kHeads * scale) / 2;
    return {left + (right - left) * columns[place],
            middle + spacing * (static_cast<float>(index) - static_cast<float>(count - 1) / 2)};
  }
  float scale = 1;

  struct Line {
    ImVec2 from, to;
  };
  Line line(int layer, const WeightGrid::Place& at) const {
    const ImVec2 from = unit(layer, at.in), to = unit(layer + 1, at.out);
    return {{from.x + radius, from.y}, {to.x - radius, to.y}};
  }
  // The numbers stand where those of neighbouring wires leave each other room.
  Rect pill(const WeightPlace& where) const {
    const WeightGrid::Place at = small_grid(where.layer).place(where.index);
    if (at.bias) {
      const ImVec2 u = unit(where.layer + 1, at.out);
      return around({u.x, u.y + radius + 2 * scale + pill_h / 2}, pill_w, pill_h);
    }
    const Line l = line(where.layer, at);
    const float t = where.layer == 0 ? 0.66f : narrow ? 0.8f : at.in == 1 ? 0.29f : 0.76f;
    return around({l.from.x + (l.to.x - l.from.x) * t, l.from.y + (l.to.y - l.from.y) * t}, pill_w, pill_h);
  }
};

// What this moment is about.
struct NetDrawing::Lit {
  bool any = false;
  std::vector<WeightPlace> weights;        // their wires and numbers
  int place = -1, unit = -1;               // the unit whose number comes in
  std::vector<std::pair<int, int>> parts;  // units it is made of

  bool has(const WeightPlace& where) const {
    return std::find(weights.begin(), weights.end(), where) != weights.end();
  }
  bool is_part(int p, int u) const {
    return std::find(parts.begin(), parts.end(), std::pair(p, u)) != parts.end();
  }

  static Lit of(const BackpropLesson& lesson) {
    Lit lit;
    const auto weight = [&](const WeightPlace& where) {
      const WeightGrid::Place at = small_grid(where.layer).place(where.index);
      lit.any = true;
      lit.weights.push_back(where);
      if (!at.bias) lit.parts.emplace_back(where.layer, at.in);
      lit.parts.emplace_back(where.layer + 1, at.out);
    };
    if (lesson.selected()) return weight(*lesson.selected()), lit;
    const std::optional<Moment> now = lesson.moment();
    if (!now || lesson.timeline().at_end()) return lit;
    const int t = now->tick;
    const auto unit = [&](int place, int index) { lit.any = true, lit.place = place, lit.unit = index; };
    switch (now->step) {
      case Step::hidden:
      case Step::outputs: {
        const int layer = now->step == Step::hidden ? 0 : 1;
        unit(layer + 1, t / 2);
        if (t % 2 == 1) break;
        const WeightGrid grid = small_grid(layer);
        for (int i = 0; i < grid.in; ++i) lit.weights.push_back({layer, grid.index({.in = i, .out = t / 2})});
        lit.weights.push_back({layer, grid.weights() + t / 2});
        break;
      }
      case Step::loss:
        if (t == 0) unit(2, lesson.pass().prediction);
        if (t == 1 || t == 2) unit(2, t - 1);
        break;
      case Step::wishes:
        unit(2, t);
        break;
      case Step::jump:
        unit(1, t / 2);
        for (int k = 0; k <= t % 2; ++k) {
          lit.weights.push_back({1, small_grid(1).index({.in = t / 2, .out = k})});
          lit.parts.emplace_back(2, k);
        }
        break;
      case Step::back_outputs:
      case Step::back_hidden:
      case Step::update:
        weight(weight_at(*now));
        if (now->step == Step::update) lit.parts.clear();
        break;
      case Step::again:
        break;
    }
    return lit;
  }
};

KnobTouch NetDrawing::knob(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
                           float value, float step, float radius) {
  KnobTouch touch = knobs_.touch(ui, id, box, label, static_cast<double>(value), static_cast<double>(step));
  if (touch.hovered || touch.focused) ui.outline(box.inset(-ui.u(2)), ui.theme.action, 2, radius + 2);
  if (touch.focused) ui.focus_ring(box, radius);
  if (touch.hovered) {
    ui.tooltip(label + ": " + exact_text(value) + ". Drag it up or down, or press and type");
  }
  return touch;
}

void NetDrawing::wires(Ui& ui, const Places& at, const Lit& lit, const BackpropLesson& lesson) const {
  for (const bool front : {false, true}) {
    for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
      const WeightGrid grid = small_grid(layer);
      for (int index = 0; index < grid.weights(); ++index) {
        const WeightPlace where{layer, index};
        if (lit.has(where) != front) continue;
        const Places::Line l = at.line(layer, grid.place(index));
        const float share = lesson.net().parameters[at_(layer)][at_(index)] / at.weight_reach;
        if (front) ui.paint.AddLine(l.from, l.to, packed(ui.theme.attention), ui.u(11));
        value_wire(ui, l.from.x, l.from.y, l.to.x, l.to.y, share, lit.any && !front);
      }
    }
  }
}

// A weight or bias: its number, and beneath it, as far as they are known, its gradient or its new value.
// Where there is room for one number only, the one that this part of the way is about.
void NetDrawing::parameter(Ui& ui, const Places& at, const WeightPlace& where, const Lit& lit,
                           const BackpropLesson& lesson) {
  const WeightGrid grid = small_grid(where.layer);
  const std::size_t index = at_(where.index), layer = at_(where.layer);
  const bool bias = grid.place(where.index).bias;
  const float value = lesson.net().parameters[layer][index],
              gradient = lesson.pass().layers[layer].gradients[index];
  const Moment back = gradient_moment(where);
  const bool gradient_known = lesson.reached(back.step) > back.tick || lesson.selected() == where;
  int order = 0;  // in the update
  while (!(weight_at({Step::update, order}) == where)) ++order;
  const bool renewed = lesson.reached(Step::update) > order;

  Rect box = at.pill(where);
  std::string first = number(value), second;
  float first_share = value / at.weight_reach, second_share = 0;
  if (renewed) {
    second = number(lesson.next().parameters[layer][index]);
    second_share = lesson.next().parameters[layer][index] / at.weight_reach;
  } else if (gradient_known) {
    second = number(gradient);
    second_share = gradient / at.gradient_reach;
  }
  const bool both = at.two_lines && !second.empty();
  if (!both && !second.empty()) first = second, first_share = second_share;

  BadgeLook look;
  look.round = false;
  look.now = lit.has(where);
  const float lift = both && !bias ? box.h / 2 : 0;
  Rect top = box;
  top.y -= lift;
  if (ui.shows("weights")) {
    const std::string name = name_of_weight(where);
    const std::string label = static_cast<char>(name.front() - 'a' + 'A') + name.substr(1);
    const KnobTouch touch = knob(ui, "w" + std::to_string(where.layer) + "." + std::to_string(where.index),
                                 top, label, value, kWeightStep, 8);
    look.typed = touch.typed;
    if (touch.value) ui.intend("set_weight", where.layer, where.index, *touch.value);
    const bool enter = touch.focused && touch.typed.empty() && !touch.value && ui.key(ImGuiKey_Enter, false);
    if (touch.focused && touch.typed.empty()) ui.space_taken |= ui.key(ImGuiKey_Enter, false);
    if ((ui.tapped_here(top) || enter) && !(lesson.selected() == where))
      ui.intend("select", where.layer, where.index);
  }
  if (both) {
    const Rect under{top.x, top.bottom(), top.w, top.h};
    const Colour back_colour = value_colour(second_share);
    ui.fill(under, back_colour, 4);
    ui.outline(under, look.now ? ui.theme.attention : ui.theme.hairline, look.now ? 3.0f : 1.0f, 4);
    ui.text_in(under.inset(ui.u(3), 0), (renewed ? "→ " : "∂ ") + second, type::kSmall, text_on(back_colour),
               Weight::semibold);
  }
  value_badge(ui, top, first, first_share, at.size, look);
}

void NetDrawing::inputs(Ui& ui, const Places& at, const Lit& lit, const BackpropLesson& lesson) {
  for (int i = 0; i < SmallNet::kInputs; ++i) {
    const float value = lesson.example().inputs[at_(i)];
    const Rect circle = around(at.unit(0, i), 2 * at.radius, 2 * at.radius);
    BadgeLook look;
    look.now = lit.is_part(0, i);
    if (ui.shows("inputs")) {
      const KnobTouch touch = knob(ui, "input" + std::to_string(i), circle, "Input " + std::to_string(i),
                                   value, kInputStep, at.radius / at.scale);
      look.typed = touch.typed;
      if (touch.value) {
        std::vector<float> values = lesson.example().inputs;
        values[at_(i)] = static_cast<float>(*touch.value);
        ui.intend("set_inputs", values);
      }
    }
    value_badge(ui, circle, number(value), value / at.value_reach, type::kStrong, look);
  }
}

// Hidden units and outputs: the weighted sum small, the activation large; beside a hidden unit what it should
// do, once that is known.
void NetDrawing::units(Ui& ui, const Places& at, int layer, const Lit& lit,
                       const BackpropLesson& lesson) const {
  const SmallPass* after = lesson.pass_after();
  const bool again = after && lesson.reached(Step::again) > layer;
  const SmallPass::LayerPass& pass = again ? after->layers[at_(layer)] : lesson.pass().layers[at_(layer)];
  const int in = lesson.reached(layer == 0 ? Step::hidden : Step::outputs);
  for (int o = 0; o < small_grid(layer).out; ++o) {
    const ImVec2 p = at.unit(layer + 1, o);
    const Rect circle = around(p, 2 * at.radius, 2 * at.radius);
    const bool sum_known = in > 2 * o, known = in > 2 * o + 1;
    const bool now = lit.place == layer + 1 && lit.unit == o, part = lit.is_part(layer + 1, o);
    const float value = pass.activations[at_(o)];
    const Colour back = known ? value_colour(value / at.value_reach) : ui.theme.empty;
    ui.fill(circle, back, at.radius / at.scale);
    ui.outline(circle, now || part ? ui.theme.attention : ui.theme.muted,
               now    ? 4.0f
               : part ? 3.0f
                      : 1.25f,
               at.radius / at.scale);
    const Colour ink = known ? text_on(back) : ui.theme.ink;
    const bool wished =
        layer == 0 && lesson.reached(Step::jump) > 2 * o + 1 && lesson.reached(Step::update) == 0;
    if (sum_known) {
      const Rect top{circle.x, circle.y + circle.h * 0.1f, circle.w, circle.h * (known ? 0.36f : 0.8f)};
      // On a phone there is no other place for what a hidden unit should do.
      const std::string words =
          wished && at.narrow ? "∂ " + number(pass.wishes[at_(o)]) : "z " + number(pass.sums[at_(o)]);
      ui.text_in(top.inset(ui.u(at.narrow ? 4 : 9), 0), words, at.narrow ? 11 : type::kSmall,
                 known ? mix(ink, back, 0.15f) : ink);
    }
    if (known) {
      const Rect low{circle.x, circle.y + circle.h * 0.42f, circle.w, circle.h * 0.42f};
      ui.text_in(low.inset(ui.u(5), 0), number(value), at.narrow ? type::kText : type::kStrong, ink,
                 Weight::semibold);
    }
    if (wished) {
      float reach = 1e-9f;
      for (const float wish : pass.wishes) reach = std::max(reach, std::abs(wish));
      const float wish = pass.wishes[at_(o)];
      arrow(ui, p.x + at.radius + ui.u(7), p.y, 2 * at.radius, -wish / reach, ui.theme.action);
      if (at.narrow) continue;
      ui.text(p.x, circle.y - ui.u(16), "∂ " + number(wish), type::kSmall, ui.theme.ink, Weight::semibold,
              Align::centre);
    }
  }
}

// Right of the outputs: label, arrows, prediction; below them the loss.
void NetDrawing::outcome(Ui& ui, const Places& at, const BackpropLesson& lesson) const {
  const SmallPass* after = lesson.pass_after();
  const bool again = after && lesson.reached(Step::again) > 1;
  const SmallPass& pass = again ? *after : lesson.pass();
  const int loss = lesson.reached(Step::loss), wishes = lesson.reached(Step::wishes);
  const float x = at.unit(2, 0).x + at.radius;
  for (int k = 0; k < SmallNet::kOutputs; ++k) {
    const ImVec2 p = at.unit(2, k);
    const bool right = lesson.label() == k;
    const float wish = lesson.pass().layers[1].wishes[at_(k)];
    const bool wanted = wishes > k && !again;
    const float text_x = x + ui.u(wanted ? (at.narrow ? 17 : 34) : (at.narrow ? 7 : 14));
    // The longest arrow stands for a wish of 1: the whole way from 0 to 1.
    if (wanted)
      arrow(ui, x + ui.u(at.narrow ? 9 : 18), p.y, at.spacing * 0.72f, std::clamp(-wish, -1.0f, 1.0f),
            ui.theme.action);
    ui.text(text_x, p.y - ui.u(wanted ? 17 : 8), right ? "label: 1" : "label: 0", type::kText,
            right ? ui.theme.ink : ui.theme.muted, right ? Weight::semibold : Weight::regular);
    if (wanted)
      ui.text(text_x, p.y + ui.u(1), "∂ " + number(wish), type::kText, ui.theme.ink, Weight::semibold);
    if (loss > 0 && pass.prediction == k) {
      const Rect circle = around(p, 2 * at.radius, 2 * at.radius);
      ui.outline(circle.inset(-ui.u(4)), ui.theme.ink, 2, at.radius / at.scale + 4);
      ui.text(p.x, circle.y - ui.u(20), "prediction", type::kSmall, ui.theme.ink, Weight::semibold,
              Align::centre);
    }
  }
  ui.part("wishes", {x, at.unit(2, 0).y - at.spacing / 2, at.box.right() - x, 2 * at.spacing});
  if (loss <= SmallNet::kOutputs + 1) return;
  const bool both = lesson.reached(Step::again) > 2;
  const std::string words = "Loss " + significant_text(lesson.loss());
  const bool fell = lesson.loss_after() < lesson.loss();
  const std::string then = !both               ? ""
                           : lesson.diverges() ? "→ too large"
                                               : "→ " + significant_text(lesson.loss_after());
  const float right = at.box.right(), size = type::kStrong;
  const float y = at.box.bottom() - ui.u(both ? 46 : 24);
  ui.text(right, y, words, size, ui.theme.ink, Weight::semibold, Align::right);
  if (both) {
    ui.text(right, y + ui.u(21),
            then + (lesson.diverges() ? ""
                    : fell            ? ", it fell"
                                      : ", it rose"),
            size, fell ? ui.theme.ink : ui.theme.error, Weight::semibold, Align::right);
  }
  ui.part("loss", {right - ui.u(130), y - ui.u(2), ui.u(130), at.box.bottom() - y});
}

void NetDrawing::draw(Ui& ui, const Rect& box, const BackpropLesson& lesson) {
  Places at;
  at.box = box, at.scale = ui.display.scale;
  at.narrow = box.w < ui.u(480);
  at.spacing = (box.h - ui.u(kHeads)) / static_cast<float>(SmallNet::kHidden);
  at.two_lines = !at.narrow && at.spacing > ui.u(108);
  at.radius = std::min({ui.u(29), at.spacing * 0.3f, box.w * 0.055f});
  at.pill_h = std::min(ui.u(20), at.spacing * (at.two_lines ? 0.142f : at.narrow ? 0.2f : 0.24f));
  at.pill_w = ui.u(at.narrow ? 38 : 50);
  at.size = type::kSmall;
  std::vector<float> weights, gradients, values = lesson.example().inputs;
  for (std::size_t layer = 0; layer < SmallNet::kLayers; ++layer) {
    const auto& pass = lesson.pass().layers[layer];
    weights.insert(weights.end(), lesson.net().parameters[layer].begin(),
                   lesson.net().parameters[layer].end());
    gradients.insert(gradients.end(), pass.gradients.begin(), pass.gradients.end());
    values.insert(values.end(), pass.activations.begin(), pass.activations.end());
  }
  values.push_back(1);
  at.weight_reach = reach_of(weights), at.gradient_reach = reach_of(gradients),
  at.value_reach = reach_of(values);

  const char* const heads[] = {"inputs", "hidden", "outputs"};
  for (int place = 0; place < 3; ++place) {
    std::string name = heads[place];
    if (place > 0 && !at.narrow)
      name += std::string(", ") + name_of(lesson.net().activations[at_(place - 1)]);
    const float half = ui.text_width(name, type::kSmall) / 2;
    ui.text(std::max(at.unit(place, 0).x, box.x + half), box.y, name, type::kSmall, ui.theme.muted,
            Weight::regular, Align::centre);
  }
  // Where there is room for one number only, say which.
  if (!at.two_lines && lesson.reached(Step::back_outputs) > 0) {
    const bool renewed = lesson.reached(Step::update) > 0;
    ui.text(box.right(), box.y, renewed ? "new weights" : "gradients", type::kSmall, ui.theme.ink,
            Weight::semibold, Align::right);
  }
  const Lit lit = Lit::of(lesson);
  wires(ui, at, lit, lesson);
  inputs(ui, at, lit, lesson);
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) units(ui, at, layer, lit, lesson);
  for (const bool front : {false, true}) {
    for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
      for (int index = 0; index < small_grid(layer).total(); ++index) {
        if (lit.has({layer, index}) == front) parameter(ui, at, {layer, index}, lit, lesson);
      }
    }
  }
  outcome(ui, at, lesson);
  const auto column = [&](int place) {
    const ImVec2 top = at.unit(place, 0);
    const float height = at.spacing * static_cast<float>(place == 1 ? 2 : 1) + 2 * at.radius;
    return Rect{top.x - at.radius, top.y - at.radius, 2 * at.radius, height};
  };
  ui.part("inputs", column(0));
  ui.part("hidden", column(1));
  ui.part("outputs", column(2));
  const float left = at.unit(0, 0).x + at.radius, end = at.unit(2, 0).x - at.radius;
  ui.part("weights", {left, box.y + ui.u(kHeads), end - left, box.h - ui.u(kHeads)});
}

}  // namespace kg
