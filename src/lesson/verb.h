// Verb: one thing that can be done to a lesson, by name: by the view, by the page, by a link, by a test, all
// the same way.
//
// A verb says which arguments it takes, so that whatever arrives can be checked once, here, and refused in a
// sentence.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/result.h"
#include "lesson/json.h"

namespace kg {

struct Param {
  enum class Type { integer, seed, number, boolean, text, numbers, bytes };

  std::string name;
  Type type;
  std::string about;      // what is legal, for people: "1 to 9"
  bool optional = false;  // only at the end of the list
};

// Arguments that have passed check(); asking for one of another type is a mistake of the programmer.
class Args {
 public:
  explicit Args(const Json& list) : list_(list) {}

  bool has(std::size_t i) const { return i < list_.size(); }
  int integer(std::size_t i) const;
  std::uint64_t seed(std::size_t i) const;
  double number(std::size_t i) const;
  bool boolean(std::size_t i) const;
  std::string text(std::size_t i) const;
  std::vector<float> numbers(std::size_t i) const;
  std::span<const std::uint8_t> bytes(std::size_t i) const;

 private:
  const Json& list_;
};

struct Verb {
  std::string name;
  std::vector<Param> params;
  std::string about;
  std::function<Status(const Args&)> run;

  std::string usage() const;            // "set_cell(index, row, col, value)"
  Status call(const Json& list) const;  // checks, then runs
  Json describe() const;                // for verbs()
};

using Verbs = std::vector<Verb>;

// The largest whole number that JavaScript, links and seeds can all hold exactly: 2^53 − 1.
inline constexpr double kLargestWhole = 9007199254740991.0;

// The list of arguments of a call: args(1, "same") is [1, "same"].
template <class... Values>
Json args(Values&&... values) {
  Json list = Json::array();
  (list.push_back(Json(std::forward<Values>(values))), ...);
  return list;
}

}  // namespace kg
