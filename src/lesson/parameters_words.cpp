// What the lesson `parameters` tells: its state, its narration, its code.
#include "lesson/number_text.h"
#include "lesson/parameters.h"

namespace kg {
namespace {

std::string text_of(std::int64_t n) { return std::to_string(n); }

Json sizes_json(const SampleShape& shape) {
  if (shape.rank() == 1) return Json::array({shape.c()});
  return Json::array({shape.h(), shape.w(), shape.c()});
}

Json row_json(const ParametersLesson::Row& row) {
  return {{"name", row.name},       {"type", row.type},     {"output", sizes_json(row.out)},
          {"weights", row.weights}, {"biases", row.biases}, {"total", row.total},
          {"formula", row.formula}};
}

}  // namespace

std::string ParametersLesson::output_word(int layer) const {
  const std::string& type = row(layer).type;
  return type == "Conv2D" ? "filter" : type == "Dense" ? "unit" : "channel";
}

std::string ParametersLesson::words(const Selection& at) const {
  const WeightGrid& lie = grid(at.layer);
  const WeightGrid::Place place = lie.place(at.index);
  const Row& of = row(at.layer);
  const std::string to = output_word(at.layer) + " " + text_of(place.out);
  if (place.bias) return "bias of " + to;
  const std::string pixel = "row " + text_of(place.row) + ", column " + text_of(place.col);
  if (of.type == "Conv2D") return to + ", input channel " + text_of(place.in) + ", " + pixel;
  if (of.type == "BatchNormalization") {
    const Parameter& p = network_.parameters(network_layer(at.layer))[static_cast<std::size_t>(place.in)];
    return p.name + " of " + to + (p.learned ? "" : ", not trained");
  }
  if (lie.height * lie.width > 1) {
    return "from " + pixel + " of channel " + text_of(place.in) + " to " + to;
  }
  const char* from = of.in.rank() == 3 ? "channel "
                     : has_picture()   ? "value "
                     : at.layer == 0   ? "input "
                                       : "unit ";
  return "from " + std::string(from) + text_of(place.in) + " to " + to;
}

Json ParametersLesson::state() const {
  Json layers = Json::array();
  for (const Row& one : rows_) layers.push_back(row_json(one));
  Json current_row = row_json(row(current()));
  current_row["layer"] = current();
  current_row["total_shown"] = counted(current()).total;
  Json sizes = Json::array();
  for (const Size& size : sizes_of(setup_)) {
    sizes.push_back({{"verb", size.verb}, {"layer", size.layer}, {"value", size.value}});
  }
  Json selected = nullptr, prediction = nullptr;
  if (selected_) {
    selected = {{"layer", selected_->layer},
                {"index", selected_->index},
                {"name", row(selected_->layer).name},
                {"words", words(*selected_)},
                {"value", value(*selected_)}};
  }
  if (prediction_) {
    prediction = {{"layer", prediction_->layer}, {"value", prediction_->value}, {"right", predicted_right()}};
  }
  const bool fresh = setup_ == preset(setup_.picture);
  return {{"preset", setup_.stack     ? "stack"
                     : !fresh         ? "own"
                     : setup_.picture ? "cnn_2515"
                                      : "dense_2_3_2"},
          {"input", sizes_json(network_.input_shape())},
          {"layers", std::move(layers)},
          {"total", total_},
          {"so_far", so_far()},
          {"current", std::move(current_row)},
          {"use_bias", setup_.biases},
          {"sizes", std::move(sizes)},
          {"selected", std::move(selected)},
          {"prediction", std::move(prediction)}};
}

// As much of a layer's count as is on the stage.
std::string ParametersLesson::count_words(int layer) const {
  const Row& of = row(layer);
  const Counted in = counted(layer);
  std::string text =
      "Layer " + text_of(layer + 1) + " of " + text_of(layers()) + ", " + of.type + ": " + of.formula;
  if (in.weights < of.weights) return text + " weights are being counted.";
  text += " = " + text_of(of.weights) + (of.weights == 1 ? " weight" : " weights");
  if (in.biases == of.biases && timeline_.ticks_shown() >= 2) {
    text += of.biases == 0 ? ", no biases"
                           : ", plus " + text_of(of.biases) + (of.biases == 1 ? " bias" : " biases");
  }
  if (in.total) text += ": " + text_of(of.total) + " parameters, " + text_of(so_far()) + " so far";
  return text + ".";
}

std::string ParametersLesson::narrate() const {
  std::string text;
  if (timeline_.at_end()) {
    text = "All layers are counted: ";
    for (int k = 0; k < layers(); ++k) text += (k > 0 ? " + " : "") + text_of(row(k).total);
    text += " = " + text_of(total_) + " parameters.";
  } else {
    text = count_words(timeline_.step());
  }
  if (prediction_ && counted(prediction_->layer).total) {
    text += " You said " + number_text(prediction_->value) +
            (predicted_right() ? ", and it is." : "; it is " + text_of(row(prediction_->layer).total) + ".");
  }
  if (selected_) {
    text += " Selected: " + row(selected_->layer).name + ", " + words(*selected_) + ", " +
            number_text(static_cast<double>(value(*selected_))) + ".";
  }
  return text;
}

std::string ParametersLesson::keras_code() const { return network_.keras_code() + "model.summary()\n"; }

}  // namespace kg
