// The filter lesson's part of the address: its whole state as text, and back.
#include "lesson/filter.h"
#include "lesson/link.h"
#include "lesson/number_text.h"

namespace kg {

LinkParams FilterLesson::save() const {
  LinkParams params;
  picture().save(params);
  const std::string filters = bank().save(channels());
  if (filters != "top_edge~bottom_edge~left_edge~right_edge") params.emplace_back("filters", filters);
  if (setup_.chosen != 0) params.emplace_back("chosen", std::to_string(setup_.chosen));
  if (look() == Look::negative) params.emplace_back("look", "negative");
  if (look() == Look::cell) {
    params.emplace_back("look", std::to_string(setup_.at.row) + "," + std::to_string(setup_.at.col));
  }
  if (!common_scale()) params.emplace_back("scale", "own");
  save_timeline(timeline_, params, kUsualSpeed);
  return params;
}

// The picture before the filters, which need its channels; then what is chosen among them.
std::vector<std::string> FilterLesson::load(const LinkParams& params) {
  LinkReader link(params);
  load_picture(link, [&](const std::function<Status(Picture&)>& change) {
    return edit([&](Setup& s) { return change(s.picture); });
  });
  link.take("filters", [&](const std::string& text) {
    Result<FilterBank> bank = FilterBank::load(text, channels());
    return bank ? edit([&](Setup& s) { return s.bank = *bank, Status(Done{}); }) : Status(bank.error());
  });
  link.take("chosen", [&](const std::string& text) {
    const std::optional<int> index = parse_int(text);
    return index ? choose(*index) : Status(Error{"it is the number of a filter"});
  });
  link.take("look", [&](const std::string& text) {
    const std::optional<std::vector<float>> cell = parse_list(text);
    if (!cell) return look_at(text);
    if (cell->size() != 2) return Status(Error{"it is positive, negative, or a row and a column"});
    return perform("look_at", args((*cell)[0], (*cell)[1]));
  });
  link.take("scale", [&](const std::string& text) { return set_scale(text); });
  load_timeline(timeline_, link);
  return link.notices();
}

}  // namespace kg
