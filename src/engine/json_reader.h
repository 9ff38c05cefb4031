// JsonReader: reads JSON strictly, as far as the header of a safetensors file needs it: objects, texts, and
// lists of whole numbers from 0 on. (RFC 8259; the caller says what is to come, so nothing nests by itself.)
//
// Every function leaves its place behind what it has read, or answers false; then sentence() says what is
// wrong, and where.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kg {

class JsonReader {
 public:
  // `offset` is the place of the text in its file, to be named in sentences.
  JsonReader(std::string_view text, std::size_t offset) : text_(text), offset_(offset) {}

  // {"name": …, …}; member(name) reads what stands behind the colon.
  template <class Member>
  bool object(Member member) {
    if (!expect('{', "a {")) return false;
    if (accept('}')) return true;
    do {
      std::string name;
      if (!string(name) || !expect(':', "a colon") || !member(std::move(name))) return false;
    } while (accept(','));
    return expect('}', "a comma or a }");
  }

  // [1, 2, …]; item(number) takes each.
  template <class Item>
  bool numbers(Item item) {
    if (!expect('[', "a [")) return false;
    if (accept(']')) return true;
    do {
      std::uint64_t n = 0;
      if (!number(n) || !item(n)) return false;
    } while (accept(','));
    return expect(']', "a comma or a ]");
  }

  bool string(std::string& to);    // any legal text; `to` becomes UTF-8
  bool number(std::uint64_t& to);  // whole, from 0 to 2⁶⁴ − 1, without sign, point or exponent

  bool starts_with(char c) const { return place_ == 0 && next_is(c); }
  bool only_spaces_left();

  // For what only the caller can know to be wrong. Answers false; the first sentence stays.
  bool refuse(std::string sentence);
  bool expected(const char* what);  // "…at byte 17 there should be a colon."
  const std::string& sentence() const { return sentence_; }

 private:
  bool next_is(char c) const { return place_ < text_.size() && text_[place_] == c; }
  bool accept(char c);  // over white space
  bool expect(char c, const char* what) { return accept(c) || expected(what); }
  bool escape(std::string& to);
  bool four_digits(unsigned& code);

  std::string_view text_;
  std::size_t offset_, place_ = 0;
  std::string sentence_;
};

// As a text of JSON, with its quotes. The text is UTF-8.
std::string json_text(std::string_view text);

}  // namespace kg
