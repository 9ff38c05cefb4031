// The backprop lesson as the page reads it: its numbers, what can be seen in words, and the same in Keras.
#include <cmath>
#include <cstdlib>

#include "engine/python_text.h"
#include "lesson/backprop.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

// As the learner wrote it, 0.1, and not as its float is, 0.100000001…
double as_written(float value) { return std::strtod(exact_text(value).c_str(), nullptr); }

Json as_written(std::span<const float> values) {
  Json list = Json::array();
  for (const float value : values) list.push_back(as_written(value));
  return list;
}

// Weights and biases apart.
Json split(std::span<const float> values, std::size_t weights) {
  return {{"weights", as_written(values.subspan(0, weights))},
          {"biases", as_written(values.subspan(weights))}};
}

Json layers_json(const std::array<std::vector<float>, SmallNet::kLayers>& of) {
  Json list = Json::array();
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    list.push_back(
        split(of[static_cast<std::size_t>(layer)], static_cast<std::size_t>(small_grid(layer).weights())));
  }
  return list;
}

double mean_size(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += std::abs(static_cast<double>(value));
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

std::string python_list(std::span<const float> values) {
  std::string text;
  for (const float value : values) text += (text.empty() ? "" : ", ") + python_number(value);
  return "[" + text + "]";
}

std::string number(double value) { return significant_text(value); }

}  // namespace

Json BackpropLesson::state() const {
  const bool small = scene() == Scene::small;
  Json state = {{"view", small ? "small" : "digits"},
                {"label", label()},
                {"learning_rate", as_written(rate())},
                {"loss", loss()},
                {"loss_after", nullptr},
                {"prediction", prediction()},
                {"prediction_after", nullptr},
                {"updates", updates()},
                {"losses", losses()},
                {"diverges", diverges()},
                {"rose", rose()},
                {"advice", advice()},
                {"selected", nullptr},
                {"check", nullptr}};
  if (!diverges()) state["loss_after"] = loss_after(), state["prediction_after"] = prediction_after();
  if (selected()) {
    state["selected"] = {{"layer", selected()->layer},      {"index", selected()->index},
                         {"name", selected_name()},         {"value", selected_value()},
                         {"gradient", selected_gradient()}, {"next", selected_next()}};
  }
  if (check()) {
    state["check"] = {{"analytic", check()->analytic},
                      {"numeric", check()->numeric},
                      {"step", check()->step},
                      {"below", check()->below},
                      {"above", check()->above},
                      {"difference", check()->difference()},
                      {"uncertainty", check()->uncertainty},
                      {"agrees", check()->agrees()}};
  }
  if (!small) {
    const Network& net = digits_->now();
    state["picture"] = setup_.picture.state();
    state["probabilities"] = as_written(net.values(DigitNet::kLayers));
    // Thousands of numbers, asked for at every frame: of the maps their size, of the weights those of the
    // first layer and how large the others are.
    state["values"] = Json::array();
    for (int place = 0; place < net.places(); ++place) {
      state["values"].push_back({{"output", net.shape(place).text()},
                                 {"mean_size", mean_size(net.values(place))},
                                 {"mean_gradient", place > 0 ? mean_size(digits_->gradient(place)) : 0.0}});
    }
    state["gradients"] = Json::array();
    for (const int layer : DigitNet::kTrained) {
      const std::vector<Parameter>& list = net.parameters(layer);
      Json row = {{"layer", net.name(layer)},
                  {"mean_size", mean_size(list[0].gradient)},
                  {"biases", as_written(list[1].gradient)}};
      if (layer == DigitNet::conv_1) row["weights"] = as_written(list[0].gradient);
      state["gradients"].push_back(std::move(row));
    }
    return state;
  }
  const SmallPass& pass = this->pass();
  const auto& [hidden, outputs] = pass.layers;
  state["inputs"] = as_written(example().inputs);
  state["activation"] = name_of(net().activations[0]);
  state["output_activation"] = name_of(net().activations[1]);
  state["targets"] = pass.targets;
  state["values"] = Json::array(
      {as_written(hidden.inputs), as_written(hidden.activations), as_written(outputs.activations)});
  state["sums"] = Json::array({as_written(hidden.sums), as_written(outputs.sums)});
  state["slopes"] = Json::array({as_written(hidden.slopes), as_written(outputs.slopes)});
  state["activation_gradients"] = Json::array({as_written(hidden.wishes), as_written(outputs.wishes)});
  state["weights"] = layers_json(net().parameters);
  state["gradients"] = layers_json({hidden.gradients, outputs.gradients});
  state["new_weights"] = layers_json(next().parameters);
  state["first_loss"] = losses().front();
  state["working"] = moment() ? chain_rule().at(*moment()).text() : "";
  state["predicted"] = predicted() ? Json(predicted()->value) : Json();
  return state;
}

std::string BackpropLesson::result_words() const {
  if (!advice().empty()) return " " + advice();
  return " The loss was " + number(loss()) + "; with the new weights it is " + number(loss_after()) + ".";
}

