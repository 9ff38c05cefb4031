#include "lesson/json.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace kg {
namespace {

template <class T>
const T& nothing() {
  static const T kNothing;
  return kNothing;
}

// A double as a whole number; C++ leaves open what happens beyond its range.
template <class Whole>
Whole whole_of(double number) {
  using Limits = std::numeric_limits<Whole>;
  if (!(number > static_cast<double>(Limits::min()))) return number == number ? Limits::min() : 0;
  return number < static_cast<double>(Limits::max()) ? static_cast<Whole>(number) : Limits::max();
}

}  // namespace

Json::Json(const char* text) : Json(std::string_view(text)) {}
Json::Json(std::string_view text) : Json(std::string(text)) {}
Json::Json(std::string text) : Json(Kind::text, {.text = new std::string(std::move(text))}) {}

Json::Json(std::initializer_list<Item> items) : Json() {
  const bool members = std::all_of(items.begin(), items.end(), [](const Item& item) {
    return item.value.is_array() && item.value.size() == 2 && item.value[0].is_string();
  });
  *this = members ? object() : array(items);
  if (!members) return;
  held_.object->reserve(items.size());
  for (const Item& item : items) {
    Json* const pair = item.value.begin();
    // Of a key that comes twice the first value counts, as it does with nlohmann.
    if (!contains(pair[0].text()))
      held_.object->push_back({std::move(*pair[0].held_.text), std::move(pair[1])});
  }
}

Json Json::array(std::initializer_list<Item> items) {
  Json list = list_for(items.size());
  for (const Item& item : items) list.held_.list->push_back(std::move(item.value));
  return list;
}

Json Json::list_for(std::size_t size) {
  Json list(Kind::list, {.list = new std::vector<Json>});
  list.held_.list->reserve(size);
  return list;
}

Json Json::object() { return Json(Kind::object, {.object = new std::vector<Member>}); }

Json Json::binary(std::vector<std::uint8_t> bytes) {
  return Json(Kind::bytes, {.bytes = new std::vector<std::uint8_t>(std::move(bytes))});
}

Json::Json(const Json& other) : kind_(other.kind_), held_(other.held_) {
  if (is_string()) held_.text = new std::string(*other.held_.text);
  if (is_array()) held_.list = new std::vector<Json>(*other.held_.list);
  if (is_object()) held_.object = new std::vector<Member>(*other.held_.object);
  if (is_binary()) held_.bytes = new std::vector<std::uint8_t>(*other.held_.bytes);
}

// Not by recursion: what the page sends may be nested more deeply than the stack is.
void Json::release() noexcept {
  std::vector<Json> waiting;
  const auto put_off = [&](Json& child) {
    if (child.is_array() || child.is_object()) waiting.push_back(std::move(child));
  };
  Json dying = std::move(*this);
  while (true) {
    if (dying.is_array()) {
      for (Json& child : *dying.held_.list) put_off(child);
      delete dying.held_.list;
    } else if (dying.is_object()) {
      for (Member& member : *dying.held_.object) put_off(member.value);
      delete dying.held_.object;
    } else if (dying.is_string()) {
      delete dying.held_.text;
    } else {
      delete dying.held_.bytes;
    }
    dying.kind_ = Kind::null;
    if (waiting.empty()) return;
    dying = std::move(waiting.back());
    waiting.pop_back();
  }
}

bool Json::boolean() const {
  assert(is_boolean());
  return is_boolean() && held_.boolean;
}

std::int64_t Json::whole() const {
  if (kind_ == Kind::whole) return held_.whole;
  if (kind_ == Kind::huge) return std::numeric_limits<std::int64_t>::max();
  return whole_of<std::int64_t>(real());
}

std::uint64_t Json::natural() const {
  if (kind_ == Kind::whole) return static_cast<std::uint64_t>(held_.whole);
  if (kind_ == Kind::huge) return held_.huge;
  return whole_of<std::uint64_t>(real());
}

double Json::real() const {
  assert(is_number());
  if (kind_ == Kind::whole) return static_cast<double>(held_.whole);
  if (kind_ == Kind::huge) return static_cast<double>(held_.huge);
  return kind_ == Kind::real ? held_.real : 0;
}

const std::string& Json::text() const {
  assert(is_string());
  return is_string() ? *held_.text : nothing<std::string>();
}

const std::vector<std::uint8_t>& Json::bytes() const {
  assert(is_binary());
  return is_binary() ? *held_.bytes : nothing<std::vector<std::uint8_t>>();
}

std::size_t Json::size() const {
  assert(is_array() || is_object() || is_null());
  return is_array() ? held_.list->size() : is_object() ? held_.object->size() : 0;
}

const Json* Json::begin() const {
  assert(is_array() || is_null());
  return is_array() ? held_.list->data() : nullptr;
}

const Json& Json::at(std::size_t index) const {
  assert(is_array() && index < size());
  return is_array() && index < size() ? (*held_.list)[index] : nothing<Json>();
}

Json& Json::push_back(Json item) {
  assert(is_array() || is_null());
  if (!is_array()) *this = array();
  return held_.list->emplace_back(std::move(item));
}

const std::vector<Json::Member>& Json::items() const {
  assert(is_object() || is_null());
  return is_object() ? *held_.object : nothing<std::vector<Member>>();
}

const Json* Json::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const Member& member : *held_.object) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

const Json& Json::at(std::string_view key) const {
  const Json* const found = find(key);
  assert(found);
  return found ? *found : nothing<Json>();
}

Json& Json::operator[](std::string_view key) {
  assert(is_object() || is_null());
  if (const Json* const found = find(key)) return const_cast<Json&>(*found);
  if (!is_object()) *this = object();
  return held_.object->emplace_back(std::string(key), Json()).value;
}

void Json::update(Json other) {
  assert(other.is_object());
  if (!other.is_object()) return;
  for (Member& member : *other.held_.object) (*this)[member.key] = std::move(member.value);
}

void Json::erase(std::string_view key) {
  if (is_object()) std::erase_if(*held_.object, [&](const Member& member) { return member.key == key; });
}

bool operator==(const Json& a, const Json& b) {
  using Kind = Json::Kind;
  if (a.kind_ != b.kind_) {
    // Whole numbers of two kinds never have the same value.
    return a.is_number() && b.is_number() && (a.is_number_float() || b.is_number_float()) &&
           a.real() == b.real();
  }
  switch (a.kind_) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return a.held_.boolean == b.held_.boolean;
    case Kind::whole:
      return a.held_.whole == b.held_.whole;
    case Kind::huge:
      return a.held_.huge == b.held_.huge;
    case Kind::real:
      return a.held_.real == b.held_.real;
    case Kind::text:
      return *a.held_.text == *b.held_.text;
    case Kind::list:
      return *a.held_.list == *b.held_.list;
    case Kind::object:
      return std::equal(a.held_.object->begin(), a.held_.object->end(), b.held_.object->begin(),
                        b.held_.object->end(),
                        [](const auto& x, const auto& y) { return x.key == y.key && x.value == y.value; });
    case Kind::bytes:
      return *a.held_.bytes == *b.held_.bytes;
  }
  return false;
}

}  // namespace kg
