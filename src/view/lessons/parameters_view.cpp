#include "view/lessons/parameters_view.h"

#include <algorithm>

#include "view/lessons/parameters_blocks.h"
#include "view/lessons/parameters_controls.h"
#include "view/lessons/parameters_count.h"
#include "view/lessons/parameters_lines.h"
#include "view/widgets/button.h"
#include "view/widgets/tabs.h"

namespace kg {
namespace {

constexpr float kControl = 34, kFinger = 40;

// The sizes that can be changed, each below its place of the network.
void sizes_below(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  if (!ui.shows("sizes")) return;
  std::vector<int> used(static_cast<std::size_t>(lesson.network().places()));
  for (const ParametersLesson::Size& size : lesson.sizes()) {
    const Rect column = place_column(box, size.place, lesson.network().places());
    const float width = std::min(column.w - ui.u(12), ui.u(190));
    int& above = used[static_cast<std::size_t>(size.place)];
    size_stepper(ui,
                 {column.middle_x() - width / 2, box.y + ui.u(kControl + 6) * static_cast<float>(above),
                  width, ui.u(kControl)},
                 size);
    ++above;
  }
  ui.part("sizes", box);
}

// The same and the biases, two in a row.
void sizes_in_pairs(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const std::vector<ParametersLesson::Size> sizes = lesson.sizes();
  const float gap = ui.u(6), rows = static_cast<float>(sizes.size() / 2 + 1);
  const float height = std::min(ui.u(kFinger), (box.h + gap) / rows - gap), width = (box.w - gap) / 2;
  const auto place = [&](std::size_t i) {
    return Rect{box.x + (width + gap) * static_cast<float>(i % 2),
                box.y + (height + gap) * static_cast<float>(i / 2), width, height};
  };
  if (ui.shows("sizes")) {
    for (std::size_t i = 0; i < sizes.size(); ++i) size_stepper(ui, place(i), sizes[i]);
    ui.part("sizes", {box.x, box.y, box.w, (height + gap) * rows - gap});
  }
  if (ui.shows("biases")) bias_switch(ui, place(sizes.size()), lesson);
}

}  // namespace

void ParametersView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const ParametersLesson&>(base);
  under_.reset();
  if (ui.lies_low(stage)) {
    draw_short(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
}

void ParametersView::network(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  if (lesson.has_picture()) {
    network_blocks(ui, box, lesson);
  } else {
    under_ = network_lines(ui, box, lesson);
    weight_keys(ui, box, lesson);
  }
  ui.part("network", box);
}

void ParametersView::weights(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  under_ = sheets_.draw(ui, box, lesson);
  weight_keys(ui, box, lesson);
  ui.part("weights", box);
}

void ParametersView::draw_wide(Ui& ui, Rect stage, const ParametersLesson& lesson) {
  stage = stage.inset(ui.u(22), ui.u(16));
  Rect head = stage.cut_top(ui.u(36));
  if (ui.shows("presets")) network_choice(ui, head.cut_left(ui.u(lesson.stack() ? 300 : 220)), lesson);
  if (lesson.stack()) {
    if (ui.shows("sizes")) change_stack(ui, head.cut_right(ui.u(180)), lesson);
    return draw_stack(ui, stage, lesson);
  }
  if (ui.shows("biases")) bias_switch(ui, head.cut_right(ui.u(240)), lesson);
  const Rect cards = stage.cut_bottom(ui.u(98));
  stage.cut_bottom(ui.u(8));
  const Rect words = stage.cut_bottom(ui.u(34));
  stage.cut_bottom(ui.u(14));
  stage.cut_top(ui.u(10));
  if (lesson.has_picture()) {
    const float controls = ui.u(2 * kControl + 6);
    network(ui, stage.cut_top(std::clamp((stage.h - controls) * 0.42f, ui.u(100), ui.u(190))), lesson);
    stage.cut_top(ui.u(6));
    sizes_below(ui, stage.cut_top(controls), lesson);
    stage.cut_top(ui.u(12));
    weights(ui, stage, lesson);
  } else {
    sizes_below(ui, stage.cut_bottom(ui.u(kControl)), lesson);
    stage.cut_bottom(ui.u(8));
    network(ui, stage, lesson);
  }
  weight_words(ui, words, lesson, under_);
  count_cards(ui, cards, lesson);
}

// The learner's own network may have many layers: its count is a list, beside the weights of the chosen one.
void ParametersView::draw_stack(Ui& ui, Rect stage, const ParametersLesson& lesson) {
  stage.cut_top(ui.u(10));
  network(ui, stage.cut_top(std::clamp(stage.h * 0.3f, ui.u(110), ui.u(210))), lesson);
  stage.cut_top(ui.u(14));
  count_list(ui, stage.cut_left(std::min(ui.u(380), stage.w * 0.44f)), lesson);
  stage.cut_left(ui.u(24));
  const Rect words = stage.cut_bottom(ui.u(34));
  stage.cut_bottom(ui.u(8));
  weights(ui, stage, lesson);
  weight_words(ui, words, lesson, under_);
}

void ParametersView::draw_narrow(Ui& ui, Rect stage, const ParametersLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  if (ui.shows("presets")) {
    network_choice(ui, stage.cut_top(ui.u(kFinger)), lesson);
    stage.cut_top(ui.u(8));
  }
  // The weights of a picture's network are many: they get the network's room, too.
  if (tab_ == 1 && lesson.has_picture()) return tabs(ui, stage, lesson);
  network(ui,
          stage.cut_top(stage.h * (lesson.stack()         ? 0.27f
                                   : lesson.has_picture() ? 0.33f
                                                          : 0.42f)),
          lesson);
  stage.cut_top(ui.u(8));
  tabs(ui, stage, lesson);
}

// A phone on its side: the network at the left, everything else beside it.
void ParametersView::draw_short(Ui& ui, Rect stage, const ParametersLesson& lesson) {
  stage = stage.inset(ui.u(12), ui.u(8));
  Rect left = stage.cut_left(stage.w * 0.46f);
  if (ui.shows("presets")) {
    network_choice(ui, left.cut_top(ui.u(kControl)), lesson);
    left.cut_top(ui.u(6));
  }
  network(ui, left, lesson);
  stage.cut_left(ui.u(14));
  tabs(ui, stage, lesson);
}

// What has no room beside the network, one at a time.
void ParametersView::tabs(Ui& ui, Rect stage, const ParametersLesson& lesson) {
  tab_ = kg::tabs(ui, "tab", stage.cut_top(ui.u(ui.narrow() ? kFinger : kControl)),
                  {{"Count", {"count", "total", "network"}},
                   {"Weights", {"weights"}},
                   lesson.stack() ? Tab{"Layers"} : Tab{"Sizes", {"sizes"}}},
                  tab_);
  stage.cut_top(ui.u(8));
  if (tab_ == 0) return count_list(ui, stage, lesson);
  if (tab_ == 1) {
    const Rect words = stage.cut_bottom(ui.u(36));
    stage.cut_bottom(ui.u(4));
    if (lesson.has_picture()) {
      weights(ui, stage, lesson);
    } else if (const auto under = sheets_.draw(ui, stage, lesson)) {
      under_ = under;
    }
    return weight_words(ui, words, lesson, under_);
  }
  if (!lesson.stack()) return sizes_in_pairs(ui, stage, lesson);
  if (ui.shows("sizes")) change_stack(ui, stage.cut_top(ui.u(kFinger)), lesson);
}

}  // namespace kg
