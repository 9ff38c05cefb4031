// What can be done in the lesson `network`, its digits and its training apart.
#include "engine/weights_io.h"
#include "lesson/network.h"
#include "lesson/number_text.h"

namespace kg {

void NetworkLesson::add_verbs() {
  using Type = Param::Type;
  add_picture_verbs([this](const std::function<Status(Picture&)>& change) { return edit_picture(change); },
                    verbs_);
  // Files of digits are for training here, not for leafing through; nor does this network see colours.
  std::erase_if(verbs_, [](const Verb& verb) {
    return verb.name == "load_idx" || verb.name == "select_image" || verb.name == "set_colour_digit" ||
           verb.name == "set_photo_colour";
  });
  verbs_.push_back({"draw",
                    {{"values", Type::numbers, "784 of 0 to 1, row by row"}},
                    "Take these numbers as the picture.",
                    [this](const Args& a) {
                      const std::vector<float> values = a.numbers(0);
                      if (values.size() != 784) {
                        return Status(Error{"A picture has 28·28 = 784 values; " +
                                            std::to_string(values.size()) + " came."});
                      }
                      return edit_picture([&](Picture& p) { return p.set_pixels(values, 28, 28, 1); });
                    }});
  verbs_.push_back(
      {"select",
       {{"layer", Type::integer, "from 0 on"},
        {"row", Type::integer, "from 0 on"},
        {"column", Type::integer, "from 0 on"},
        {"channel", Type::integer, "from 0 on"}},
       "Take one value of the network apart.",
       [this](const Args& a) {
         const Spot spot{a.integer(0), a.integer(1), a.integer(2), a.integer(3)};
         if (!probe().has(spot)) {
           return Status(Error{"The network has no value at layer " + number_text(a.number(0), 0) + ", row " +
                               number_text(a.number(1), 0) + ", column " + number_text(a.number(2), 0) +
                               ", channel " + number_text(a.number(3), 0) + "."});
         }
         selected_ = spot;
         return Status(Done{});
       }});
  verbs_.push_back({"select_strongest",
                    {{"layer", Type::integer, "from 0 on"}},
                    "Take the largest value of a layer apart.",
                    [this](const Args& a) {
                      if (!probe().has({a.integer(0), 0, 0, 0})) {
                        return Status(Error{"The network has the layers 0 to " +
                                            std::to_string(probe().places() - 2) + "."});
                      }
                      selected_ = probe().strongest(a.integer(0));
                      return Status(Done{});
                    }});
  verbs_.push_back({"deselect", {}, "Take no value apart.", [this](const Args&) {
                      selected_.reset();
                      return Status(Done{});
                    }});
  verbs_.push_back(
      {"set_learning_rate",
       {{"rate", Type::number, "0 to 10"}},
       "How far an update goes.",
       [this](const Args& a) {
         const double rate = a.number(0);
         if (!(rate >= 0 && rate <= 10)) {
           return Status(Error{"The learning rate is 0 to 10; " + number_text(rate) + " is outside."});
         }
         return set_optimizer([&](OptimizerSettings& s) { s.learning_rate = static_cast<float>(rate); });
       }});
  verbs_.push_back(
      {"set_momentum",
       {{"momentum", Type::number, "0 to 0.99"}},
       "How much of the last update is kept.",
       [this](const Args& a) {
         const double momentum = a.number(0);
         if (!(momentum >= 0 && momentum <= 0.99)) {
           return Status(Error{"The momentum is 0 to 0.99; " + number_text(momentum) + " is outside."});
         }
         return set_optimizer([&](OptimizerSettings& s) { s.momentum = static_cast<float>(momentum); });
       }});
  verbs_.push_back({"set_l2",
                    {{"factor", Type::number, "0 to 1"}},
                    "How strongly large weights are penalised.",
                    [this](const Args& a) { return set_l2(a.number(0)); }});
  verbs_.push_back({"set_batch_size",
                    {{"images", Type::integer, "1 to 256"}},
                    "How many images make an update.",
                    [this](const Args& a) { return set_batch_size(a.number(0)); }});
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "noise or trained"}},
                    "The weights to start from.",
                    [this](const Args& a) { return load_preset(a.text(0)); }});
  verbs_.push_back(
      {"evaluate",
       {},
       "Let it answer the test set, or the validation digits: count, correct, accuracy, confusion.",
       [this](const Args&) { return evaluate(), Status(Done{}); }});
  verbs_.push_back({"load_weights",
                    {{"file", Type::bytes, "safetensors"}},
                    "Start from the weights of a file.",
                    [this](const Args& a) { return take_weights(a.bytes(0), Start::loaded); }});
  verbs_.push_back({"save_weights", {}, "The weights as a safetensors file.", [this](const Args&) {
                      answer(Json::binary(save_weights(run().network())));
                      return Status(Done{});
                    }});
  verbs_.push_back(
      {"check_gradient",
       {{"layer", Type::integer, "0, 2 or 5"},
        {"parameter", Type::integer, "0 the kernel, 1 the biases"},
        {"index", Type::integer, "of the weight, as they lie"}},
       "Compare a gradient with what a small change of the weight does to the loss.",
       [this](const Args& a) {
         if (a.number(2) < 0) return Status(Error{"Weights are counted from 0."});
         return check_gradient({a.integer(0), a.integer(1), static_cast<std::size_t>(a.number(2))});
       }});
}

}  // namespace kg
