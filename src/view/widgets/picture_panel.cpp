#include "view/widgets/picture_panel.h"

#include <imgui.h>

#include "view/widgets/button.h"

namespace kg {
namespace {

using Source = Picture::Source;

void digits(Ui& ui, Rect row, const Picture& picture) {
  const bool colour = picture.source() == Source::colour_digit;
  const bool written = colour || picture.source() == Source::digit;
  const float gap = ui.u(3), width = (row.w - 9 * gap) / 10;
  for (int digit = 0; digit < 10; ++digit) {
    const Rect box = row.cut_left(width);
    row.cut_left(gap);
    const std::string name = std::to_string(digit);
    ButtonLook look;
    look.words = name;
    look.text_size = type::kStrong;
    look.hint = "Write a " + name + "; press again for another hand";
    if (written && picture.digit() == digit) look.kind = ButtonLook::Kind::chosen;
    if (button(ui, "digit" + name, box, "Digit " + name, look)) {
      ui.intend(colour ? "set_colour_digit" : "set_digit", digit);
    }
  }
}

bool sources(Ui& ui, Rect row, const Picture& picture) {
  const float gap = ui.u(6), width = (row.w - 2 * gap) / 3;
  const auto next = [&](const char* id, const char* words, Icon icon, bool chosen, const char* hint) {
    const Rect box = row.cut_left(width);
    row.cut_left(gap);
    ButtonLook look;
    look.words = words;
    look.icon = icon;
    look.hint = hint;
    if (chosen) look.kind = ButtonLook::Kind::chosen;
    return button(ui, id, box, words, look);
  };
  const bool draw = next("draw", "Draw", Icon::pen, picture.source() == Source::drawing, "Draw your own");
  const bool colour = picture.source() == Source::colour_digit;
  if (next("colour", "Colour", Icon::none, colour, "A digit in colour: three channels, red, green and blue")) {
    ui.intend(colour ? "set_digit" : "set_colour_digit", picture.digit(), static_cast<double>(picture.seed()));
  }
  if (next("open", "Open", Icon::open, picture.source() == Source::idx || picture.source() == Source::photo,
           "Open a picture (PNG, JPEG) or an MNIST file (IDX, .gz); you can also drop it on the page")) {
    ui.wishes.push_back(Wish::open_file);
  }
  return draw;
}

// Browse the open IDX file, in the place of the digits.
void browser(Ui& ui, const Rect& row, const Picture& picture) {
  const int index = picture.idx_index(), last = picture.idx_count() - 1;
  const int label = picture.idx_label(index);
  const std::string words = std::to_string(index) + " of " + std::to_string(last) +
                            (label >= 0 ? ", label " + std::to_string(label) : "");
  const int way = stepper(ui, "idx", row, "Picture of the file", words, index > 0, index < last,
                          "This is the first picture of the file", "This is the last picture of the file");
  if (way != 0) ui.intend("select_image", index + way);
}

void photo_mode(Ui& ui, const Rect& row, const Picture& picture) {
  const int chosen = segmented(ui, "photo", row, "Use of the photograph", {"The digit in it", "Its colours"},
                               picture.photo_in_colour() ? 1 : 0);
  if (chosen >= 0) ui.intend("set_photo_colour", chosen == 1);
}

}  // namespace

bool picture_panel(Ui& ui, const Rect& box, const Picture& picture) {
  Rect rest = box;
  const float gap = ui.u(8), row = (box.h - gap) / 2;
  const Rect upper = rest.cut_top(row);
  rest.cut_top(gap);
  const bool draw = sources(ui, rest, picture);
  Rect chooser = upper;
  if (picture.source() == Source::idx) {
    browser(ui, chooser, picture);
  } else if (picture.source() == Source::photo) {
    photo_mode(ui, chooser, picture);
  } else {
    digits(ui, chooser, picture);
  }
  return draw;
}

}  // namespace kg
