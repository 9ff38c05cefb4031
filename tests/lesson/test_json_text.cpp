// Json against nlohmann’s ordered_json, which it stands for: the same values give the same text, and the same
// texts are read, or refused.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/rng.h"
#include "lesson/json.h"

#define JSON_NO_IO 1
#include <nlohmann/json.hpp>

using namespace kg;

namespace {

using Theirs = nlohmann::ordered_json;

std::string text_of(const Json& json) { return json.dump(); }
std::string text_of(const Theirs& json) {
  return json.dump(-1, ' ', false, Theirs::error_handler_t::replace);
}

const double kInf = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();

// Written once, made twice.
template <class J>
std::vector<J> examples() {
  const std::string name = "name";
  const std::vector<float> floats = {0.1f, -0.0f, 1e-45f, 3.4e38f};
  const std::array<int, 3> three = {1, 2, 3};
  const J inner = {{"a", 1}};
  J grown, list, update = {{"x", 1}, {"y", 2}};
  grown["first"] = 1;
  grown[name] = {{"deep", {1, {{"deeper", nullptr}}}}};
  grown["first"] = {1.5, "two"};
  list.push_back({{"row", 1}, {"col", 2}});
  list.push_back({1, 2});
  list.push_back(list[0]);
  update.update(J({{"z", 3}, {"x", 4}}));
  update.erase("y");
  J moved = std::move(grown["first"]);
  std::vector<J> all;
  for (J made : {J(),
                 J(nullptr),
                 J(true),
                 J(false),
                 J(0),
                 J(-7),
                 J(7u),
                 J("text"),
                 J(name),
                 J(floats),
                 J(three),
                 J(std::vector<bool>{true, false}),
                 J(std::vector<std::vector<int>>{{1}, {}, {2, 3}}),
                 J(std::vector<std::string>{"a", "b"}),
                 J({1, 1}),
                 J({true, false}),
                 J({"a", "b"}),
                 J({{"a", "b"}}),
                 J({{"a", 1}, {"b", 2}}),
                 J({{"a", 1}, {"b", 2, 3}}),
                 J({{"a", 1}, {1, "b"}}),
                 J({{{"a", 1}}, {{"b", 2}}}),
                 J({{"a", {}}, {"b", {{}}}}),
                 J({{"same", 1}, {"same", 2}}),
                 J({{"a", J::array()}, {"b", J::object()}}),
                 J({{"f", 3.0}, {"i", 3}, {name, name.c_str()}}),
                 J({{"inner", inner}, {"list", {inner, inner}}}),
                 J::array(),
                 J::object(),
                 J::array({{"a", 1}, {"b", 2}}),
                 J::array({1, 2.5, nullptr}),
                 J::array({J::array({1})}),
                 J::binary({}),
                 J::binary({0, 8, 255}),
                 grown,
                 list,
                 update,
                 moved})
    all.push_back(std::move(made));
  for (const double x : {0.0, -0.0, 3.0, 0.1, 1.0 / 3, 1e21, 1e22, 123456789012345680.0, 1e-5, 5e-324, 1e300,
                         1.7976931348623157e308, kInf, -kInf, kNan})
    all.push_back(x);
  all.push_back(std::numeric_limits<std::int64_t>::min());
  all.push_back(std::numeric_limits<std::int64_t>::max());
  all.push_back(std::numeric_limits<std::uint64_t>::max());
  all.push_back(std::uint64_t{1} << 63);
  return all;
}

// What stands between the bars.
std::vector<std::string> parts(std::string_view all) {
  std::vector<std::string> found(1);
  for (const char c : all) {
    if (c == '|') {
      found.emplace_back();
    } else {
      found.back() += c;
    }
  }
  return found;
}

void check_same_reading(const std::string& text) {
  CAPTURE(text);
  const std::optional<Json> ours = Json::parse(text);
  const Theirs theirs = Theirs::parse(text, nullptr, false);
  REQUIRE(ours.has_value() == !theirs.is_discarded());
  if (!ours) return;
  REQUIRE(text_of(*ours) == text_of(theirs));
  const bool zero = theirs.is_number_integer() && theirs == 0;  // -0 is not unsigned to nlohmann
  REQUIRE(ours->is_number_unsigned() == (theirs.is_number_unsigned() || zero));
  REQUIRE(ours->is_number_integer() == theirs.is_number_integer());
  REQUIRE(ours->is_number_float() == theirs.is_number_float());
}

// A random value of both kinds at once.
class RandomValue {
 public:
  explicit RandomValue(std::uint64_t seed) : rng_(seed) {}

