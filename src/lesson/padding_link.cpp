// The padding lesson's part of the address: its whole state as text, and back.
#include "lesson/link.h"
#include "lesson/padding.h"

namespace kg {

LinkParams PaddingLesson::save() const {
  LinkParams params;
  const Setup fresh;
  const auto number = [&](const char* key, int value, int usual) {
    if (value != usual) params.emplace_back(key, std::to_string(value));
  };
  number("n", setup_.n, fresh.n);
  number("f", setup_.f, fresh.f);
  number("s", setup_.s, fresh.s);
  if (mode() == Mode::custom) params.emplace_back("p", std::to_string(setup_.p));
  if (mode() == Mode::same) params.emplace_back("padding", name_of(mode()));
  number("layers", layers(), fresh.layers);
  if (filter() != fresh.filter) params.emplace_back("filter", name_of(filter()));
  number("digit", digit(), fresh.digit);
  params.emplace_back("seed", std::to_string(seed()));
  if (scene() == Scene::chain) params.emplace_back("view", name_of(scene()));
  if (hidden()) params.emplace_back("hidden", "1");
  if (predicted()) params.emplace_back("predicted", std::to_string(*predicted()));
  save_timeline(timeline_, params);
  return params;
}

// The numbers come one after the other, and none of them may be refused for what is still to come: so all
// begin with a 1×1 filter, which fits into everything. A link without f gets the usual one, or the largest
// that fits.
std::vector<std::string> PaddingLesson::load(const LinkParams& params) {
  LinkReader link(params);
  const auto number = [&](const char* key, Setting which) {
    link.take(key, [&](const std::string& text) {
      const std::optional<int> value = parse_int(text);
      if (!value) return Status(Error{"it is a whole number"});
      return edit([&](Setup& s) { return set(s, which, *value); });
    });
  };
  const auto verb = [&](const char* key, const char* name) {
    link.take(key, [&](const std::string& text) { return perform(name, args(text)); });
  };
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    return edit([&](Setup& s) { return s.seed = *seed, Status(Done{}); });
  });
  link.take("digit", [&](const std::string& text) {
    const std::optional<int> digit = parse_int(text);
    return digit ? perform("set_digit", args(*digit)) : Status(Error{"it is a digit from 0 to 9"});
  });
  const int usual = setup_.f;
  (void)edit([](Setup& s) { return s.f = 1, Status(Done{}); });
  verb("padding", "set_mode");
  number("p", Setting::p);
  number("n", Setting::n);
  if (!edit([&](Setup& s) { return s.f = usual, Status(Done{}); })) {
    (void)edit([&](Setup& s) { return s.f = axis().padded(), Status(Done{}); });
  }
  number("f", Setting::f);
  number("s", Setting::s);
  number("layers", Setting::layers);
  verb("filter", "set_filter");
  verb("view", "set_view");
  link.take("hidden", [&](const std::string& text) {
    const std::optional<bool> on = parse_switch(text);
    if (!on) return Status(Error{"it is 1 or 0"});
    if (*on && scene() == Scene::chain) return Status(Error{"a chain shows its sizes"});
    return edit([&](Setup& s) { return s.hidden = *on, Status(Done{}); });
  });
  link.take("predicted", [&](const std::string& text) {
    const std::optional<int> side = parse_int(text);
    if (!side || hidden()) return Status(Error{"it is the side that was predicted of the output on show"});
    return edit([&](Setup& s) { return s.predicted = *side, Status(Done{}); });
  });
  load_timeline(timeline_, link);
  return link.notices();
}

}  // namespace kg
