// The batchnorm lesson's part of the address: its settings, and how many updates were trained, so that
// whoever opens it trains them again.
#include <algorithm>
#include <vector>

#include "lesson/batchnorm.h"
#include "lesson/link_verbs.h"
#include "lesson/number_text.h"

namespace kg {

LinkParams BatchnormLesson::save() const {
  LinkParams params;
  const Setup usual = fresh();
  if (setup_.scene != usual.scene) params.emplace_back("preset", name_of(setup_.scene));
  if (setup_.scaling != usual.scaling) params.emplace_back("scaling", kg::name_of(setup_.scaling));
  if (setup_.drivers != usual.drivers) {
    std::string list;
    for (const Driver& driver : setup_.drivers)
      list += (list.empty() ? "" : ",") + exact_text(driver.miles) + "," + exact_text(driver.age);
    params.emplace_back("drivers", list);
  }
  if (setup_.predicted) params.emplace_back("predicted", exact_text(*setup_.predicted));
  if (setup_.unit != usual.unit) params.emplace_back("unit", std::to_string(setup_.unit));
  if (setup_.batch != usual.batch) params.emplace_back("batch", std::to_string(setup_.batch));
  if (setup_.gamma != usual.gamma) params.emplace_back("gamma", exact_text(setup_.gamma));
  if (setup_.beta != usual.beta) params.emplace_back("beta", exact_text(setup_.beta));
  if (setup_.moving) params.emplace_back("statistics", "moving");
  if (setup_.rate != usual.rate) params.emplace_back("rate", exact_text(setup_.rate));
  if (pace() != 0) params.emplace_back("pace", exact_text(pace()));
  const int updates = std::max(run(plain).updates(), run(normalised).updates());
  if (steady_ && updates > 0 && updates <= kMostReplayed)
    params.emplace_back("updates", std::to_string(updates));
  return params;
}

// The prediction before the numbers that it is about are shown; the updates when all that they depend on is
// there; the scene last.
std::vector<std::string> BatchnormLesson::load(const LinkParams& params) {
  LinkReader link(params);
  LinkVerbs by_verb(link, *this);
  by_verb.number("predicted", "predict");
  link.take("drivers", [&](const std::string& text) {
    std::vector<double> list;
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t comma = std::min(text.find(',', from), text.size());
      const std::optional<double> n = parse_number(text.substr(from, comma - from));
      if (!n) break;
      list.push_back(*n);
      from = comma + 1;
    }
    if (list.size() != 2 * kDrivers) return Status(Error{"it is ten times miles and age, with commas"});
    for (int i = 0; i < kDrivers; ++i) {
      const auto at = static_cast<std::size_t>(2 * i);
      for (const Column column : {Column::miles, Column::age}) {
        const Status set = perform(
            "set_driver", args(i + 1, kg::name_of(column), list[at + (column == Column::age ? 1 : 0)]));
        if (!set) return (void)perform("reset_drivers", args()), set;
      }
    }
    return Status(Done{});
  });
  by_verb.word("scaling", "set_scaling");
  by_verb.whole("unit", "set_unit");
  by_verb.whole("batch", "set_batch");
  by_verb.number("gamma", "set_gamma");
  by_verb.number("beta", "set_beta");
  by_verb.word("statistics", "set_statistics");
  by_verb.number("rate", "set_rate");
  by_verb.number("pace", "set_pace");
  const Scene at_first = scene();
  by_verb.trained("updates", "updates", kMostReplayed);
  // Training has come into sight with its verb; where the link leads is said by its own key.
  setup_.scene = at_first;
  // Not by set_view: whoever leaves the training holds it, but these updates are to be done in any scene.
  link.take("preset", [&](const std::string& text) {
    for (const ScenePreset& one : presets()) {
      if (text == one.name) return setup_.scene = one.scene, Status(Done{});
    }
    return Status(Error{"the scenes are miles_age, three_steps and training"});
  });
  return link.notices();
}

}  // namespace kg
