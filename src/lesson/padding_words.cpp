// What the padding lesson says of itself: its state, its narration, its Keras code.
#include "lesson/number_text.h"
#include "lesson/padding.h"

namespace kg {
namespace {

Json values_of(const Tensor& picture) {
  return std::vector<float>(picture.values().begin(), picture.values().end());
}

std::string by(int side) { return std::to_string(side) + " by " + std::to_string(side); }

// 28, 26, 24, … 2, nothing
std::string sizes_text(const std::vector<int>& sizes) {
  std::string words;
  for (const int side : sizes) {
    words += (words.empty() ? "" : ", ") + (side == 0 ? std::string("nothing") : std::to_string(side));
  }
  return words;
}

std::string border_words(const PaddedAxis& axis) {
  if (axis.before + axis.after == 0) return "There is no border.";
  if (!axis.uneven()) {
    return "The border is " + std::to_string(axis.before) +
           (axis.before == 1 ? " line of zeros" : " lines of zeros") + " on every side.";
  }
  return "The border is uneven: " + std::to_string(axis.before) + " at the top and left, " +
         std::to_string(axis.after) + " at the bottom and right.";
}

}  // namespace

Json PaddingLesson::state() const {
  const PaddedAxis& a = axis();
  const Stop here = stop(timeline_.step());
  Json predicted_side;  // null until something is said
  if (predicted()) predicted_side = *predicted();
  return {{"n", a.n},
          {"f", a.f},
          {"p", a.p()},
          {"s", a.s},
          {"output", a.out()},
          {"mode", name_of(mode())},
          {"view", name_of(scene())},
          {"border", {{"top", a.before}, {"left", a.before}, {"bottom", a.after}, {"right", a.after}}},
          {"padded", a.padded()},
          {"unused", a.unused()},
          {"answer", hidden() ? std::string("?") : std::to_string(a.out())},  // as it may be shown
          {"formula", a.formula(hidden())},
          {"weights",
           {{"name", name_of(filter())},
            {"values", std::vector<float>(weights().values().begin(), weights().values().end())}}},
          {"digit", digit()},
          {"input", values_of(input())},
          {"result", values_of(output())},
          {"window", {{"row", here.row}, {"col", here.col}, {"top", here.top}, {"left", here.left}}},
          {"block", block(here)},
          {"zeros", zeros(here)},
          {"sum", sum(here)},
          {"shown", written()},
          {"layers", layers()},
          {"chain", {{"sizes", sizes()}, {"left", sizes().back()}, {"values", values_of(maps().back())}}},
          {"hidden", hidden()},
          {"predicted", std::move(predicted_side)}};
}

std::string PaddingLesson::narrate() const {
  const PaddedAxis& a = axis();
  if (scene() == Scene::chain) {
    const int done = layers_made();
    const std::string made = std::to_string(done) + (done == 1 ? " layer" : " layers");
    const std::vector<int> so_far(sizes().begin(), sizes().begin() + done + 1);
    return "A chain of " + std::to_string(layers()) + (layers() == 1 ? " layer" : " layers") + ", padding " +
           name_of(mode()) + ". After " + made + " the sides are " + sizes_text(so_far) +
           (so_far.back() == 0 ? ": the filter does not fit any more." : ".");
  }
  if (hidden()) {
    return "An input of " + by(a.n) + ", a filter of " + by(a.f) + ", a border of " + number_text(a.p(), 1) +
           ", a stride of " + std::to_string(a.s) + ": how large is the output? It is hidden until you say.";
  }
  const std::string sizes = "The input is " + by(a.n) + ", the output " + by(a.out()) + ". ";
  if (timeline_.at_end()) {
    return sizes + border_words(a) + " The window has made all its " + std::to_string(timeline_.steps()) +
           " stops.";
  }
  const Stop here = stop(timeline_.step());
  return sizes + "For output row " + std::to_string(here.row) + ", column " + std::to_string(here.col) +
         ", " + std::to_string(zeros(here)) + " of the window's " + std::to_string(a.f * a.f) +
         " places lie on the border of zeros; the sum is " + number_text(static_cast<double>(sum(here))) +
         ".";
}

std::string PaddingLesson::keras_code() const {
  const PaddedAxis& a = axis();
  const std::string f = std::to_string(a.f);
  const std::string start = filter() == SimpleFilter::ones ? "\"ones\""
                            : filter() == SimpleFilter::blur
                                ? "Constant(1 / " + std::to_string(a.f * a.f) + ")"
                                : "middle";
  const std::string padding = mode() == Mode::same ? "same" : "valid";
  const std::string conv = "Conv2D(filters=1, kernel_size=(" + f + ", " + f +
                           "), strides=" + std::to_string(a.s) + ", padding=\"" + padding +
                           "\",\n           use_bias=False, kernel_initializer=" + start + "),";
  const bool border = mode() == Mode::custom;
  std::string code = "from tensorflow.keras import Input, Sequential\n";
  if (filter() == SimpleFilter::blur) code += "from tensorflow.keras.initializers import Constant\n";
  code +=
      std::string("from tensorflow.keras.layers import Conv2D") + (border ? ", ZeroPadding2D" : "") + "\n\n";
  if (filter() == SimpleFilter::identity) {
    const std::string m = std::to_string((a.f - 1) / 2);
    code += "def middle(shape, dtype=None):\n    kernel = np.zeros(shape)\n    kernel[" + m + ", " + m +
            "] = 1\n    return kernel\n\n";
    code = "import numpy as np\n" + code;
  }
  const std::string side = std::to_string(a.n);
  code += "model = Sequential([\n    Input(shape=(" + side + ", " + side + ", 1)),\n";
  const std::size_t count = scene() == Scene::chain ? sizes().size() : 2;
  for (std::size_t layer = 1; layer < count; ++layer) {
    const int out = scene() == Scene::chain ? sizes()[layer] : a.out();
    if (out == 0) {
      code += "    # one more does not fit: Keras refuses it\n";
      break;
    }
    if (border) code += "    ZeroPadding2D(padding=" + std::to_string(a.before) + "),\n";
    code += "    " + conv + (hidden() ? "" : "  # " + std::to_string(out) + "×" + std::to_string(out)) + "\n";
  }
  return code + "])\n";
}

}  // namespace kg
