// What can be done to the lesson `backprop`.
#include <cmath>

#include "lesson/backprop.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

Status check_range(double value, double most, const char* what) {
  if (std::abs(value) <= most) return Done{};
  return Error{std::string(what) + " goes from −" + number_text(most) + " to " + number_text(most) + "; " +
               number_text(value) + " is outside."};
}

}  // namespace

Status BackpropLesson::update(int updates) {
  const int left = updates_left();
  if (updates < 1 || updates > left) {
    return Error{left == 0 ? "This run has " + std::to_string(this->updates()) +
                                 " updates: rewind to begin another."
                           : "Updates are 1 to " + std::to_string(left) + " at a time here; " +
                                 std::to_string(updates) + " is outside."};
  }
  if (diverges()) return Error{advice()};
  Setup next = setup_;
  next.predicted.reset();
  if (scene() == Scene::small) {
    next.run.add(updates);
    const Result<Computed> computed = compute(next);
    if (!computed) return computed.error();
    next.run.add(computed->done - next.run.updates());  // those after it diverged are not made
  } else {
    for (int k = 0; k < updates && digits_->update(); ++k) next.digit_run.add(1);
  }
  return keep(std::move(next), false);
}

Status BackpropLesson::rewind() {
  return edit([&](Setup& s) {
    s.predicted.reset();
    Run& run = s.scene == Scene::small ? s.run : s.digit_run;
    if (run.done.empty() && s.scene == Scene::small)
      s.start.parameters = SmallNet::from_seed(s.seed).parameters;
    run.done.clear();
    return Status(Done{});
  });
}

Status BackpropLesson::set_label(double label) {
  const int most = scene() == Scene::small ? SmallNet::kOutputs - 1 : DigitNet::kClasses - 1;
  if (!(label >= 0 && label <= most)) {
    return Error{"The labels are 0 to " + std::to_string(most) + "; " + number_text(label, 0) + " is none."};
  }
  if (scene() == Scene::digits) {
    return edit([&](Setup& s) {
      s.digit_label = static_cast<int>(label);
      s.digit_run.done.clear();
      return Status(Done{});
    });
  }
  return edit_net([&](Setup& s) { return s.example.label = static_cast<int>(label), Status(Done{}); });
}

Status BackpropLesson::set_weight(double layer, double index, double value) {
  if (scene() == Scene::digits) {
    return Error{
        "The digit network has thousands of weights and learns them by itself: go back to the small one to "
        "set one by hand."};
  }
  if (!(layer >= 0 && layer < SmallNet::kLayers)) {
    return Error{"The layers with weights are 0 (hidden) and 1 (outputs); " + number_text(layer, 0) +
                 " is neither."};
  }
  const int at = static_cast<int>(layer);
  if (!(index >= 0 && index < small_grid(at).total())) {
    return Error{"Layer " + std::to_string(at) + " has the weights and biases 0 to " +
                 std::to_string(small_grid(at).total() - 1) + "; " + number_text(index, 0) + " is none."};
  }
  if (Status fine = check_range(value, static_cast<double>(kMaxWeight), "A weight"); !fine) return fine;
  return edit_net([&](Setup& s) {
    s.start.parameters[static_cast<std::size_t>(at)][static_cast<std::size_t>(index)] =
        static_cast<float>(value);
    return Status(Done{});
  });
}

Status BackpropLesson::set_rate(double rate) {
  if (!(rate >= 0 && rate <= static_cast<double>(kMaxRate))) {
    return Error{"A learning rate here is 0 to " + number_text(static_cast<double>(kMaxRate)) + "; " +
                 number_text(rate) + " is outside."};
  }
  return edit([&](Setup& s) {
    (s.scene == Scene::small ? s.run : s.digit_run).rate = static_cast<float>(rate);
    return Status(Done{});
  });
}

