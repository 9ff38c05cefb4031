#include "view/lessons/backprop_controls.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/slider.h"

namespace kg {
namespace {

// The slider's ends, on a logarithmic scale; other rates can be set by links and scripts.
constexpr double kSlowest = 0.001, kFastest = 100;

float place_of(double rate) {
  return static_cast<float>(std::log(std::max(rate, kSlowest) / kSlowest) / std::log(kFastest / kSlowest));
}

// To two digits that count.
double rate_at(float place) {
  const double rate = kSlowest * std::pow(kFastest / kSlowest, static_cast<double>(place));
  const double unit = std::pow(10, std::floor(std::log10(rate)) - 1);
  return std::round(rate / unit) * unit;
}

}  // namespace

void BackpropControls::scenes(Ui& ui, const Rect& row, const BackpropLesson& lesson) const {
  if (!ui.shows("view")) return;
  const int chosen = segmented(ui, "view", row, "Show", {"Small net", "Digits"},
                               lesson.scene() == BackpropLesson::Scene::digits ? 1 : 0,
                               {"Seven units with every number", "A convolutional network and one picture"});
  if (chosen >= 0) ui.intend("set_view", chosen == 1 ? "digits" : "small");
}

void BackpropControls::rate(Ui& ui, Rect row, const BackpropLesson& lesson) const {
  if (!ui.shows("rate")) return;
  const double rate = static_cast<double>(lesson.rate());
  const std::string value = significant_text(rate, 2);
  const Rect words =
      row.cut_left(ui.text_width("Learning rate 0.055", type::kText, Weight::semibold) + ui.u(8));
  ui.text(words.x, words.middle_y() - ui.u(7), "Learning rate " + value, type::kText, ui.theme.ink,
          Weight::semibold);
  SliderLook look;
  look.filled = false;
  look.arrow_step = 0.02f;
  if (const auto to = slider(ui, "rate", row, "Learning rate " + value, place_of(rate), look)) {
    if (place_of(rate) != *to) ui.intend("set_rate", rate_at(*to));
  }
  ui.part("rate", {words.x, row.y, row.right() - words.x, row.h});
}

void BackpropControls::updates(Ui& ui, Rect row, const BackpropLesson& lesson) const {
  if (!ui.shows("update")) return;
  const bool can = !lesson.diverges() && lesson.updates_left() > 0;
  ui.part("update", row);
  ButtonLook look;
  look.kind = can ? ButtonLook::Kind::primary : ButtonLook::Kind::plain;
  look.enabled = can;
  look.words = "Update";
  look.hint = can ? "The new weights become the weights" : "Choose a smaller learning rate, or rewind";
  const float gap = ui.u(6), ten = row.w * 0.32f;
  const Rect more = row.cut_right(ten);
  row.cut_right(gap);
  if (button(ui, "update", row, "Update the weights", look)) ui.intend("update", 1);
  look.kind = ButtonLook::Kind::plain;
  look.words = "10 times";
  if (button(ui, "update10", more, "Update ten times", look)) {
    ui.intend("update", std::clamp(lesson.updates_left(), 1, 10));
  }
}

void BackpropControls::starts(Ui& ui, Rect row, const BackpropLesson& lesson) const {
  if (!ui.shows("update")) return;
  const float gap = ui.u(6);
  ButtonLook look;
  look.words = "Rewind";
  look.icon = Icon::first;
  look.hint =
      lesson.updates() > 0 ? "Back to the weights before the first update" : "Back to the first weights";
  if (button(ui, "rewind", row.cut_left((row.w - gap) / 2), "Rewind", look)) ui.intend("rewind");
  row.cut_left(gap);
  look.words = "New weights";
  look.icon = Icon::shuffle;
  look.hint = "Other random weights";
  if (button(ui, "new weights", row, "New random weights", look)) ui.intend("new_weights");
}

void BackpropControls::label(Ui& ui, const Rect& row, const BackpropLesson& lesson) const {
  if (!ui.shows("label")) return;
  Rect part = row;
  const Rect words = part.cut_left(ui.text_width("Outputs", type::kText) + ui.u(8));
  ui.text(words.x, words.middle_y() - ui.u(7), "Label", type::kText, ui.theme.muted);
  const int chosen =
      segmented(ui, "label", part, "Label", {"class 0", "class 1"}, lesson.label(),
                {"Output 0 should be 1, output 1 should be 0", "Output 1 should be 1, output 0 should be 0"});
  if (chosen >= 0) ui.intend("set_label", chosen);
  ui.part("label", row);
}

void BackpropControls::activations(Ui& ui, Rect rows, const BackpropLesson& lesson) const {
  if (!ui.shows("activation")) return;
  ui.part("activation", rows);
  const float gap = ui.u(6), height = (rows.h - gap) / 2;
  const auto choose = [&](const char* words, const std::string& id, const std::vector<std::string>& names,
                          ActivationKind now, const char* verb) {
    Rect part = rows.cut_top(height);
    rows.cut_top(gap);
    const Rect name = part.cut_left(ui.text_width("Outputs", type::kText) + ui.u(8));
    ui.text(name.x, name.middle_y() - ui.u(7), words, type::kText, ui.theme.muted);
    const auto at = std::find(names.begin(), names.end(), name_of(now)) - names.begin();
    const int chosen =
        segmented(ui, id, part, std::string("Activation: ") + words, names, static_cast<int>(at));
    if (chosen >= 0) ui.intend(verb, names[static_cast<std::size_t>(chosen)]);
  };
  choose("Hidden", "hidden ", {"sigmoid", "tanh", "relu"}, lesson.net().activations[0], "set_activation");
  choose("Outputs", "output ", {"sigmoid", "linear"}, lesson.net().activations[1], "set_output");
}

void BackpropControls::curve(Ui& ui, const Rect& box, const BackpropLesson& lesson) {
  if (!ui.shows("curve") || box.h < ui.u(50)) return;
  ui.part("curve", box);
  std::vector<float> x, y;
  for (const double loss : lesson.losses()) {
    x.push_back(static_cast<float>(x.size()));
    y.push_back(static_cast<float>(loss));
  }
  const PlotLine line{.name = "loss", .x = x, .y = y};
  LinePlotShown what;
  what.id = "curve", what.name = "Loss";
  what.x_name = "updates", what.y_name = "loss";
  what.lines = std::span(&line, 1);
  what.from_zero = true;
  what.legend = false;
  plot_.draw(ui, box, what);
}

}  // namespace kg
