// Json as text. Reading is nlohmann’s, and so is the writing of numbers that are not whole; the rest of
// writing is so little that it is done here, as nlohmann would.
#include <charconv>
#include <cmath>
#include <ostream>

#include "lesson/json.h"

#define JSON_NO_IO 1
#include <nlohmann/json.hpp>

namespace kg {
namespace {

using Kind = Json::Kind;

// What nlohmann’s parser reports, built into a Json. Every function returns whether to go on.
class Builder {
 public:
  bool null() { return put(nullptr); }
  bool boolean(bool value) { return put(value); }
  bool number_integer(std::int64_t value) { return put(value); }
  bool number_unsigned(std::uint64_t value) { return put(value); }
  bool number_float(double value, const std::string&) { return put(value); }
  bool string(std::string& value) { return put(std::move(value)); }
  bool binary(nlohmann::json::binary_t&) { return false; }  // not in texts
  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_object() { return open_.pop_back(), true; }
  bool end_array() { return open_.pop_back(), true; }
  bool key(std::string& key) {
    place_ = &(*open_.back())[key];
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

  Json take() { return std::move(root_); }

 private:
  bool put(Json value) {
    if (!open_.empty() && open_.back()->is_array()) {
      place_ = &open_.back()->push_back(std::move(value));
    } else {
      *place_ = std::move(value);
    }
    return true;
  }
  bool open(Json value) {
    put(std::move(value));
    open_.push_back(place_);
    return true;
  }

  Json root_;
  Json* place_ = &root_;  // of the value that was put last or, after a key, that comes next
  std::vector<Json*>
      open_;  // from the root to the innermost: nothing is added to one while another is inside
};

template <class Whole>
void write_whole(std::string& out, Whole value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void write_real(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char digits[64];
  out.append(digits, nlohmann::detail::to_chars(digits, digits + sizeof digits, value));
}

// What stands at the beginning of `text`: so many bytes, which are UTF-8 or are not. Of what is broken, the
// bytes that could have begun a character go together.
struct Stretch {
  std::size_t bytes;
  bool utf8;
};

Stretch first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t needed = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte also excludes what could be written shorter, surrogates, and what lies beyond U+10FFFF.
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < needed; ++i, low = 0x80, high = 0xBF) {
    if (i == text.size() || byte(i) < low || byte(i) > high) return {i, false};
  }
  return {needed, true};
}

void write_escaped(std::string& out, char c) {
  static constexpr std::string_view kShort = "\"\\\b\f\n\r\t", kLetters = "\"\\bfnrt",
                                    kHex = "0123456789abcdef";
  out += '\\';
  if (const std::size_t at = kShort.find(c); at != kShort.npos) {
    out += kLetters[at];
  } else {
    out += "u00";
    out += kHex[static_cast<std::size_t>(c / 16)];
    out += kHex[static_cast<std::size_t>(c % 16)];
  }
}

void write_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const Stretch next = first_of(text);
    const char c = text[0];
    if (!next.utf8) {
      out += "\uFFFD";
    } else if (next.bytes == 1 && (c < ' ' || c == '"' || c == '\\')) {
      write_escaped(out, c);
    } else {
      out.append(text, 0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  out += '"';
}

void write(std::string& out, const Json& json) {
  const char* separator = "";
  switch (json.kind()) {
    case Kind::null:
      out += "null";
      return;
    case Kind::boolean:
      out += json.boolean() ? "true" : "false";
      return;
    case Kind::whole:
      return write_whole(out, json.whole());
    case Kind::huge:
      return write_whole(out, json.natural());
    case Kind::real:
      return write_real(out, json.real());
    case Kind::text:
      return write_text(out, json.text());
    case Kind::list:
      out += '[';
      for (const Json& item : json) {
        out += std::exchange(separator, ",");
        write(out, item);
      }
      out += ']';
      return;
    case Kind::object:
      out += '{';
      for (const auto& [key, value] : json.items()) {
        out += std::exchange(separator, ",");
        write_text(out, key);
        out += ':';
        write(out, value);
      }
      out += '}';
      return;
    case Kind::bytes:  // for people; nobody reads it back
      write(out, {{"bytes", json.bytes()}, {"subtype", nullptr}});
      return;
  }
}

}  // namespace

std::optional<Json> Json::parse(std::string_view text) {
  auto input = nlohmann::detail::input_adapter(text.data(), text.data() + text.size());
  Builder builder;
  // Not by nlohmann::json::sax_parse, which brings readers of four binary formats with it.
  if (!nlohmann::detail::parser<nlohmann::json, decltype(input)>(std::move(input)).sax_parse(&builder)) {
    return std::nullopt;
  }
  return builder.take();
}

std::string Json::dump() const {
  std::string out;
  write(out, *this);
  return out;
}

std::ostream& operator<<(std::ostream& stream, const Json& json) { return stream << json.dump(); }

}  // namespace kg
