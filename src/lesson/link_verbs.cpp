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

}  // namespace kg
