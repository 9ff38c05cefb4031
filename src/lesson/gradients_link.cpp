// The state of the lesson `gradients` as plain numbers, its part of the address, and back.
#include <cmath>

#include "lesson/gradients.h"
#include "lesson/link_verbs.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

// JSON has no word for what is no number.
Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(); }
std::string words_of(double value) {
  return std::isfinite(value) ? magnitude_text(value) : "no number any more";
}

const char* name_of_fate(GradientFate fate) {
  switch (fate) {
    case GradientFate::vanishes:
      return "vanishes";
    case GradientFate::arrives:
      return "arrives";
    case GradientFate::explodes:
      return "explodes";
    case GradientFate::unknown:
      break;
  }
  return "unknown";
}

Json layer_json(int number, const LayerGradient& l) {
  return {{"layer", number},
          {"gradient", number_or_null(l.gradient)},
          {"weight_gradient", number_or_null(l.weight_gradient)},
          {"weights", number_or_null(l.weights)},
          {"activation", number_or_null(l.activation)},
          {"factor", number_or_null(l.factor)},
          {"by_weights", number_or_null(l.by_weights)},
          {"by_slope", number_or_null(l.by_slope)},
          {"by_norm", number_or_null(l.by_norm)},
          {"product", number_or_null(l.product)},
          {"update_ratio", number_or_null(l.update_ratio)},
          {"silent", l.silent}};
}

Json net_json(const DeepNet& net) {
  const DeepNetSettings& s = net.settings();
  Json layers = Json::array(), losses = Json::array();
  for (std::size_t k = 0; k < net.layers().size(); ++k)
    layers.push_back(layer_json(static_cast<int>(k) + 1, net.layers()[k]));
  for (const CurvePoint& point : net.curve()) losses.push_back(point.loss);
  // As much per layer as would give the same product.
  const double mean_factor = std::pow(net.ratio(), 1.0 / (s.depth - 1));
  const GradientsPreset* preset = gradients_preset_of(s);
  return {
      {"preset", preset ? preset->name : "own"},
      {"depth", s.depth},
      {"activation", name_of(s.activation)},
      {"initializer", deep_initializer_name(s.initializer)},
      {"scale", s.scale},
      {"batch_norm", s.batch_norm},
      {"learning_rate", s.rate},
      {"per_layer", std::move(layers)},
      {"ratio_first_last", number_or_null(net.ratio())},
      {"weight_ratio_first_last", number_or_null(net.first().weight_gradient / net.last().weight_gradient)},
      {"mean_factor", number_or_null(mean_factor)},
      {"fate", name_of_fate(GradientsLesson::fate(net))},
      {"loss", net.report() ? Json(net.report()->loss) : Json()},
      {"updates", net.updates()},
      {"diverged", net.diverged()},
      {"losses", std::move(losses)},
      {"words",
       {{"first", words_of(net.first().gradient)},
        {"last", words_of(net.last().gradient)},
        {"ratio", words_of(net.ratio())},
        {"mean_factor", words_of(mean_factor)},
        {"first_update", words_of(net.first().update_ratio)},
        {"last_update", words_of(net.last().update_ratio)}}}};
}

// How many updates bring a run to where it is: the one that made it diverge was tried, too.
int tried(const DeepNet& net) { return net.updates() + (net.diverged() ? 1 : 0); }

// A as "20,relu,he_normal,1,0,0.05,100": depth, activation, initializer, scale, batch norm, rate, updates.
std::string net_text(const DeepNet& net) {
  const DeepNetSettings& s = net.settings();
  return std::to_string(s.depth) + "," + name_of(s.activation) + "," + deep_initializer_name(s.initializer) +
         "," + exact_text(s.scale) + "," + (s.batch_norm ? "1" : "0") + "," + exact_text(s.rate) + "," +
         std::to_string(tried(net));
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

bool within(double value, double least, double most) { return value >= least && value <= most; }

struct NetText {
  DeepNetSettings settings;
  int updates = 0;
};

std::optional<NetText> parse_net(const std::string& text) {
  const std::vector<std::string> parts = split(text, ',');
  if (parts.size() != 7) return std::nullopt;
  const auto depth = parse_int(parts[0]), updates = parse_int(parts[6]);
  const auto activation = deep_activation_named(parts[1]);
  const auto initializer = deep_initializer_named(parts[2]);
  const auto scale = parse_number(parts[3]), rate = parse_number(parts[5]);
  const auto norm = parse_switch(parts[4]);
  if (!depth || !updates || !activation || !initializer || !scale || !rate || !norm) return std::nullopt;
  using S = DeepNetSettings;
  if (!within(*depth, S::kLeastDepth, S::kMostDepth) || !within(*scale, S::kLeastScale, S::kMostScale) ||
      !within(*rate, S::kLeastRate, S::kMostRate) || !within(*updates, 0, DeepNet::kMostUpdates))
    return std::nullopt;
  return NetText{{*depth, *activation, *initializer, *scale, *norm, *rate}, *updates};
}

}  // namespace