  std::pair<Json, Theirs> value(int depth = 0) {
    switch (rng_.below(depth < 4 ? 12 : 8)) {
      case 0:
        return {nullptr, nullptr};
      case 1:
        return both(rng_.below(2) == 1);
      case 2:
        return both(static_cast<int>(rng_.below(2000)) - 1000);
      case 3:
        return both(static_cast<std::int64_t>(bits()));
      case 4:
        return both(bits());
      case 5: {
        const std::uint64_t pattern = bits();
        double number;
        std::memcpy(&number, &pattern, sizeof number);
        return both(number);
      }
      case 6:
        return both(std::ldexp(rng_.uniform(-1, 1), static_cast<int>(rng_.below(80)) - 40));
      case 7:
        return both(text());
      case 8: {
        std::vector<std::uint8_t> bytes(rng_.below(4), 200);
        return {Json::binary(bytes), Theirs::binary(bytes)};
      }
      case 9: {
        std::pair<Json, Theirs> list = {Json::array(), Theirs::array()};
        for (std::uint32_t i = rng_.below(5); i > 0; --i) {
          auto [ours, theirs] = value(depth + 1);
          list.first.push_back(std::move(ours)), list.second.push_back(std::move(theirs));
        }
        return list;
      }
      default: {
        std::pair<Json, Theirs> object = {Json::object(), Theirs::object()};
        for (std::uint32_t i = rng_.below(5); i > 0; --i) {
          const std::string key =
              rng_.below(3) ? std::string(1, static_cast<char>('a' + rng_.below(3))) : text();
          auto [ours, theirs] = value(depth + 1);
          object.first[key] = std::move(ours), object.second[key] = std::move(theirs);
        }
        return object;
      }
    }
  }

  // What JSON, UTF-8 and their mistakes are made of; never empty.
  std::string text() {
    static const std::vector<std::string> kPieces = parts(
        "a|Σ|\xE2\x80\x99|\xF0\x9F\x99\x82|\"|\\|/|\n|\x01|\x7F|\x80|\xBF|\xC0|\xC3|\xE0\x9F|\xE0\xA0|"
        "\xED\xA0\x80|\xEF\xBF\xBD|\xF0\x8F|\xF0\x90\x80|\xF4\x90|\xF5|\xFF|\t\r\b\f|plain words");
    std::string made;
    for (std::uint32_t i = 1 + rng_.below(6); i > 0; --i) {
      made += rng_.below(20) ? one_of(kPieces) : std::string(1, '\0');
    }
    return made;
  }

  std::string spoilt(std::string text) {
    static const std::vector<std::string> kTokens = parts(
        "{|}|[|]|,|:|\"|\\u12|\\ud83d|\\udE42|\\x|-|0|01|1e|1e400|-0|.5|null|tru| |\n|\xEF\xBB\xBF|\xC3|"
        "\xFF|/*|18446744073709551616|1E+2|\x1F");
    for (std::uint32_t i = 1 + rng_.below(3); i > 0; --i) {
      const std::size_t at = rng_.below(static_cast<std::uint32_t>(text.size() + 1));
      switch (rng_.below(4)) {
        case 0:
          text.insert(at, one_of(kTokens));
          break;
        case 1:
          text.erase(at, 1 + rng_.below(3));
          break;
        case 2:
          text.replace(at, at < text.size() ? 1 : 0, 1, static_cast<char>(rng_.below(256)));
          break;
        default:
          text.resize(at);
      }
    }
    return text;
  }

