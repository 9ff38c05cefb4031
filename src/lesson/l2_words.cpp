// The lesson `l2` in words, in numbers, and in Python.
#include <cmath>

#include "engine/python_text.h"
#include "lesson/l2.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

bool is_asked_factor(double factor) {
  const double right = L2Lesson::kAskedLambda / (2 * L2Lesson::kAskedSize);
  return std::abs(factor - right) <= 0.01 * right;
}

}  // namespace

Json L2Lesson::run_state(int which) const {
  const TrainingRun& one = run(which);
  const Standing now = standing(which);
  Json json = {{"name", runs().name(which)},
               {"l2", factor_of(which)},
               {"updates", one.updates()},
               {"epoch", one.epoch()},
               {"images_seen", one.images_seen()},
               {"weight_norm", now.squares},
               {"penalty", now.penalty},
               {"loss", nullptr},
               {"accuracy", nullptr},
               {"validation_loss", nullptr},
               {"validation_accuracy", nullptr},
               {"gap", nullptr},
               {"penalty_share", nullptr},
               {"trouble", one.trouble()},
               {"training", curve_json(fit(which))},
               {"validation", curve_json(one.validation_curve())}};
  if (now.measured) {
    json["loss"] = now.loss, json["accuracy"] = now.accuracy;
    json["validation_loss"] = now.validation_loss, json["validation_accuracy"] = now.validation_accuracy;
    json["gap"] = now.gap, json["penalty_share"] = now.share;
  }
  return json;
}

Json L2Lesson::state() const {
  const Preset* const known = preset();
  Json state = {{"lambda", setup_.lambda},
                {"m", setup_.size},
                {"factor", factor()},
                {"factor_text", exact_text(static_cast<float>(factor()))},
                {"noise", setup_.noise},
                {"wrong_labels", wrong_labels()},
                {"learning_rate", setup_.rate},
                {"batch_size", kBatch},
                {"pace", pace()},
                {"preset", known ? Json(known->name) : Json(nullptr)},
                {"parameters", run(plain).network().summary().total},
                {"digits_made", digits_made()},
                {"validation_digits", kValidation},
                {"updates", run(plain).updates()},
                {"epoch", run(plain).epoch()},
                {"runs", Json::array()},
                {"asked", {{"lambda", kAskedLambda}, {"m", kAskedSize}}},
                {"predicted", predicted_ ? Json(*predicted_) : Json(nullptr)}};
  for (const int which : {plain, penalised}) state["runs"].push_back(run_state(which));
  // For sentences: the two runs as people read them.
  const auto words = [&](int which) {
    const Standing now = standing(which);
    const auto said = [&](const std::string& text) {
      return now.measured ? text : std::string("not known yet");
    };
    return Json{{"loss", said(fixed_text(now.loss))},
                {"validation_loss", said(fixed_text(now.validation_loss))},
                {"gap", said(fixed_text(now.gap))},
                {"validation_percent", said(percent_text(now.validation_accuracy))},
                {"squares", number_text(now.squares, 1)},
                {"penalty", fixed_text(now.penalty, 3)},
                {"share", said(percent_text(now.share))}};
  };
  state["without"] = words(plain), state["with"] = words(penalised);
  return state;
}

std::string L2Lesson::narrate() const {
  if (const std::string why = trouble(); !why.empty()) return why;
  if (!has_digits() && working()) return making_words();
  const std::string settings = std::to_string(setup_.size) + " digits, " + std::to_string(wrong_labels()) +
                               " of them with a wrong label; λ is " + number_text(setup_.lambda, 3) + ".";
  const Standing without = standing(plain), with = standing(penalised);
  if (run(plain).updates() == 0 || !without.measured || !with.measured)
    return "Two runs are ready to start from the same weights, without and with L2. " + settings;
  return "After " + std::to_string(run(plain).updates()) +
         " updates the gap between validation and training " + "loss is " + fixed_text(without.gap) +
         " without L2 and " + fixed_text(with.gap) + " with it; " +
         percent_text(without.validation_accuracy) + " and " + percent_text(with.validation_accuracy) +
         " of the validation digits are right. " + settings;
}

std::string L2Lesson::keras_code() const {
  std::vector<LayerDescription> stack = run(penalised).settings().layers;
  for (LayerDescription& layer : stack) {
    if (Dense* dense = std::get_if<Dense>(&layer)) dense->l2 = static_cast<float>(factor());
  }
  std::string code = keras_code_of(run().settings().input, stack);
  const std::string import = "from tensorflow.keras import Input, Sequential";
  code.insert(code.find(import) + import.size(), ", optimizers");
  return code +
         "\n# l2(factor) adds factor * sum(w**2): factor = lambda / (2 * m) = " + exact_text(setup_.lambda) +
         " / (2 * " + std::to_string(setup_.size) + ")\n" +
         "model.compile(optimizer=" + keras_text(run().settings().optimizer) +
         ",\n"
         "              loss=\"sparse_categorical_crossentropy\",\n"
         "              metrics=[\"accuracy\"])\n"
         "model.fit(x_train, y_train, batch_size=" +
         std::to_string(kBatch) +
         ",\n"
         "          epochs=100, shuffle=True,\n"
         "          validation_data=(x_val, y_val))\n";
}

std::vector<Task> L2Lesson::tasks() const {
  const Standing without = standing(plain), with = standing(penalised);
  const bool learned = without.measured && with.measured && run(plain).updates() >= 100;
  return {{"beat", learned && with.validation_accuracy >= without.validation_accuracy + 0.05},
          {"nothing", learned && without.validation_accuracy >= 0.4 && with.validation_accuracy <= kChance},
          {"predict", predicted_ && is_asked_factor(*predicted_)}};
}

std::vector<std::string> L2Lesson::controls() const {
  return {"presets", "training", "lambda",  "settings", "gap",
          "curves",  "weights",  "filters", "digits",   "tabs"};
}

}  // namespace kg
