// The init lesson's part of the address: its whole state as text, and back. What was learned is not in it:
// the seed brings it again.
#include "lesson/init.h"
#include "lesson/link_verbs.h"
#include "lesson/number_text.h"

namespace kg {

LinkParams InitLesson::save() const {
  const Setup fresh;
  LinkParams params{{"seed", std::to_string(seed_)}};
  const auto whole = [&](const char* key, int value, int usual) {
    if (value != usual) params.emplace_back(key, std::to_string(value));
  };
  whole("n", setup_.inputs, fresh.inputs);
  whole("units", setup_.units, fresh.units);
  whole("digit", setup_.digit, fresh.digit);
  if (setup_.input != fresh.input) params.emplace_back("input", name_of(setup_.input));
  if (setup_.rule != fresh.rule) params.emplace_back("weights", words_of(setup_.rule).name);
  if (setup_.spread != fresh.spread) params.emplace_back("spread", exact_text(setup_.spread));
  if (setup_.neuron_activation != fresh.neuron_activation)
    params.emplace_back("activation", kg::name_of(setup_.neuron_activation));
  if (setup_.net_activation != fresh.net_activation)
    params.emplace_back("hidden", kg::name_of(setup_.net_activation));
  whole("depth", setup_.depth, fresh.depth);
  if (setup_.noise) params.emplace_back("noise", "1");
  if (setup_.compared != fresh.compared) {
    std::string list;
    for (const WeightRule rule : setup_.compared)
      list += (list.empty() ? "" : ",") + std::string(words_of(rule).name);
    params.emplace_back("compare", list);
  }
  if (setup_.predicted) params.emplace_back("predicted", exact_text(*setup_.predicted));
  if (setup_.scene != fresh.scene) params.emplace_back("view", name_of(setup_.scene));
  save_timeline(timeline_, params, kUsualSpeed);
  return params;
}

// The number of inputs before the position among them; the digit before the kind of input, which it chooses;
// the scene last, since it decides whose activation a verb sets.
std::vector<std::string> InitLesson::load(const LinkParams& params) {
  LinkReader link(params);
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    return renew(*seed);
  });
  LinkVerbs by_verb(link, *this);
  by_verb.whole("n", "set_inputs");
  by_verb.whole("units", "set_units");
  const bool usual_input = !link.has("input");
  by_verb.whole("digit", "set_digit");
  if (usual_input) (void)perform("set_input", args("ones"));
  by_verb.word("input", "set_input");
  by_verb.word("weights", "set_weights");
  by_verb.number("spread", "set_spread");
  by_verb.word("activation", "set_activation");
  by_verb.whole("depth", "set_depth");
  link.take("noise", [&](const std::string& text) {
    const std::optional<bool> on = parse_switch(text);
    return on ? perform("set_noise", args(*on)) : Status(Error{"it is 1 or 0"});
  });
  by_verb.word("compare", "compare");
  // Before the spread is on the stage, as it was for the learner.
  timeline_.set_position(0);
  link.take("predicted", [&](const std::string& text) {
    const std::optional<double> value = parse_number(text);
    return value ? predict(*value) : Status(Error{"it is a number"});
  });
  timeline_.finish();
  (void)perform("set_view", args("net"));
  by_verb.word("hidden", "set_activation");
  (void)perform("set_view", args("neuron"));
  by_verb.word("view", "set_view");
  load_timeline(timeline_, link);
  return link.notices();
}

}  // namespace kg
