// The parameters lesson's part of the address: its whole state as text, and back.
#include "lesson/layer_text.h"
#include "lesson/link.h"
#include "lesson/number_text.h"
#include "lesson/parameters.h"

namespace kg {
namespace {

// "2.17": two whole numbers with a point between them.
std::optional<std::pair<int, int>> parse_pair(const std::string& text) {
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return std::nullopt;
  const std::optional<int> first = parse_int(text.substr(0, point)),
                           second = parse_int(text.substr(point + 1));
  if (!first || !second) return std::nullopt;
  return std::pair(*first, *second);
}

// The key of a size: "units1", "image".
std::string key_of(const ParametersLesson::Size& size) {
  const std::string name = size.verb.substr(std::string("set_").size());
  return size.layer < 0 ? name : name + std::to_string(size.layer);
}

}  // namespace

std::string ParametersLesson::shapes_link() const {
  if (!stack()) return "shapes";
  return "shapes?layers=" + stack_text(stack()->layers) + "&input=" + size_link(stack()->input);
}

LinkParams ParametersLesson::save() const {
  LinkParams params{{"seed", std::to_string(seed_)}};
  if (stack()) {
    params.emplace_back("stack", stack_text(stack()->layers));
    params.emplace_back("input", size_link(stack()->input));
  } else if (has_picture()) {
    params.emplace_back("net", "cnn_2515");
  }
  const std::vector<Size> now = sizes(), fresh = sizes_of(preset(has_picture()));
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (now[i].value != fresh[i].value) params.emplace_back(key_of(now[i]), std::to_string(now[i].value));
  }
  if (!uses_biases()) params.emplace_back("bias", "0");
  if (selected_) {
    params.emplace_back("weight", std::to_string(selected_->layer) + "." + std::to_string(selected_->index));
  }
  if (prediction_) {
    params.emplace_back("said", std::to_string(prediction_->layer) + "." + exact_text(prediction_->value));
  }
  save_timeline(timeline_, params, kUsualSpeed);
  return params;
}

// The network before its sizes, and these before what points into it; the position last, since selecting
// moves it.
std::vector<std::string> ParametersLesson::load(const LinkParams& params) {
  LinkReader link(params);
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    seed_ = *seed;
    return keep(setup_);
  });
  link.take("net", [&](const std::string& text) { return load_preset(text); });
  link.take("stack", [&](const std::string& layers) {
    std::string input = "20x20x3";  // as `shapes` begins
    link.take("input", [&](const std::string& size) { return input = size, Status(Done{}); });
    return load_stack(layers, input);
  });
  for (const Size& size : sizes()) {
    link.take(key_of(size), [&](const std::string& text) {
      const std::optional<int> n = parse_int(text);
      return n ? set_size(size.verb, size.layer, *n) : Status(Error{"it is a whole number"});
    });
  }
  link.take("bias", [&](const std::string& text) {
    const std::optional<bool> on = parse_switch(text);
    return on ? perform("set_use_bias", args(*on)) : Status(Error{"it is 1 or 0"});
  });
  link.take("weight", [&](const std::string& text) {
    const auto at = parse_pair(text);
    return at ? select(at->first, at->second) : Status(Error{"it is a layer, a point and a number"});
  });
  link.take("said", [&](const std::string& text) {
    const std::size_t point = text.find('.');
    const std::optional<int> layer = parse_int(text.substr(0, point));
    const std::optional<double> value =
        point == std::string::npos ? std::nullopt : parse_number(text.substr(point + 1));
    if (!layer || !value || *layer < 0 || *layer >= layers()) {
      return Status(Error{"it is a layer, a point and a number"});
    }
    prediction_ = {*layer, *value};
    return Status(Done{});
  });
  (void)timeline_.seek(0);
  load_timeline(timeline_, link);
  return link.notices();
}

}  // namespace kg
