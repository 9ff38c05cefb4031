#include "view/lessons/init_controls.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/plot_frame.h"
#include "view/widgets/slider.h"

namespace kg {
namespace {

// A slider whose equal steps multiply: from `least` to `most`. The name and the number stand at its left.
std::optional<double> log_slider(Ui& ui, const std::string& id, Rect row, const std::string& name,
                                 const std::string& widest, double value, double least, double most) {
  const Rect words = row.cut_left(ui.text_width(widest, type::kText, Weight::semibold) + ui.u(10));
  ui.text(words.x, words.middle_y() - ui.u(7), name, type::kText, ui.theme.ink, Weight::semibold);
  SliderLook look;
  look.arrow_step = 1.0f / 60;
  const double place = std::log(value / least) / std::log(most / least);
  const auto to = slider(ui, id, row, name, static_cast<float>(place), look);
  if (!to) return std::nullopt;
  return least * std::pow(most / least, static_cast<double>(*to));
}

// Two digits that count: what a slider of this kind can say.
double two_digits(double value) {
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return std::round(value / unit) * unit;
}

// A step that is too small to change a whole number changes it by one.
int whole_step(double to, int from, int least, int most) {
  const int rounded = static_cast<int>(std::lround(to));
  const int moved = rounded != from ? rounded : to > from ? from + 1 : to < from ? from - 1 : from;
  return std::clamp(moved, least, most);
}

void compare_with(Ui& ui, const InitLesson& lesson, WeightRule rule) {
  std::vector<WeightRule> list = lesson.compared();
  const auto at = std::find(list.begin(), list.end(), rule);
  if (at != list.end()) {
    if (list.size() > 1) list.erase(at);
  } else {
    // The fifth takes the place of the one that has stood there for longest.
    if (list.size() == static_cast<std::size_t>(InitLesson::kMostCompared)) list.erase(list.begin());
    list.push_back(rule);
  }
  std::string names;
  for (const WeightRule one : list) names += (names.empty() ? "" : ",") + std::string(words_of(one).name);
  ui.intend("compare", names);
}

}  // namespace

void init_scenes(Ui& ui, const Rect& row, const InitLesson& lesson) {
  if (!ui.shows("view")) return;
  const int chosen = segmented(
      ui, "view", row, "Show", {"One neuron", "A deep net", "Learning"}, static_cast<int>(lesson.scene()),
      {"Its weighted sum z, drawn 5000 times", "Activations and gradients, layer by layer",
       "Training curves from each initialiser"});
  static const char* const kNames[] = {"neuron", "net", "train"};
  if (chosen >= 0) ui.intend("set_view", kNames[chosen]);
}

void init_activation(Ui& ui, const Rect& row, const InitLesson& lesson) {
  if (!ui.shows("activation")) return;
  const int now = lesson.activation() == ActivationKind::sigmoid ? 0
                  : lesson.activation() == ActivationKind::tanh  ? 1
                                                                 : 2;
  static const char* const kNames[] = {"sigmoid", "tanh", "relu"};
  const int chosen = segmented(ui, "activation", row, "Activation", {"sigmoid", "tanh", "relu"}, now);
  if (chosen >= 0) ui.intend("set_activation", kNames[chosen]);
}

void init_rules(Ui& ui, const Rect& box, const InitLesson& lesson, int columns) {
  const bool neuron = lesson.scene() == InitLesson::Scene::neuron;
  if (!ui.shows(neuron ? "weights" : "compare")) return;
  ui.part("initialisers", box);
  const auto rules = weight_rules();
  const int rows = (static_cast<int>(rules.size()) + columns - 1) / columns;
  const float gap = ui.u(6), width = (box.w + gap) / static_cast<float>(columns) - gap;
  const float height = std::min((box.h + gap) / static_cast<float>(rows) - gap, ui.u(40));
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const WeightRuleWords& words = rules[i];
    const int col = static_cast<int>(i) % columns, line = static_cast<int>(i) / columns;
    const Rect place{box.x + (width + gap) * static_cast<float>(col),
                     box.y + (height + gap) * static_cast<float>(line), width, height};
    const auto& compared = lesson.compared();
    const auto at = std::find(compared.begin(), compared.end(), words.rule);
    const bool chosen = neuron ? lesson.rule() == words.rule : at != compared.end();
    ButtonLook look;
    look.kind = chosen ? ButtonLook::Kind::chosen : ButtonLook::Kind::plain;
    look.words = words.title;
    look.text_size = width < ui.u(130) ? type::kSmall : type::kText;
    look.hint = std::string("Variance of each weight: ") + words.formula;
    if (words.rule == WeightRule::glorot_uniform) look.hint += ". Keras’ default";
    const std::string label = std::string(words.title) + (chosen ? neuron ? ", chosen" : ", compared" : "");
    if (button(ui, std::string("rule ") + words.name, place, label, look)) {
      if (neuron) {
        ui.intend("set_weights", words.name);
      } else {
        compare_with(ui, lesson, words.rule);
      }
    }
    if (neuron || !chosen) continue;
    const int index = static_cast<int>(at - compared.begin());
    ui.fill({place.x + ui.u(8), place.bottom() - ui.u(5), place.w - ui.u(16), ui.u(3)},
            series_colour(ui.theme, index), 1.5f);
  }
}

