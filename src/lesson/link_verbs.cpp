#include "lesson/link_verbs.h"

#include <optional>
#include <string>

namespace kg {

void LinkVerbs::number(const char* key, const char* verb) {
  link_.take(key, [&](const std::string& text) {
    const std::optional<double> n = parse_number(text);
    return n ? lesson_.perform(verb, args(*n)) : Status(Error{"it is a number"});
  });
}

void LinkVerbs::whole(const char* key, const char* verb) {
  link_.take(key, [&](const std::string& text) {
    const std::optional<int> n = parse_int(text);
    return n ? lesson_.perform(verb, args(*n)) : Status(Error{"it is a whole number"});
  });
}

void LinkVerbs::word(const char* key, const char* verb) {
  link_.take(key, [&](const std::string& text) { return lesson_.perform(verb, args(text)); });
}

void LinkVerbs::trained(const char* key, const char* counted, int most) {
  link_.take(key, [&](const std::string& text) {
    const std::optional<int> n = parse_int(text);
    if (n && *n >= 1 && *n <= most) return lesson_.perform("train", args(*n));
    return Status(
        Error{"it is a whole number of " + std::string(counted) + ", 1 to " + std::to_string(most)});
  });
}

}  // namespace kg
