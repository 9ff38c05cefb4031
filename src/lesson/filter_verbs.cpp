#include "lesson/filter_verbs.h"

namespace kg {

void add_filter_verbs(EditFilters edit, std::function<std::uint64_t()> seed, std::uint64_t& draws,
                      Verbs& verbs) {
  using Type = Param::Type;
  const Param index{"index", Type::integer, "which filter; the next free number adds one, up to 8"};
  const Param name{"name", Type::text, "of a preset: top_edge, sobel_x, …, random"};
  verbs.push_back({"set_filter",
                   {index, {"values", Type::numbers, "9 for each channel, row by row, channels innermost"}},
                   "Give a filter all its weights.",
                   [edit](const Args& a) {
                     return edit([&](FilterBank& bank, int channels) {
                       return bank.set_values(a.number(0), a.numbers(1), channels);
                     });
                   }});
  verbs.push_back({"set_cell",
                   {{"index", Type::integer, "which filter"},
                    {"row", Type::integer, "0 to 2"},
                    {"col", Type::integer, "0 to 2"},
                    {"value", Type::number, "−1000 to 1000"},
                    {"channel", Type::integer, "of the picture; 0 if left out", true}},
                   "Change one weight.",
                   [edit](const Args& a) {
                     return edit([&](FilterBank& bank, int channels) {
                       return bank.set_cell(a.number(0), a.number(1), a.number(2), a.number(3),
                                            a.has(4) ? a.number(4) : 0, channels);
                     });
                   }});
  // Nothing as the index: the next free one.
  const auto set_preset = [edit, seed, &draws](std::optional<double> at, const std::string& preset) {
    const Status set = edit([&](FilterBank& bank, int channels) {
      return bank.set_preset(at.value_or(bank.count()), preset, seed() + draws, channels);
    });
    if (set && preset == "random") ++draws;
    return set;
  };
  verbs.push_back(
      {"set_preset", {index, name}, "Make a filter one of the catalogue.", [set_preset](const Args& a) {
         return set_preset(a.number(0), a.text(1));
       }});
  verbs.push_back(
      {"add_filter", {name}, "One more filter: one more output channel.", [set_preset](const Args& a) {
         return set_preset(std::nullopt, a.text(0));
       }});
  verbs.push_back({"remove_filter",
                   {{"index", Type::integer, "which filter"}},
                   "Take a filter away.",
                   [edit](const Args& a) {
                     return edit([&](FilterBank& bank, int) { return bank.remove(a.number(0)); });
                   }});
}

}  // namespace kg
