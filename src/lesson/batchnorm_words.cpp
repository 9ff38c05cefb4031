// The lesson `batchnorm` in numbers, in words, and in Python.
#include <cmath>

#include "engine/python_text.h"
#include "lesson/batchnorm.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

// 0.9f is only near 0.9: the number that people mean.
double decimal(float value) { return parse_number(exact_text(value)).value_or(0); }

Json numbers_json(const Statistics& of) {
  return {{"mean", of.mean}, {"std", of.deviation}, {"min", of.least}, {"max", of.most}};
}

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

// As an argument of BatchNormalization.
std::string start_text(double value) {
  if (value == 0) return keras_text(Initializer{Initializer::Kind::zeros});
  if (value == 1) return keras_text(Initializer{Initializer::Kind::ones});
  return keras_text(Initializer::constant(static_cast<float>(value)));
}

std::string norm_text(double gamma, double beta) {
  return "BatchNormalization(axis=1, momentum=" + python_number(NormBatches::kMomentum) +
         ",\n                       beta_initializer=" + start_text(beta) +
         ",\n                       gamma_initializer=" + start_text(gamma) + "),\n";
}

constexpr const char* kAxisWords =
    "# A dense layer gives (batch, units), and axis=1 is the units: each has its own\n"
    "# mean and variance. After Conv2D, (batch, rows, columns, channels), it is axis=-1.\n";

}  // namespace

Json BatchnormLesson::table_state() const {
  Json table = Json::array();
  const std::vector<float> miles = column(Column::miles, scaling()), ages = column(Column::age, scaling());
  for (std::size_t i = 0; i < drivers().size(); ++i) {
    table.push_back({{"miles", drivers()[i].miles},
                     {"age", drivers()[i].age},
                     {"miles_shown", miles[i]},
                     {"age_shown", ages[i]}});
  }
  Json gradients;
  for (const Scaling one : kScalings) {
    const NeuronGradient& g = gradient(one);
    gradients[kg::name_of(one)] = {{"miles", g.miles},
                                   {"age", g.age},
                                   {"clash", g.clash() ? Json(*g.clash()) : Json(nullptr)},
                                   {"clash_text", g.clash() ? magnitude_text(*g.clash()) : "no"}};
  }
  Json state = {
      {"scaling", kg::name_of(scaling())}, {"table", std::move(table)}, {"gradients", std::move(gradients)}};
  for (const Column one : {Column::miles, Column::age}) {
    const Statistics raw = statistics(column(one, Scaling::raw));
    Json numbers = numbers_json(raw);
    numbers["shown"] = numbers_json(statistics(column(one, scaling())));
    numbers["mean_text"] = number_text(raw.mean, one == Column::miles ? 0 : 1);
    numbers["std_text"] = number_text(raw.deviation, one == Column::miles ? 0 : 1);
    state[kg::name_of(one)] = std::move(numbers);
  }
  state["first_miles"] = drivers()[0].miles;
  state["predicted"] = predicted() ? Json(*predicted()) : Json(nullptr);
  return state;
}

Json BatchnormLesson::steps_state() const {
  static constexpr const char* kNames[] = {"x", "z", "z*g", "z*g+b"};
  Json list = Json::array();
  for (std::size_t k = 0; k < steps().size(); ++k) {
    const NormBatches::Step& step = steps()[k];
    Json one = numbers_json(step.numbers);
    one["name"] = kNames[k], one["values"] = step.values;
    one["mean_text"] = fixed_text(step.numbers.mean), one["std_text"] = fixed_text(step.numbers.deviation);
    list.push_back(std::move(one));
  }
  const NormBatches::Moments of_batch = moments(batch()), averages = moving_averages(batch());
  const double silent = static_cast<double>(steps()[0].numbers.zeros) / NormBatches::kBatch;
  return {{"unit", unit()},
          {"units", NormBatches::kUnits},
          {"batch", batch()},
          {"batch_size", NormBatches::kBatch},
          {"gamma", gamma()},
          {"beta", beta()},
          {"epsilon", decimal(NormBatches::layer().epsilon)},
          {"momentum", decimal(NormBatches::kMomentum)},
          {"statistics", moving() ? "moving" : "batch"},
          {"mean", of_batch.mean},
          {"variance", of_batch.variance},
          {"std", std::sqrt(of_batch.variance)},
          {"mean_text", fixed_text(of_batch.mean, 3)},
          {"std_text", fixed_text(std::sqrt(of_batch.variance), 3)},
          {"silent", percent_text(silent)},
          {"x", steps()[0].values},
          {"z", steps()[1].values},
          {"output", steps()[3].values},
          {"three_steps", std::move(list)},
          {"moving",
           {{"mean", averages.mean},
            {"variance", averages.variance},
            {"std", std::sqrt(averages.variance)},
            {"mean_text", fixed_text(averages.mean, 3)},
            {"std_text", fixed_text(std::sqrt(averages.variance), 3)}}}};
}

