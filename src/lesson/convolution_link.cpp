// The convolution lesson's part of the address: its whole state as text, and back.
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "lesson/convolution.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

// "true" or "1", "false" or "0".
std::optional<bool> parse_switch(std::string_view text) {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  return std::nullopt;
}

std::optional<int> parse_int(std::string_view text) {
  int value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

LinkParams Convolution::save() const {
  const int channels = input().shape().c;
  LinkParams params;
  picture().save(params);
  params.emplace_back("filters", bank().save(channels));
  if (stride() != 1) params.emplace_back("stride", std::to_string(stride()));
  if (padding() == Padding::same) params.emplace_back("padding", "same");
  if (flipped()) params.emplace_back("flip", "1");
  std::string at = timeline_.at_end() ? "end" : std::to_string(timeline_.step());
  if (!timeline_.at_end() && timeline_.ticks_shown() < timeline_.ticks()) {
    at += "." + std::to_string(timeline_.ticks_shown());
  }
  params.emplace_back("at", at);
  if (timeline_.speed() != Timeline().speed()) {
    params.emplace_back("speed", exact_text(timeline_.speed()));
  }
  return params;
}

// The picture first, since filters need its channels; then what may only be legal together (a stride, a
// padding); the position last, since it needs them all. Within the link the order is free.
std::vector<std::string> Convolution::load(const LinkParams& params) {
  std::vector<std::string> notices;
  const auto refuse = [&](const std::string& key, const std::string& why) {
    notices.push_back("The link's " + in_quotes(key) + " cannot be used: " + why +
                      (why.ends_with('.') ? "" : "."));
  };
  const auto keep = [&](const std::string& key, const Status& status) {
    if (!status) refuse(key, status.sentence());
  };
  std::string position;
  bool own_start = true;
  for (const auto& [key, value] : params) {
    // A small picture that needs same padding must not be refused because the padding comes later in the
    // link.
    if (key == "padding") keep(key, perform("set_padding", args(value)));
  }
  for (const char* const picture_key : Picture::kLinkKeys) {
    for (const auto& [key, value] : params) {
      if (key == picture_key) keep(key, edit([&](Setup& s) { return s.picture.load(key, value); }));
    }
  }
  for (const auto& [key, value] : params) {
    if (key == "filters") {
      Result<FilterBank> bank = FilterBank::load(value, input().shape().c);
      keep(key, bank ? edit([&](Setup& s) { return s.bank = *bank, Status(Done{}); }) : bank.error());
    } else if (key == "stride") {
      const std::optional<int> n = parse_int(value);
      keep(key, n ? perform("set_stride", args(*n)) : Status(Error{"a stride is a whole number"}));
    } else if (key == "flip") {
      const std::optional<bool> on = parse_switch(value);
      keep(key, on ? perform("set_flipped", args(*on)) : Status(Error{"it is 1 or 0"}));
    } else if (key == "speed") {
      char* end = nullptr;
      const double speed = std::strtod(value.c_str(), &end);
      keep(key, !value.empty() && *end == '\0' ? timeline_.set_speed(speed)
                                               : Status(Error{"a speed is a number"}));
    } else if (key == "at") {
      position = value;
      own_start = false;
    } else if (key != "padding" && std::find(std::begin(Picture::kLinkKeys), std::end(Picture::kLinkKeys),
                                             key) == std::end(Picture::kLinkKeys)) {
      notices.push_back("This lesson has no setting " + in_quotes(key) + "; it was left out.");
    }
  }
  start_at_strongest();
  if (!own_start && !load_position(position)) {
    refuse("at", "it is a step from 0 to " + std::to_string(timeline_.steps() - 1) + ", or end");
  }
  return notices;
}

bool Convolution::load_position(std::string_view text) {
  if (text == "end") return timeline_.finish(), true;
  const std::size_t dot = text.find('.');
  const std::optional<int> step = parse_int(text.substr(0, dot));
  const std::optional<int> product =
      dot == std::string_view::npos ? timeline_.ticks() : parse_int(text.substr(dot + 1));
  if (!product || *product < 0 || *product > timeline_.ticks()) return false;
  if (!step || !timeline_.seek(*step)) return false;
  timeline_.move_ticks(*product - timeline_.ticks());
  return true;
}

}  // namespace kg
