// The network lesson's part of the address: settings, seed, and how many batches were trained, so that
// whoever opens it trains them again; not the weights.
#include "lesson/link_verbs.h"
#include "lesson/network.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

Result<Spot> parse_spot(const std::string& text) {
  const std::optional<std::vector<float>> n = parse_list(text);
  if (!n || n->size() != 4) return Error{"it is layer, row, column and channel with commas"};
  return Spot{static_cast<int>((*n)[0]), static_cast<int>((*n)[1]), static_cast<int>((*n)[2]),
              static_cast<int>((*n)[3])};
}

}  // namespace

LinkParams NetworkLesson::save() const {
  LinkParams params;
  picture_.save(params);
  if (seed_ != picture_.seed()) params.emplace_back("start", std::to_string(seed_));
  if (start_ == Start::trained) params.emplace_back("weights", "trained");
  if (const float rate = optimizer().learning_rate; rate != 0.05f)
    params.emplace_back("rate", exact_text(rate));
  if (const float momentum = optimizer().momentum; momentum != 0.9f)
    params.emplace_back("momentum", exact_text(momentum));
  if (l2_ != 0) params.emplace_back("l2", exact_text(l2_));
  if (const int size = run().settings().batch_size; size != 32)
    params.emplace_back("batch", std::to_string(size));
  if (pace() != 0) params.emplace_back("pace", exact_text(pace()));
  if (selected_) {
    params.emplace_back("at", std::to_string(selected_->layer) + "," + std::to_string(selected_->row) + "," +
                                  std::to_string(selected_->col) + "," + std::to_string(selected_->channel));
  }
  const int updates = run().updates();
  if (reproducible() && updates > 0 && updates <= kMostReplayed)
    params.emplace_back("batches", std::to_string(updates));
  return params;
}

// The picture's hand is the seed of everything unless the link says otherwise; the batches come last, when
// all that they depend on is there.
std::vector<std::string> NetworkLesson::load(const LinkParams& params) {
  LinkReader link(params);
  load_picture(link, [&](const std::function<Status(Picture&)>& change) { return edit_picture(change); });
  if (picture_.seed() != seed_) build(picture_.seed());
  link.take("start", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    return build(*seed), Status(Done{});
  });
  LinkVerbs by_verb(link, *this);
  link.take("weights", [&](const std::string& text) { return load_preset(text); });
  by_verb.number("rate", "set_learning_rate");
  by_verb.number("momentum", "set_momentum");
  by_verb.number("l2", "set_l2");
  by_verb.number("batch", "set_batch_size");
  by_verb.number("pace", "set_pace");
  link.take("at", [&](const std::string& text) {
    const Result<Spot> spot = parse_spot(text);
    if (!spot) return Status(spot.error());
    return perform("select", args(spot->layer, spot->row, spot->col, spot->channel));
  });
  by_verb.trained("batches", "batches", kMostReplayed);
  return link.notices();
}

}  // namespace kg
