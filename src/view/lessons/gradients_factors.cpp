#include "view/lessons/gradients_factors.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/number_text.h"

namespace kg {
namespace {

std::string number(double value) { return magnitude_text(value); }
// Near 1 the second decimal counts: 19 times 1.01 is 1.2.
std::string factor_text(double value) {
  return value >= 0.1 && value < 10 ? number_text(value) : number(value);
}

const LayerGradient& at(const GradientsLesson& lesson, int layer) {
  return lesson.net().layers()[static_cast<std::size_t>(layer)];
}

// "0.3 × 0.14 × 0.23 × … × 0.27" from the last layer down to `layer`: as many of the factors as there is room
// for.
std::string product_text(const Ui& ui, const GradientsLesson& lesson, int layer, bool last_known,
                         float room) {
  const int last = lesson.depth() - 1, count = last - layer;
  const auto factor = [&](int k) {
    return !last_known && k == layer ? std::string("f") : factor_text(at(lesson, k).factor);
  };
  std::string text;
  for (int left_out = 0; left_out <= std::max(count - 2, 0); ++left_out) {
    // The gap is before the last factor: the beginning and the end are what one looks for.
    text = number(at(lesson, last).gradient);
    for (int i = 1; i <= count; ++i) {
      const bool dropped = left_out > 0 && i < count && i >= count - left_out;
      if (!dropped) text += " × " + factor(last - i);
      if (dropped && i == count - 1) text += " × …";
    }
    if (ui.text_width(text, type::kStrong, Weight::semibold) <= room) break;
  }
  return text;
}

// One line: a name in grey, then what it is, made smaller if it must.
void line(const Ui& ui, Rect row, const std::string& name, const std::string& words, bool strong) {
  const Weight weight = strong ? Weight::semibold : Weight::regular;
  const float size = strong ? type::kStrong : type::kText;
  Rect rest = row;
  if (!name.empty()) {
    const Rect caption = rest.cut_left(ui.text_width(name, type::kText) + ui.u(10));
    ui.text(caption.x, row.middle_y() - ui.u(7), name, type::kText, ui.theme.muted);
  }
  rest.w = std::min(rest.w, ui.text_width(words, size, weight));
  ui.text_in(rest, words, size, ui.theme.ink, weight);
}

std::string made_of(const GradientsLesson& lesson, int layer) {
  const LayerGradient& l = at(lesson, layer);
  const DeepNetSettings& s = lesson.settings();
  return "weights " + factor_text(l.by_weights) + " × slope " + factor_text(l.by_slope) +
         (s.batch_norm ? " × norm " + factor_text(l.by_norm) : "") + " = " + factor_text(l.factor);
}

std::string whole_way(const GradientsLesson& lesson) {
  const int factors = lesson.depth() - 1;
  const double ratio = lesson.net().ratio(), mean = std::pow(ratio, 1.0 / factors);
  if (factors == 1) return "one factor of " + number(ratio);
  return std::to_string(factors) + " factors of about " + factor_text(mean) + " make " + number(ratio);
}

}  // namespace

void gradient_factors(Ui& ui, Rect box, const GradientsLesson& lesson) {
  ui.part("factors", box);
  const bool end = lesson.timeline().at_end();
  const int layer = end ? 0 : lesson.here(), last = lesson.depth() - 1;
  const float title = ui.u(24);
  ui.heading(box.cut_top(title),
             end ? "From the last layer to the first" : "Layer " + std::to_string(layer + 1),
             end             ? ""
             : layer == last ? "the last"
             : layer == 0    ? "the first"
                             : "");
  const LayerGradient& l = at(lesson, layer);
  if (!lesson.net().known() && !l.known()) {
    ui.paragraph(box,
                 "Here the numbers have become too large for the computer. What is no number any more cannot "
                 "be multiplied.",
                 type::kText, ui.theme.ink);
    return;
  }
  const float row = std::min(ui.u(27), box.h / 3);
  const std::string result = number(l.gradient);
  const bool factor = lesson.factor_shown(layer), product = lesson.product_shown(layer);
  if (layer == last) {
    line(ui, box.cut_top(row), "Gradient", factor ? result : "…", true);
    return ui.paragraph(
        box, "It comes straight from the loss: what a change of the last weighted sums would do to it.",
        type::kText, ui.theme.muted);
  }
  if (end) {
    line(ui, box.cut_top(row), "", whole_way(lesson), true);
  } else {
    line(ui, box.cut_top(row), "Factor", factor ? made_of(lesson, layer) : "…", true);
  }
  Rect formula = box.cut_top(row);
  const float tail = ui.text_width(" = " + (product ? result : "…"), type::kStrong, Weight::semibold);
  const float caption = ui.text_width("Gradient", type::kText) + ui.u(10);
  line(ui, formula, "Gradient",
       product_text(ui, lesson, layer, factor, formula.w - caption - tail) + " = " + (product ? result : "…"),
       true);
  const auto& guess = lesson.prediction();
  std::string words = product && !end ? "Product of the factors so far: " + number(l.product) + "." : "";
  if (end) words = "The gradient of the last layer, times one factor for each layer on the way back.";
  if (guess && guess->layer == layer && !end) {
    words += (words.empty() ? "" : " ") + std::string("You predicted ") + number(guess->product) +
             (!product                   ? "."
              : lesson.predicted_right() ? ": right."
                                         : ": no.");
  }
  ui.paragraph(box, words, type::kText, ui.theme.muted);
}

}  // namespace kg