Json GradientsLesson::state() const {
  Json state = net_json(*net_);
  const int layer = here();
  state["here"] = {
      {"layer", layer + 1}, {"factor_shown", factor_shown(layer)}, {"product_shown", product_shown(layer)}};
  state["busy"] = busy();
  state["a"] = kept_ ? net_json(*kept_) : Json();
  if (prediction_)
    state["prediction"] = {{"layer", prediction_->layer + 1}, {"product", prediction_->product}};
  return state;
}

LinkParams GradientsLesson::save() const {
  const DeepNetSettings usual, &s = settings();
  LinkParams params;
  params.emplace_back("seed", std::to_string(seed_));
  if (s.depth != usual.depth) params.emplace_back("depth", std::to_string(s.depth));
  if (s.activation != usual.activation) params.emplace_back("activation", name_of(s.activation));
  if (s.initializer != usual.initializer)
    params.emplace_back("initializer", deep_initializer_name(s.initializer));
  if (s.scale != usual.scale) params.emplace_back("scale", exact_text(s.scale));
  if (s.batch_norm) params.emplace_back("batch_norm", "1");
  if (s.rate != usual.rate) params.emplace_back("rate", exact_text(s.rate));
  if (kept_) params.emplace_back("a", net_text(*kept_));
  if (tried(*net_) > 0) params.emplace_back("updates", std::to_string(tried(*net_)));
  if (!timeline_.at_end())
    save_timeline(timeline_, params);
  else if (timeline_.speed() != Timeline().speed())
    params.emplace_back("speed", exact_text(timeline_.speed()));
  if (prediction_) {
    params.emplace_back("guess",
                        std::to_string(prediction_->layer + 1) + ":" + exact_text(prediction_->product));
  }
  return params;
}

// The seed first, since all that follows is drawn from it; runs are made again, update by update, when the
// nets are there.
std::vector<std::string> GradientsLesson::load(const LinkParams& params) {
  LinkReader link(params);
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"it is a whole number from 0 on"});
    reseed(*seed);
    return Status(Done{});
  });
  LinkVerbs by_verb(link, *this);
  by_verb.whole("depth", "set_depth");
  by_verb.word("activation", "set_activation");
  by_verb.word("initializer", "set_initializer");
  by_verb.number("scale", "set_scale");
  link.take("batch_norm", [&](const std::string& text) {
    const std::optional<bool> on = parse_switch(text);
    return on ? perform("set_batch_norm", args(*on)) : Status(Error{"it is 0 or 1"});
  });
  by_verb.number("rate", "set_rate");
  int updates = 0, kept_updates = 0;
  link.take("a", [&](const std::string& text) {
    const std::optional<NetText> net = parse_net(text);
    if (!net)
      return Status(Error{"it is depth, activation, initializer, scale, batch norm, rate and updates"});
    kept_updates = net->updates;
    return keep(net->settings);
  });
  link.take("updates", [&](const std::string& text) {
    const std::optional<int> count = parse_int(text);
    if (!count || *count < 0 || *count > DeepNet::kMostUpdates)
      return Status(Error{"it is a whole number from 0 to " + std::to_string(DeepNet::kMostUpdates)});
    updates = *count;
    return Status(Done{});
  });
  // A that is the present net, before anything was changed, is the same run.
  if (kept_ && kept_->settings() == settings() && kept_updates == updates) kept_ = net_;
  if (updates > 0 || kept_updates > 0) {
    wanted_ = updates;
    train_until(updates, kept_updates);
  }
  load_timeline(timeline_, link);
  link.take("guess", [&](const std::string& text) {
    const std::vector<std::string> parts = split(text, ':');
    const auto layer = parse_int(parts[0]);
    const double product = parts.size() == 2 ? parse_number(parts[1]).value_or(0) : 0;
    if (!layer || *layer < 1 || *layer > depth() || !(product > 0 && product <= kMostPredicted))
      return Status(Error{"it is a layer, a colon and a number above 0"});
    prediction_ = Prediction{*layer - 1, product};
    return Status(Done{});
  });
  return link.notices();
}

}  // namespace kg