Status BackpropLesson::set_activation(int layer, const std::string& name) {
  const std::vector<ActivationKind> choice =
      layer == 0 ? std::vector{ActivationKind::sigmoid, ActivationKind::tanh, ActivationKind::relu}
                 : std::vector{ActivationKind::sigmoid, ActivationKind::linear};
  for (const ActivationKind kind : choice) {
    if (name != name_of(kind)) continue;
    return edit_net([&](Setup& s) {
      s.start.activations[static_cast<std::size_t>(layer)] = kind;
      return Status(Done{});
    });
  }
  return Error{std::string(layer == 0 ? "The hidden units can be sigmoid, tanh or relu; "
                                      : "The outputs can be sigmoid or linear; ") +
               in_quotes(name) + " is none of them."};
}

Status BackpropLesson::select(double layer, double index, bool check) {
  const int layers =
      scene() == Scene::small ? SmallNet::kLayers : static_cast<int>(std::size(DigitNet::kTrained));
  if (!(layer >= 0 && layer < layers)) {
    return Error{"The layers with weights are 0 to " + std::to_string(layers - 1) + "; " +
                 number_text(layer, 0) + " is none."};
  }
  const WeightGrid grid = this->grid(static_cast<int>(layer));
  if (!(index >= 0 && index < grid.total())) {
    return Error{"Layer " + number_text(layer, 0) + " has the weights and biases 0 to " +
                 std::to_string(grid.total() - 1) + "; " + number_text(index, 0) + " is none."};
  }
  return edit([&](Setup& s) {
    s.selected = {static_cast<int>(layer), static_cast<int>(index)};
    s.checked = s.checked || check;
    return Status(Done{});
  });
}

Status BackpropLesson::predict(double value) {
  if (scene() == Scene::digits) {
    return Error{"A prediction is about a product of the small net: go back to it first."};
  }
  const std::optional<Moment> next = coming();
  if (!next || !is_chain_rule(next->step)) {
    return Error{"Predict a number of the way back: go to step 5, 6 or 7, before one of its products."};
  }
  if (Status fine = check_range(value, 1e6, "A prediction"); !fine) return fine;
  return edit([&](Setup& s) { return s.predicted = {*next, value}, Status(Done{}); });
}

