// The bias lesson in words: what can be seen, for those who hear it, and the same in Keras.
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

}  // namespace

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
