// The lesson `network` in words, in numbers, and in Python.
#include "engine/python_text.h"
#include "lesson/network.h"
#include "lesson/number_text.h"
#include "lesson/tensor_json.h"

namespace kg {
namespace {

Json shape_json(const SampleShape& shape) {
  if (shape.rank() == 1) return Json::array({shape.c()});
  return Json::array({shape.h(), shape.w(), shape.c()});
}

}  // namespace

Json NetworkLesson::evaluation_json() const {
  const int classes = examination_.set() ? examination_.set()->classes() : 0;
  const std::vector<int> cells = examination_.confusion();
  Json rows = Json::array();
  for (int row = 0; row < classes; ++row)
    rows.push_back(std::vector<int>(cells.begin() + row * classes, cells.begin() + (row + 1) * classes));
  return {{"count", examination_.count()},
          {"correct", examination_.correct()},
          {"accuracy", examination_.accuracy()},
          {"confusion", std::move(rows)}};
}

Json NetworkLesson::state() const {
  const Network& network = run().network();
  Json layers = Json::array();
  const Summary summary = network.summary();
  for (const Summary::Row& row : summary.rows)
    layers.push_back({{"name", row.name}, {"output", shape_json(row.output)}, {"params", row.params}});
  Json learning = run_json(run());
  Json prediction = {{"probabilities", Json::array()}, {"label", nullptr}};
  if (has_answer() || nothing_drawn()) {
    for (const float p : probabilities()) prediction["probabilities"].push_back(p);
  }
  if (has_answer()) {
    const int first = predicted(), next = second();
    prediction["label"] = first;
    prediction["percent"] = 100 * static_cast<double>(probabilities()[static_cast<std::size_t>(first)]);
    prediction["second"] = next;
    prediction["second_percent"] = 100 * static_cast<double>(probabilities()[static_cast<std::size_t>(next)]);
  }
  Json state = {{"layers", std::move(layers)},
                {"parameters", summary.total},
                {"picture", picture_.state()},
                {"prediction", std::move(prediction)},
                {"training", std::move(learning)},
                {"momentum", optimizer().momentum},
                {"l2", l2_},
                {"pace", pace()},
                {"start", name_of(start_)},
                {"source", name_of(source_)},
                {"digits_made", digits_made()},
                {"training_digits", training() ? training()->count() : 0},
                {"validation_digits", validation() ? validation()->count() : 0},
                {"test_digits", test_ ? test_->count() : 0},
                {"own_digits", own_->count()}};
  state["before"] = nullptr;
  if (earlier_) {
    const CurvePoint& last = earlier_->validations.points().back();
    state["before"] = {{"differs", earlier_settings()},
                       {"images_seen", last.images},
                       {"validation_loss", last.loss},
                       {"validation_accuracy", last.accuracy}};
  }
  if (examination_.done()) {
    state["evaluation"] = evaluation_json();
    state["evaluation"]["on"] = examined_test_ ? "test" : "validation";
    state["evaluation"]["updates"] = examined_at_;
  }
  if (selected_) {
    const Explained made = probe().explain(*selected_);
    state["selected"] = {{"layer", selected_->layer},  {"row", selected_->row},
                         {"column", selected_->col},   {"channel", selected_->channel},
                         {"terms", made.terms.size()}, {"products", made.products},
                         {"bias", made.bias},          {"sum", made.sum},
                         {"value", made.value}};
  }
  if (checked_) {
    state["gradient_check"] = {{"layer", checked_->spot.layer}, {"parameter", checked_->spot.parameter},
                               {"index", checked_->spot.index}, {"analytic", checked_->analytic},
                               {"numeric", checked_->numeric},  {"uncertainty", checked_->uncertainty},
                               {"agrees", checked_->agrees}};
  }
  return state;
}

std::string NetworkLesson::earlier_settings() const {
  std::string words;
  const auto differs = [&](const char* name, double before, double now) {
    if (before == now) return;
    words += (words.empty() ? "" : ", ") + std::string(name) + " " + number_text(before, 6);
  };
  if (!earlier_) return words;
  const OptimizerSettings& before = earlier_->optimizer;
  differs("rate", static_cast<double>(before.learning_rate), static_cast<double>(optimizer().learning_rate));
  differs("momentum", static_cast<double>(before.momentum), static_cast<double>(optimizer().momentum));
  differs("L2", static_cast<double>(earlier_->l2), static_cast<double>(l2_));
  differs("batch", earlier_->batch_size, run().settings().batch_size);
  return words;
}

std::string NetworkLesson::narrate() const {
  if (const std::string why = trouble(); !why.empty()) return why;
  if (!has_digits() && working()) return making_words();
  std::string words;
  if (nothing_drawn()) {
    words = "Nothing is drawn yet.";
  } else if (!has_answer()) {
    words = "The network’s numbers have become too large to give an answer.";
  } else {
    const auto share = [&](int k) {
      return percent_text(static_cast<double>(probabilities()[static_cast<std::size_t>(k)]));
    };
    words = "The network reads a " + std::to_string(predicted()) + " with " + share(predicted()) +
            "; its second choice is " + std::to_string(second()) + " with " + share(second()) + ".";
  }
  if (run().updates() == 0) {
    return words + (start_ == Start::noise     ? " Its weights are noise: it has learned nothing yet."
                    : start_ == Start::trained ? " It was trained before."
                                               : " Its weights were put in.");
  }
  words +=
      " " + std::to_string(run().images_seen()) + " images seen, loss " + number_text(run().last().loss, 3);
  if (run().validated().images > 0)
    words += ", " + percent_text(run().validated().accuracy()) + " of the validation digits are right";
  if (earlier_) {
    const CurvePoint& last = earlier_->validations.points().back();
    const std::string with = earlier_settings();
    words += "; the run before" + (with.empty() ? "" : ", with " + with + ",") + " came to " +
             percent_text(last.accuracy) + " after " + std::to_string(last.images) + " images";
  }
  return words + ".";
}

std::string NetworkLesson::keras_code() const {
  std::vector<LayerDescription> stack = layers();
  for (LayerDescription& layer : stack) {
    if (Conv2D* conv = std::get_if<Conv2D>(&layer)) conv->l2 = l2_;
    if (Dense* dense = std::get_if<Dense>(&layer)) dense->l2 = l2_;
  }
  std::string code = keras_code_of(run().settings().input, stack);
  const std::string import = "from tensorflow.keras import Input, Sequential";
  code.insert(code.find(import) + import.size(), ", optimizers");
  return code + "\nmodel.compile(optimizer=" + keras_text(optimizer()) +
         ",\n"
         "              loss=\"sparse_categorical_crossentropy\",\n"
         "              metrics=[\"accuracy\"])\n"
         "model.fit(x_train, y_train, batch_size=" +
         std::to_string(run().settings().batch_size) +
         ",\n"
         "          epochs=10, shuffle=True,\n"
         "          validation_data=(x_val, y_val))\n";
}

std::vector<Task> NetworkLesson::tasks() const {
  const bool learned = start_ == Start::noise && run().validated().images >= 500;
  const bool drawn = picture_.source() == Picture::Source::drawing && !nothing_drawn();
  return {{"learn", learned && run().validated().accuracy() >= 0.97},
          {"take_apart", selected_ && selected_->layer == 2},
          {"read_mine", drawn && run().updates() + (start_ != Start::noise) > 0 &&
                            probabilities()[static_cast<std::size_t>(predicted())] >= 0.9f},
          {"check", checked_ && checked_->agrees && checked_->analytic != 0}};
}

std::vector<std::string> NetworkLesson::controls() const {
  return {"picture", "training", "settings", "flow", "tabs"};
}

}  // namespace kg