void BackpropLesson::add_verbs() {
  using Type = Param::Type;
  add_timeline_verbs(timeline_, verbs_);
  // A digit comes with its label; the network begins anew with each picture.
  const auto edit_picture = [this](const std::function<Status(Picture&)>& change) {
    return edit([&](Setup& s) {
      const std::string before = s.picture.label();
      if (Status changed = change(s.picture); !changed) return changed;
      if (s.picture.label() == before && s.picture.source() != Picture::Source::drawing)
        return Status(Done{});
      const bool written =
          s.picture.source() == Picture::Source::digit || s.picture.source() == Picture::Source::colour_digit;
      if (written) s.digit_label = s.picture.digit();
      if (s.picture.source() == Picture::Source::idx && s.picture.idx_label(s.picture.idx_index()) >= 0) {
        s.digit_label = std::min(s.picture.idx_label(s.picture.idx_index()), DigitNet::kClasses - 1);
      }
      s.digit_run.done.clear();
      if (s.scene == Scene::digits) s.selected.reset(), s.checked = false;
      return Status(Done{});
    });
  };
  add_picture_verbs(edit_picture, verbs_);
  verbs_.push_back({"set_view",
                    {{"view", Type::text, "small or digits"}},
                    "The small net, or the network for digits.",
                    [this](const Args& a) {
                      const std::string view = a.text(0);
                      if (view != "small" && view != "digits") {
                        return Status(
                            Error{"The view is small or digits; " + in_quotes(view) + " is neither."});
                      }
                      return edit([&](Setup& s) {
                        s.scene = view == "digits" ? Scene::digits : Scene::small;
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"update",
                    {{"n", Type::integer, "1 to 400; without it, one", true}},
                    "Update the weights, once or n times.",
                    [this](const Args& a) { return update(a.has(0) ? a.integer(0) : 1); }});
  verbs_.push_back(
      {"rewind", {}, "Back to the weights of the start.", [this](const Args&) { return rewind(); }});
  verbs_.push_back(
      {"set_rate", {{"rate", Type::number, "0 to 100"}}, "The learning rate.", [this](const Args& a) {
         return set_rate(a.number(0));
       }});
  verbs_.push_back({"set_label",
                    {{"label", Type::integer, "0 or 1; for digits 0 to 9"}},
                    "The right answer.",
                    [this](const Args& a) { return set_label(a.number(0)); }});
  verbs_.push_back({"select",
                    {{"layer", Type::integer, "of those with weights, from 0 on"},
                     {"index", Type::integer, "of its weights and then its biases"}},
                    "Look at one weight or bias.",
                    [this](const Args& a) { return select(a.number(0), a.number(1), false); }});
  verbs_.push_back({"clear_selection", {}, "Look at none.", [this](const Args&) {
                      return edit([](Setup& s) {
                        s.selected.reset(), s.checked = false;
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"gradient_check",
                    {{"layer", Type::integer, "without it, of the weight that is selected", true},
                     {"index", Type::integer, "of its weights and then its biases", true}},
                    "Compare a gradient with a finite difference.",
                    [this](const Args& a) {
                      if (a.has(1)) return select(a.number(0), a.number(1), true);
                      if (a.has(0))
                        return Status(Error{"gradient_check needs a layer and an index, or neither."});
                      if (!selected())
                        return Status(Error{"Select a weight first: its gradient is what is checked."});
                      return edit([](Setup& s) { return s.checked = true, Status(Done{}); });
                    }});
  add_net_verbs();
}

void BackpropLesson::add_net_verbs() {
  using Type = Param::Type;
  verbs_.push_back(
      {"set_inputs",
       {{"values", Type::numbers, "2 numbers"}},
       "What comes into the small net.",
       [this](const Args& a) {
         const std::vector<float> values = a.numbers(0);
         if (values.size() != SmallNet::kInputs) {
           return Status(Error{"The small net has 2 inputs; " + std::to_string(values.size()) + " came."});
         }
         for (const float value : values) {
           if (Status fine =
                   check_range(static_cast<double>(value), static_cast<double>(kMaxInput), "An input");
               !fine)
             return fine;
         }
         return edit_net([&](Setup& s) { return s.example.inputs = values, Status(Done{}); });
       }});
  verbs_.push_back({"set_weight",
                    {{"layer", Type::integer, "0 hidden, 1 outputs"},
                     {"index", Type::integer, "of its weights and then its biases"},
                     {"value", Type::number, "−100 to 100"}},
                    "Set a weight or bias of the small net.",
                    [this](const Args& a) { return set_weight(a.number(0), a.number(1), a.number(2)); }});
  verbs_.push_back({"new_weights",
                    {{"seed", Type::seed, "without it, the next one", true}},
                    "Start both networks from other random weights.",
                    [this](const Args& a) {
                      const std::uint64_t seed = a.has(0) ? a.seed(0) : (setup_.seed + 1) % (1ull << 53);
                      return edit_net([&](Setup& s) {
                        s.seed = seed;
                        s.start.parameters = SmallNet::from_seed(seed).parameters;
                        s.digit_run.done.clear();
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_activation",
                    {{"name", Type::text, "sigmoid, tanh or relu"}},
                    "The activation of the hidden units.",
                    [this](const Args& a) { return set_activation(0, a.text(0)); }});
  verbs_.push_back({"set_output",
                    {{"name", Type::text, "sigmoid or linear"}},
                    "The activation of the outputs.",
                    [this](const Args& a) { return set_activation(1, a.text(0)); }});
  verbs_.push_back({"predict",
                    {{"value", Type::number, "of the next product"}},
                    "Say the next product of the chain rule before it is worked out.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

}  // namespace kg
