// The image lesson as the page reads it: its numbers, what can be seen in words, and the same in Keras.
#include <algorithm>
#include <cmath>

#include "engine/python_text.h"
#include "lesson/image.h"
#include "lesson/number_text.h"
#include "lesson/tensor_json.h"

namespace kg {
namespace {

constexpr std::size_t kMostInCode = 100;  // values that a program can hold and still be read

std::string span_text(const char* what, int first, int count) {
  return std::string(what) + (count == 1 ? " " : "s ") + std::to_string(first) +
         (count == 1 ? "" : " to " + std::to_string(first + count - 1));
}

}  // namespace

Json ImageLesson::state() const {
  const Shape& shape = input().shape();
  Json in = tensor_json(input());
  in["source"] = picture().state();
  Json values = Json::array(), bytes = Json::array(), bars = Json::array();
  const bool hidden = covered(pixel());
  for (int c = 0; c < shape.c; ++c) {
    const float v = value(pixel(), c);
    values.push_back(hidden ? Json() : Json(v));
    bytes.push_back(hidden ? Json() : Json(std::round(v * 255)));
    bars.push_back(bar_of(v));
  }
  const auto one = static_cast<std::size_t>(std::max(channel(), 0));
  Json state = {
      {"input", std::move(in)},
      {"zoom",
       {{"top", zoom().top}, {"left", zoom().left}, {"height", zoom().height}, {"width", zoom().width}}},
      {"pixel",
       {{"row", pixel().row},
        {"col", pixel().col},
        {"value", values[one]},
        {"byte", bytes[one]},
        {"values", std::move(values)},
        {"bytes", std::move(bytes)},
        {"bars", std::move(bars)}}},
      {"histogram", histogram()},
      {"bar", chosen_bar()},
      {"channel", channel()},
      {"scale", scale() == Scale::ones ? 1 : 255},
      {"shaded", shaded()},
      {"numbers", shape.size()},
      {"read", pixels_read()},
      {"covered", nullptr},
      {"prediction", nullptr}};
  if (setup_.covered) state["covered"] = {{"row", setup_.covered->row}, {"col", setup_.covered->col}};
  if (const auto& guess = prediction()) {
    state["prediction"] = {{"row", guess->pixel.row},
                           {"col", guess->pixel.col},
                           {"channel", guess->channel},
                           {"value", guess->value},
                           {"right", predicted_right()}};
  }
  return state;
}

std::string ImageLesson::narrate() const {
  const Shape& shape = input().shape();
  const auto number = [&](const Pixel& p, int c) { return covered(p) ? "covered" : text(value(p, c)); };
  const auto numbers = [&](const Pixel& p) {
    if (channel() != kAllChannels) return number(p, channel());
    if (covered(p)) return std::string("covered");
    return "red " + number(p, 0) + ", green " + number(p, 1) + ", blue " + number(p, 2);
  };
  if (!timeline_.at_end()) {
    const int row = zoom().top + timeline_.step(), in = timeline_.ticks_shown();
    std::string words = "Row " + std::to_string(row) + ", " + span_text("column", zoom().left, zoom().width) +
                        ": " + std::to_string(in) + " of " + std::to_string(zoom().width) +
                        " pixels are numbers";
    for (int i = 0; i < in; ++i) words += (i == 0 ? ": " : "; ") + numbers({row, zoom().left + i});
    return words + ".";
  }
  std::string words = "Row " + std::to_string(pixel().row) + ", column " + std::to_string(pixel().col) +
                      ": " + numbers(pixel()) +
                      (scale() == Scale::bytes && !covered(pixel()) ? " of 255" : "") +
                      ". The numbers shown are " + span_text("row", zoom().top, zoom().height) + ", " +
                      span_text("column", zoom().left, zoom().width) + " of a picture of " +
                      std::to_string(shape.h) + " by " + std::to_string(shape.w) + " pixels.";
  if (chosen_bar() >= 0) {
    const int n = histogram()[static_cast<std::size_t>(chosen_bar())];
    words += " " + std::to_string(n) + (n == 1 ? " value lies" : " values lie") + " in the bar from " +
             bar_text(chosen_bar()) + ".";
  }
  if (const auto& guess = prediction()) {
    words += " You said " + number_text(guess->value) + ", it is " +
             text(value(guess->pixel, guess->channel), Scale::bytes) +
             (predicted_right() ? ": near enough." : ": too far off.");
  }
  return words;
}

std::string ImageLesson::keras_code() const {
  const Shape& shape = input().shape();
  const std::string sizes = python_tuple({shape.h, shape.w, shape.c});
  const std::string most = scale() == Scale::ones ? "1" : "255";
  const bool all = channel() == kAllChannels;
  const std::string plane = all ? "" : ", " + std::to_string(channel());
  std::string code = "import numpy as np\n";
  if (shape.size() <= kMostInCode) {
    code += "\nimage = np.array([";
    for (int row = 0; row < shape.h; ++row) {
      code += "\n    ";
      for (int i = 0; i < shape.w * shape.c; ++i) {
        const auto at = static_cast<std::size_t>(row * shape.w * shape.c + i);
        code += text(input().values()[at], Scale::bytes) + ", ";
      }
      code.pop_back();
    }
    code += "\n]).reshape" + sizes + "\n";
  } else {
    code += "from tensorflow.keras.utils import img_to_array, load_img\n\n";
    code += "image = img_to_array(load_img(\"picture.png\"";
    if (shape.c == 1) code += ", color_mode=\"grayscale\"";
    code += "))\n";
  }
  if (scale() == Scale::ones) code += "image = image / 255  # now from 0 to 1\n";
  code += "print(image.shape)  # " + sizes + "\n\n";
  const std::string at = std::to_string(pixel().row) + ", " + std::to_string(pixel().col);
  code += "print(image[" + at + plane + "])";
  if (!covered(pixel())) {
    code += "  # ";
    for (int c = all ? 0 : channel(); c <= (all ? shape.c - 1 : channel()); ++c)
      code += (all && c > 0 ? ", " : "") + text(value(pixel(), c));
  }
  const auto slice = [](int first, int count) {
    return std::to_string(first) + ":" + std::to_string(first + count);
  };
  code += "\nprint(image[" + slice(zoom().top, zoom().height) + ", " + slice(zoom().left, zoom().width) +
          plane + "])\n";
  if (histogram_.usual) {
    const std::string end = scale() == Scale::ones ? "256 / 255" : "256";
    code += "print(np.histogram(image" + (all ? std::string() : "[:, :" + plane + "]") +
            ", bins=" + std::to_string(kBars) + ", range=(0, " + end + "))[0])\n";
  }
  return code;
}

}  // namespace kg
