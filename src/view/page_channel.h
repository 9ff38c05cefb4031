// Page channel: the one text door between the page and everything behind it. A request is a JSON object with
// an "op"; the answer is {"ok": …} or {"error": "a sentence"}.
//
//   lessons, open {slug, params}, state, verbs, do {verb, args}, summary, display {…}, tab {dir}, blur
//
// Bytes from the page do not travel as text: they are staged first and then named in the arguments as
// {"$bytes": number}. Bytes for the page, which are few, do: {"$bytes": [137, 80, …]}.
//
// `do` answers {state, value, ticket}: value is what the verb answers, if it is one of those; with a ticket
// something was asked for that takes its time, and an event "worked" with this ticket will say when it is
// over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lesson/session.h"
#include "view/shell.h"
#include "view/ui.h"

namespace kg {

// A value as it is sent to the page.
Json sendable(const Json& value);

class PageChannel {
 public:
  PageChannel(Session& session, Shell& shell, Display& display)
      : session_(session), shell_(shell), display_(display) {}

  std::string call(std::string_view request);
  void stage(std::vector<std::uint8_t> bytes) { staged_.push_back(std::move(bytes)); }
  // Whether a call since the last question may have changed what the stage shows.
  bool take_touched() { return std::exchange(touched_, false); }

 private:
  Result<Json> answer(const Json& request);
  Result<Json> open(const Json& request);
  Result<Json> perform(const Json& request);
  Result<Json> set_display(const Json& request);
  Result<Json> tab(const Json& request);
  Result<Json> point(const Json& request);
  Json with_bytes(const Json& args);

  Session& session_;
  Shell& shell_;
  Display& display_;
  std::vector<std::vector<std::uint8_t>> staged_;
  bool touched_ = false;
};

}  // namespace kg
