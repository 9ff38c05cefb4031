// The batch lesson's part of the address: its settings, and how many epochs the race has run, so that whoever
// opens it runs them again; not the weights.
#include "lesson/batch.h"
#include "lesson/link_verbs.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

Status set_switch(const std::string& text, bool& to) {
  const std::optional<bool> on = parse_switch(text);
  if (!on) return Error{"it is true or false"};
  to = *on;
  return Done{};
}

}  // namespace

LinkParams BatchLesson::save() const {
  const Setup usual;
  LinkParams params;
  const auto number = [&](const char* key, double value, double usually) {
    if (value == usually) return;
    const auto whole = static_cast<int>(value);
    params.emplace_back(key, whole == value ? std::to_string(whole) : exact_text(value));
  };
  params.emplace_back("seed", std::to_string(seed()));
  if (scene() != usual.scene) params.emplace_back("view", name_of(scene()));
  number("images", images(), usual.images);
  number("batch", batch_size(), usual.batch_size);
  number("epochs", epochs(), usual.epochs);
  number("epoch", epoch(), usual.epoch);
  if (!shuffled()) params.emplace_back("shuffle", "false");
  if (hidden()) params.emplace_back("hidden", "true");
  number("predicted", predicted().value_or(0), 0);
  if (sizes() != usual.sizes) {
    const std::vector<float> list(sizes().begin(), sizes().end());
    params.emplace_back("runs", exact_list(list));
  }
  if (along() != usual.along) params.emplace_back("axis", name_of(along()));
  number("rate", learning_rate(), usual.learning_rate);
  number("surface_rate", surface_rate(), usual.surface_rate);
  if (start().left != usual.start.left || start().right != usual.start.right)
    params.emplace_back("start", exact_text(start().left) + "," + exact_text(start().right));
  number("pace", pace(), 0);
  save_timeline(timeline_, params, kUsualSpeed);
  const int trained = epochs_done();
  if (steady_ && trained > 0 && trained <= kMostEpochs && runs_.reached(runs_.done())) {
    bool even = true;
    for (int i = 0; i < runs_.count(); ++i)
      even = even && run(i).trouble().empty() &&
             run(i).images_seen() == static_cast<std::int64_t>(trained) * images();
    if (even) params.emplace_back("trained", std::to_string(trained));
  }
  return params;
}

// What others depend on comes first, and the training last, when all is there.
std::vector<std::string> BatchLesson::load(const LinkParams& params) {
  LinkReader link(params);
  LinkVerbs by_verb(link, *this);
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    return edit([&](Setup& s) { return s.seed = *seed, Status(Done{}); });
  });
  link.take("view", [&](const std::string& text) { return set_scene(text); });
  by_verb.number("images", "set_images");
  by_verb.number("batch", "set_batch_size");
  by_verb.number("epochs", "set_epochs");
  by_verb.number("epoch", "set_epoch");
  link.take("shuffle", [&](const std::string& text) {
    return edit([&](Setup& s) { return set_switch(text, s.shuffled); });
  });
  link.take("hidden", [&](const std::string& text) {
    return edit([&](Setup& s) { return set_switch(text, s.hidden); });
  });
  link.take("predicted", [&](const std::string& text) {
    const std::optional<int> said = parse_int(text);
    if (!said || *said < 1 || *said > kMostImages || hidden())
      return Status(Error{"it is the number of batches that was predicted of those on show"});
    return edit([&](Setup& s) { return s.predicted = *said, Status(Done{}); });
  });
  link.take("runs", [&](const std::string& text) {
    const std::optional<std::vector<float>> sizes = parse_list(text);
    return sizes ? set_sizes(*sizes) : Status(Error{"they are batch sizes with commas"});
  });
  link.take("axis", [&](const std::string& text) { return set_along(text); });
  by_verb.number("rate", "set_learning_rate");
  by_verb.number("surface_rate", "set_surface_rate");
  link.take("start", [&](const std::string& text) {
    const std::size_t comma = text.find(',');
    const std::optional<double> left = parse_number(text.substr(0, comma));
    const std::optional<double> right =
        comma == std::string::npos ? std::nullopt : parse_number(text.substr(comma + 1));
    if (!left || !right) return Status(Error{"it is two weights with a comma"});
    return perform("set_start", args(*left, *right));
  });
  by_verb.number("pace", "set_pace");
  load_timeline(timeline_, link);
  link.take("trained", [&](const std::string& text) {
    const std::optional<int> epochs = parse_int(text);
    if (!epochs || *epochs < 1 || *epochs > kMostEpochs)
      return Status(Error{"it is a whole number of epochs, 1 to " + std::to_string(kMostEpochs)});
    return train_epochs(*epochs), Status(Done{});
  });
  return link.notices();
}

}  // namespace kg
