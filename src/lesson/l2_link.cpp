// The l2 lesson's part of the address: its settings and seed, and how many batches were trained, so that
// whoever opens it trains them again; and its verbs.
#include "lesson/l2.h"
#include "lesson/link_verbs.h"
#include "lesson/number_text.h"

namespace kg {

LinkParams L2Lesson::save() const {
  LinkParams params;
  const Setup usual;
  if (setup_.size != usual.size) params.emplace_back("size", std::to_string(setup_.size));
  if (setup_.noise != usual.noise) params.emplace_back("noise", exact_text(setup_.noise));
  if (setup_.lambda != usual.lambda) params.emplace_back("lambda", exact_text(setup_.lambda));
  if (setup_.rate != usual.rate) params.emplace_back("rate", exact_text(setup_.rate));
  if (pace() != 0) params.emplace_back("pace", exact_text(pace()));
  if (predicted_) params.emplace_back("predicted", exact_text(*predicted_));
  const int updates = run(plain).updates();
  if (steady_ && updates > 0 && updates <= kMostReplayed)
    params.emplace_back("batches", std::to_string(updates));
  return params;
}

// The batches come last, when all that they depend on is there.
std::vector<std::string> L2Lesson::load(const LinkParams& params) {
  LinkReader link(params);
  LinkVerbs by_verb(link, *this);
  by_verb.number("size", "set_size");
  by_verb.number("noise", "set_noise");
  by_verb.number("lambda", "set_lambda");
  by_verb.number("rate", "set_learning_rate");
  by_verb.number("pace", "set_pace");
  by_verb.number("predicted", "predict");
  by_verb.trained("batches", "batches", kMostReplayed);
  return link.notices();
}

void L2Lesson::add_verbs() {
  using Type = Param::Type;
  verbs_.push_back({"set_lambda",
                    {{"lambda", Type::number, "0, or 0.001 to 1000"}},
                    "How strongly large weights are penalised in the second run; at any time.",
                    [this](const Args& a) { return set_lambda(a.number(0)); }});
  verbs_.push_back({"set_learning_rate",
                    {{"rate", Type::number, "0.001 to 10"}},
                    "Of both runs, at any time.",
                    [this](const Args& a) { return set_rate(a.number(0)); }});
  verbs_.push_back({"set_size",
                    {{"digits", Type::integer, "100 to 400"}},
                    "So many digits to learn from; the runs begin anew.",
                    [this](const Args& a) { return set_size(a.number(0)); }});
  verbs_.push_back({"set_noise",
                    {{"share", Type::number, "0 to 0.6"}},
                    "The share of wrong labels; the runs begin anew.",
                    [this](const Args& a) { return set_noise(a.number(0)); }});
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "overfits, just_right or too_much"}},
                    "Take the settings of a preset; the runs begin anew.",
                    [this](const Args& a) { return load_preset(a.text(0)); }});
  verbs_.push_back({"predict",
                    {{"factor", Type::number, "0 or more"}},
                    "Say which factor Keras needs for λ = 8 and 400 digits.",
                    [this](const Args& a) {
                      const double factor = a.number(0);
                      if (!(factor >= 0 && factor <= 1e6)) {
                        return Status(Error{"The factor is 0 or more, and not above a million; " +
                                            number_text(factor, 6) + " is outside."});
                      }
                      predicted_ = factor;
                      return Status(Done{});
                    }});
}

}  // namespace kg
