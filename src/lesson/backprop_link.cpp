// The backprop lesson's part of the address: its whole state as text, and back.
#include <algorithm>

#include "lesson/backprop.h"
#include "lesson/link.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr const char* kWeights[] = {"w0", "w1"};

}  // namespace

// "1x5,0.5x2": five updates at a rate of 1, then two at 0.5.
std::string BackpropLesson::run_text(const Run& run) const {
  std::string text;
  for (const Stretch& stretch : run.done) {
    text += (text.empty() ? "" : ",") + exact_text(stretch.rate) + "x" + std::to_string(stretch.updates);
  }
  return text;
}

Result<BackpropLesson::Run> BackpropLesson::parse_run(const std::string& text, float rate, int most) {
  Run run{rate};
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    const std::string part = text.substr(from, comma - from);
    const std::size_t cross = part.find('x');
    const auto speed = parse_list(part.substr(0, cross));
    const int count = cross == std::string::npos ? 0 : parse_int(part.substr(cross + 1)).value_or(0);
    if (!speed || speed->size() != 1 || count < 1 || count > most || speed->front() < 0 ||
        speed->front() > kMaxRate) {
      return Error{"it is rates and numbers of updates, as in 0.5x10,0.1x3"};
    }
    run.done.push_back({speed->front(), count});
    if (run.updates() > most) return Error{"a run has at most " + std::to_string(most) + " updates"};
    from = comma + 1;
  }
  return run;
}

LinkParams BackpropLesson::save() const {
  const Setup fresh(seed());
  LinkParams params{{"seed", std::to_string(seed())}};
  const auto add = [&](const char* key, bool differs, const std::string& text) {
    if (differs) params.emplace_back(key, text);
  };
  add("inputs", example().inputs != fresh.example.inputs, exact_list(example().inputs));
  add("label", setup_.example.label != fresh.example.label, std::to_string(setup_.example.label));
  for (std::size_t layer = 0; layer < SmallNet::kLayers; ++layer) {
    const std::vector<float>& now = setup_.start.parameters[layer];
    add(kWeights[layer], now != fresh.start.parameters[layer], exact_list(now));
  }
  const auto& kinds = setup_.start.activations;
  add("hidden", kinds[0] != fresh.start.activations[0], name_of(kinds[0]));
  add("output", kinds[1] != fresh.start.activations[1], name_of(kinds[1]));
  add("rate", setup_.run.rate != fresh.run.rate, exact_text(setup_.run.rate));
  add("run", !setup_.run.done.empty(), run_text(setup_.run));
  // The picture's own seed is not told: it would only say which hand writes next.
  LinkParams picture;
  setup_.picture.save(picture);
  for (auto& param : picture) {
    if (param.first != "seed") params.push_back(std::move(param));
  }
  add("digit_label", setup_.digit_label != setup_.picture.digit(), std::to_string(setup_.digit_label));
  add("digit_rate", setup_.digit_run.rate != fresh.digit_run.rate, exact_text(setup_.digit_run.rate));
  add("digit_run", !setup_.digit_run.done.empty(), run_text(setup_.digit_run));
  add("view", scene() == Scene::digits, "digits");
  if (selected()) {
    params.emplace_back("weight",
                        std::to_string(selected()->layer) + "," + std::to_string(selected()->index));
    add("check", setup_.checked, "1");
  }
  if (predicted()) {
    params.emplace_back("said", std::to_string(static_cast<int>(predicted()->of.step)) + "," +
                                    std::to_string(predicted()->of.tick) + "," +
                                    exact_text(predicted()->value));
  }
  save_timeline(timeline_, params, usual_speed());
  return params;
}

