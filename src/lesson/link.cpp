#include "lesson/link.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

bool load_position(Timeline& timeline, std::string_view text) {
  if (text == "end") return timeline.finish(), true;
  const std::size_t dot = text.find('.');
  const std::optional<int> step = parse_int(text.substr(0, dot));
  const double before = timeline.position();
  if (!step || !timeline.seek(*step)) return false;
  const int ticks = timeline.ticks();  // of that step
  const std::optional<int> tick = dot == std::string_view::npos ? ticks : parse_int(text.substr(dot + 1));
  if (!tick || *tick < 0 || *tick > ticks) return timeline.set_position(before), false;
  timeline.move_ticks(*tick - ticks);
  return true;
}

}  // namespace

bool LinkReader::has(std::string_view key) const {
  return std::any_of(params_.begin(), params_.end(), [&](const auto& param) { return param.first == key; });
}

void LinkReader::take(std::string_view key, const std::function<Status(const std::string&)>& use) {
  for (std::size_t k = 0; k < params_.size(); ++k) {
    if (params_[k].first != key) continue;
    taken_[k] = true;
    const Status status = use(params_[k].second);
    if (status) continue;
    const std::string& why = status.sentence();
    notices_.push_back("The link's " + in_quotes(key) + " cannot be used: " + why +
                       (why.ends_with('.') ? "" : "."));
  }
}

std::vector<std::string> LinkReader::notices() const {
  std::vector<std::string> all = notices_;
  for (std::size_t k = 0; k < params_.size(); ++k) {
    if (taken_[k]) continue;
    all.push_back("This lesson has no setting " + in_quotes(params_[k].first) + "; it was left out.");
  }
  return all;
}

std::optional<int> parse_int(std::string_view text) {
  int value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> parse_seed(std::string_view text) {
  std::uint64_t seed = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  const bool whole = error == std::errc() && rest == text.data() + text.size();
  return whole && static_cast<double>(seed) <= kLargestWhole ? std::optional(seed) : std::nullopt;
}

std::optional<bool> parse_switch(std::string_view text) {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  return std::nullopt;
}

void save_timeline(const Timeline& timeline, LinkParams& params, double usual_speed) {
  std::string at = timeline.at_end() ? "end" : std::to_string(timeline.step());
  if (!timeline.at_end() && timeline.ticks_shown() < timeline.ticks()) {
    at += "." + std::to_string(timeline.ticks_shown());
  }
  params.emplace_back("at", at);
  if (timeline.speed() != usual_speed) params.emplace_back("speed", exact_text(timeline.speed()));
}

void load_timeline(Timeline& timeline, LinkReader& link) {
  link.take("speed", [&](const std::string& text) {
    const std::optional<double> speed = parse_number(text);
    return speed ? timeline.set_speed(*speed) : Status(Error{"a speed is a number"});
  });
  link.take("at", [&](const std::string& text) {
    if (load_position(timeline, text)) return Status(Done{});
    return Status(Error{"it is a step from 0 to " + std::to_string(timeline.steps() - 1) + ", or end"});
  });
}

}  // namespace kg
