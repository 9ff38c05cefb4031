#include "view/lessons/parameters_controls.h"

#include <imgui.h>

#include <algorithm>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {
namespace {

using Selection = ParametersLesson::Selection;

std::string told(const ParametersLesson& lesson, const Selection& at) {
  return lesson.row(at.layer).name + ", " + lesson.words(at);
}

}  // namespace

std::string weight_text(const ParametersLesson& lesson, const Selection& at) {
  return fixed_text(static_cast<double>(lesson.value(at)), 3);
}

void choose(Ui& ui, const ParametersLesson& lesson, const std::optional<Selection>& at) {
  if (!at || at == lesson.selected()) {
    if (lesson.selected()) ui.intend("clear_selection");
    return;
  }
  ui.intend("select_weight", at->layer, at->index);
}

void weight_keys(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const int layer = lesson.current();
  const WeightGrid& grid = lesson.grid(layer);
  const bool here = lesson.selected() && lesson.selected()->layer == layer;
  const int now = here ? grid.reading(grid.place(lesson.selected()->index)) : -1;
  const std::string chosen = here ? told(lesson, *lesson.selected()) : "none chosen";
  if (!ui.focus.offer("weights", "Weights of " + lesson.row(layer).name + ": " + chosen +
                                     ", arrow keys choose one, Enter lets it go"))
    return;
  ui.focus_ring(box);
  ui.arrows_taken = ui.space_taken = true;
  if (here && (ui.key(ImGuiKey_Enter, false) || ui.key(ImGuiKey_Space, false))) {
    return ui.intend("clear_selection");
  }
  const int line = grid.height > 1 ? grid.width : grid.in;
  int to = now;
  if (ui.key(ImGuiKey_LeftArrow)) to -= 1;
  if (ui.key(ImGuiKey_RightArrow)) to += 1;
  if (ui.key(ImGuiKey_UpArrow)) to -= line;
  if (ui.key(ImGuiKey_DownArrow)) to += now < 0 ? 1 : line;
  to = std::clamp(to, now < 0 ? -1 : 0, grid.total() - 1);
  if (to != now) ui.intend("select_weight", layer, grid.index(grid.at_reading(to)));
}

void weight_words(Ui& ui, const Rect& box, const ParametersLesson& lesson,
                  const std::optional<Selection>& under) {
  Rect row = box;
  const std::optional<Selection> at = under ? under : lesson.selected();
  const float scale = std::min(ui.u(150), row.w * 0.29f);
  legend(ui, row.cut_right(scale), lesson.reach(at ? at->layer : lesson.current()));
  row.cut_right(ui.u(14));
  const float y = row.middle_y() - ui.u(type::kText) / 2;
  if (!at) {
    const char* hint = lesson.has_picture()
                           ? "Every cell is a weight, every small square a bias: point at one."
                           : "Every line is a weight, every small square a bias: point at one.";
    const char* brief = "Point at a weight or a bias.";
    const bool fits = ui.text_width(hint, type::kText) <= row.w;
    return ui.text(row.x, y, ui.shortened(fits ? hint : brief, type::kText, row.w), type::kText,
                   ui.theme.muted);
  }
  const float value = lesson.value(*at);
  const Colour back = value_colour(value / lesson.reach(at->layer));
  Rect number = row.cut_left(ui.u(62));
  number = {number.x, number.middle_y() - ui.u(14), number.w, ui.u(28)};
  ui.fill(number, back, 5);
  ui.outline(number, ui.theme.attention, 2.5f, 5);
  ui.text_in(number.inset(ui.u(4), 0), weight_text(lesson, *at), type::kText, text_on(back),
             Weight::semibold);
  row.cut_left(ui.u(10));
  const std::string whole = told(lesson, *at);
  if (ui.text_width(whole, type::kText) <= row.w) {
    return ui.text(row.x, y, whole, type::kText, ui.theme.ink);
  }
  ui.paragraph({row.x, row.middle_y() - ui.u(17), row.w, row.h}, lesson.words(*at), type::kSmall,
               ui.theme.ink);
}

void network_choice(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  std::vector<std::string> names = {"Units", "Image"};
  if (lesson.stack()) names.push_back("Yours");
  const int chosen = segmented(ui, "net", box, "Network", names,
                               lesson.stack()         ? 2
                               : lesson.has_picture() ? 1
                                                      : 0,
                               {"Numbers through two Dense layers", "An image through two Conv2D and a Dense",
                                "The stack you have built"});
  if (chosen == 0 || chosen == 1) ui.intend("load_preset", chosen == 1 ? "cnn_2515" : "dense_2_3_2");
}

void change_stack(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  ButtonLook look;
  look.words = "Change its layers";
  look.hint = "Back to “Shapes and summaries”, where it was built";
  if (button(ui, "change", box, look.words, look))
    ui.wishes.push_back({Wish::Kind::follow, lesson.shapes_link()});
}

void bias_switch(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const int chosen =
      segmented(ui, "bias", box, "Biases", {"with biases", "without"}, lesson.uses_biases() ? 0 : 1,
                {"One bias for each unit and each filter", "use_bias=False"});
  if (chosen >= 0) ui.intend("set_use_bias", chosen == 0);
}

void size_stepper(Ui& ui, const Rect& box, const ParametersLesson::Size& size) {
  const Rect part = ui.labelled(box, size.name);
  const bool square = size.verb == "set_kernel" || size.verb == "set_image";
  const std::string n = std::to_string(size.value);
  const int way = stepper(ui, size.verb + std::to_string(size.layer), part, size.name,
                          square ? n + "×" + n : n, size.value > size.least, size.value < size.most,
                          "1 is the smallest there is", "More would not fit on this stage");
  if (way == 0) return;
  if (size.layer < 0) return ui.intend(size.verb, size.value + way);
  ui.intend(size.verb, size.layer, size.value + way);
}

}  // namespace kg
