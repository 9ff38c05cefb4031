#include "view/lessons/gradients_controls.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "view/widgets/button.h"
#include "view/widgets/log_slider.h"

namespace kg {
namespace {

using Kind = Initializer::Kind;

constexpr float kRow = 34, kGap = 7;  // units

void depth_row(Ui& ui, const Rect& row, const GradientsLesson& lesson) {
  const int depth = lesson.depth();
  const int way = stepper(ui, "depth", ui.labelled(row, "Depth"), "Depth", std::to_string(depth) + " layers",
                          depth > DeepNetSettings::kLeastDepth, depth < DeepNetSettings::kMostDepth,
                          "With one layer there is no way back", "30 layers are the most that fit here");
  if (way != 0) ui.intend("set_depth", depth + way);
}

void activation_row(Ui& ui, const Rect& row, const GradientsLesson& lesson) {
  static constexpr std::array kKinds = {ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu,
                                        ActivationKind::linear};
  const auto now = std::find(kKinds.begin(), kKinds.end(), lesson.settings().activation);
  const int chosen = segmented(ui, "activation", row, "Activation", {"sigmoid", "tanh", "relu", "linear"},
                               static_cast<int>(now - kKinds.begin()),
                               {"Its slope is at most 0.25", "Its slope is 1 at 0, and less to both sides",
                                "Its slope is 1 or 0", "No activation: its slope is 1"});
  if (chosen >= 0) ui.intend("set_activation", name_of(kKinds[static_cast<std::size_t>(chosen)]));
}

// Uniform or normal makes no difference here, so each family has one button.
int family_of(Kind kind) {
  switch (kind) {
    case Kind::glorot_uniform:
    case Kind::glorot_normal:
      return 1;
    case Kind::he_uniform:
    case Kind::he_normal:
      return 2;
    case Kind::lecun_uniform:
    case Kind::lecun_normal:
      return 3;
    default:
      return 0;
  }
}

void initializer_row(Ui& ui, const Rect& row, const GradientsLesson& lesson) {
  const int chosen =
      segmented(ui, "initializer", row, "Initializer", {"normal", "Glorot", "He", "LeCun"},
                family_of(lesson.settings().initializer),
                {"random_normal: a standard deviation of 0.05, whatever the layer",
                 "glorot_uniform, Keras’ own: variance 2 / (inputs + outputs)",
                 "he_normal, for relu: variance 2 / inputs", "lecun_normal: variance 1 / inputs"});
  static constexpr const char* kNames[] = {"random_normal", "glorot_uniform", "he_normal", "lecun_normal"};
  if (chosen >= 0) ui.intend("set_initializer", kNames[chosen]);
}

void norm_row(Ui& ui, const Rect& row, const GradientsLesson& lesson) {
  const int chosen = segmented(ui, "norm", row, "Batch normalisation", {"no batch norm", "batch norm"},
                               lesson.settings().batch_norm ? 1 : 0,
                               {"The weighted sums go into the activation as they are",
                                "The weighted sums of a batch are brought to mean 0 and deviation 1 first"});
  if (chosen >= 0) ui.intend("set_batch_norm", chosen == 1);
}

}  // namespace

void gradients_presets_panel(Ui& ui, Rect box, const GradientsLesson& lesson) {
  const GradientsPreset* now = lesson.preset();
  if (ui.shows("presets")) {
    const float gap = ui.u(6), height = std::min(ui.u(kRow), box.h / 5), width = (box.w - gap) / 2;
    int i = 0;
    for (const GradientsPreset& preset : gradients_presets()) {
      ButtonLook look;
      look.words = preset.title, look.hint = preset.comment;
      look.kind = &preset == now ? ButtonLook::Kind::chosen : ButtonLook::Kind::plain;
      const Rect place{box.x + (width + gap) * static_cast<float>(i % 2),
                       box.y + (height + gap) * static_cast<float>(i / 2), width, height};
      if (button(ui, std::string("preset ") + preset.name, place, preset.title, look))
        ui.intend("load_preset", preset.name);
      ++i;
    }
    const float used = (height + gap) * static_cast<float>((i + 1) / 2);
    ui.part("presets", {box.x, box.y, box.w, used - gap});
    box.cut_top(used + ui.u(2));
  }
  ui.paragraph(box, now ? now->comment : "A net of your own.", type::kSmall, ui.theme.muted);
}

void gradients_keep(Ui& ui, const Rect& row, const GradientsLesson& lesson) {
  if (!ui.shows("keep")) return;
  ui.part("keep", row);
  ButtonLook look;
  if (!lesson.kept()) {
    look.words = "Keep as A, to compare";
    look.hint = "Then change something: both are drawn, and both learn from the same digits";
    if (button(ui, "keep", row, "Keep this net as A", look)) ui.intend("keep_a");
    return;
  }
  look.words = lesson.compares() ? "Forget A" : "A is kept: now change something";
  look.hint = "Compare with A no more";
  if (button(ui, "keep", row, "Forget A", look)) ui.intend("forget_a");
}

void gradients_settings(Ui& ui, Rect box, const GradientsLesson& lesson, bool two_columns) {
  using S = DeepNetSettings;
  std::vector<std::pair<const char*, std::function<void(const Rect&)>>> rows = {
      {"depth", [&](const Rect& r) { depth_row(ui, r, lesson); }},
      {"activation", [&](const Rect& r) { activation_row(ui, r, lesson); }},
      {"initializer", [&](const Rect& r) { initializer_row(ui, r, lesson); }},
      {"scale",
       [&](const Rect& r) {
         if (const auto to = log_slider(ui, r, {"scale", "Scale", S::kLeastScale, S::kMostScale, 0.025},
                                        lesson.settings().scale))
           ui.intend("set_scale", *to);
       }},
      {"batch_norm", [&](const Rect& r) { norm_row(ui, r, lesson); }},
      {"rate", [&](const Rect& r) {
         if (const auto to = log_slider(ui, r, {"rate", "Rate", S::kLeastRate, S::kMostRate, 0.02},
                                        lesson.settings().rate))
           ui.intend("set_rate", *to);
       }}};
  const float gap = ui.u(kGap), columns = two_columns ? 2 : 1,
              lines = static_cast<float>(rows.size()) / columns;
  const float height = std::min(ui.u(kRow + 4), (box.h + gap) / lines - gap);
  const float width = (box.w - (columns - 1) * ui.u(14)) / columns;
  int i = 0;
  for (const auto& [name, draw] : rows) {
    const int column = two_columns ? i % 2 : 0, line = two_columns ? i / 2 : i;
    const Rect row{box.x + (width + ui.u(14)) * static_cast<float>(column),
                   box.y + (height + gap) * static_cast<float>(line), width, height};
    ++i;
    if (!ui.shows(name)) continue;
    ui.part(name, row);
    draw(row);
  }
}

}  // namespace kg
