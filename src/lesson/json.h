// Json: what crosses the border between a lesson and the outside (page, tests, links): arguments of verbs,
// answers to queries. A value: null, true or false, a number, a text, a list, an object whose keys keep the
// order in which they were written, or bytes (which JSON has not; they only pass through).
//
// It is our own because nearly every file of the upper rooms includes it: nlohmann’s took a second to parse
// in each, and its templates took bytes of the page. nlohmann reads the texts and writes the numbers, in
// json_text.cpp alone. The names are nlohmann’s; so is the text that is written, to the byte.
//
// Only parse() sees what strangers wrote, and refuses it with nothing. To ask a value for what it is not, or
// for what it does not have, is a mistake of the programmer: an assert, and in a build without asserts the
// answer is null, 0, false or empty.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace kg {

class Json;

template <class T>
concept JsonNumber = !std::same_as<T, bool> && (std::integral<T> || std::floating_point<T>);
template <class T>
concept JsonNatural = JsonNumber<T> && std::unsigned_integral<T>;

// What a Json turns into by itself. Not char, nor a pointer: a std::string can be assigned those, too.
template <class T>
concept JsonPlain =
    !std::same_as<T, char> && (JsonNumber<T> || std::same_as<T, bool> || std::same_as<T, std::string>);

template <class T, class U>
concept JsonOther = !std::same_as<std::remove_cvref_t<T>, U>;

// Anything that can be walked through and counted, except for texts; its elements become a list.
template <class T>
concept JsonRange =
    JsonOther<T, Json> && !std::convertible_to<const T&, std::string_view> && requires(const T& range) {
  range.begin(), range.end(), range.size();
};

// What a Json can be made of.
template <class T>
concept JsonMaker = JsonOther<T, Json> && std::constructible_from<Json, const T&>;

class Json {
 public:
  enum class Kind : std::uint8_t { null, boolean, whole, huge, real, text, list, object, bytes };
  class Item;     // of braces
  struct Member;  // of an object

  Json() noexcept {}
  Json(std::nullptr_t) noexcept {}
  template <std::same_as<bool> Bool>  // and not what a pointer turns into
  Json(Bool value) noexcept : Json(Kind::boolean, {.boolean = value}) {}
  template <std::signed_integral Number>
  Json(Number value) noexcept : Json(Kind::whole, {.whole = value}) {}
  template <JsonNatural Number>
  Json(Number value) noexcept : Json(static_cast<std::int64_t>(value)) {
    if (held_.whole < 0) *this = Json(Kind::huge, {.huge = value});
  }
  template <std::floating_point Number>
  Json(Number value) noexcept : Json(Kind::real, {.real = static_cast<double>(value)}) {}
  Json(const char* text);
  Json(std::string_view text);
  Json(std::string text);
  template <JsonRange Range>
  Json(const Range& range) : Json(list_for(range.size())) {
    for (const auto& item : range) push_back(item);
  }
  // {{"a", 1}, {"b", 2}} is an object: every item is a pair that begins with a text. Other braces are lists,
  // and array({…}) always is one.
  Json(std::initializer_list<Item> items);
  static Json array(std::initializer_list<Item> items = {});
  static Json object();
  static Json binary(std::vector<std::uint8_t> bytes);

  Json(const Json& other);
  Json(Json&& other) noexcept : kind_(std::exchange(other.kind_, Kind::null)), held_(other.held_) {}
  Json& operator=(Json other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(held_, other.held_);
    return *this;
  }
  ~Json() {
    if (kind_ >= Kind::text) release();
  }

