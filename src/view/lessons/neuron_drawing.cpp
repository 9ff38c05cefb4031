#include "view/lessons/neuron_drawing.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "lesson/number_text.h"
#include "view/easing.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/value_badge.h"

namespace kg {
namespace {

constexpr float kInputStep = 0.5f, kWeightStep = 0.05f, kBiasStep = 0.05f;
constexpr float kHeads = 22;  // units: the row of names above the numbers

struct Point {
  float x, y;
};

ImVec2 vec(const Point& p) { return {p.x, p.y}; }
Point middle(const Rect& box) { return {box.middle_x(), box.middle_y()}; }
Rect around(const Point& p, float w, float h) { return {p.x - w / 2, p.y - h / 2, w, h}; }
Point between(const Point& a, const Point& b, float t) {
  return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

void wire(const Ui& ui, const Point& from, const Point& to, float value) {
  value_wire(ui, from.x, from.y, to.x, to.y, value);
}

using Shown = BadgeLook;

void number(const Ui& ui, const Rect& box, float value, float reach, float size, const Shown& look) {
  value_badge(ui, box, number_text(static_cast<double>(value)), value / reach, size, look);
}

}  // namespace

// Where everything stands; the same numbers for drawing and for pressing.
struct NeuronDrawing::Places {
  float reach = 1;
  float size = type::kStrong;  // of the numbers, in units
  Rect heads;
  std::vector<Rect> inputs, weights, products;
  Rect sum, shifted, output, bias;
};

float neuron_reach(const BiasLesson& lesson) {
  std::vector<float> all = lesson.products();
  for (const float input : lesson.inputs()) all.push_back(input);
  for (const float weight : lesson.weights()) all.push_back(weight);
  for (const float value : {lesson.weighted_sum(), lesson.with_bias(), lesson.bias(), 1.0f})
    all.push_back(value);
  return reach_of(all);
}

KnobTouch NeuronDrawing::knob(Ui& ui, const std::string& id, const Rect& box, const std::string& label,
                              float value, float step) {
  KnobTouch touch = knobs_.touch(ui, id, box, label, static_cast<double>(value), static_cast<double>(step));
  const float radius = box.h / 2 / ui.display.scale;
  if (touch.hovered || touch.focused) ui.outline(box.inset(-ui.u(2)), ui.theme.action, 2, radius + 2);
  if (touch.focused) ui.focus_ring(box, radius);
  if (touch.hovered) ui.tooltip(label + ". Drag it up or down, or press and type");
  return touch;
}

// Beneath everything else; without colour as long as the value on its way is not known.
void NeuronDrawing::wires(const Ui& ui, const Places& at, const BiasLesson& lesson) const {
  const std::vector<float> weights = lesson.weights(), products = lesson.products();
  const int count = static_cast<int>(products.size());
  const auto known = [&](int k, float value) { return lesson.shown() > k ? value / at.reach : 0; };
  for (int k = 0; k < count; ++k) {
    const std::size_t i = static_cast<std::size_t>(k);
    wire(ui, middle(at.inputs[i]), middle(at.products[i]), weights[i] / at.reach);
    wire(ui, middle(at.products[i]), middle(at.sum), known(k, products[i]));
  }
  wire(ui, middle(at.sum), middle(at.shifted), known(count, lesson.weighted_sum()));
  wire(ui, middle(at.bias), middle(at.shifted), lesson.bias() / at.reach);
  wire(ui, middle(at.shifted), middle(at.output), known(count + 1, lesson.with_bias()));
}

void NeuronDrawing::row(Ui& ui, const Places& at, int k, const BiasLesson& lesson) {
  const std::size_t i = static_cast<std::size_t>(k);
  const std::vector<float> inputs = lesson.inputs(), weights = lesson.weights(), products = lesson.products();
  const std::string name = std::to_string(k + 1);
  const Timeline& time = lesson.timeline();
  const auto with = [i](std::vector<float> values, double value) {
    values[i] = static_cast<float>(value);
    return values;
  };
  Shown circle, pill;
  pill.round = false;
  if (ui.shows("inputs")) {
    const KnobTouch touch = knob(ui, "input" + name, at.inputs[i], "Input " + name, inputs[i], kInputStep);
    circle.typed = touch.typed;
    if (touch.value) ui.intend("set_inputs", with(inputs, *touch.value));
  }
  if (ui.shows("weights")) {
    const KnobTouch touch =
        knob(ui, "weight" + name, at.weights[i], "Weight " + name, weights[i], kWeightStep);
    pill.typed = touch.typed;
    if (touch.value) ui.intend("set_weights", with(weights, *touch.value));
  }
  number(ui, at.inputs[i], inputs[i], at.reach, at.size, circle);
  number(ui, at.weights[i], weights[i], at.reach, at.size, pill);
  Shown product;
  product.round = false;
  product.known = lesson.shown() > k;
  product.now = !time.at_end() && time.step() == k;
  number(ui, at.products[i], products[i], at.reach, at.size, product);
}

void NeuronDrawing::results(Ui& ui, const Places& at, const BiasLesson& lesson) {
  const Timeline& time = lesson.timeline();
  const int count = static_cast<int>(lesson.inputs().size());
  const auto moment = [&](int k) {
    return Shown{lesson.shown() > k, !time.at_end() && time.step() == k, true, ""};
  };
  const Shown sum = moment(count), shifted = moment(count + 1), output = moment(count + 2);
  number(ui, at.sum, lesson.weighted_sum(), at.reach, at.size, sum);
  number(ui, at.shifted, lesson.with_bias(), at.reach, at.size, shifted);
  Shown bias;
  bias.round = false;
  if (ui.shows("bias")) {
    const KnobTouch touch = knob(ui, "bias", at.bias, "Bias", lesson.bias(), kBiasStep);
    bias.typed = touch.typed;
    if (touch.value) ui.intend("set_bias", *touch.value);
  }
  number(ui, at.bias, lesson.bias(), at.reach, at.size, bias);
  ui.text(at.bias.middle_x(), at.bias.bottom() + ui.u(4), "Bias", type::kText, ui.theme.ink, Weight::semibold,
          Align::centre);

  number(ui, at.output, lesson.activation(), at.reach, at.size + 2, output);
  if (output.known && lesson.firing()) {
    ui.outline(at.output.inset(-ui.u(5)), ui.theme.attention, 3, (at.output.h / 2 / ui.display.scale) + 5);
  }
  const float y = at.output.bottom() + ui.u(10);
  const bool narrow = ui.narrow();
  const char* words = !output.known ? "" : lesson.firing() ? "fires" : narrow ? "silent" : "does not fire";
  const float half = ui.text_width(words, type::kText, Weight::semibold) / 2;
  const float x = std::min(at.output.middle_x(), at.heads.right() - half);
  ui.text(x, y, words, type::kText, ui.theme.ink, Weight::semibold, Align::centre);

  const auto above = [&](const Rect& box, const char* name) {
    ui.text(box.middle_x(), box.y - ui.u(21), name, type::kSmall, ui.theme.muted, Weight::regular,
            Align::centre);
  };
  above(at.sum, narrow ? "Sum" : "Weighted sum");
  above(at.shifted, "+ bias");
  above(at.output, "relu");
}

// What this moment computes is on its way: a small light on each wire that leads there.
void NeuronDrawing::travellers(const Ui& ui, const Places& at, const BiasLesson& lesson) const {
  const Timeline& time = lesson.timeline();
  if (time.at_end() || ui.display.reduced_motion || time.phase() >= Timeline::kRest) return;
  const int count = static_cast<int>(at.products.size()), k = time.step();
  const float way = eased(static_cast<float>(time.phase() / Timeline::kRest));
  const auto light = [&](const Rect& from, const Rect& to) {
    const ImVec2 p = vec(between(middle(from), middle(to), way));
    ui.paint.AddCircleFilled(p, ui.u(7), packed({0, 0, 0, 0.55f}));
    ui.paint.AddCircleFilled(p, ui.u(6), packed(ui.theme.attention));
  };
  if (k < count) {
    light(at.inputs[static_cast<std::size_t>(k)], at.products[static_cast<std::size_t>(k)]);
  } else if (k == count) {
    for (const Rect& product : at.products) light(product, at.sum);
  } else if (k == count + 1) {
    light(at.sum, at.shifted), light(at.bias, at.shifted);
  } else {
    light(at.shifted, at.output);
  }
}

void NeuronDrawing::draw(Ui& ui, Rect room, const BiasLesson& lesson) {
  const int count = static_cast<int>(lesson.inputs().size());
  Places at;
  at.heads = room.cut_top(ui.u(kHeads));
  const float each = room.h / static_cast<float>(count);
  const float small = std::min({ui.u(56), each - ui.u(8), room.w * 0.115f});
  const float large = std::min({ui.u(72), room.h * 0.3f, room.w * 0.125f});
  const float pill = std::min({ui.u(32), each - ui.u(8), room.w * 0.1f}),
              width = std::min(ui.u(76), room.w * 0.14f);
  at.reach = neuron_reach(lesson);
  at.size = std::min(type::kStrong + 2, small / ui.display.scale * 0.42f);
  at.size = std::max(at.size, type::kSmall);
  const float left = small / 2 + ui.u(2), right = large / 2 + ui.u(6);
  const float input_x = room.x + left, output_x = room.right() - right;
  const float span = output_x - input_x;
  for (int k = 0; k < count; ++k) {
    const float y = room.y + each * (static_cast<float>(k) + 0.5f);
    at.inputs.push_back(around({input_x, y}, small, small));
    at.weights.push_back(around({input_x + span * 0.21f, y}, width, pill));
    at.products.push_back(around({input_x + span * 0.41f, y}, width, pill));
  }
  // A little above the middle: the bias comes in from below.
  const float y = std::max(room.y + large / 2, room.y + room.h * 0.4f);
  at.sum = around({input_x + span * 0.64f, y}, large, large);
  at.shifted = around({input_x + span * 0.82f, y}, large, large);
  at.output = around({output_x, y}, large, large);
  at.bias = around(
      {at.shifted.middle_x(), std::min(y + large * 0.5f + ui.u(54), room.bottom() - ui.u(20) - pill / 2)},
      width, pill);
  const auto head = [&](const Rect& first, const char* name) {
    ui.text(std::max(first.middle_x(), at.heads.x + ui.text_width(name, type::kSmall) / 2),
            first.y - ui.u(20), name, type::kSmall, ui.theme.muted, Weight::regular, Align::centre);
  };
  head({at.inputs[0].x, at.inputs[0].y, at.inputs[0].w, 0}, count == 1 ? "Input" : "Inputs");
  head({at.weights[0].x, at.inputs[0].y, at.weights[0].w, 0}, count == 1 ? "Weight" : "Weights");
  head({at.products[0].x, at.inputs[0].y, at.products[0].w, 0}, count == 1 ? "Product" : "Products");
  wires(ui, at, lesson);
  results(ui, at, lesson);
  for (int k = 0; k < count; ++k) row(ui, at, k, lesson);
  travellers(ui, at, lesson);
  const auto column = [](const std::vector<Rect>& boxes) {
    return Rect{boxes[0].x, boxes[0].y, boxes[0].w, boxes.back().bottom() - boxes[0].y};
  };
  ui.part("inputs", column(at.inputs));
  ui.part("weights", column(at.weights));
  ui.part("products", column(at.products));
  ui.part("sum", at.sum);
  ui.part("bias", at.bias);
  ui.part("output", at.output);
}

}  // namespace kg
