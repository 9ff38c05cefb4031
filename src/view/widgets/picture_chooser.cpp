#include "view/widgets/picture_chooser.h"

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

void photo_mode(Ui& ui, const Rect& row, const Picture& picture) {
  const int chosen = segmented(ui, "photo", row, "Use of the photograph", {"The digit in it", "Its colours"},
                               picture.photo_in_colour() ? 1 : 0);
  if (chosen >= 0) ui.intend("set_photo_colour", chosen == 1);
}

}  // namespace

void PictureChooser::sources(Ui& ui, Rect row, const Picture& picture) {
  const float gap = ui.u(5), width = (row.w - 3 * gap) / 4;
  const auto next = [&](const char* id, const char* words, bool chosen, const char* hint) {
    const Rect box = row.cut_left(width);
    row.cut_left(gap);
    ButtonLook look;
    look.words = words;
    look.hint = hint;
    if (chosen) look.kind = ButtonLook::Kind::chosen;
    return button(ui, id, box, words, look);
  };
  const Source source = picture.source();
  const double seed = static_cast<double>(picture.seed());
  if (next("digits", "Digits", source == Source::digit, "Digits in grey: one channel")) {
    ui.intend("set_digit", picture.digit(), seed);
  }
  if (next("colour", "Colour", source == Source::colour_digit,
           "Digits in colour: three channels, red, green and blue")) {
    ui.intend("set_colour_digit", picture.digit(), seed);
  }
  if (next("draw", "Draw", source == Source::drawing, "Draw your own")) {
    pad_.open();
    ui.intend("pause");
    ui.intend("show_drawing");
  }
  if (next("open", "Open", source == Source::idx || source == Source::photo,
           "Open a picture (PNG, JPEG) or an MNIST file (IDX, .gz); you can also drop it on the page")) {
    ui.wishes.push_back({Wish::Kind::open_file});
  }
}

// Browse the open IDX file, in the place of the digits.
void PictureChooser::browser(Ui& ui, Rect row, const Picture& picture) {
  const int index = picture.idx_index(), last = picture.idx_count() - 1;
  ButtonLook look;
  look.words = "All";
  look.hint = "Look through all pictures of the file";
  if (button(ui, "gallery", row.cut_right(ui.u(52)), "Look through the file", look)) {
    gallery_.open(index);
    ui.intend("pause");
  }
  row.cut_right(ui.u(6));
  const int label = picture.idx_label(index);
  const std::string words = std::to_string(index) + " of " + std::to_string(last) +
                            (label >= 0 ? ", label " + std::to_string(label) : "");
  const int way = stepper(ui, "idx", row, "Picture of the file", words, index > 0, index < last,
                          "This is the first picture of the file", "This is the last picture of the file");
  if (way != 0) ui.intend("select_image", index + way);
}

void PictureChooser::panel(Ui& ui, const Rect& box, const Picture& picture) {
  Rect rest = box;
  const float gap = ui.u(8);
  const Rect upper = rest.cut_top((box.h - gap) / 2);
  rest.cut_top(gap);
  if (picture.source() == Source::idx) {
    browser(ui, upper, picture);
  } else if (picture.source() == Source::photo) {
    photo_mode(ui, upper, picture);
  } else {
    digits(ui, upper, picture);
  }
  sources(ui, rest, picture);
}

void PictureChooser::cover(Ui& ui, const Rect& stage, const Picture& picture) {
  if (pad_.is_open()) {
    pad_.draw(ui, stage, picture);
  } else {
    gallery_.draw(ui, stage, picture);
  }
}

}  // namespace kg