  // Nothing if the text is not JSON. Of a key that comes twice the last value counts.
  static std::optional<Json> parse(std::string_view text);
  // Without spaces. NaN and infinities are written as null; what is not UTF-8 in a text, as U+FFFD.
  std::string dump() const;

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }
  bool is_boolean() const { return kind_ == Kind::boolean; }
  bool is_number() const { return kind_ >= Kind::whole && kind_ <= Kind::real; }
  bool is_number_integer() const { return kind_ == Kind::whole || kind_ == Kind::huge; }
  bool is_number_unsigned() const {
    return kind_ == Kind::huge || (kind_ == Kind::whole && held_.whole >= 0);
  }
  bool is_number_float() const { return kind_ == Kind::real; }
  bool is_string() const { return kind_ == Kind::text; }
  bool is_array() const { return kind_ == Kind::list; }
  bool is_object() const { return kind_ == Kind::object; }
  bool is_binary() const { return kind_ == Kind::bytes; }

  // Numbers are converted as C++ does it; whole numbers that are too large end at the largest.
  bool boolean() const;
  std::int64_t whole() const;
  std::uint64_t natural() const;
  double real() const;
  const std::string& text() const;
  const std::vector<std::uint8_t>& bytes() const;
  // One of those, or a container of them.
  template <class T>
  T get() const;
  template <JsonPlain T>
  operator T() const {
    return get<T>();
  }

  // Items of a list, members of an object; null has none.
  std::size_t size() const;
  bool empty() const { return size() == 0; }

  // Lists; null becomes one when something is added.
  const Json* begin() const;
  const Json* end() const { return begin() + (kind_ == Kind::list ? size() : 0); }
  Json* begin() { return const_cast<Json*>(std::as_const(*this).begin()); }
  Json* end() { return const_cast<Json*>(std::as_const(*this).end()); }
  const Json& at(std::size_t index) const;
  const Json& operator[](std::size_t index) const { return at(index); }
  Json& operator[](std::size_t index) { return const_cast<Json&>(at(index)); }
  Json& push_back(Json item);

  // Objects; null becomes one when something is added, and [] adds what is not there.
  const std::vector<Member>& items() const;
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  const Json& at(std::string_view key) const;
  const Json& operator[](std::string_view key) const { return at(key); }
  Json& operator[](std::string_view key);
  // Literal keys need functions of their own: the compiler would also take the text for the array, and this
  // for its index. Templates, so that 0 is no key.
  template <std::same_as<char> Char>
  const Json& operator[](const Char* key) const {
    return at(std::string_view(key));
  }
  template <std::same_as<char> Char>
  Json& operator[](const Char* key) {
    return (*this)[std::string_view(key)];
  }
  void update(Json other);  // its members, over those of the same name
  void erase(std::string_view key);

  // Numbers are equal if their values are, objects if they also have the same order.
  friend bool operator==(const Json& a, const Json& b);
  template <JsonMaker T>
  friend bool operator==(const Json& json, const T& value) {
    return json == Json(value);
  }
  template <JsonNumber T>
  friend std::partial_ordering operator<=>(const Json& json, T value) {
    return json.real() <=> static_cast<double>(value);
  }
  friend std::ostream& operator<<(std::ostream& stream, const Json& json);  // what a failed CHECK shows

 private:
  union Held {
    bool boolean;
    std::int64_t whole;
    std::uint64_t huge;  // 2^63 and more
    double real;
    std::string* text;
    std::vector<Json>* list;
    std::vector<Member>* object;
    std::vector<std::uint8_t>* bytes;
  };

  Json(Kind kind, Held held) noexcept : kind_(kind), held_(held) {}
  static Json list_for(std::size_t size);
  const Json* find(std::string_view key) const;
  void release() noexcept;

  Kind kind_ = Kind::null;
  Held held_ = {};
};

struct Json::Member {
  std::string key;
  Json value;
};

// What stands in braces can be made of anything a Json can, and of braces. Those who get a list of items may
// only look at them, says C++; `mutable` lets them take the values out, instead of copying whole trees.
class Json::Item {
 public:
  Item() {}  // {}: null
  Item(const char* text) : value(text) {}
  Item(std::initializer_list<Item> items) : value(items) {}
  template <JsonOther<Item> T>
  Item(T&& made_of) : value(std::forward<T>(made_of)) {}

  mutable Json value;
};

template <class T>
T Json::get() const {
  if constexpr (std::same_as<T, bool>) {
    return boolean();
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(real());
  } else if constexpr (std::unsigned_integral<T>) {
    return static_cast<T>(natural());
  } else if constexpr (std::integral<T>) {
    return static_cast<T>(whole());
  } else if constexpr (std::same_as<T, std::string>) {
    return text();
  } else {
    T all;
    for (const Json& item : *this) all.push_back(item.get<typename T::value_type>());
    return all;
  }
}

}  // namespace kg