Json BatchnormLesson::runs_state() const {
  Json list = Json::array();
  for (const int which : {plain, normalised}) {
    Json one = run_json(run(which));
    one["name"] = runs().name(which), one["batch_norm"] = which == normalised;
    one["curve"] = curve_json(run(which).curve());
    one["validation_curve"] = curve_json(run(which).validation_curve());
    one["gradients"] = Json::array();
    for (const double size : gradient_sizes(which)) one["gradients"].push_back(number_or_null(size));
    list.push_back(std::move(one));
  }
  return list;
}

Json BatchnormLesson::state() const {
  Json state = {{"preset", name_of(scene())},
                {"scene", name_of(scene())},
                {"rate", rate()},
                {"learning_rate", rate()},
                {"pace", pace()},
                {"digits_made", digits_made()},
                {"training_digits", kTrainingDigits},
                {"validation_digits", kValidationDigits},
                {"updates", run(normalised).updates()},
                {"hidden_layers", kHidden},
                {"runs", runs_state()}};
  state.update(table_state());
  state.update(steps_state());
  const Statistics g = learned(false), b = learned(true);
  state["learned"] = {{"gamma", numbers_json(g)}, {"beta", numbers_json(b)}};
  // For sentences: the runs as people read them.
  const auto words = [&](int which) {
    const TrainingRun& one = run(which);
    const bool known = one.validated().images > 0;
    return Json{{"right", known ? percent_text(one.validated().accuracy()) : "not known yet"},
                {"loss", known ? fixed_text(one.validated().loss) : "not known yet"}};
  };
  state["without"] = words(plain), state["with"] = words(normalised);
  return state;
}

std::string BatchnormLesson::narrate() const {
  if (scene() == Scene::miles_age) {
    const Statistics miles = statistics(column(Column::miles, scaling())),
                     ages = statistics(column(Column::age, scaling()));
    const auto told = [](const Statistics& of) {
      return number_text(static_cast<double>(of.least)) + " to " + number_text(static_cast<double>(of.most)) +
             ", mean " + number_text(of.mean) + ", standard deviation " + number_text(of.deviation);
    };
    const std::optional<double> clash = gradient(scaling()).clash();
    return std::string("Ten drivers, ") + kg::name_of(scaling()) + ": miles " + told(miles) + "; age " +
           told(ages) + "." +
           (clash ? " One of the neuron’s two gradients is " + magnitude_text(*clash) +
                        " times as large as the other."
                  : "");
  }
  if (scene() == Scene::three_steps) {
    std::string words = "Unit " + std::to_string(unit()) + ", batch " + std::to_string(batch()) + " of " +
                        std::to_string(NormBatches::kBatch) + " digits";
    words += moving() ? ", normalised with the moving averages. " : ". ";
    static constexpr const char* kNames[] = {"x", "z", "z·g", "z·g + b"};
    for (std::size_t k = 0; k < 4; ++k) {
      const Statistics& of = steps()[k].numbers;
      words += std::string(k == 0 ? "" : "; ") + kNames[k] + " has mean " + fixed_text(of.mean) +
               " and standard deviation " + fixed_text(of.deviation);
    }
    return words + ".";
  }
  if (const std::string why = trouble(); !why.empty()) return why;
  if (!has_digits() && working()) return making_words();
  const int updates = std::max(run(plain).updates(), run(normalised).updates());
  if (updates == 0) {
    return "Two networks from the same weights, without and with batch normalisation, are ready to learn at "
           "the rate " +
           number_text(rate(), 4) + ".";
  }
  std::string words = "After " + std::to_string(updates) + " updates at the rate " + number_text(rate(), 4);
  for (const int which : {plain, normalised}) {
    const TrainingRun& one = run(which);
    words += which == plain ? ", without batch normalisation " : "; with it ";
    words += one.validated().images == 0 ? std::string("nothing is measured yet")
                                         : percent_text(one.validated().accuracy()) + " are right";
    if (!one.trouble().empty()) words += ", and training has diverged";
  }
  return words + ".";
}

