#include "view/lessons/padding_controls.h"

#include <cmath>
#include <functional>

#include "lesson/number_text.h"
#include "view/widgets/button.h"

namespace kg {
namespace {

using Setting = PaddingLesson::Setting;

struct Group {
  std::string caption;
  std::string part;  // what the text calls it
  std::function<void(const Rect&)> draw;
};

// A step that the lesson would refuse is not offered, and the lesson's own words say why.
void number(Ui& ui, const Rect& box, const PaddingLesson& lesson, Setting which, const char* verb,
            const std::string& label, double value) {
  const double lower = std::ceil(value) - 1, higher = std::floor(value) + 1;  // from 0.5: to 0 and to 1
  const Status down = lesson.can_set(which, lower), up = lesson.can_set(which, higher);
  const int way = stepper(ui, verb, box, label, number_text(value, 1), down.ok(), up.ok(),
                          down ? "" : down.sentence(), up ? "" : up.sentence());
  if (way != 0) ui.intend(verb, way < 0 ? lower : higher);
}

void modes(Ui& ui, const Rect& box, const PaddingLesson& lesson) {
  const int now = lesson.mode() == PaddingLesson::Mode::valid  ? 0
                  : lesson.mode() == PaddingLesson::Mode::same ? 1
                                                               : -1;
  const int chosen = segmented(ui, "mode", box, "Padding", {"valid", "same"}, now,
                               {"No border: the window stays inside the picture, the output is smaller",
                                "As many zeros as it takes for n/s cells a side, rounded up"});
  if (chosen >= 0) ui.intend("set_mode", chosen == 1 ? "same" : "valid");
}

void weights(Ui& ui, const Rect& box, const PaddingLesson& lesson) {
  const int chosen = segmented(
      ui, "weights", box, "Weights", {"sum", "blur", "copy"}, static_cast<int>(lesson.filter()),
      {"Every weight is 1: the sum of the block", "Every weight is 1/f²: the mean of the block, a blur",
       "1 in the middle, 0 elsewhere: hands on what it stands on"});
  if (chosen >= 0) ui.intend("set_filter", name_of(static_cast<SimpleFilter>(chosen)));
}

}  // namespace

void padding_controls(Ui& ui, const Rect& box, int rows, const PaddingLesson& lesson) {
  const PaddedAxis& a = lesson.axis();
  std::vector<Group> groups;
  const auto stepped = [&](const char* control, const char* caption, Setting which, const char* verb,
                           double value) {
    if (!ui.shows(control)) return;
    groups.push_back({caption, control, [&ui, &lesson, which, verb, caption, value](const Rect& part) {
                        number(ui, part, lesson, which, verb, caption, value);
                      }});
  };
  stepped("size", "Input n", Setting::n, "set_n", a.n);
  stepped("filter", "Filter f", Setting::f, "set_f", a.f);
  stepped("padding", "Border p", Setting::p, "set_p", a.p());
  stepped("stride", "Stride s", Setting::s, "set_s", a.s);
  if (ui.shows("padding"))
    groups.push_back({"Padding", "mode", [&](const Rect& part) { modes(ui, part, lesson); }});
  if (lesson.scene() == PaddingLesson::Scene::chain) {
    stepped("layers", "Layers", Setting::layers, "set_layers", lesson.layers());
  } else if (ui.shows("weights")) {
    groups.push_back({"Weights", "weights", [&](const Rect& part) { weights(ui, part, lesson); }});
  }
  if (groups.empty()) return;
  const int columns = (static_cast<int>(groups.size()) + rows - 1) / rows;
  const float gap = ui.u(10), caption = ui.u(17);
  const float width = (box.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float height = (box.h - gap * 0.6f * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  for (int i = 0; i < static_cast<int>(groups.size()); ++i) {
    const Group& group = groups[static_cast<std::size_t>(i)];
    Rect part{box.x + static_cast<float>(i % columns) * (width + gap),
              box.y + static_cast<float>(i / columns) * (height + gap * 0.6f), width, height};
    const Rect words = part.cut_top(caption);
    ui.text(words.x + ui.u(1), words.y, group.caption, type::kSmall, ui.theme.muted);
    group.draw(part);
    ui.part(group.part, part);
  }
}

void padding_scenes(Ui& ui, Rect row, const PaddingLesson& lesson) {
  const bool chain = lesson.scene() == PaddingLesson::Scene::chain;
  if (ui.shows("riddle") && !chain) {
    ButtonLook look;
    look.words = "Riddle";
    look.hint = "Other numbers, and the output hidden: say how large it will be";
    if (button(ui, "riddle", row.cut_right(ui.u(96)), "A riddle: predict the output’s side", look))
      ui.intend("challenge");
    row.cut_right(ui.u(12));
  }
  if (!ui.shows("view")) return;
  row.w = std::min(row.w, ui.u(340));
  const int chosen = segmented(ui, "view", row, "Scene", {"One layer", "A chain of layers"}, chain ? 1 : 0,
                               {"One filter’s window, stop by stop", "The same layer, several times over"});
  ui.part("view", row);
  if (chosen >= 0) ui.intend("set_view", chosen == 1 ? "chain" : "window");
}

}  // namespace kg
