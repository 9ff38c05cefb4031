// What can be done to the lesson `init`.
#include <algorithm>
#include <cmath>

#include "lesson/init.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

using Type = Param::Type;

std::string rule_names() {
  std::string all;
  for (const WeightRuleWords& words : weight_rules())
    all += (all.empty() ? "" : ", ") + std::string(words.name);
  return all;
}

Result<WeightRule> read_rule(const std::string& name) {
  if (const std::optional<WeightRule> rule = find_weight_rule(name)) return *rule;
  return Error{"Weights are drawn by one of " + rule_names() + "; " + in_quotes(name) + " is none of them."};
}

// A whole number of a range, as the verbs name it.
Status check_range(int value, int least, int most, const char* what) {
  if (value >= least && value <= most) return Done{};
  return Error{std::string(what) + " " + std::to_string(least) + " to " + std::to_string(most) + "; " +
               number_text(value, 0) + " is outside."};
}

}  // namespace

Status InitLesson::predict(double deviation) {
  if (scene() != Scene::neuron) return Error{"A prediction is about the one neuron: go back to it first."};
  if (inputs_in() * 2 > setup_.inputs) {
    return Error{
        "The spread can nearly be seen already: go back to the first inputs, then predict the last."};
  }
  if (!(deviation >= 0 && deviation <= 1e6)) {
    return Error{"A standard deviation is 0 to 1000000; " + number_text(deviation) + " is outside."};
  }
  return edit([&](Setup& s) { return s.predicted = deviation, Status(Done{}); });
}