std::string BatchnormLesson::table_code() const {
  const bool standardised = scaling() == Scaling::standardised;
  std::string code = "import numpy as np\nfrom tensorflow.keras import Input, Sequential\n";
  code += standardised ? "from tensorflow.keras.layers import Dense, Normalization\n\n"
                       : "from tensorflow.keras.layers import Dense\n\n";
  code += "x = np.array([";
  for (std::size_t i = 0; i < drivers().size(); ++i) {
    code += std::string(i == 0       ? ""
                        : i % 3 == 0 ? ",\n              "
                                     : ", ") +
            "[" + python_number(static_cast<float>(drivers()[i].miles)) + ", " +
            python_number(static_cast<float>(drivers()[i].age)) + "]";
  }
  code += "])  # miles, age\n\n";
  if (scaling() == Scaling::scaled) code += "x = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))\n\n";
  if (standardised)
    code += "standardise = Normalization(axis=1)\nstandardise.adapt(x)  # mean and variance\n\n";
  return code + "model = Sequential([\n    Input(shape=(2,)),\n" +
         (standardised ? "    standardise,\n" : "") +
         "    Dense(1, kernel_initializer=\"zeros\"),\n])\nmodel.compile(optimizer=\"sgd\", "
         "loss=\"mean_squared_error\")\n";
}

std::string BatchnormLesson::steps_code() const {
  const bool constants = start_text(gamma()).front() != '"' || start_text(beta()).front() != '"';
  return std::string("from tensorflow.keras import Input, Sequential") + (constants ? ", initializers" : "") +
         "\nfrom tensorflow.keras.layers import BatchNormalization, Dense, Flatten\n\n" + kAxisWords +
         "model = Sequential([\n    Input(shape=(28, 28, 1)),\n    Flatten(),\n    Dense(" +
         std::to_string(NormBatches::kUnits) + ", activation=\"relu\"),\n    " + norm_text(gamma(), beta()) +
         "])\n" +
         (moving() ? "# In use: the moving averages.\noutput = model(x_batch, training=False)\n"
                   : "# While it learns: mean and variance of this batch.\n"
                     "output = model(x_batch, training=True)\n");
}

std::string BatchnormLesson::keras_code() const {
  if (scene() == Scene::miles_age) return table_code();
  if (scene() == Scene::three_steps) return steps_code();
  std::string code =
      "from tensorflow.keras import Input, Sequential, optimizers\n"
      "from tensorflow.keras.layers import BatchNormalization, Dense, Flatten\n\n";
  code += kAxisWords;
  code += "model = Sequential([\n    Input(shape=(28, 28, 1)),\n    Flatten(),\n";
  for (int k = 0; k < kHidden; ++k) {
    code += "    Dense(" + std::to_string(NormBatches::kUnits) + ", activation=\"relu\"),\n    " +
            norm_text(1, 0);
  }
  return code + "    Dense(" + std::to_string(kClasses) +
         ", activation=\"softmax\"),\n])\n"
         "model.compile(optimizer=" +
         keras_text(run().settings().optimizer) +
         ",\n"
         "              loss=\"sparse_categorical_crossentropy\",\n"
         "              metrics=[\"accuracy\"])\n"
         "model.fit(x_train, y_train, batch_size=" +
         std::to_string(NormBatches::kBatch) +
         ", epochs=5,\n"
         "          validation_data=(x_val, y_val))\n";
}

}  // namespace kg