void init_input_count(Ui& ui, const Rect& row, const InitLesson& lesson) {
  if (!ui.shows("inputs")) return;
  const std::string name = std::to_string(lesson.inputs()) + (lesson.inputs() == 1 ? " input" : " inputs");
  if (const auto to =
          log_slider(ui, "inputs", row, name, "1000 inputs", lesson.inputs(), 1, InitLesson::kMostInputs)) {
    const int n = whole_step(*to, lesson.inputs(), 1, InitLesson::kMostInputs);
    if (n != lesson.inputs()) ui.intend("set_inputs", n);
  }
}

void init_input_kind(Ui& ui, const Rect& row, const InitLesson& lesson) {
  if (!ui.shows("inputs")) return;
  static const char* const kNames[] = {"ones", "random", "digit"};
  const int chosen =
      segmented(ui, "input", row, "Inputs", {"all 1", "random", "a digit"}, static_cast<int>(lesson.input()),
                {"Every input is 1", "Random numbers of variance 1", "Pixels of a digit"});
  if (chosen >= 0) ui.intend("set_input", kNames[chosen]);
}

void init_rule_number(Ui& ui, const Rect& row, const InitLesson& lesson) {
  const bool neuron = lesson.scene() == InitLesson::Scene::neuron;
  const auto& compared = lesson.compared();
  const bool asks_spread =
      neuron ? lesson.rule() == WeightRule::normal
             : std::find(compared.begin(), compared.end(), WeightRule::normal) != compared.end();
  if (asks_spread) {
    if (!ui.shows("spread")) return;
    if (const auto to = log_slider(ui, "spread", row, "s = " + number_text(lesson.spread(), 4), "s = 0.0025",
                                   lesson.spread(), InitLesson::kLeastSpread, InitLesson::kMostSpread)) {
      const double spread = std::clamp(two_digits(*to), InitLesson::kLeastSpread, InitLesson::kMostSpread);
      if (spread != lesson.spread()) ui.intend("set_spread", spread);
    }
    return;
  }
  const WeightRule rule = lesson.rule();
  const bool asks_units = neuron && (rule == WeightRule::paper || rule == WeightRule::glorot_uniform ||
                                     rule == WeightRule::glorot_normal);
  if (!asks_units || !ui.shows("inputs")) return;
  const std::string name = std::to_string(lesson.units()) + (lesson.units() == 1 ? " unit" : " units");
  if (const auto to =
          log_slider(ui, "units", row, name, "1000 inputs", lesson.units(), 1, InitLesson::kMostInputs)) {
    const int n = whole_step(*to, lesson.units(), 1, InitLesson::kMostInputs);
    if (n != lesson.units()) ui.intend("set_units", n);
  }
}

void init_inputs(Ui& ui, Rect box, const InitLesson& lesson, float row) {
  const float gap = ui.u(4);
  init_input_count(ui, box.cut_top(row), lesson);
  box.cut_top(gap);
  init_rule_number(ui, box.cut_top(row), lesson);
  box.cut_top(gap);
  Rect last = box.cut_top(row);
  init_input_kind(ui, last.cut_left((last.w - ui.u(8)) / 2), lesson);
  last.cut_left(ui.u(8));
  init_activation(ui, last, lesson);
}

void init_depth(Ui& ui, const Rect& row, const InitLesson& lesson) {
  if (!ui.shows("depth")) return;
  const std::string n = std::to_string(lesson.depth());
  const int way = stepper(ui, "depth", ui.labelled(row, "Hidden layers"), "Hidden layers", n,
                          lesson.depth() > InitLesson::kLeastDepth, lesson.depth() < InitLesson::kMostDepth,
                          "Two hidden layers are the fewest", "Thirty hidden layers are the most");
  if (way != 0) ui.intend("set_depth", lesson.depth() + way);
}

void init_source(Ui& ui, const Rect& row, const InitLesson& lesson) {
  if (!ui.shows("inputs")) return;
  const int chosen = segmented(ui, "source", row, "What goes in", {"digits", "noise"}, lesson.noise() ? 1 : 0,
                               {"64 handwritten digits", "Random numbers of variance 1"});
  if (chosen >= 0) ui.intend("set_noise", chosen == 1);
}

void init_training(Ui& ui, Rect row, const InitLesson& lesson) {
  if (!ui.shows("train")) return;
  ui.part("training", row);
  const float gap = ui.u(8), width = (row.w - 2 * gap) / 3;
  ButtonLook look;
  look.kind = ButtonLook::Kind::primary;
  look.icon = lesson.playing() ? Icon::pause : Icon::play;
  look.words = lesson.playing() ? "Hold" : "Train";
  if (button(ui, "train", row.cut_left(width), look.words, look))
    ui.intend(lesson.playing() ? "pause" : "play");
  row.cut_left(gap);
  ButtonLook plain;
  plain.words = "One batch";
  plain.hint = "One update in every network";
  if (button(ui, "batch", row.cut_left(width), plain.words, plain)) ui.intend("train", 1);
  row.cut_left(gap);
  plain.words = "Start again", plain.hint = "Back to the first weights";
  if (button(ui, "rewind", row, plain.words, plain)) ui.intend("rewind");
}

}  // namespace kg
