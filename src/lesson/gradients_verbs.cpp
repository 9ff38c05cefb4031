// What can be done in the lesson `gradients`.
#include "lesson/gradients.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kMostAtOnce = 200;  // updates of one call

std::string from_to(double least, double most) {
  return number_text(least, 4) + " to " + number_text(most, 4);
}

// "The depth is 2 to 30; 31 is outside."
Status within(const char* what, double value, double least, double most) {
  if (value >= least && value <= most) return Done{};
  return Error{std::string(what) + " is " + from_to(least, most) + "; " + number_text(value, 5) +
               " is outside."};
}

}  // namespace

void GradientsLesson::add_setting_verbs() {
  using Type = Param::Type;
  using S = DeepNetSettings;
  const auto change = [this](auto&& edit) {
    S next = settings();
    edit(next);
    return set(next);
  };
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "start, vanishing, exploding, relu_he, tanh_glorot or batch_norm"}},
                    "Set up a net that fails, or one that is cured.",
                    [this](const Args& a) { return load_preset(a.text(0)); }});
  verbs_.push_back({"set_depth",
                    {{"n", Type::integer, "2 to 30"}},
                    "How many layers with weights there are.",
                    [=](const Args& a) {
                      if (Status legal = within("The depth", a.number(0), S::kLeastDepth, S::kMostDepth);
                          !legal)
                        return legal;
                      return change([&](S& s) { s.depth = a.integer(0); });
                    }});
  verbs_.push_back({"set_activation",
                    {{"name", Type::text, kDeepActivations}},
                    "What every neuron makes of its weighted sum; the last layer has softmax.",
                    [=](const Args& a) {
                      const std::string name = a.text(0);
                      const std::optional<ActivationKind> kind = deep_activation_named(name);
                      if (!kind) {
                        return Status(Error{"The activation is " + std::string(kDeepActivations) + "; " +
                                            in_quotes(name) + " is none of them."});
                      }
                      return change([&](S& s) { s.activation = *kind; });
                    }});
  verbs_.push_back({"set_initializer",
                    {{"name", Type::text, kDeepInitializers}},
                    "How the weights are drawn; random_normal has a standard deviation of 0.05.",
                    [=](const Args& a) {
                      const std::string name = a.text(0);
                      const std::optional<Initializer::Kind> kind = deep_initializer_named(name);
                      if (!kind) {
                        return Status(Error{"The initializer is " + std::string(kDeepInitializers) + "; " +
                                            in_quotes(name) + " is none of them."});
                      }
                      return change([&](S& s) { s.initializer = *kind; });
                    }});
  verbs_.push_back({"set_scale",
                    {{"x", Type::number, from_to(S::kLeastScale, S::kMostScale)}},
                    "By what the weights are multiplied after they were drawn.",
                    [=](const Args& a) {
                      if (Status legal = within("The scale", a.number(0), S::kLeastScale, S::kMostScale);
                          !legal)
                        return legal;
                      return change([&](S& s) { s.scale = a.number(0); });
                    }});
  verbs_.push_back(
      {"set_batch_norm",
       {{"on", Type::boolean, ""}},
       "Batch normalisation between the weighted sums and the activation of every layer but the last.",
       [=](const Args& a) { return change([&](S& s) { s.batch_norm = a.boolean(0); }); }});
  verbs_.push_back(
      {"set_rate",
       {{"x", Type::number, from_to(S::kLeastRate, S::kMostRate)}},
       "The learning rate of SGD. The run begins again from the same weights.",
       [=](const Args& a) {
         if (Status legal = within("The learning rate", a.number(0), S::kLeastRate, S::kMostRate); !legal)
           return legal;
         return change([&](S& s) { s.rate = a.number(0); });
       }});
}

void GradientsLesson::add_verbs() {
  using Type = Param::Type;
  add_timeline_verbs(timeline_, verbs_);
  add_setting_verbs();
  verbs_.push_back(
      {"update",
       {{"n", Type::integer, "1 to 200"}},
       "So many updates of the net on the stage, and of A until it has made as many. Done when all "
       "of them are made.",
       [this](const Args& a) {
         if (Status legal = within("The number of updates", a.number(0), 1, kMostAtOnce); !legal)
           return legal;
         if (net_->diverged()) {
           return Status(Error{"This run has diverged after update " + std::to_string(net_->updates()) +
                               ": its numbers have become too large. Rewind it, or choose smaller "
                               "weights or a smaller learning rate."});
         }
         if (net_->finished()) {
           return Status(Error{"This run has made all of its " + std::to_string(DeepNet::kMostUpdates) +
                               " updates. Rewind it to see "
                               "it again."});
         }
         // What waits already is gone on with first.
         wanted_ = std::min(std::max(wanted_, net_->updates()) + a.integer(0), DeepNet::kMostUpdates);
         train_until(wanted_, wanted_);
         return Status(Done{});
       }});
  verbs_.push_back({"stop", {}, "Make no more of the updates that were asked for.", [this](const Args&) {
                      stop();
                      return Status(Done{});
                    }});
  verbs_.push_back({"rewind", {}, "Back to the weights before the first update.", [this](const Args&) {
                      rewind();
                      return Status(Done{});
                    }});
  verbs_.push_back({"keep_a", {}, "Keep this net as A, to compare the next one with.", [this](const Args&) {
                      kept_ = net_;
                      return Status(Done{});
                    }});
  verbs_.push_back({"forget_a", {}, "Compare with A no more.", [this](const Args&) {
                      if (!kept_) return Status(Error{"No net is kept as A."});
                      kept_.reset();
                      return Status(Done{});
                    }});
  verbs_.push_back({"predict",
                    {{"product", Type::number, "above 0"}},
                    "Say the product of the factors so far, before it is shown.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

}  // namespace kg
