// Links: a lesson's part of the address, read key by key, with a notice for each that cannot be used.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/result.h"
#include "lesson/timeline.h"

namespace kg {

// key=value pairs, in order. Values are plain text (the page does the percent-encoding).
using LinkParams = std::vector<std::pair<std::string, std::string>>;

// Hands out the values in the order in which the lesson needs them, whatever their order in the link.
class LinkReader {
 public:
  explicit LinkReader(const LinkParams& params) : params_(params), taken_(params.size()) {}

  bool has(std::string_view key) const;
  // Calls use(value) if the link has this key. What `use` refuses becomes a notice.
  void take(std::string_view key, const std::function<Status(const std::string&)>& use);
  // The notices so far, and one for each key that nobody has taken.
  std::vector<std::string> notices() const;

 private:
  const LinkParams& params_;
  std::vector<bool> taken_;
  std::vector<std::string> notices_;
};

// The whole text, or nothing.
std::optional<int> parse_int(std::string_view text);
std::optional<double> parse_number(const std::string& text);
std::optional<std::uint64_t> parse_seed(std::string_view text);  // 0 to kLargestWhole
std::optional<bool> parse_switch(std::string_view text);  // "true" or "1", "false" or "0"

// at=<step>, <step>.<ticks> within a step, or end; speed=<steps a second>.
void save_timeline(const Timeline& timeline, LinkParams& params);
void load_timeline(Timeline& timeline, LinkReader& link);

}  // namespace kg
