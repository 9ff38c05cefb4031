// The finetune lesson's part of the address: its settings, its symbols, and how many updates the base and the
// second task have had, so that whoever opens it trains them again.
#include "lesson/finetune.h"
#include "lesson/link_verbs.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr const char* kOurSymbols = "ours";

Result<int> read_updates(const std::string& text) {
  const std::optional<int> n = parse_int(text);
  if (n && *n >= 1 && *n <= FinetuneLesson::kMostReplayed) return *n;
  return Error{"it is a whole number of updates, 1 to " + std::to_string(FinetuneLesson::kMostReplayed)};
}

}  // namespace

Status FinetuneLesson::load_symbols(const std::string& text) {
  constexpr std::uint64_t kOurs = 0x0125;  // the seed's fork
  const bool ours = text == kOurSymbols;
  Result<SymbolSet> set = ours ? SymbolSet::ours(Rng(seed_).fork(kOurs).state()) : SymbolSet::load(text);
  if (!set) return set.error();
  Status kept = add_example([&](SymbolSet& all) { return all = std::move(set).value(), Status(Done{}); });
  ours_ = ours;
  return kept;
}

LinkParams FinetuneLesson::save() const {
  LinkParams params{{"seed", std::to_string(seed_)}};
  const Setup usual;
  if (setup_.task != usual.task) params.emplace_back("task", name_of(setup_.task));
  if (setup_.examples != usual.examples) params.emplace_back("examples", std::to_string(setup_.examples));
  if (setup_.kept != usual.kept) params.emplace_back("kept", std::to_string(setup_.kept));
  if (setup_.frozen != usual.frozen) {
    std::string text;
    for (const bool on : setup_.frozen) text += on ? '1' : '0';
    params.emplace_back("frozen", text);
  }
  if (setup_.rate != usual.rate) params.emplace_back("rate", exact_text(setup_.rate));
  if (symbols_.count() > 0) params.emplace_back("symbols", ours_ ? kOurSymbols : symbols_.save());
  if (pace() != 0) params.emplace_back("pace", exact_text(pace()));
  if (predicted_) params.emplace_back("predicted", exact_text(*predicted_));
  LinkParams picture, first;
  picture_.save(picture), Picture(seed_).save(first);
  if (picture != first) params.insert(params.end(), picture.begin(), picture.end());
  const bool replayed = has_base() && base().updates() <= kMostReplayed;
  if (replayed) params.emplace_back("base", std::to_string(base().updates()));
  if (scene_ == Scene::second) params.emplace_back("view", name_of(scene_));
  if (replayed && has_second() && steady_) {
    const int updates = second().run(scratch).updates();
    if (updates > 0 && updates <= kMostReplayed) params.emplace_back("batches", std::to_string(updates));
  }
  return params;
}

// What was trained comes last, when all that it depends on is there: the base, then the second task.
std::vector<std::string> FinetuneLesson::load(const LinkParams& params) {
  LinkReader link(params);
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    return begin(*seed), Status(Done{});
  });
  load_picture(link, [this](const std::function<Status(Picture&)>& change) { return edit_picture(change); });
  LinkVerbs by_verb(link, *this);
  by_verb.word("task", "set_task");
  by_verb.number("examples", "set_examples");
  link.take("frozen", [&](const std::string& text) {
    if (text.size() != kKeepable || text.find_first_not_of("01") != std::string::npos)
      return Status(Error{"it is three times 1 or 0, a 1 for each frozen layer"});
    for (int k = 0; k < kKeepable; ++k)
      if (Status set = set_frozen(k, text[static_cast<std::size_t>(k)] == '1'); !set) return set;
    return Status(Done{});
  });
  by_verb.number("kept", "set_kept");
  by_verb.number("rate", "set_learning_rate");
  link.take("symbols", [&](const std::string& text) { return load_symbols(text); });
  by_verb.number("pace", "set_pace");
  by_verb.number("predicted", "predict");
  link.take("base", [&](const std::string& text) {
    const Result<int> updates = read_updates(text);
    if (!updates) return Status(updates.error());
    return train_base_to(*updates, {}), Status(Done{});
  });
  bool second = false;
  link.take("view", [&](const std::string& text) {
    if (text != "base" && text != "second") return Status(Error{"the view is base or second"});
    second = text == "second";
    return Status(Done{});
  });
  const auto enter = [&] { train_base_to(0, [this] { return enter_second(); }); };
  if (second) enter();
  link.take("batches", [&](const std::string& text) {
    const Result<int> updates = read_updates(text);
    if (!updates) return Status(updates.error());
    if (!second) enter();
    if (Status trained = perform("train", args(*updates)); !trained) return trained;
    if (!second) {
      train_base_to(0, [this] { return show(Scene::base), Status(Done{}); });
    }
    return Status(Done{});
  });
  return link.notices();
}

}  // namespace kg
