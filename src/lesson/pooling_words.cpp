// The pooling lesson in words: for those who hear the page, and in Python.
#include "lesson/number_text.h"
#include "lesson/pooling.h"

namespace kg {
namespace {

std::string place_text(int row, int col) {
  return "row " + number_text(row, 0) + ", column " + number_text(col, 0);
}

std::string shown(float value) { return number_text(static_cast<double>(value)); }

}  // namespace

std::string PoolingLesson::narrate() const {
  const Shape& shape = output().shape();
  if (timeline_.at_end()) {
    return "All " + std::to_string(timeline_.steps()) +
           " output cells are computed: " + std::to_string(shape.h) + " by " + std::to_string(shape.w) + ".";
  }
  const Cell here = cell(timeline_.step()), first = corner(here);
  const int ticks = timeline_.ticks_shown(), all = timeline_.ticks();
  const SoFar known = so_far(here, ticks);
  std::string words = "Output " + place_text(here.row, here.col) + ". The window starts at input " +
                      place_text(first.row, first.col);
  if (ticks < all) {
    words += "; " + std::to_string(ticks) + " of its " + std::to_string(all) + " places " +
             (ticks == 1 ? "is" : "are") + " visited";
    if (known.inside > 0 && mode() == Mode::max) {
      const Place best = places(here)[static_cast<std::size_t>(known.largest)];
      words += ", the largest value so far is " + shown(best.value);
    } else if (known.inside > 0) {
      words += ", their sum so far is " + shown(known.sum);
    }
    words += ".";
  } else if (mode() == Mode::max) {
    const Place won = winner(here);
    words += "; the largest of its " + std::to_string(known.inside) + " values is " + shown(won.value) +
             ", at input " + place_text(won.row, won.col) + ".";
  } else {
    words += "; its " + std::to_string(known.inside) + " values add up to " + shown(known.sum) +
             ", their mean is " + shown(value(here)) + ".";
  }
  if (!prediction_ || prediction_->step != timeline_.step()) return words;
  return words + prediction_words(*prediction_, timeline_, value(here));
}

std::string PoolingLesson::keras_code() const {
  const Shape& shape = rectified() ? picture().pixels().shape() : input().shape();
  const std::string name = mode() == Mode::max ? "MaxPooling2D" : "AveragePooling2D";
  const std::string indent = "\n    " + std::string(name.size() + 1, ' ');
  const auto pair = [](int n) { return "(" + std::to_string(n) + ", " + std::to_string(n) + ")"; };
  return "from tensorflow.keras import Input, Sequential\n"
         "from tensorflow.keras.layers import " +
         std::string(rectified() ? "Conv2D, " : "") + name +
         "\n\n"
         "model = Sequential([\n"
         "    Input(shape=(" +
         std::to_string(shape.h) + ", " + std::to_string(shape.w) + ", " + std::to_string(shape.c) + ")),\n" +
         (rectified() ? "    Conv2D(filters=1, kernel_size=(3, 3),\n"
                        "           padding=\"valid\", activation=\"relu\", use_bias=False),\n"
                      : "") +
         "    " + name + "(pool_size=" + pair(window()) + "," + indent + "strides=" + pair(stride()) +
         ", padding=\"" + kg::name_of(padding()) + "\"),\n])\n";
}

}  // namespace kg
