// The lesson `finetune` in words, in numbers, and in Python.
#include <algorithm>

#include "engine/python_text.h"
#include "lesson/finetune.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr int kAsked = 6085;     // 4640 of the third layer and 1445 of the head
constexpr double kAhead = 0.15;  // of the tasks: of the validation digits
constexpr double kLevel = 0.03, kGood = 0.85, kRead = 0.8;
constexpr int kLate = 200;  // updates
constexpr int kFewOfEach = 3;

bool measured(const TrainingRun& run) { return run.updates() > 0 && run.validated().images > 0; }
std::string right_text(const TrainingRun& run) {
  return measured(run) ? percent_text(run.validated().accuracy(), 0) : "not known yet";
}

}  // namespace

// Both that have the base’s weights read the learner’s symbols, of which there are some of each.
bool FinetuneLesson::symbols_read() const {
  if (task() != Material::symbols || !symbols_.ready() || !has_second()) return false;
  for (int label = 0; label < symbols_.classes(); ++label) {
    if (symbols_.count_of(label) < kFewOfEach) return false;
  }
  for (const Which which : {transfer, frozen}) {
    const TrainingRun& run = second().run(which);
    if (!measured(run) || run.validated().accuracy() <= kRead) return false;
  }
  return true;
}

Json FinetuneLesson::run_state(int which) const {
  const TrainingRun& one = second().run(which);
  const Summary sums = summary(which);
  Json json = run_json(one);
  json["name"] = second().name(which);
  json["trainable"] = sums.trainable, json["non_trainable"] = sums.non_trainable;
  json["from_base"] = which == scratch ? 0 : setup_.kept;
  Json changes = Json::array();
  for (int k = 0; k < kLayers; ++k) changes.push_back(change(which, k));
  json["change"] = std::move(changes);
  json["curve"] = curve_json(one.curve());
  json["validation_curve"] = curve_json(one.validation_curve());
  return json;
}

Json FinetuneLesson::base_state() const {
  Json json = run_json(base());
  json["curve"] = curve_json(base().curve());
  json["validation_curve"] = curve_json(base().validation_curve());
  json["trained"] = has_base();
  json["right"] = right_text(base());
  json["digits"] = base_given() ? base_given()->count() : 0;
  return json;
}

Json FinetuneLesson::layers_state() const {
  const Summary sums = summary(frozen);
  Json list = Json::array();
  for (int k = 0; k < kLayers; ++k) {
    const Summary::Row& row = sums.rows[static_cast<std::size_t>(place_of(k))];
    list.push_back({{"name", row.name},
                    {"type", row.type},
                    {"output", row.output.text()},
                    {"params", row.params},
                    {"kept", is_kept(k)},
                    {"frozen", is_frozen(k)},
                    {"change",
                     {{"base", base_change(k)},
                      {"scratch", change(scratch, k)},
                      {"transfer", change(transfer, k)},
                      {"frozen", change(frozen, k)}}}});
  }
  return list;
}

Json FinetuneLesson::state() const {
  const Summary sums = summary(frozen);
  Json state = {{"view", name_of(scene_)},
                {"task", name_of(task())},
                {"examples", examples()},
                {"classes", classes()},
                {"kept", setup_.kept},
                {"frozen", Json::array()},
                {"learning_rate", setup_.rate},
                {"batch_size", kBatch},
                {"pace", pace()},
                {"base", base_state()},
                {"base_updates", kBaseUpdates},
                {"runs", Json::array()},
                {"layers", layers_state()},
                {"total", sums.total},
                {"trainable", sums.trainable},
                {"non_trainable", sums.non_trainable},
                {"digits_made", digits_made()},
                {"updates", has_second() ? second().run(scratch).updates() : 0},
                {"missing", missing()},
                {"picture", picture_.state()},
                {"answers", Json::array()},
                {"symbols", Json::array()},
                {"predicted", predicted_ ? Json(*predicted_) : Json(nullptr)}};
  for (const bool on : setup_.frozen) state["frozen"].push_back(on);
  for (int label = 0; label < symbols_.classes(); ++label)
    state["symbols"].push_back(symbols_.count_of(label));
  if (has_second()) {
    for (const int which : {scratch, transfer, frozen}) state["runs"].push_back(run_state(which));
  }
  // For sentences: how the runs stand.
  Json words = {{"scratch", "not known yet"}, {"transfer", "not known yet"}, {"frozen", "not known yet"}};
  if (has_second()) {
    for (const int which : {scratch, transfer, frozen})
      words[second().name(which)] = right_text(second().run(which));
  }
  state["right"] = std::move(words);
  for (int i = 0; i < runs().count(); ++i) {
    const std::vector<float>& p = answers(i);
    Json answer = {{"run", runs().name(i)}, {"class", nullptr}, {"probability", nullptr}};
    if (!p.empty()) {
      const int best = largest(p);
      answer["class"] = class_name(best);
      answer["probability"] = static_cast<double>(p[static_cast<std::size_t>(best)]);
    }
    state["answers"].push_back(std::move(answer));
  }
  return state;
}

