#include "view/lessons/bias_sum.h"

#include <string>
#include <vector>

#include "lesson/number_text.h"

namespace kg {
namespace {

std::string text_of(float value) { return number_text(static_cast<double>(value)); }
// As a later part of a sum or product: (−0.55).
std::string part(float value) { return value < 0 ? "(" + text_of(value) + ")" : text_of(value); }

std::string products_text(const BiasLesson& lesson) {
  const std::vector<float> inputs = lesson.inputs(), weights = lesson.weights();
  std::string text;
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    text += (k ? " + " + part(inputs[k]) : text_of(inputs[k])) + " · " + part(weights[k]);
  }
  return text;
}

void line(const Ui& ui, Rect row, const std::string& name, const std::string& formula) {
  const Rect caption = row.cut_left(ui.u(110));
  ui.text(caption.x, row.middle_y() - ui.u(7), name, type::kText, ui.theme.muted);
  const float full = ui.text_width(formula, type::kStrong, Weight::semibold);
  row.w = std::min(row.w, full);
  ui.text_in(row, formula, type::kStrong, ui.theme.ink, Weight::semibold);
}

}  // namespace

void bias_sum(const Ui& ui, Rect box, const BiasLesson& lesson) {
  const bool map = lesson.scene() == BiasLesson::Scene::map;
  const int count = static_cast<int>(lesson.inputs().size()), shown = map ? count + 3 : lesson.shown();
  const std::string unknown = "…", sum = shown > count ? text_of(lesson.weighted_sum()) : unknown;
  const std::string shifted = shown > count + 1 ? text_of(lesson.with_bias()) : unknown;
  const std::string output = shown > count + 2 ? text_of(lesson.activation()) : unknown;
  const float height = box.h / 3;
  line(ui, box.cut_top(height), "Weighted sum",
       (map ? "Σ " + std::to_string(count) + " products" : products_text(lesson)) + " = " + sum);
  line(ui, box.cut_top(height), "With the bias",
       (shown > count ? sum + " + " : unknown + " + ") + part(lesson.bias()) + " = " + shifted);
  const std::string guess =
      !map && lesson.predicted() ? "   You predicted " + text_of(*lesson.predicted()) + "." : "";
  line(ui, box, "After relu", "relu(" + shifted + ") = " + output + guess);
}

}  // namespace kg
