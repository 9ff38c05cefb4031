// Digit gallery: the first pictures of a set, as many as fit, each with its label beneath it.
#pragma once

#include <functional>
#include <string>

#include "data/digit_set.h"
#include "view/ui.h"

namespace kg {

struct DigitGalleryShown {
  float side = 34;                                  // of a picture, in units
  std::function<std::string(int label)> name = {};  // of a label; the number itself if there is none
  std::function<bool(int i)> framed = {};           // whether something is wrong with picture i
};

// How many are shown.
int digit_gallery(Ui& ui, const Rect& room, const DigitSet& set, const DigitGalleryShown& what = {});

}  // namespace kg