std::string FinetuneLesson::narrate() const {
  if (const std::string why = trouble(); !why.empty()) return why;
  if (!has_digits() && working()) return making_words();
  if (scene_ == Scene::base) {
    if (!has_base()) return "The base is a network that is to learn the digits 0 to 4; no update yet.";
    return "After " + std::to_string(base().updates()) + " updates the base reads " + right_text(base()) +
           " of the digits 0 to 4 right.";
  }
  if (const std::string why = missing(); !why.empty()) return why;
  const std::string material =
      task() == Material::digits ? " examples of the digits 5 to 9" : " drawn symbols";
  const std::string what = std::to_string(examples()) + material + "; the third run trains " +
                           std::to_string(summary(frozen).trainable) + " of " +
                           std::to_string(summary(frozen).total) + " parameters.";
  const TrainingRun& first = second().run(scratch);
  if (!measured(first)) return "Three runs are ready: from scratch, transfer, and frozen. " + what;
  std::string words = "After " + std::to_string(first.updates()) + " updates";
  for (const int which : {scratch, transfer, frozen}) {
    const TrainingRun& one = second().run(which);
    words += std::string(which == scratch ? " " : ", ") + second().name(which) + " reads " + right_text(one);
    if (!one.trouble().empty()) words += " (diverged)";
  }
  return words + ". " + what;
}

// The program builds the third run: what is kept and frozen is as the switches stand.
std::string FinetuneLesson::keras_code() const {
  std::string code = keras_code_of({28, 28, 1}, layers(kClasses));
  const std::string import = "from tensorflow.keras import Input, Sequential";
  code.replace(code.find(import), import.size(),
               "from tensorflow.keras import Input, Model, Sequential, optimizers");
  code.replace(code.find("model = "), 5, "base");
  const std::string loss =
      ",\n              loss=\"sparse_categorical_crossentropy\",\n              metrics=[\"accuracy\"])\n";
  const std::string base_loss =
      ",\n             loss=\"sparse_categorical_crossentropy\",\n             metrics=[\"accuracy\"])\n";
  code += "\n# The base learns the digits 0 to 4.\nbase.compile(optimizer=" +
          keras_text(base().settings().optimizer) + base_loss +
          "base.fit(x_base, y_base, batch_size=" + std::to_string(kBaseBatch) +
          ", epochs=6)\n\n# Frozen: these weights do not update.\n";
  bool all = true;
  for (int k = 0; k < kKeepable; ++k) all = all && is_frozen(k);
  if (all) {
    code += "base.trainable = False\n";
  } else {
    for (int k = 0; k < setup_.kept; ++k)
      code += "base.layers[" + std::to_string(place_of(k)) +
              "].trainable = " + (is_frozen(k) ? "False" : "True") + "\n";
  }
  // What is kept ends before the next layer with weights.
  const int cut = place_of(setup_.kept) - (setup_.kept == kKeepable ? 1 : 0);
  const std::vector<LayerDescription> stack = layers(classes());
  code += "\n# Without its last " + std::string(setup_.kept == kKeepable ? "layer" : "layers") +
          ", and with a new head.\n";
  code += setup_.kept == kKeepable ? "x = base.layers[-2].output\n"
                                   : "x = base.layers[" + std::to_string(cut - 1) + "].output\n";
  for (int k = setup_.kept == kKeepable ? place_of(kKeepable) : cut; k < static_cast<int>(stack.size()); ++k)
    code += "x = " + keras_of(stack[static_cast<std::size_t>(k)]) + "(x)\n";
  OptimizerSettings optimizer = base().settings().optimizer;
  optimizer.learning_rate = static_cast<float>(setup_.rate);
  code += "model = Model(base.inputs, x)\n\nmodel.compile(optimizer=" + keras_text(optimizer) + loss +
          "model.summary()  # trainable: " + std::to_string(summary(frozen).trainable) +
          ", non-trainable: " + std::to_string(summary(frozen).non_trainable) +
          "\nmodel.fit(x_few, y_few, batch_size=" + std::to_string(kBatch) + ", epochs=30,\n" +
          "          validation_data=(x_val, y_val))\n";
  return code;
}

std::vector<Task> FinetuneLesson::tasks() const {
  bool start = false, level = false;
  if (has_second() && task() == Material::digits) {
    const TrainingRun &alone = second().run(scratch), &helped = second().run(transfer);
    if (measured(alone) && measured(helped)) {
      const double own = alone.validated().accuracy(), better = helped.validated().accuracy();
      start = alone.updates() <= kEarly && better >= own + kAhead;
      level = alone.updates() <= kLate && own >= kGood && own >= better - kLevel;
    }
  }
  return {{"head_start", start},
          {"level", level},
          {"predict", predicted_ && *predicted_ == kAsked},
          {"symbols", symbols_read()}};
}

std::vector<std::string> FinetuneLesson::controls() const {
  return {"view", "training", "task",   "examples", "kept", "freeze",
          "rate", "nets",     "curves", "picture",  "tabs"};
}

}  // namespace kg
