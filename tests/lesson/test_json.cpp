// What can be done with a Json: taking values out, comparing, walking through, changing. What it is as a text
// is tested in test_json_text.cpp.
#include "lesson/json.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace kg;

namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("lesson/json: values are taken out as what they are") {
  const Json json = {{"whole", -3},
                     {"real", 2.5},
                     {"text", "Σ"},
                     {"yes", true},
                     {"list", {1, 2, 3}},
                     {"none", nullptr},
                     {"huge", std::numeric_limits<std::uint64_t>::max()}};
  const int whole = json["whole"];
  const double real = json["real"], whole_as_real = json["whole"];
  const std::string text = json["text"];
  const bool yes = json["yes"];
  CHECK(whole == -3);
  CHECK(real == 2.5);
  CHECK(whole_as_real == -3.0);
  CHECK(text == "Σ");
  CHECK(yes);
  CHECK(json["list"].get<std::vector<int>>() == std::vector<int>{1, 2, 3});
  CHECK(json["list"].get<std::vector<float>>() == std::vector<float>{1, 2, 3});
  CHECK(json["real"].get<int>() == 2);
  CHECK(json["huge"].get<std::uint64_t>() == std::numeric_limits<std::uint64_t>::max());
  CHECK(json["huge"].get<std::int64_t>() == std::numeric_limits<std::int64_t>::max());
  CHECK(Json(1e300).get<std::int64_t>() == std::numeric_limits<std::int64_t>::max());
  CHECK(Json(-1e300).get<std::int64_t>() == std::numeric_limits<std::int64_t>::min());
  CHECK(Json(-0.5).get<std::uint64_t>() == 0);
  CHECK(Json(1.8e19).get<std::uint64_t>() == 18000000000000000000u);
  CHECK(Json(kNan).get<std::int64_t>() == 0);
  CHECK(Json::binary({1, 2}).bytes() == std::vector<std::uint8_t>{1, 2});
}

TEST_CASE("lesson/json: comparisons are of values") {
  const Json json = {{"three", 3}, {"text", "a"}, {"list", {1, 2.0}}};
  CHECK(json["three"] == 3);
  CHECK(json["three"] == 3.0);
  CHECK(3u == json["three"]);
  CHECK(json["three"] != 4);
  CHECK(json["three"] < 3.5);
  CHECK(3 <= json["three"]);
  CHECK(json["three"] != "3");
  CHECK(json["text"] == "a");
  CHECK(json["text"] == std::string("a"));
  CHECK(json["text"] != nullptr);
  CHECK(json["list"] == std::vector<int>{1, 2});
  CHECK(json["list"] == Json({1, 2}));
  CHECK(Json(true) != Json(1));
  CHECK(Json(-1) != Json(std::numeric_limits<std::uint64_t>::max()));
  CHECK(Json(kNan) != Json(kNan));
  CHECK(Json({{"a", 1}, {"b", 2}}) != Json({{"b", 2}, {"a", 1}}));
  CHECK(doctest::toString(json) == doctest::String(R"({"three":3,"text":"a","list":[1,2.0]})"));
}

TEST_CASE("lesson/json: lists and objects are walked through and changed") {
  Json json;
  CHECK(json.empty());
  CHECK_FALSE(json.contains("a"));
  json["a"]["b"] = 1;
  json["c"];
  json["list"] = Json::array();
  for (int i = 0; i < 3; ++i) json["list"].push_back(i);
  for (Json& item : json["list"]) item = {{"was", item}};
  CHECK(json.dump() == R"({"a":{"b":1},"c":null,"list":[{"was":0},{"was":1},{"was":2}]})");
  json["list"][1] = "other";
  json.erase("a");
  json.erase("a");
  CHECK(json.size() == 2);
  std::string keys;
  for (const auto& [key, value] : json.items()) keys += key + (value.is_null() ? "? " : "! ");
  CHECK(keys == "c? list! ");
  json["list"].push_back(json["list"]);
  json = json["list"];  // of its own parts
  CHECK(json.dump() == R"([{"was":0},"other",{"was":2},[{"was":0},"other",{"was":2}]])");
}

TEST_CASE("lesson/json: views become what they are views of") {
  const std::array numbers = {1, 2};
  CHECK(Json(std::span<const int>(numbers)).dump() == "[1,2]");
  CHECK(Json(std::string_view("a")).dump() == R"("a")");
}
