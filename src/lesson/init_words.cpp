// The init lesson as the page reads it: its numbers, what can be seen in words, and the same in Keras.
#include <cmath>

#include "engine/network.h"
#include "engine/python_text.h"
#include "lesson/init.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

// A number of any size in a sentence: four digits that count, or a power of ten.
std::string told(double value) {
  if (value != 0 && (std::abs(value) < 1e-3 || std::abs(value) >= 1e6)) {
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    return number_text(value / std::pow(10.0, exponent), 1) + "e" + number_text(exponent, 0);
  }
  return number_text(value, 3);
}

Json statistics_json(const Statistics& s) {
  return {{"mean", s.mean}, {"deviation", s.deviation}, {"rms", s.root_mean_square}, {"zeros", s.zeros}};
}

}  // namespace

Json InitLesson::state() const {
  const Neuron& now = neuron();
  Json names = Json::array();
  for (const WeightRule rule : setup_.compared) names.push_back(words_of(rule).name);
  Json state = {{"view", name_of(scene())},
                {"n", setup_.inputs},
                {"units", setup_.units},
                {"input", name_of(setup_.input)},
                {"digit", setup_.digit},
                {"weights", words_of(setup_.rule).name},
                {"initializer", words_of(setup_.rule).name},
                {"spread", setup_.spread},
                {"activation", kg::name_of(activation())},
                {"draws", NeuronDraws::kDraws},
                {"inputs_in", inputs_in()},
                {"weight_deviation", weight_deviation()},
                {"z_variance", now.z_statistics.deviation * now.z_statistics.deviation},
                {"expected_variance", expected_variance()},
                {"z_deviation", now.z_statistics.deviation},
                {"expected_deviation", std::sqrt(expected_variance())},
                {"z_mean", now.z_statistics.mean},
                {"saturated", now.saturated},
                {"saturated_percent", std::round(now.saturated * 1000) / 10},
                {"mean_slope", now.slope_statistics.mean},
                {"predicted", nullptr},
                {"depth", setup_.depth},
                {"noise", setup_.noise},
                {"compared", std::move(names)}};
  if (setup_.predicted) state["predicted"] = *setup_.predicted;
  if (scene() == Scene::net) {
    Json list = Json::array();
    for (std::size_t i = 0; i < setup_.compared.size(); ++i) {
      Json values = Json::array(), gradients = Json::array();
      for (const LayerLook& look : nets()[i]) {
        values.push_back(statistics_json(look.values)), gradients.push_back(statistics_json(look.gradients));
      }
      list.push_back({{"weights", words_of(setup_.compared[i]).name},
                      {"scale_kept", scale_kept(nets()[i])},
                      {"activations", std::move(values)},
                      {"gradients", std::move(gradients)}});
    }
    state["nets"] = std::move(list);
  }
  if (scene() == Scene::train) {
    Json list = Json::array();
    for (int i = 0; i < runs().count(); ++i) {
      Json one = run_json(run(i));
      one["weights"] = runs().name(i);
      one["curve"] = curve_json(run(i).curve());
      one["validation_curve"] = curve_json(run(i).validation_curve());
      list.push_back(std::move(one));
    }
    state["runs"] = std::move(list);
    state["digits_made"] = digits_made();
  }
  return state;
}

std::string InitLesson::narrate() const {
  if (scene() == Scene::neuron) {
    const Neuron& now = neuron();
    const std::string rule = words_of(setup_.rule).name;
    if (inputs_in() == 0) {
      return "A neuron with " + std::to_string(setup_.inputs) + " inputs, weights " + rule +
             "; none of them has come in yet.";
    }
    std::string words = std::to_string(inputs_in()) + " of " + std::to_string(setup_.inputs) +
                        " inputs are in. The weighted sum’s standard deviation is " +
                        number_text(now.z_statistics.deviation) + "; expected is the root of " +
                        number_text(expected_variance()) + ", " +
                        number_text(std::sqrt(expected_variance())) + ". ";
    if (setup_.neuron_activation == ActivationKind::relu)
      return words + percent_text(now.saturated) + " are silent.";
    return words + percent_text(now.saturated) + " of the neurons are saturated.";
  }
  if (scene() == Scene::net) {
    std::string words = "From the first to the last of " + std::to_string(setup_.depth) + " hidden layers " +
                        kg::name_of(setup_.net_activation) + " activations change their size by the factor";
    for (std::size_t i = 0; i < setup_.compared.size(); ++i) {
      words +=
          (i == 0 ? " " : ", ") + told(scale_kept(nets()[i])) + " with " + words_of(setup_.compared[i]).name;
    }
    return words + ".";
  }
  if (!trouble().empty()) return trouble();
  if (runs().count() == 0 || run().updates() == 0) {
    return std::to_string(setup_.compared.size()) +
           " networks, the same digits, the same seed; no update yet.";
  }
  std::string words = "After " + std::to_string(run().updates()) + " updates the loss is";
  for (int i = 0; i < runs().count(); ++i) {
    words += (i == 0 ? " " : ", ") + number_text(run(i).last().loss, 3) + " from " + runs().name(i);
    if (!run(i).trouble().empty()) words += " (diverged)";
  }
  return words + ".";
}

std::string InitLesson::keras_code() const {
  if (scene() != Scene::neuron) {
    // The first of those that are compared; the others differ in their initialiser alone.
    return keras_code_of({28, 28, 1}, net_of(setup_.compared.front()));
  }
  const Initializer how = initializer_of(setup_.rule, setup_.spread, setup_.inputs, setup_.units);
  const std::string text = keras_text(how);
  return std::string("from tensorflow.keras import Input, Sequential") +
         (text.front() == '"' ? "" : ", initializers") +
         "\n"
         "from tensorflow.keras.layers import Dense\n\n"
         "model = Sequential([\n"
         "    Input(shape=" +
         python_tuple({setup_.inputs}) +
         "),\n"
         "    Dense(" +
         std::to_string(setup_.units) + ", activation=\"" + kg::name_of(setup_.neuron_activation) +
         "\",\n"
         "          kernel_initializer=" +
         text +
         "),\n"
         "])\n";
}

}  // namespace kg
