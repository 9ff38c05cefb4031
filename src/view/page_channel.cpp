#include "view/page_channel.h"

#include <algorithm>
#include <optional>

#include "lesson/wording.h"

namespace kg {
namespace {

std::string text_of(const Json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : "";
}

bool flag_of(const Json& object, const char* key) {
  return object.contains(key) && object[key].is_boolean() && object[key].get<bool>();
}

ThemeName theme_of(const std::string& name) {
  return name == "dark" ? ThemeName::dark : name == "contrast" ? ThemeName::contrast : ThemeName::light;
}

}  // namespace

Json sendable(const Json& value) {
  if (!value.is_binary()) return value;
  return {{"$bytes", value.bytes()}};
}

std::string PageChannel::call(std::string_view text) {
  const std::optional<Json> request = Json::parse(text);
  Result<Json> result =
      request && request->is_object() ? answer(*request) : Error{"A request is a JSON object."};
  const Json reply = result ? Json{{"ok", std::move(result).value()}} : Json{{"error", result.sentence()}};
  return reply.dump();
}

Result<Json> PageChannel::answer(const Json& request) {
  const std::string op = text_of(request, "op");
  if (op == "lessons") return Session::lessons();
  if (op == "state") return session_.state();
  if (op == "verbs") return session_.verbs();
  if (op == "summary") return session_.summary();
  touched_ = true;
  if (op == "open") return open(request);
  if (op == "do") return perform(request);
  if (op == "display") return set_display(request);
  if (op == "tab") return tab(request);
  if (op == "point") return point(request);
  if (op == "blur") return shell_.focus().drop(), Json(nullptr);
  return Error{"There is no operation " + in_quotes(op) + "."};
}

Result<Json> PageChannel::open(const Json& request) {
  LinkParams params;
  if (request.contains("params") && request["params"].is_object()) {
    for (const auto& [key, value] : request["params"].items()) {
      params.emplace_back(key, value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  Result<std::vector<std::string>> opened = session_.open(text_of(request, "slug"), params);
  if (!opened) return opened.error();
  return Json{{"notices", *opened}};
}

Json PageChannel::with_bytes(const Json& given) {
  Json list = Json::array();
  for (const Json& arg : given) {
    if (arg.is_object() && arg.contains("$bytes") && arg["$bytes"].is_number_unsigned()) {
      const std::size_t number = arg["$bytes"].get<std::size_t>();
      list.push_back(number < staged_.size() ? Json::binary(std::move(staged_[number])) : Json(nullptr));
    } else {
      list.push_back(arg);
    }
  }
  return list;
}

Result<Json> PageChannel::perform(const Json& request) {
  const bool has_args = request.contains("args") && request["args"].is_array();
  const Json list = with_bytes(has_args ? request["args"] : Json::array());
  staged_.clear();
  if (Status status = session_.perform(text_of(request, "verb"), list); !status) return status.error();
  Json done = {{"state", session_.state()}};
  if (Json answer = session_.take_answer(); !answer.is_null()) done["value"] = sendable(answer);
  if (session_.ticket() != 0) done["ticket"] = session_.ticket();
  return done;
}

// Returns the names of controls that are to be hidden but do not exist.
Result<Json> PageChannel::set_display(const Json& request) {
  display_.theme = theme_of(text_of(request, "theme"));
  display_.reduced_motion = flag_of(request, "reduced_motion");
  display_.hidden.clear();
  Json notices = Json::array();
  if (request.contains("hide") && request["hide"].is_array()) {
    const std::vector<std::string> known = session_.lesson().controls();
    for (const Json& item : request["hide"]) {
      if (!item.is_string()) continue;
      const std::string name = item.get<std::string>();
      if (std::find(known.begin(), known.end(), name) != known.end()) {
        display_.hidden.insert(name);
      } else {
        notices.push_back("This lesson has no control " + in_quotes(name) + " to hide.");
      }
    }
  }
  return Json{{"notices", std::move(notices)}};
}

// The text points at a part of the stage, or at none any more.
Result<Json> PageChannel::point(const Json& request) {
  display_.pointed = text_of(request, "part");
  return Json{{"there", shell_.has_part(display_.pointed)}};
}

Result<Json> PageChannel::tab(const Json& request) {
  const bool back = request.contains("dir") && request["dir"].is_number() && request["dir"].get<double>() < 0;
  const bool moved = shell_.focus().move(back ? -1 : 1);
  return Json{{"consumed", moved}, {"label", shell_.focus().label()}};
}

}  // namespace kg
