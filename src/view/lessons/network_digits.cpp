#include "view/lessons/network_digits.h"

#include <algorithm>

#include "view/widgets/button.h"

namespace kg {
namespace {

constexpr float kRow = 34, kGap = 7, kName = 20;  // units

// Ten small buttons in a row; the number of the one pressed, or −1.
int ten(Ui& ui, Rect row, const std::string& id, const std::string& label, const std::string& hint,
        int chosen) {
  const float gap = ui.u(3), width = (row.w - 9 * gap) / 10;
  int pressed = -1;
  for (int k = 0; k < 10; ++k) {
    const Rect box = row.cut_left(width);
    row.cut_left(gap);
    ButtonLook look;
    look.words = std::to_string(k);
    look.text_size = type::kStrong;
    look.hint = hint;
    if (k == chosen) look.kind = ButtonLook::Kind::chosen;
    if (button(ui, id + std::to_string(k), box, label + " " + std::to_string(k), look)) pressed = k;
  }
  return pressed;
}

}  // namespace

void NetworkDigits::picture_row(Ui& ui, Rect row, const NetworkLesson& lesson) {
  if (!ui.shows("picture")) return;
  ui.part("picture", row);
  const Picture& picture = lesson.picture();
  const float gap = ui.u(6);
  ButtonLook look;
  look.words = "Draw";
  look.icon = Icon::pen;
  look.hint = "Draw your own";
  if (picture.source() == Picture::Source::drawing) look.kind = ButtonLook::Kind::chosen;
  if (button(ui, "draw", row.cut_right(ui.u(80)), "Draw", look)) {
    pad.open();
    ui.intend("show_drawing");
  }
  row.cut_right(gap);
  const bool written = picture.source() == Picture::Source::digit;
  const int digit = ten(ui, row, "digit", "Digit", "Write this digit; press again for another hand",
                        written ? picture.digit() : -1);
  if (digit >= 0) ui.intend("set_digit", digit);
}

void NetworkDigits::draw(Ui& ui, Rect room, const NetworkLesson& lesson) {
  const float width = std::min(room.w, ui.u(470));
  Rect right = room;
  room = right.cut_left(room.w > ui.u(560) ? room.w * 0.56f : width);
  right.cut_left(ui.u(24));
  labels(ui, room, lesson);
  source(ui, room, lesson);
  weights(ui, right.w > ui.u(150) ? right : room, lesson);
}

void NetworkDigits::labels(Ui& ui, Rect& room, const NetworkLesson& lesson) const {
  ui.part("own", {room.x, room.y, room.w, ui.u(kName + kRow)});
  const int count = lesson.own().count();
  ui.text(room.x, room.y,
          ui.shortened("Your own: the picture on stage is a … (" + std::to_string(count) + " so far)",
                       type::kSmall, room.w),
          type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(kName));
  Rect row = room.cut_top(ui.u(kRow));
  room.cut_top(ui.u(kGap));
  ButtonLook look;
  look.icon = Icon::clear;
  look.enabled = count > 0;
  look.hint = count > 0 ? "Take away all your labelled pictures" : "There are none yet";
  if (button(ui, "forget own", row.cut_right(ui.u(38)), "Forget your own digits", look))
    ui.intend("forget_own");
  row.cut_right(ui.u(6));
  const int label =
      ten(ui, row, "label", "Label the picture as", "Keep the picture as an example under this label", -1);
  if (label >= 0) ui.intend("label_picture", label);
}

void NetworkDigits::source(Ui& ui, Rect& room, const NetworkLesson& lesson) const {
  ui.text(room.x, room.y, "Learn from", type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(kName));
  Rect row = room.cut_top(ui.u(kRow));
  room.cut_top(ui.u(kGap));
  ui.part("source", row);
  ButtonLook look;
  look.icon = Icon::open;
  look.words = "File";
  look.hint =
      "Open a set in MNIST’s format: pictures and labels (IDX, .gz). You can also drop them on the page";
  if (button(ui, "open", row.cut_right(ui.u(76)), "Open files", look))
    ui.wishes.push_back({Wish::Kind::open_file});
  row.cut_right(ui.u(6));
  static constexpr const char* kNames[] = {"generated", "own", "idx"};
  const int chosen = segmented(ui, "source", row, "Learn from", {"generated", "your own", "files"},
                               static_cast<int>(lesson.source()),
                               {"20 000 digits written by a generator, and 1000 others to validate",
                                "The pictures you have labelled", "A set you have opened"});
  if (chosen >= 0) ui.intend("set_source", kNames[chosen]);
}

void NetworkDigits::weights(Ui& ui, Rect& room, const NetworkLesson& lesson) const {
  ui.text(room.x, room.y, "Weights", type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(kName));
  Rect row = room.cut_top(ui.u(kRow));
  room.cut_top(ui.u(kGap));
  ui.part("weights", row);
  const int chosen = segmented(
      ui, "start", row.cut_left((row.w - ui.u(6)) * 0.55f), "Start from", {"noise", "trained"},
      static_cast<int>(lesson.start()),
      {"Random weights: it knows nothing", "Weights that were trained before, on generated digits"});
  if (chosen >= 0) ui.intend("load_preset", chosen == 0 ? "noise" : "trained");
  row.cut_left(ui.u(6));
  ButtonLook look;
  look.words = "Save";
  look.hint = "Save the weights as a safetensors file; drop it on the page to load it";
  if (button(ui, "save weights", row, "Save the weights", look))
    ui.wishes.push_back({Wish::Kind::save_weights});
}

}  // namespace kg
