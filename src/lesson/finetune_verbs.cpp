// What can be done to the lesson `finetune`.
#include <algorithm>

#include "lesson/finetune.h"
#include "lesson/number_text.h"

namespace kg {

Status FinetuneLesson::predict(double parameters) {
  if (!(parameters >= 0 && parameters <= 1e6)) {
    return Error{"A number of parameters is 0 to a million; " + number_text(parameters) + " is outside."};
  }
  predicted_ = parameters;
  return Done{};
}

void FinetuneLesson::add_verbs() {
  using Type = Param::Type;
  verbs_.push_back({"train_base",
                    {{"updates", Type::integer, "1 to 3000; without it, 120", true}},
                    "Train the base, in its scene, until it has had so many updates in all.",
                    [this](const Args& a) {
                      return train_base(a.has(0) ? std::optional<double>(a.number(0)) : std::nullopt);
                    }});
  verbs_.push_back({"set_view",
                    {{"view", Type::text, "base or second"}},
                    "The base, or the second task; without a base that one is trained first.",
                    [this](const Args& a) { return set_view(a.text(0)); }});
  verbs_.push_back({"set_task",
                    {{"task", Type::text, "digits or symbols"}},
                    "The digits 5 to 9, or symbols of one’s own; the second runs begin anew.",
                    [this](const Args& a) { return set_task(a.text(0)); }});
  verbs_.push_back(
      {"set_examples",
       {{"n", Type::integer, "5 to 100"}},
       "So many examples of the digits 5 to 9, all classes together; the second runs begin anew.",
       [this](const Args& a) { return set_examples(a.number(0)); }});
  verbs_.push_back({"set_kept",
                    {{"layers", Type::integer, "1 to 3"}},
                    "So many layers of the base are kept, the others are new; the second runs begin anew.",
                    [this](const Args& a) { return set_kept(a.number(0)); }});
  verbs_.push_back({"set_frozen",
                    {{"layer", Type::integer, "0 to 2"}, {"on", Type::boolean, "true: it is not trained"}},
                    "Freeze a kept layer of the third run, or let it learn, at any time.",
                    [this](const Args& a) { return set_frozen(a.number(0), a.boolean(1)); }});
  verbs_.push_back({"set_learning_rate",
                    {{"rate", Type::number, "0.0001 to 1"}},
                    "Of the three runs of the second task, at any time.",
                    [this](const Args& a) { return set_rate(a.number(0)); }});
  verbs_.push_back({"add_example",
                    {{"label", Type::integer, "0 to 4: A to E"},
                     {"pixels", Type::numbers, "784 values, 0 to 1; without them, the drawing", true}},
                    "Add the drawing to the symbols, under this label; their runs begin anew.",
                    [this](const Args& a) {
                      if (a.has(1)) {
                        const std::vector<float> pixels = a.numbers(1);
                        return add_example([&](SymbolSet& set) { return set.add(pixels, a.number(0)); });
                      }
                      const Drawing none;
                      const bool drawn = picture_.source() == Picture::Source::drawing;
                      Status added = add_example([&](SymbolSet& set) {
                        return set.add(drawn ? picture_.drawing() : none, a.number(0));
                      });
                      if (added) picture_.clear_drawing();  // the sheet is free for the next
                      return added;
                    }});
  verbs_.push_back({"undo_example", {}, "Take the last symbol back.", [this](const Args&) {
                      if (symbols_.count() == 0) return Status(Error{"There is no example to take back."});
                      return add_example([](SymbolSet& set) { return set.undo(), Status(Done{}); });
                    }});
  verbs_.push_back({"clear_examples", {}, "Take all symbols away.", [this](const Args&) {
                      return add_example([](SymbolSet& set) { return set.clear(), Status(Done{}); });
                    }});
  verbs_.push_back({"use_our_symbols",
                    {},
                    "Twenty symbols of ours: triangles, crosses, zigzags and squares.",
                    [this](const Args&) {
                      if (symbols_.count() > 0 && !ours_) {
                        return Status(Error{"There are " + std::to_string(symbols_.count()) +
                                            (symbols_.count() == 1 ? " example" : " examples") +
                                            " of yours: clear them first."});
                      }
                      return load_symbols("ours");
                    }});
  verbs_.push_back({"predict",
                    {{"parameters", Type::integer, "0 or more"}},
                    "Say how many parameters are trained if only the first two layers are frozen.",
                    [this](const Args& a) { return predict(a.number(0)); }});
  add_picture_verbs([this](const std::function<Status(Picture&)>& change) { return edit_picture(change); },
                    verbs_);
}

// Where there is nothing to learn from, nothing can be set going.
void FinetuneLesson::guard_training_verbs() {
  for (Verb& verb : verbs_) {
    if (verb.name != "train" && verb.name != "train_epoch" && verb.name != "play") continue;
    verb.run = [this, run = verb.run](const Args& a) {
      if (scene_ == Scene::second && !missing().empty()) return Status(Error{missing()});
      return run(a);
    };
  }
}

}  // namespace kg
