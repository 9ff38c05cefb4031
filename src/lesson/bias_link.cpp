// The bias lesson's part of the address: its whole state as text, and back.
#include "lesson/bias.h"
#include "lesson/link.h"
#include "lesson/number_text.h"

namespace kg {

LinkParams BiasLesson::save() const {
  const Neuron fresh;
  LinkParams params;
  if (setup_.neuron.inputs != fresh.inputs) params.emplace_back("inputs", exact_list(setup_.neuron.inputs));
  if (setup_.neuron.weights != fresh.weights)
    params.emplace_back("weights", exact_list(setup_.neuron.weights));
  if (setup_.neuron.bias != fresh.bias) params.emplace_back("bias", exact_text(setup_.neuron.bias));
  if (predicted()) params.emplace_back("predicted", exact_text(*predicted()));
  if (scene() == Scene::map) params.emplace_back("view", "map");
  picture().save(params);
  const std::string filter = bank().save(picture().pixels().shape().c);
  if (filter != FilterBank().save(1)) params.emplace_back("filter", filter);
  if (setup_.map_bias != 0) params.emplace_back("map_bias", exact_text(setup_.map_bias));
  save_timeline(timeline_, params);
  return params;
}

// The inputs before the weights, which are as many; the picture before the filter, which needs its channels;
// the scene before the position in it.
std::vector<std::string> BiasLesson::load(const LinkParams& params) {
  LinkReader link(params);
  const auto numbers = [&](const char* key, const char* verb) {
    link.take(key, [&](const std::string& text) {
      const std::optional<std::vector<float>> values = parse_list(text);
      return values ? perform(verb, args(*values)) : Status(Error{"it is numbers with commas between them"});
    });
  };
  const auto number = [&](const char* key, const std::function<Status(float)>& use) {
    link.take(key, [&](const std::string& text) {
      const std::optional<std::vector<float>> values = parse_list(text);
      return values && values->size() == 1 ? use(values->front()) : Status(Error{"it is a number"});
    });
  };
  const auto bias = [&](float value) { return perform("set_bias", args(value)); };
  numbers("inputs", "set_inputs");
  numbers("weights", "set_weights");
  number("bias", bias);
  // Before the output is on the stage, as it was for the learner.
  timeline_.set_position(0);
  number("predicted", [&](float value) { return predict(value); });
  timeline_.finish();
  load_picture(link, [&](const std::function<Status(Picture&)>& change) {
    return edit([&](Setup& s) { return change(s.picture); });
  });
  link.take("filter", [&](const std::string& text) {
    Result<FilterBank> bank = FilterBank::load(text, picture().pixels().shape().c);
    if (!bank) return Status(bank.error());
    if (bank->count() != 1) return Status(Error{"this lesson has one filter"});
    return edit([&](Setup& s) { return s.bank = *bank, Status(Done{}); });
  });
  const auto show = [&](const std::string& view) { return perform("set_view", args(view)); };
  (void)show("map");
  number("map_bias", bias);
  (void)show("neuron");
  link.take("view", show);
  load_timeline(timeline_, link);
  return link.notices();
}

}  // namespace kg