 private:
  template <class T>
  static std::pair<Json, Theirs> both(const T& value) {
    return {Json(value), Theirs(value)};
  }
  const std::string& one_of(const std::vector<std::string>& all) {
    return all[rng_.below(static_cast<std::uint32_t>(all.size()))];
  }
  std::uint64_t bits() {
    const std::uint64_t high = rng_.below(0xFFFFFFFF), low = rng_.below(0xFFFFFFFF);
    return (high << 32 | low) >> rng_.below(64);
  }

  Rng rng_;
};

}  // namespace

TEST_CASE("lesson/json_text: braces, containers and changes make what they make of nlohmann’s") {
  const std::vector<Json> ours = examples<Json>();
  const std::vector<Theirs> theirs = examples<Theirs>();
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    CAPTURE(text_of(theirs[i]));
    CHECK(text_of(ours[i]) == text_of(theirs[i]));
    for (std::size_t k = 0; k < ours.size(); ++k) {
      CAPTURE(text_of(theirs[k]));
      // nlohmann compares whole numbers as signed ones, and takes 2^63 for −2^63.
      if (ours[i].kind() != ours[k].kind() && ours[i].is_number_integer() && ours[k].is_number_integer()) {
        CHECK(ours[i] != ours[k]);
      } else {
        CHECK((ours[i] == ours[k]) == (theirs[i] == theirs[k]));
      }
    }
  }
}

TEST_CASE("lesson/json_text: random values are written as nlohmann does it, and read again") {
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    CAPTURE(seed);
    RandomValue random(seed);
    const auto [ours, theirs] = random.value();
    const std::string text = text_of(theirs);
    REQUIRE(text_of(ours) == text);
    const Json copy = ours;
    REQUIRE(text_of(copy) == text);
    check_same_reading(text);
    for (int i = 0; i < 8; ++i) check_same_reading(random.spoilt(text));
  }
}

TEST_CASE("lesson/json_text: what is not JSON is refused as nlohmann refuses it") {
  static const std::string kTexts =
      R"(null| null |nul|nulll|true false|[1,]|[,1]|[1 2]|{"a"}|{"a":}|{"a":1,}|{a:1}|{1:2}|)"
      R"({"a":1,"a":2,"b":3,"a":[4]}|{"a":[1],"a":{"b":2}}|[|]|{|}|"|"\"|"\ud83d\ude42"|"\ud83d"|)"
      R"("\ude42"|"\u00e9"|"\u0000"|+1|-|-0|-0.0|01|1.|.1|1e|1e5|1E+05|1e400|-1e400|1e-400|0x10|NaN|)"
      R"(Infinity|9223372036854775807|9223372036854775808|18446744073709551615|18446744073709551616|)"
      R"(-9223372036854775808|-9223372036854775809|[1]/**/|// 1|'a'|["a",1.50,{}]|)"
      "| |\"\t\"|\"\xC3\"|\"\xED\xA0\x80\"|\"\xF4\x90\x80\x80\"|\xEF\xBB\xBF[1]|\xEF\xBB[1]|\v1";
  for (const std::string& text : parts(kTexts)) check_same_reading(text);
  check_same_reading(std::string("1\0", 2));
  check_same_reading(std::string("\"\0\"", 3));
}

TEST_CASE("lesson/json_text: a text may be nested more deeply than a stack is") {
  const std::size_t depth = 200000;
  std::optional<Json> deep = Json::parse(std::string(depth, '[') + std::string(depth, ']'));
  REQUIRE(deep);
  CHECK(deep->size() == 1);
  deep.reset();
  std::string objects;
  for (std::size_t i = 0; i < depth; ++i) objects += "{\"a\":";
  CHECK(Json::parse(objects + "1" + std::string(depth, '}')).has_value());
  CHECK_FALSE(Json::parse(objects).has_value());
}