std::string BackpropLesson::narrate() const {
  if (selected()) {
    std::string words = selected_name() + ": " + number(selected_value()) + ", its gradient " +
                        number(selected_gradient()) + ".";
    if (check()) {
      words += " The finite difference is " + number(check()->numeric) +
               (check()->agrees() ? ": both agree." : ": they do not agree.");
    }
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    return words;
  }
  return scene() == Scene::small ? narrate_small() : narrate_digits();
}

std::string BackpropLesson::narrate_small() const {
  const std::optional<Moment> now = moment();
  if (!now) {
    return "A net of 2 inputs, 3 hidden units and 2 outputs; the label is " + std::to_string(label()) +
           ". The way forward begins.";
  }
  const Working working = chain_rule().at(*now);
  std::string words = working.title + ": " + working.text() + ".";
  if (!working.note.empty() && now->step != BackpropStep::again) words += " " + working.note;
  if (now->step == BackpropStep::again && now->tick == 2) words += result_words();
  if (predicted() && predicted()->of == *now) words += " You predicted " + number(predicted()->value) + ".";
  return words;
}

std::string BackpropLesson::narrate_digits() const {
  const int step = timeline_.step();
  if (!timeline_.at_end() && timeline_.ticks_shown() == 0 && step == 0) {
    return "A picture, " + setup_.picture.label() +
           ", and a small convolutional network. The way forward begins.";
  }
  const int seen = timeline_.at_end() || timeline_.ticks_shown() > 0 ? step : step - 1;
  const std::string loss = number(this->loss());
  switch (static_cast<DigitStep>(seen)) {
    case DigitStep::conv_1:
      return "Forward: 8 filters slide over the picture, and relu keeps what is positive.";
    case DigitStep::pool_1:
      return "Forward: max pooling halves each of the 8 maps.";
    case DigitStep::conv_2:
      return "Forward: 16 filters, each over all 8 maps, then relu.";
    case DigitStep::pool_2:
      return "Forward: max pooling halves each of the 16 maps.";
    case DigitStep::dense:
      return "Forward: the dense layer and softmax make ten shares of it; the largest is that of " +
             std::to_string(prediction()) + ".";
    case DigitStep::loss:
      return "The label is " + std::to_string(label()) + ": the loss, −ln of its share, is " + loss + ".";
    case DigitStep::wishes:
      return "The share of " + std::to_string(label()) + " should rise, all others should fall.";
    case DigitStep::back_dense:
      return "Back: a gradient for every weight of the dense layer.";
    case DigitStep::back_pool_2:
      return "Back: what the 16 small maps should do, through the weights of the dense layer.";
    case DigitStep::back_conv_2:
      return "Back through pooling and relu: only the winners of each window that fire get a gradient.";
    case DigitStep::filters_2:
      return "Back: a gradient for every weight of the 16 filters.";
    case DigitStep::back_pool_1:
      return "Back: what the 8 maps should do, through the 16 filters.";
    case DigitStep::back_conv_1:
      return "Back through pooling and relu to the sums of the first layer.";
    case DigitStep::filters_1:
      return "Back: a gradient for every weight of the 8 filters.";
    case DigitStep::update:
      return "Update: every weight moves a little against its gradient.";
    case DigitStep::again:
      return "Forward again with the new weights." + result_words();
  }
  return "";
}

std::string BackpropLesson::keras_code() const {
  std::string code = "import numpy as np\nfrom tensorflow.keras import optimizers\n";
  const std::string sgd = "optimizer=" + keras_text(OptimizerSettings{.learning_rate = rate()});
  if (scene() == Scene::digits) {
    return code + digits_->now().keras_code() + "\nmodel.compile(" + sgd + ", loss=\"" +
           name_of(Loss::cross_entropy) + "\")\n# picture: (1, " +
           std::to_string(setup_.picture.pixels().shape().h) + ", " +
           std::to_string(setup_.picture.pixels().shape().w) + ", " +
           std::to_string(setup_.picture.pixels().shape().c) +
           "), 0 to 1\nmodel.train_on_batch(picture, np.array([" + std::to_string(label()) +
           "]))  # one update\n";
  }
  std::vector<LayerDescription> layers;
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    layers.push_back(Dense{.units = small_grid(layer).out,
                           .activation = net().activations[static_cast<std::size_t>(layer)]});
  }
  code += keras_code_of(SampleShape(SmallNet::kInputs), layers);
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    const WeightGrid grid = small_grid(layer);
    const std::span<const float> all = net().parameters[static_cast<std::size_t>(layer)];
    const auto weights = static_cast<std::size_t>(grid.weights());
    code += "model.layers[" + std::to_string(layer) + "].set_weights([\n    np.array(" +
            python_list(all.subspan(0, weights)) + ").reshape" + python_tuple({grid.in, grid.out}) +
            ",\n    np.array(" + python_list(all.subspan(weights)) + "),  # the biases\n])\n";
  }
  return code + "\nmodel.compile(" + sgd + ", loss=\"" + name_of(Loss::mean_squared_error) +
         "\")\nx = np.array([" + python_list(example().inputs) + "])\ny = np.array([" +
         python_list(pass().targets) +
         "])\nmodel.train_on_batch(x, y)  # forward, loss, backward, one update\n";
}

}  // namespace kg
