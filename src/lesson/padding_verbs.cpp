// The padding lesson's verbs: its numbers, and its choices.
#include "lesson/number_text.h"
#include "lesson/padding.h"
#include "lesson/wording.h"

namespace kg {
namespace {

using Type = Param::Type;

Error neither(const char* what, const std::string& given) {
  return Error{std::string(what) + "; " + in_quotes(given) + " is not one of them."};
}

}  // namespace

void PaddingLesson::add_verbs() {
  add_timeline_verbs(timeline_, verbs_);
  const auto number = [this](const char* verb, const char* name, const char* legal, const char* about,
                             Setting which) {
    verbs_.push_back({verb, {{name, Type::integer, legal}}, about, [this, which](const Args& a) {
                        return edit([&](Setup& s) { return set(s, which, a.number(0)); });
                      }});
  };
  number("set_n", "n", "1 to 32", "The input has n×n cells.", Setting::n);
  number("set_f", "f", "1 to 11", "The filter has f×f weights.", Setting::f);
  number("set_p", "p", "0 to 5", "A border of p lines of zeros on each side; 0 is valid padding.",
         Setting::p);
  number("set_s", "s", "1 to 8", "How many cells the window moves between two stops.", Setting::s);
  number("set_layers", "layers", "1 to 16", "How many layers the chain has.", Setting::layers);
  verbs_.push_back({"predict",
                    {{"value", Type::integer, "the output’s side"}},
                    "Say how large the output will be; then it is shown.",
                    [this](const Args& a) {
                      const double side = a.number(0);
                      if (side >= 0 && side <= kMaxSide + 2 * kMaxBorder) {
                        return predict(static_cast<int>(side));
                      }
                      return Status(Error{"No output of this lesson has a side of " + number_text(side, 0) +
                                          ": with n = 32 and p = 5 it cannot be more than 42."});
                    }});
  verbs_.push_back({"challenge", {}, "Another n, f, p and s, with the output hidden.", [this](const Args&) {
                      return edit([this](Setup& s) { return challenge(s), Status(Done{}); });
                    }});
  verbs_.push_back({"reveal", {}, "Show the output without a prediction.", [this](const Args&) {
                      return edit([](Setup& s) { return s.hidden = false, Status(Done{}); });
                    }});
}

void PaddingLesson::add_choices() {
  verbs_.push_back({"set_mode",
                    {{"mode", Type::text, "valid or same"}},
                    "Padding as Keras names it: no border, or one that keeps the size at stride 1.",
                    [this](const Args& a) {
                      const std::string name = a.text(0);
                      return edit([&](Setup& s) {
                        if (name != "valid" && name != "same")
                          return Status(neither("The padding is valid or same", name));
                        s.mode = name == "same" ? Mode::same : Mode::valid;
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_filter",
                    {{"name", Type::text, "ones, blur or identity"}},
                    "The weights: all 1, all 1/f², or a single 1 in the middle.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        const std::optional<SimpleFilter> filter = simple_filter(a.text(0));
                        if (!filter)
                          return Status(neither("The filter is ones, blur or identity", a.text(0)));
                        s.filter = *filter;
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_view",
                    {{"view", Type::text, "window or chain"}},
                    "One layer and its window, or the layer several times over.",
                    [this](const Args& a) {
                      const std::string name = a.text(0);
                      return edit([&](Setup& s) {
                        if (name != "window" && name != "chain")
                          return Status(neither("The view is window or chain", name));
                        s.scene = name == "chain" ? Scene::chain : Scene::window;
                        if (s.scene == Scene::chain) s.hidden = false;  // its sizes would tell
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_digit",
                    {{"digit", Type::integer, "0 to 9"},
                     {"seed", Type::seed, "which hand writes it; without it, the same", true}},
                    "The picture from 10×10 on.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        if (!(a.number(0) >= 0 && a.number(0) <= 9)) {
                          return Status(
                              Error{"A digit is 0 to 9; " + number_text(a.number(0), 0) + " is outside."});
                        }
                        s.digit = a.integer(0);
                        if (a.has(1)) s.seed = a.seed(1);
                        return Status(Done{});
                      });
                    }});
}

}  // namespace kg
