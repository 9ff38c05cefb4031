// The lesson `batch` in words, in numbers, and in Python.
#include <algorithm>
#include <cmath>

#include "engine/python_text.h"
#include "lesson/batch.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr std::size_t kMostTold = 100;  // points of a curve in state()

// Every so many of a curve's points, and always the last.
Json thinned(const TrainingCurve& curve) {
  TrainingCurve few;
  const std::span<const CurvePoint> points = curve.points();
  const std::size_t every = (points.size() + kMostTold - 1) / kMostTold;
  for (std::size_t k = 0; k < points.size(); ++k) {
    if ((points.size() - 1 - k) % every == 0) few.add(points[k]);
  }
  Json json = curve_json(few);
  Json seconds = Json::array();
  for (const CurvePoint& point : few.points()) seconds.push_back(point.seconds);
  json["seconds"] = std::move(seconds);
  return json;
}

std::string counted(int n, const char* one) { return std::to_string(n) + " " + one + (n == 1 ? "" : "s"); }

std::string batch_words(int n) { return std::to_string(n) + (n == 1 ? " batch" : " batches"); }

}  // namespace

Json BatchLesson::runs_json() const {
  Json list = Json::array();
  for (int i = 0; i < runs_.count(); ++i) {
    Json one = run_json(run(i));
    one["name"] = runs_.name(i);
    one["batches_per_epoch"] = (images() + size_of(i) - 1) / size_of(i);  // with digits or without
    one["seconds"] = run(i).seconds();
    one["curve"] = thinned(run(i).curve());
    one["validation_curve"] = thinned(run(i).validation_curve());
    list.push_back(std::move(one));
  }
  return list;
}

Json BatchLesson::surface_json() const {
  Json json = {{"rate", surface_rate()},
               {"start", {start().left, start().right}},
               {"updates", LossSurface::kUpdates},
               {"paths", Json::array()}};
  // Elsewhere it is made while nobody waits, and nothing that is told depends on how far it is.
  if (!surface_ || scene() != Scene::surface) return json;
  const LossSurface::Weights lowest = surface_->minimum();
  json["minimum"] = {lowest.left, lowest.right};
  for (const LossSurface::Path& path : paths()) {
    Json left = Json::array(), right = Json::array();
    for (const LossSurface::Weights& w : path.at) left.push_back(w.left), right.push_back(w.right);
    json["paths"].push_back({{"batch_size", path.batch_size},
                             {"left", std::move(left)},
                             {"right", std::move(right)},
                             {"loss", path.loss},
                             {"length", path.length},
                             {"times_as_long", path.length / std::max(full_path().length, 1e-12)},
                             {"noise", path.noise},
                             {"smooth", smooth(path)},
                             {"diverged", path.diverged()}});
  }
  return json;
}

Json BatchLesson::state() const {
  const Range batch = now();
  Json predicted_batches;  // null until something is said
  if (predicted()) predicted_batches = *predicted();
  Json standings = Json::object();
  for (const Along along : {Along::updates, Along::epochs, Along::seconds}) {
    const Standing found = standing(along);
    Json one = {{"at", found.at}, {"leader", nullptr}, {"accuracies", found.accuracies}};
    if (found.leader >= 0) one["leader"] = size_of(found.leader);
    standings[name_of(along)] = std::move(one);
  }
  // For sentences: the two ends of the race after as many whole epochs each.
  const Standing by_epochs = standing(Along::epochs);
  const auto right_of = [&](std::size_t i) -> std::string {
    if (!run(static_cast<int>(i)).trouble().empty()) return "diverged";
    return by_epochs.at >= 1 ? percent_text(by_epochs.accuracies[i]) : "not known yet";
  };
  const auto last = static_cast<std::size_t>(runs_.count() - 1);
  return {{"view", name_of(scene())},
          {"images", images()},
          {"batch_size", batch_size()},
          {"batches_per_epoch", batches()},
          {"answer", hidden() ? std::string("?") : std::to_string(batches())},  // as it may be shown
          {"last_batch", last_batch_size()},
          {"epochs", epochs()},
          {"epoch", epoch()},
          {"updates_in_all", batches() * epochs()},
          {"all_updates", hidden() ? std::string("?") : std::to_string(batches() * epochs())},
          {"shuffle", shuffled()},
          {"batch", {{"first", batch.first}, {"count", batch.count}}},
          {"updates", scene() == Scene::epoch ? updates_shown() : 0},
          {"hidden", hidden()},
          {"predicted", std::move(predicted_batches)},
          {"axis", name_of(along())},
          {"learning_rate", learning_rate()},
          {"pace", pace()},
          {"epochs_done", epochs_done()},
          {"smallest", {{"size", size_of(0)}, {"updates", run(0).updates()}, {"right", right_of(0)}}},
          {"largest",
           {{"size", size_of(static_cast<int>(last))},
            {"updates", run(static_cast<int>(last)).updates()},
            {"right", right_of(last)}}},
          {"runs", runs_json()},
          {"standings", std::move(standings)},
          {"surface", surface_json()}};
}

std::string BatchLesson::narrate() const {
  if (!has_digits() && busy()) return making_words();
  return scene() == Scene::epoch  ? narrate_epoch()
         : scene() == Scene::race ? narrate_race()
                                  : narrate_surface();
}

