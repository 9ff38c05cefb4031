// The verbs of the lesson `parameters`.
#include "lesson/parameters.h"

namespace kg {

void ParametersLesson::add_verbs() {
  using Type = Param::Type;
  add_timeline_verbs(timeline_, verbs_);
  const Param layer{"layer", Type::integer, "of those with parameters; the first is 0"};
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "dense_2_3_2 or cnn_2515"}},
                    "Put one of the two networks on the stage.",
                    [this](const Args& a) { return load_preset(a.text(0)); }});
  verbs_.push_back({"load_stack",
                    {{"layers", Type::text, "as in the link of the lesson shapes: dense.16.relu~flatten~…"},
                     {"input", Type::text, "rows x columns x channels, as in 20x20x3"}},
                    "Put a network that was built in the lesson shapes on the stage.",
                    [this](const Args& a) { return load_stack(a.text(0), a.text(1)); }});
  const auto of_input = [&](const char* verb, const char* legal, const char* about) {
    verbs_.push_back({verb, {{"n", Type::integer, legal}}, about, [=, this](const Args& a) {
                        return set_size(verb, -1, a.number(0));
                      }});
  };
  const auto of_layer = [&](const char* verb, const char* legal, const char* about) {
    verbs_.push_back({verb, {layer, {"n", Type::integer, legal}}, about, [=, this](const Args& a) {
                        return set_size(verb, a.number(0), a.number(1));
                      }});
  };
  of_input("set_inputs", "1 to 8 numbers, or 1 to 4 channels of an image",
           "How many numbers, or channels of an image, come in.");
  of_input("set_image", "1 to 32", "How high and wide the image is.");
  of_layer("set_units", "1 to 8; 1 to 10 behind the image", "How many units a Dense layer has.");
  of_layer("set_filters", "1 to 6", "How many filters a Conv2D layer has.");
  of_layer("set_kernel", "1 to 7", "How high and wide the filters of a Conv2D layer are.");
  verbs_.push_back({"set_use_bias",
                    {{"on", Type::boolean, "whether every unit and filter has a bias"}},
                    "With or without biases.",
                    [this](const Args& a) {
                      if (stack()) {
                        return Status(
                            Error{"The layers of a network from “Shapes and summaries” all have "
                                  "their biases."});
                      }
                      Setup next = setup_;
                      next.biases = a.boolean(0);
                      return keep(next);
                    }});
  verbs_.push_back({"select_weight",
                    {layer, {"index", Type::integer, "in Keras’ order; the biases come last"}},
                    "Point at one weight or bias.",
                    [this](const Args& a) { return select(a.number(0), a.number(1)); }});
  verbs_.push_back({"clear_selection", {}, "Point at none.", [this](const Args&) {
                      selected_.reset();
                      return Status(Done{});
                    }});
  verbs_.push_back({"predict",
                    {{"value", Type::number, "how many parameters the next layer has"}},
                    "Say a layer’s total before it is shown.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

}  // namespace kg
