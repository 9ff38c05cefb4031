// The bias lesson as the page reads it: its numbers, what can be seen in words, and the same in Keras.
#include <cstdlib>

#include "engine/python_text.h"
#include "lesson/bias.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

std::string number(float value) { return number_text(static_cast<double>(value)); }

std::string python_list(const std::vector<float>& values) {
  std::string text;
  for (const float value : values) text += (text.empty() ? "" : ", ") + python_number(value);
  return "[" + text + "]";
}

// As the learner wrote it, 0.1, and not as its float is, 0.100000001…
double as_written(float value) { return std::strtod(exact_text(value).c_str(), nullptr); }

std::vector<double> as_written(const std::vector<float>& values) {
  std::vector<double> written;
  for (const float value : values) written.push_back(as_written(value));
  return written;
}

Json values_json(const Tensor& tensor) {
  return {{"height", tensor.shape().h},
          {"width", tensor.shape().w},
          {"channels", tensor.shape().c},
          {"values", std::vector<float>(tensor.values().begin(), tensor.values().end())}};
}

}  // namespace

Json BiasLesson::state() const {
  Json state = {{"view", scene() == Scene::map ? "map" : "neuron"},
                {"inputs", as_written(inputs())},
                {"weights", as_written(weights())},
                {"bias", as_written(bias())},
                {"products", products()},
                {"weighted_sum", weighted_sum()},
                {"with_bias", with_bias()},
                {"activation", activation()},
                {"firing", firing()},
                {"threshold", as_written(threshold())},
                {"predicted", nullptr},
                {"filter", bank().filter(0).name},
                {"map_bias", as_written(setup_.map_bias)},
                {"cells", cells()},
                {"cells_firing", cells_firing()},
                {"cells_firing_without_bias", cells_firing_without_bias()}};
  if (predicted()) state["predicted"] = as_written(*predicted());
  if (scene() == Scene::neuron) {
    state["shown"] = shown();
    return state;
  }
  state["cell"] = {{"row", cell().row}, {"col", cell().col}};
  state["input"] = values_json(picture().pixels());
  state["input"]["source"] = picture().state();
  state["before_relu"] = values_json(sums_with_bias());
  state["after_relu"] = values_json(fired());
  return state;
}

std::string BiasLesson::narrate() const { return scene() == Scene::map ? narrate_map() : narrate_neuron(); }

std::string BiasLesson::narrate_neuron() const {
  const int count = static_cast<int>(setup_.neuron.inputs.size()), in = shown();
  if (in == 0) return "The neuron has " + std::to_string(count) + (count == 1 ? " input." : " inputs.");
  if (in <= count) {
    const std::size_t last = static_cast<std::size_t>(in - 1);
    return "Product " + std::to_string(in) + " of " + std::to_string(count) + ": " + number(inputs()[last]) +
           " times " + number(weights()[last]) + " is " + number(products()[last]) + ".";
  }
  const std::string sum = "The weighted sum is " + number(weighted_sum());
  if (in == count + 1) return sum + "; the bias is still to come.";
  const std::string shifted = sum + "; with the bias " + number(bias()) + " it is " + number(with_bias());
  if (in == count + 2) return shifted + "; relu is still to come.";
  std::string words = shifted + ". relu makes " + number(activation()) + " of it: the neuron " +
                      (firing() ? "fires" : "does not fire") + ". Its threshold is " + number(threshold()) +
                      ".";
  if (predicted()) words += " You predicted " + number(*predicted()) + ".";
  return words;
}

std::string BiasLesson::narrate_map() const {
  const std::string all = std::to_string(cells());
  return "With the bias " + number(bias()) + ", " + std::to_string(cells_firing()) + " of " + all +
         " cells fire; without one it would be " + std::to_string(cells_firing_without_bias()) + ". Row " +
         std::to_string(cell().row) + ", column " + std::to_string(cell().col) + ": weighted sum " +
         number(weighted_sum()) + ", with the bias " + number(with_bias()) + ", after relu " +
         number(activation()) + ".";
}

std::string BiasLesson::keras_code() const {
  const bool map = scene() == Scene::map;
  const Shape& shape = picture().pixels().shape();
  const int count = static_cast<int>(setup_.neuron.inputs.size());
  const std::string channels = std::to_string(shape.c);
  const std::string input = map ? python_tuple({shape.h, shape.w, shape.c}) : python_tuple({count});
  const std::string kernel = map ? "(3, 3, " + channels + ", 1)" : "(" + std::to_string(count) + ", 1)";
  // Not before it is on the stage: the learner may be asked to predict it.
  const std::string answer =
      shown() == timeline_.steps() ? "  # " + number_text(static_cast<double>(activation())) : "";
  return std::string(
             "import numpy as np\n"
             "from tensorflow.keras import Input, Sequential\n"
             "from tensorflow.keras.layers import ") +
         (map ? "Conv2D" : "Dense") +
         "\n\n"
         "model = Sequential([\n"
         "    Input(shape=" +
         input + "),\n    " +
         (map ? "Conv2D(filters=1, kernel_size=(3, 3), activation=\"relu\")"
              : "Dense(1, activation=\"relu\")") +
         ",\n"
         "])\n"
         "model.layers[0].set_weights([\n"
         "    np.array(" +
         python_list(weights()) + ").reshape" + kernel +
         ",\n"
         "    np.array([" +
         python_number(bias()) +
         "]),  # the bias\n"
         "])\n" +
         (map ? "" : "model.predict(np.array([" + python_list(inputs()) + "]))" + answer + "\n");
}

}  // namespace kg