void InitLesson::add_verbs() {
  add_timeline_verbs(timeline_, verbs_);
  add_training_verbs();
  guard_training_verbs();
  const auto choice = [this](const char* name, Param param, const char* about, auto change) {
    verbs_.push_back({name, {std::move(param)}, about, [this, change](const Args& a) {
                        return edit([&](Setup& s) { return change(s, a); });
                      }});
  };
  choice("set_view", {"view", Type::text, "neuron, net or train"}, "One neuron, a deep net, or learning.",
         [](Setup& s, const Args& a) {
           for (const Scene scene : {Scene::neuron, Scene::net, Scene::train}) {
             if (a.text(0) == name_of(scene)) return s.scene = scene, Status(Done{});
           }
           return Status(
               Error{"The view is neuron, net or train; " + in_quotes(a.text(0)) + " is none of them."});
         });
  choice("set_inputs", {"n", Type::integer, "1 to 1000"}, "How many inputs the neuron has.",
         [](Setup& s, const Args& a) {
           Status fine = check_range(a.integer(0), 1, kMostInputs, "The neuron has");
           if (fine) s.inputs = a.integer(0);
           return fine;
         });
  choice("set_units", {"n", Type::integer, "1 to 1000"}, "How many neurons its layer has: n_out.",
         [](Setup& s, const Args& a) {
           Status fine = check_range(a.integer(0), 1, kMostInputs, "A layer has");
           if (fine) s.units = a.integer(0);
           return fine;
         });
  choice("set_input", {"kind", Type::text, "ones, random or digit"}, "What comes into the neuron.",
         [](Setup& s, const Args& a) {
           for (const Input input : {Input::ones, Input::random, Input::digit}) {
             if (a.text(0) == name_of(input)) return s.input = input, Status(Done{});
           }
           return Status(
               Error{"The inputs are ones, random or digit; " + in_quotes(a.text(0)) + " is none of them."});
         });
  choice("set_digit", {"digit", Type::integer, "0 to 9"}, "The pixels of this digit are the inputs.",
         [](Setup& s, const Args& a) {
           Status fine = check_range(a.integer(0), 0, 9, "A digit is");
           if (fine) s.digit = a.integer(0), s.input = Input::digit;
           return fine;
         });
  choice("set_weights", {"rule", Type::text, rule_names()}, "How the neuron’s weights are drawn.",
         [](Setup& s, const Args& a) {
           const Result<WeightRule> rule = read_rule(a.text(0));
           if (!rule) return Status(rule.error());
           return s.rule = *rule, Status(Done{});
         });
  choice("set_spread", {"s", Type::number, "0.001 to 10"}, "The standard deviation of the weights N(0, s²).",
         [](Setup& s, const Args& a) {
           const double value = a.number(0);
           if (!(value >= kLeastSpread && value <= kMostSpread)) {
             return Status(
                 Error{"The standard deviation is 0.001 to 10; " + number_text(value, 4) + " is outside."});
           }
           return s.spread = value, Status(Done{});
         });
  choice("set_activation", {"name", Type::text, "sigmoid, tanh or relu"},
         "What the neuron, or every hidden layer, makes of its weighted sum.", [](Setup& s, const Args& a) {
           for (const ActivationKind kind :
                {ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu}) {
             if (a.text(0) != kg::name_of(kind)) continue;
             (s.scene == Scene::neuron ? s.neuron_activation : s.net_activation) = kind;
             return Status(Done{});
           }
           return Status(Error{"The activation is sigmoid, tanh or relu; " + in_quotes(a.text(0)) +
                               " is none of them."});
         });
  choice("set_depth", {"layers", Type::integer, "2 to 30"}, "How many hidden layers the net has.",
         [](Setup& s, const Args& a) {
           Status fine = check_range(a.integer(0), kLeastDepth, kMostDepth, "The net has hidden layers from");
           if (fine) s.depth = a.integer(0);
           return fine;
         });
  choice("set_noise", {"on", Type::boolean, "true: random numbers instead of digits"},
         "What goes through the net in its scene.",
         [](Setup& s, const Args& a) { return s.noise = a.boolean(0), Status(Done{}); });
  choice("compare", {"rules", Type::text, "1 to 4 of them, with commas between: " + rule_names()},
         "Which initialisers stand side by side.", [](Setup& s, const Args& a) {
           std::vector<WeightRule> list;
           std::string rest = a.text(0);
           for (;;) {
             const std::size_t comma = rest.find(',');
             const Result<WeightRule> rule = read_rule(rest.substr(0, comma));
             if (!rule) return Status(rule.error());
             if (std::find(list.begin(), list.end(), *rule) != list.end()) {
               return Status(Error{"Each initialiser is compared once; " + std::string(words_of(*rule).name) +
                                   " is named twice."});
             }
             list.push_back(*rule);
             if (comma == std::string::npos) break;
             rest = rest.substr(comma + 1);
           }
           if (list.size() > static_cast<std::size_t>(kMostCompared)) {
             return Status(
                 Error{"Up to 4 initialisers stand side by side; " + std::to_string(list.size()) + " came."});
           }
           return s.compared = std::move(list), Status(Done{});
         });
  verbs_.push_back({"predict",
                    {{"deviation", Type::number, "0 or more"}},
                    "Say the standard deviation of z before all inputs are in.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

// Two things can be played here: the inputs that come in, and the training. The scene decides which; and
// training has to be in sight.
void InitLesson::guard_training_verbs() {
  const auto is_in_sight = [this](const std::function<Status(const Args&)>& run, const char* about) {
    return [this, run, about](const Args& a) {
      if (scene() == Scene::train) return run(a);
      return Status(Error{std::string(about) + " belongs to the third scene: set_view train comes first."});
    };
  };
  for (const char* const name : {"train", "train_epoch", "step_image", "rewind"}) {
    const auto verb =
        std::find_if(verbs_.begin(), verbs_.end(), [&](const Verb& v) { return v.name == name; });
    verb->run = is_in_sight(verb->run, "Training");
  }
  for (const char* const name : {"play", "pause"}) {
    const auto same = [&](const Verb& v) { return v.name == name; };
    const auto timed = std::find_if(verbs_.begin(), verbs_.end(), same);
    const auto trained = std::find_if(timed + 1, verbs_.end(), same);
    timed->run = [this, time = timed->run, train = trained->run](const Args& a) {
      if (scene() == Scene::net) return Status(Error{"In this scene nothing moves by itself."});
      return scene() == Scene::train ? train(a) : time(a);
    };
    verbs_.erase(trained);
  }
}

}  // namespace kg