// What a run begins with before the run, the picture before what the network makes of it, the scene before
// what is selected in it and the position.
std::vector<std::string> BackpropLesson::load(const LinkParams& params) {
  LinkReader link(params);
  const auto number = [&](const char* key, const std::function<Status(double)>& use) {
    link.take(key, [&](const std::string& text) {
      const std::optional<double> value = parse_number(text);
      return value ? use(*value) : Status(Error{"it is a number"});
    });
  };
  const auto whole = [&](const char* key, const std::function<Status(double)>& use) {
    link.take(key, [&](const std::string& text) {
      const std::optional<int> value = parse_int(text);
      return value ? use(*value) : Status(Error{"it is a whole number"});
    });
  };
  const auto run = [&](const char* key, Run Setup::*of, int most) {
    link.take(key, [&](const std::string& text) {
      return edit([&](Setup& s) {
        Result<Run> parsed = parse_run(text, (s.*of).rate, most);
        if (!parsed) return Status(parsed.error());
        s.*of = std::move(parsed).value();
        return Status(Done{});
      });
    });
  };
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    return keep(Setup(*seed), true);
  });
  link.take("inputs", [&](const std::string& text) {
    const auto values = parse_list(text);
    return values ? perform("set_inputs", args(*values))
                  : Status(Error{"it is two numbers with a comma between them"});
  });
  whole("label", [&](double label) { return set_label(label); });
  for (int layer = 0; layer < SmallNet::kLayers; ++layer) {
    link.take(kWeights[layer], [&](const std::string& text) {
      const auto values = parse_list(text);
      const std::size_t wanted = static_cast<std::size_t>(small_grid(layer).total());
      const bool fits =
          values && values->size() == wanted &&
          std::all_of(values->begin(), values->end(), [](float v) { return v >= -1e6f && v <= 1e6f; });
      if (!fits)
        return Status(Error{"it is " + std::to_string(wanted) + " numbers with commas between them"});
      return edit([&](Setup& s) {
        s.start.parameters[static_cast<std::size_t>(layer)] = *values;
        return Status(Done{});
      });
    });
  }
  link.take("hidden", [&](const std::string& text) { return set_activation(0, text); });
  link.take("output", [&](const std::string& text) { return set_activation(1, text); });
  number("rate", [&](double rate) { return set_rate(rate); });
  run("run", &Setup::run, kMostUpdates);
  load_picture(link, [&](const std::function<Status(Picture&)>& change) {
    return edit([&](Setup& s) {
      const Status changed = change(s.picture);
      s.digit_label = s.picture.digit();
      return changed;
    });
  });
  whole("digit_label", [&](double label) {
    if (!(label >= 0 && label < DigitNet::kClasses)) return Status(Error{"it is 0 to 9"});
    return edit([&](Setup& s) { return s.digit_label = static_cast<int>(label), Status(Done{}); });
  });
  number("digit_rate", [&](double rate) {
    if (!(rate >= 0 && rate <= static_cast<double>(kMaxRate))) return Status(Error{"it is 0 to 100"});
    return edit([&](Setup& s) { return s.digit_run.rate = static_cast<float>(rate), Status(Done{}); });
  });
  run("digit_run", &Setup::digit_run, kMostDigitUpdates);
  link.take("view", [&](const std::string& view) { return perform("set_view", args(view)); });
  link.take("weight", [&](const std::string& text) {
    const auto values = parse_list(text);
    if (!values || values->size() != 2) return Status(Error{"it is a layer and an index"});
    return select(static_cast<double>((*values)[0]), static_cast<double>((*values)[1]), false);
  });
  link.take("check", [&](const std::string& text) {
    return parse_switch(text) == true ? perform("gradient_check", args()) : Status(Error{"it is 1"});
  });
  link.take("said", [&](const std::string& text) {
    const std::size_t first = text.find(','),
                      second = text.find(',', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos) return Status(Error{"it is a step, a number of it and a value"});
    const auto step = parse_int(text.substr(0, first)),
               tick = parse_int(text.substr(first + 1, second - first - 1));
    const auto value = parse_number(text.substr(second + 1));
    const bool legal = step && tick && value && *step >= 0 && *step < kBackpropSteps && *tick >= 0 &&
                       *tick < backprop_ticks()[static_cast<std::size_t>(*step)] &&
                       is_chain_rule(static_cast<BackpropStep>(*step)) && *value >= -1e6 && *value <= 1e6;
    if (!legal) return Status(Error{"it is a step, a number of it and a value"});
    return edit([&](Setup& s) {
      s.predicted = {{static_cast<BackpropStep>(*step), *tick}, *value};
      return Status(Done{});
    });
  });
  load_timeline(timeline_, link);
  return link.notices();
}

}  // namespace kg
