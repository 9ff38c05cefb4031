#include "view/widgets/training_bar.h"

#include <algorithm>
#include <iterator>

#include "view/widgets/button.h"

namespace kg {
namespace {

constexpr float kRow = 34, kGap = 6;     // units
constexpr double kPaces[] = {1, 10, 0};  // updates a second; 0: full speed

void one_epoch(Ui& ui, const Rect& box) {
  ButtonLook look;
  look.words = "1 epoch";
  look.hint = "All training digits once";
  if (button(ui, "one epoch", box, "Train to the end of the epoch", look)) ui.intend("train_epoch");
}

void train_row(Ui& ui, Rect row, const TrainingLesson& lesson, const TrainingBarLook& bar) {
  const bool going = lesson.playing() || lesson.busy();
  ButtonLook look;
  look.icon = Icon::undo;
  look.hint = bar.rewind_hint;
  if (button(ui, "rewind", row.cut_right(ui.u(44)), "Rewind to the first weights", look)) ui.intend("rewind");
  row.cut_right(ui.u(kGap));
  if (bar.epoch_beside) {
    one_epoch(ui, row.cut_right(ui.u(84)));
    row.cut_right(ui.u(kGap));
  }
  look = {};
  look.kind = ButtonLook::Kind::primary;
  look.icon = going ? Icon::pause : Icon::play;
  look.words = going ? "Hold" : bar.words;
  look.hint = going ? "Hold the training (space bar)" : bar.hint;
  if (!going && bar.over) look.enabled = false, look.hint = bar.over;
  ui.part("train", row);
  if (button(ui, "train", row, look.words, look)) ui.intend(going ? "pause" : "play");
}

void steps_row(Ui& ui, Rect row, bool one_image) {
  ui.part("steps", row);
  const int count = one_image ? 3 : 2;
  const float width = (row.w - static_cast<float>(count - 1) * ui.u(kGap)) / static_cast<float>(count);
  const auto step = [&](const char* id, const char* words, const char* label, const char* hint) {
    const Rect box = row.cut_left(width);
    row.cut_left(ui.u(kGap));
    ButtonLook plain;
    plain.words = words;
    plain.hint = hint;
    return button(ui, id, box, label, plain);
  };
  if (one_image &&
      step("one image", "1 image", "Train with one image", "One image forward, back, and one update")) {
    ui.intend("step_image");
  }
  if (step("one batch", "1 batch", "Train with one batch", "One batch forward, back, and one update"))
    ui.intend("train", 1);
  one_epoch(ui, row);
}

void pace_row(Ui& ui, const Rect& row, const TrainingLesson& lesson) {
  ui.part("pace", row);
  const auto at = std::find(std::begin(kPaces), std::end(kPaces), lesson.pace());
  const int chosen = segmented(
      ui, "pace", row, "Pace", {"1 a second", "10", "full speed"},
      at == std::end(kPaces) ? -1 : static_cast<int>(at - std::begin(kPaces)),
      {"Slow motion: one update a second", "Ten updates a second", "As many updates as the machine can do"});
  if (chosen >= 0) ui.intend("set_pace", kPaces[chosen]);
}

}  // namespace

float training_bar_height(const Ui& ui, const TrainingBarLook& look) {
  const int rows = (look.train ? 1 : 0) + (look.steps ? 1 : 0) + (look.pace ? 1 : 0);
  return ui.u(static_cast<float>(rows) * kRow + static_cast<float>(rows - 1) * kGap);
}

void training_bar(Ui& ui, Rect room, const TrainingLesson& lesson, const TrainingBarLook& look) {
  const auto row = [&] {
    const Rect box = room.cut_top(ui.u(kRow));
    room.cut_top(ui.u(kGap));
    return box;
  };
  if (look.train) train_row(ui, row(), lesson, look);
  if (look.steps) steps_row(ui, row(), look.one_image);
  if (look.pace) pace_row(ui, row(), lesson);
}

}  // namespace kg
