// Verbs check their arguments once, for everybody: what does not fit is refused in a sentence and never runs.
#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "lesson/verb.h"

using namespace kg;

namespace {

using Type = Param::Type;

// Counts how often it ran.
struct Counter {
  int runs = 0;
  Verb verb(std::vector<Param> params) {
    return {"act", std::move(params), "Acts.", [this](const Args&) { return ++runs, Status(Done{}); }};
  }
};

struct Fits {
  Type type;
  const char* words;  // what the sentence says is expected
  std::vector<Json> right, wrong;
};

const Json kNothing = nullptr;
const double kInf = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<Fits> table() {
  const Json bytes = Json::binary({1, 2, 3}), empty_list = Json::array(), object = Json::object();
  return {
      {Type::integer,
       "a whole number",
       {0, -7, 3.0, 9007199254740991.0, -9007199254740991.0, 9007199254740991u},
       {0.5, 1e300, -1e300, 9007199254740992.0, kInf, kNan, "1", true, kNothing, empty_list, object, bytes}},
      {Type::seed,
       "a whole number from 0 on",
       {0, 7.0, 9007199254740991.0},
       {-1, 0.5, 9007199254740992.0, 1e300, kInf, kNan, "1", true, kNothing, empty_list, object, bytes}},
      {Type::number,
       "a number",
       {0, -7, 0.5, 1e300},
       {kInf, -kInf, kNan, "0.5", false, kNothing, empty_list, object, bytes}},
      {Type::boolean, "true or false", {true, false}, {0, 1, "true", kNothing, empty_list, object, bytes}},
      {Type::text, "a text", {"", "Σ"}, {0, true, kNothing, empty_list, object, bytes}},
      {Type::numbers,
       "a list of numbers",
       {empty_list, Json::array({1, 2.5, -3}), Json::array({3e38})},
       {1, "1,2", kNothing, object, bytes, Json::array({1, "2"}), Json::array({1, nullptr}),
        Json::array({Json::array({1})}), Json::array({1e39}), Json::array({-1e39}), Json::array({kNan}),
        Json::array({kInf}), Json::array({true})}},
      {Type::bytes,
       "a block of bytes",
       {bytes, Json::binary({})},
       {0, "abc", kNothing, empty_list, object, Json::array({1, 2})}},
  };
}

}  // namespace

TEST_CASE("lesson/verb: every type takes what fits it and refuses everything else, in words") {
  for (const Fits& row : table()) {
    CAPTURE(row.words);
    Counter counter;
    const Verb verb = counter.verb({{"it", row.type, "as it should be"}});
    for (const Json& value : row.right) {
      CAPTURE(value.is_binary() ? "bytes" : value.dump());
      const int before = counter.runs;
      CHECK(verb.call(args(value)).ok());
      CHECK(counter.runs == before + 1);
    }
    for (const Json& value : row.wrong) {
      CAPTURE(value.is_binary() ? "bytes" : value.dump());
      const int before = counter.runs;
      const Status status = verb.call(args(value));
      REQUIRE_FALSE(status.ok());
      CHECK(status.sentence() == std::string("act(it): it must be ") + row.words + " (as it should be).");
      CHECK(counter.runs == before);
    }
  }
}

TEST_CASE("lesson/verb: too few and too many arguments are refused with their number") {
  Counter counter;
  const Verb two = counter.verb({{"a", Type::integer, ""}, {"b", Type::number, ""}});
  CHECK(two.usage() == "act(a, b)");
  CHECK(two.call(args(1)).sentence() == "act(a, b) takes 2 arguments; 1 came.");
  CHECK(two.call(args(1, 2, 3)).sentence() == "act(a, b) takes 2 arguments; 3 came.");
  CHECK(two.call(args(1, "2")).sentence() ==
        "act(a, b): b must be a number.");  // nothing to add: no empty brackets
  const Verb none = counter.verb({});
  CHECK(none.call(args(nullptr)).sentence() == "act() takes 0 arguments; 1 came.");
  CHECK(counter.verb({{"a", Type::text, ""}}).call(args()).sentence() == "act(a) takes 1 argument; 0 came.");
  CHECK(counter.runs == 0);
}

TEST_CASE("lesson/verb: what is optional may be left out from the end") {
  Counter counter;
  const Verb verb =
      counter.verb({{"a", Type::integer, ""}, {"b", Type::text, "", true}, {"c", Type::boolean, "", true}});
  CHECK(verb.call(args(1)).ok());
  CHECK(verb.call(args(1, "x")).ok());
  CHECK(verb.call(args(1, "x", true)).ok());
  CHECK(counter.runs == 3);
  CHECK_FALSE(verb.call(args()).ok());
  CHECK_FALSE(verb.call(args(1, true)).ok());  // nothing is skipped over
  CHECK_FALSE(verb.call(args(1, "x", true, 0)).ok());
  CHECK(counter.runs == 3);
}

TEST_CASE("lesson/verb: the arguments arrive as they were sent") {
  const Json list = args(-3, 0.1, true, "Σ", Json::array({1, -2.5}), Json::binary({0, 255}));
  const Args given(list);
  CHECK(given.integer(0) == -3);
  CHECK(given.number(1) == 0.1);
  CHECK(given.boolean(2));
  CHECK(given.text(3) == "Σ");
  CHECK(given.numbers(4) == std::vector<float>{1, -2.5f});
  REQUIRE(given.bytes(5).size() == 2);
  CHECK(given.bytes(5)[1] == 255);
  CHECK(given.has(5));
  CHECK_FALSE(given.has(6));
}

TEST_CASE("lesson/verb: whole numbers beyond an int saturate, so that range checks refuse them") {
  const Json list = args(1e12, -1e12, 2147483648.0, -2147483649.0, 2147483647.0);
  const Args given(list);
  CHECK(given.integer(0) == std::numeric_limits<int>::max());
  CHECK(given.integer(1) == std::numeric_limits<int>::min());
  CHECK(given.integer(2) == std::numeric_limits<int>::max());
  CHECK(given.integer(3) == std::numeric_limits<int>::min());
  CHECK(given.integer(4) == 2147483647);
}

TEST_CASE("lesson/verb: seeds keep every whole number that JavaScript can hold") {
  const Json list = args(0, 4294967296.0, 9007199254740991.0);
  const Args given(list);
  CHECK(given.seed(0) == 0);
  CHECK(given.seed(1) == 4294967296u);
  CHECK(given.seed(2) == 9007199254740991u);
}

TEST_CASE("lesson/verb: it describes itself") {
  Counter counter;
  const Json told =
      counter.verb({{"n", Type::integer, "1 to 4"}, {"list", Type::numbers, "", true}}).describe();
  CHECK(told.dump() == R"({"name":"act","params":[{"name":"n","type":"integer","about":"1 to 4"},)"
                       R"({"name":"list","type":"numbers","about":"","optional":true}],"about":"Acts."})");
}