std::string BatchLesson::narrate_epoch() const {
  const std::string set = std::to_string(images()) + " images in batches of " + std::to_string(batch_size());
  if (hidden()) return set + ". How many batches has an epoch?";
  if (timeline_.at_end()) {
    return set + ": the epoch is over. Every image was seen once, in " + batch_words(batches()) + ", with " +
           counted(batches(), "update") + ".";
  }
  const Range batch = now();
  return set + ": batch " + std::to_string(timeline_.step() + 1) + " of " + std::to_string(batches()) +
         ", with " + counted(batch.count, "image") + ". " + counted(updates_shown(), "update") + " so far.";
}

std::string BatchLesson::narrate_race() const {
  if (const std::string why = trouble(); !why.empty()) return why;
  std::string words = "Batch sizes ";
  for (int i = 0; i < runs_.count(); ++i)
    words += (i == 0 ? "" : i + 1 == runs_.count() ? " and " : ", ") + name_of_run(i);
  const Standing found = standing(along());
  if (found.leader < 0) return words + " are at the start, with the same weights.";
  const std::string at = along() == Along::updates  ? counted(static_cast<int>(found.at), "update")
                         : along() == Along::epochs ? counted(static_cast<int>(found.at), "epoch")
                                                    : number_text(found.at) + " seconds";
  words += ", " + std::to_string(epochs_done()) + " of " + counted(epochs(), "epoch") + " done. After " + at +
           " each, " + name_of_run(found.leader) + " is ahead with " +
           percent_text(found.accuracies[static_cast<std::size_t>(found.leader)]) +
           " of the validation digits";
  for (int i = 0; i < runs_.count(); ++i) {
    if (!run(i).trouble().empty()) words += "; " + name_of_run(i) + " has diverged";
  }
  return words + ".";
}

std::string BatchLesson::narrate_surface() const {
  if (!surface_) return "The surface of the loss is being made.";
  const auto k = static_cast<std::size_t>(updates_walked());
  std::string words = "After " + counted(static_cast<int>(k), "update") + " on the surface:";
  for (const LossSurface::Path& path : paths()) {
    words += " batches of " + std::to_string(path.batch_size) + " have a loss of " +
             number_text(path.loss[std::min(k, path.loss.size() - 1)], 4) + " and a noise of " +
             number_text(path.noise, 3) + (path.diverged() ? " before they left it for good;" : ";");
  }
  words.back() = '.';
  return words;
}

std::string BatchLesson::keras_code() const {
  const std::string all = std::to_string(images());
  std::string list;
  for (int i = 0; i < runs_.count(); ++i)
    list += std::to_string(size_of(i)) + (i + 1 < runs_.count() ? ", " : "");
  if (runs_.count() == 1) list += ",";
  std::string code;
  OptimizerSettings optimizer = run().settings().optimizer;
  if (scene() == Scene::surface) {
    optimizer.learning_rate = static_cast<float>(surface_rate());
    code = keras_code_of(SampleShape(2), {Dense{.units = 1, .use_bias = false}});
  } else {
    code = keras_code_of(run().settings().input, run().settings().layers);
  }
  const std::string import = "from tensorflow.keras import Input, Sequential";
  if (const std::size_t at = code.find(import); at != std::string::npos)
    code.insert(at + import.size(), ", optimizers");
  code += "\nmodel.compile(optimizer=" + keras_text(optimizer) + ",\n";
  if (scene() == Scene::surface) {
    code +=
        "              loss=\"mean_squared_error\")\n"
        "# " +
        all +
        " windows: x_train holds the left and the right neighbour, y_train the pixel between.\n"
        "for size in (" +
        list +
        "):\n"
        "    model.layers[-1].set_weights([np.array([[" +
        python_number(static_cast<float>(start().left)) + "], [" +
        python_number(static_cast<float>(start().right)) +
        "]])])\n"
        "    batches = -(-len(x_train) // size)   # rounded up\n"
        "    model.fit(x_train, y_train, batch_size=size,\n"
        "              epochs=-(-" +
        std::to_string(LossSurface::kUpdates) + " // batches), shuffle=True)\n";
    return "import numpy as np\n" + code;
  }
  code +=
      "              loss=\"sparse_categorical_crossentropy\",\n"
      "              metrics=[\"accuracy\"])\n";
  if (scene() == Scene::race) {
    return code +
           "weights = model.get_weights()   # the same start for all\n"
           "for size in (" +
           list +
           "):\n"
           "    model.set_weights(weights)\n"
           "    model.fit(x_train, y_train, batch_size=size,\n"
           "              epochs=" +
           std::to_string(epochs()) +
           ", shuffle=True,\n"
           "              validation_data=(x_val, y_val))\n";
  }
  return code + "# " + all + " images" + (hidden() ? "" : ": " + counted(batches(), "update") + " an epoch") +
         "\n"
         "model.fit(x_train, y_train, batch_size=" +
         std::to_string(batch_size()) +
         ",\n"
         "          epochs=" +
         std::to_string(epochs()) + ", shuffle=" + (shuffled() ? "True" : "False") +
         ",\n"
         "          validation_data=(x_val, y_val))\n";
}

}  // namespace kg
