// Json: what crosses the border between a lesson and the outside (page, tests, links): arguments of verbs,
// answers to queries.
#pragma once

#define JSON_NO_IO 1
#include <nlohmann/json.hpp>

namespace kg {

using Json = nlohmann::ordered_json;  // keeps the order we write, so that answers read well

}  // namespace kg
