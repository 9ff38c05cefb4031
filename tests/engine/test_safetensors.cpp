#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <string>
#include <string_view>

#include "engine/python_text.h"
#include "engine/safetensors.h"

using namespace kg;

namespace {

using Bytes = std::vector<std::uint8_t>;

// A file of this header, with so many bytes of data: 0, 1, 2, …
Bytes file_of(std::string_view header, std::size_t data = 0) {
  Bytes file;
  for (int shift = 0; shift < 64; shift += 8)
    file.push_back(static_cast<std::uint8_t>(std::uint64_t{header.size()} >> shift & 255));
  file.insert(file.end(), header.begin(), header.end());
  for (std::size_t k = 0; k < data; ++k) file.push_back(static_cast<std::uint8_t>(k & 63));
  return file;
}

std::string refusal(const Bytes& file) {
  const Result<Safetensors> read = read_safetensors(file);
  return read.ok() ? "" : read.sentence();
}
std::string refusal(std::string_view header, std::size_t data = 0) { return refusal(file_of(header, data)); }

std::string tensor(std::string_view name, std::string_view shape, std::string_view offsets,
                   std::string_view dtype = "F32") {
  return "\"" + std::string(name) + "\":{\"dtype\":\"" + std::string(dtype) +
         "\",\"shape\":" + std::string(shape) + ",\"data_offsets\":" + std::string(offsets) + "}";
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const Safetensors kContents = {{{"a/kernel", {2, 3}, {1, -2.5f, 3e-38f, 0, 1e-45f, 3.4028235e38f}},
                                {"b", {}, {7}},
                                {"c", {0, 5}, {}},
                                {"d é", {1, 1, 2}, {-0.0f, 0.1f}}},
                               {{"format", "kernelglass"}, {"note", "tabs\t, \"quotes\", \\ and é"}}};

}  // namespace

TEST_CASE("engine/safetensors: what is written is read, to the bit") {
  const Bytes file = write_safetensors(kContents);
  const Result<Safetensors> read = read_safetensors(file);
  REQUIRE(read.ok());
  REQUIRE(*read == kContents);
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::size_t j = 0; j < kContents.tensors[k].values.size(); ++j)
      CHECK(std::bit_cast<std::uint32_t>(read->tensors[k].values[j]) ==
            std::bit_cast<std::uint32_t>(kContents.tensors[k].values[j]));
  }
  CHECK(write_safetensors(*read) == file);
  const Result<Safetensors> nothing = read_safetensors(write_safetensors({}));
  REQUIRE(nothing.ok());
  CHECK(*nothing == Safetensors{});
}

TEST_CASE("engine/safetensors: the bytes of a small file") {
  const Bytes file = write_safetensors({{{"b", {2}, {1, -2}}, {"a", {}, {0.5f}}}, {{"k", "v"}}});
  const std::string header =
      R"({"__metadata__":{"k":"v"},)" + tensor("a", "[]", "[0,4]") + "," + tensor("b", "[2]", "[4,12]") + "}";
  const std::size_t padded = (header.size() + 7) / 8 * 8;
  REQUIRE(file.size() == 8 + padded + 12);
  CHECK(file[0] == padded);
  CHECK(std::all_of(file.begin() + 1, file.begin() + 8, [](int byte) { return byte == 0; }));
  CHECK(std::string(file.begin() + 8, file.begin() + 8 + static_cast<std::ptrdiff_t>(padded)) ==
        header + std::string(padded - header.size(), ' '));
  const Bytes data(file.end() - 12, file.end());
  CHECK(data == Bytes{0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0});  // 0.5, 1, −2
}

TEST_CASE("engine/safetensors: any order of entries, any white space, any legal escape") {
  const std::string header =
      "{ \"z\" :\n{\t\"data_offsets\" : [ 4 , 8 ],\r\"shape\": [ 1 ] , \"dtype\": \"\\u00462\\u0033\\u0032\" "
      "} , "
      "\"a\\/\\\"\\\\\\u00e9\\u20AC\\uD83D\\uDE00\": {\"shape\":[],\"dtype\":\"F32\",\"data_offsets\":[0,4]} "
      "}   ";
  CHECK(refusal(header, 8) ==
        "The tensor “z” holds numbers of the type “F232”, but only F32 can be read here: "
        "floats of 32 bits.");
  std::string right = header;
  right.replace(right.find("\\u00462"), 7, "\\u0046");
  CAPTURE(right);
  const Result<Safetensors> read = read_safetensors(file_of(right, 8));
  REQUIRE(read.ok());
  REQUIRE(read->tensors.size() == 2);
  CHECK(read->tensors[0].name == "a/\"\\é€😀");
  CHECK(read->tensors[0].shape.empty());
  CHECK(read->tensors[1].name == "z");
  CHECK(std::bit_cast<std::uint32_t>(read->tensors[1].values[0]) == 0x07060504);
}

TEST_CASE("engine/safetensors: a file that ends too early, at every byte, or goes on") {
  const Bytes whole = write_safetensors(kContents);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const std::string sentence =
        refusal(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
    CHECK_FALSE(sentence.empty());
    CHECK((contains(sentence, "end is missing") || length < 8));
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK(refusal(longer) == "The tensors take 36 bytes, but behind its header the file has 37: that is more.");
  CHECK(refusal(Bytes{}) ==
        "This is no safetensors file: it has only 0 bytes, and the length of its header alone takes 8.");
}

TEST_CASE("engine/safetensors: lengths that cannot be") {
  Bytes file(64, 0xFF);
  CHECK(refusal(file) ==
        "This is no safetensors file, or its end is missing: its header would have "
        "18446744073709551615 bytes, but only 56 follow.");
  file.assign(64, 0);
  CHECK(contains(refusal(file), "at byte 8 there should be a {"));
  file = file_of("{}");
  file[4] = 1;  // 2³² and 2: the same in 32 bits
  CHECK(contains(refusal(file), "4294967298"));
  CHECK(contains(refusal(Bytes{0x80, 0x02, 'c', 'p', 'i', 'c', 'k', 'l', 'e', 'q'}), "end is missing"));
}

TEST_CASE("engine/safetensors: text that is not the JSON of a header") {
  const std::string good = "{" + tensor("a", "[1]", "[0,4]") + "}";
  REQUIRE(refusal(good, 4) == "");
  // Every byte of the header left out, or replaced: never a crash; a sentence unless it still is legal.
  for (std::size_t k = 0; k < good.size(); ++k) {
    std::string shorter = good;
    shorter.erase(k, 1);
    const Result<Safetensors> read = read_safetensors(file_of(shorter, 4));
    CAPTURE(shorter);
    // A tensor without a name is one, too, and so is one without sizes.
    CHECK((read.ok() ? k == 2 || k == good.find("1") : !read.sentence().empty()));
    for (const char c : std::string_view("\0 \"\\{}[]:,0-x\xff", 14)) {
      std::string other = good;
      other[k] = c;
      const Result<Safetensors> replaced = read_safetensors(file_of(other, 4));
      if (!replaced.ok()) CHECK_FALSE(replaced.sentence().empty());
    }
  }
  const auto what = [](const std::string& header) {
    const std::string sentence = refusal(header, 4);
    const std::size_t at = sentence.find("at byte ");
    return at == std::string::npos ? sentence : sentence.substr(at);
  };
  CHECK(what("") == "at byte 8 there should be a {.");
  CHECK(what(" " + good) == "at byte 8 there should be a {.");
  CHECK(what(good + "\n") == "at byte 62 there should be nothing but spaces.");
  CHECK(what(good + good) == "at byte 62 there should be nothing but spaces.");
  CHECK(what("{") == "at byte 9 there should be a text in quotes.");
  CHECK(what("{\"a") == "at byte 11 there should be the \" that ends a text.");
  CHECK(what("{\"a\"}") == "at byte 12 there should be a colon.");
  CHECK(what("{\"a\":1}") == "at byte 13 there should be a {.");
  CHECK(what("{\"a\":null}") == "at byte 13 there should be a {.");
  CHECK(what("{'a':{}}") == "at byte 9 there should be a text in quotes.");
  CHECK(what("{\"a\":{},}") == "The tensor “a” has no dtype, but it needs dtype, shape and data_offsets.");
  CHECK(what("{" + tensor("a", "[1]", "[0,4]") + ",}") == "at byte 62 there should be a text in quotes.");
  CHECK(what("{" + tensor("a", "[1]", "[0,4]") + " " + tensor("b", "[1]", "[0,4]") + "}") ==
        "at byte 62 there should be a comma or a }.");
  for (const char* number : {"-1", "+1", "1.0", "1e0", "01", "00", "\"1\"", "", "[1]", "NaN", "0x1"}) {
    CAPTURE(number);
    CHECK(contains(what("{" + tensor("a", "[" + std::string(number) + ",1]", "[0,4]") + "}"),
                   "there should be"));
  }
  CHECK(what("{" + tensor("a", "[18446744073709551616]", "[0,4]") + "}") ==
        "at byte 56 there should be a smaller number.");
  for (const char* text :
       {"\\x", "\\u12g4", "\\u12", "\\", "\\ud800", "\\ud800\\n", "\\ud800\\u0041", "\\udc00", "\n", "\x80",
        "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\xc3", "\xf0\x9f\x98"}) {
    CAPTURE(text);
    CHECK(contains(what("{" + tensor(text, "[1]", "[0,4]") + "}"), "there should be"));
  }
  CHECK(refusal("{" + tensor("\\u0000", "[1]", "[0,4]") + "}", 4) == "");
}

TEST_CASE("engine/safetensors: what is named twice, is missing, or does not belong") {
  const std::string one = tensor("a", "[1]", "[0,4]");
  CHECK(refusal("{" + one + "," + tensor("a", "[1]", "[4,8]") + "}", 8) ==
        "The header names “a” twice, so it is not clear which of them holds.");
  CHECK(refusal("{" + one + "," + tensor("\\u0061", "[0]", "[4,4]") + "}", 4) ==
        "The header names “a” twice, so it is not clear which of them holds.");
  CHECK(refusal(R"({"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4) ==
        "The header names “dtype” twice, so it is not clear which of them holds.");
  CHECK(refusal(R"({"__metadata__":{"a":"1","a":"1"}})") ==
        "The header names “a” twice, so it is not clear which of them holds.");
  CHECK(refusal(R"({"__metadata__":{},"__metadata__":{}})") ==
        "The header names “__metadata__” twice, so it is not clear which of them holds.");
  CHECK(contains(refusal(R"({"__metadata__":{"a":1}})"), "a text in quotes"));
  CHECK(contains(refusal(R"({"__metadata__":[]})"), "a {"));
  CHECK(contains(refusal(R"({"a":{"dtype":"F32","shape":[1]}})"), "has no data_offsets"));
  CHECK(contains(refusal(R"({"a":{"dtype":"F32","data_offsets":[0,4]}})"), "has no shape"));
  CHECK(contains(refusal(R"({"a":{"shape":[1],"data_offsets":[0,4]}})"), "has no dtype"));
  CHECK(refusal(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"stride":[1]}})", 4) ==
        "The tensor “a” has an entry “stride”, but only dtype, shape and data_offsets belong there.");
  for (const char* dtype : {"F16", "F64", "BF16", "I32", "f32", ""}) {
    CHECK(refusal("{" + tensor("a", "[1]", "[0,4]", dtype) + "}", 4) ==
          "The tensor “a” holds numbers of the type “" + std::string(dtype) +
              "”, but only F32 can be read here: floats of 32 bits.");
  }
  for (const char* offsets : {"[]", "[0]", "[0,4,8]"})
    CHECK(contains(refusal("{" + tensor("a", "[1]", offsets) + "}", 4), "needs two data_offsets"));
}

TEST_CASE("engine/safetensors: sizes and places that cannot be") {
  const auto one = [](const char* shape, const char* offsets) {
    return refusal("{" + tensor("a", shape, offsets) + "}", 8);
  };
  CHECK(one("[2]", "[0,8]") == "");
  CHECK(one("[1]", "[0,8]") ==
        "The tensor “a” has the shape (1,), which makes 4 bytes, but its data is said to go "
        "from byte 0 to 8.");
  CHECK(contains(one("[3]", "[0,8]"), "12 bytes"));
  CHECK(contains(one("[2]", "[8,0]"), "from byte 8 to 0"));
  CHECK(contains(one("[0]", "[8,0]"), "from byte 8 to 0"));
  CHECK(contains(one("[2]", "[18446744073709551608,0]"), "from byte 18446744073709551608 to 0"));
  CHECK(contains(one("[2]", "[4,12]"), "there is a gap"));
  CHECK(contains(one("[1]", "[4,8]"), "there is a gap"));
  CHECK(contains(one("[1]", "[0,4]"), "that is more"));
  CHECK(contains(one("[2,2]", "[0,16]"), "its end is missing"));
  CHECK(contains(one("[2147483648]", "[0,8]"), "the size 2147483648, which is too large"));
  // Products that would overflow 32 or 64 bits.
  CHECK(contains(one("[65536,65536]", "[0,0]"), "too many values"));
  CHECK(contains(one("[32768,32768,2]", "[0,8]"), "too many values"));
  CHECK(contains(one("[65536,65536,65536,65536]", "[0,0]"), "too many values"));
  CHECK(contains(one("[2147483647,2147483647,2147483647]", "[0,8]"), "too many values"));
  CHECK(contains(one("[268435456]", "[0,1073741824]"), "its end is missing"));
  CHECK(one("[0,2147483647,2147483647]", "[0,0]") ==
        "The tensors take 0 bytes, but behind its header the file has 8: that is more.");
  const auto two = [](const char* first, const char* second) {
    return refusal("{" + tensor("a", "[2]", first) + "," + tensor("b", "[1]", second) + "}", 12);
  };
  CHECK(two("[0,8]", "[8,12]") == "");
  CHECK(two("[4,12]", "[0,4]") == "");
  CHECK(two("[0,8]", "[4,8]") ==
        "The data of the tensor “b” begins at byte 4, but what lies before it ends at 8: they overlap.");
  CHECK(contains(two("[0,8]", "[0,4]"), "they overlap"));
  CHECK(contains(two("[0,8]", "[12,16]"), "there is a gap"));
  // Tensors without values may lie anywhere between.
  CHECK(refusal("{" + tensor("a", "[0]", "[4,4]") + "," + tensor("b", "[1]", "[0,4]") + "," +
                    tensor("c", "[1]", "[4,8]") + "," + tensor("d", "[7,0]", "[4,4]") + "}",
                8) == "");
}

TEST_CASE("engine/safetensors: weights that are no numbers") {
  for (const float value : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                            -std::numeric_limits<float>::infinity()}) {
    const std::string sentence = refusal(write_safetensors({{{"a", {3}, {1, 2, value}}}, {}}));
    CHECK(sentence == std::string("The tensor “a” has, at place 2 of 3, counted from 0, ") +
                          (value == value ? "an infinite number." : "something that is no number."));
  }
}

TEST_CASE("engine/safetensors: names in sentences are cut and kept on one line") {
  CHECK(quoted_name("conv2d/kernel") == "“conv2d/kernel”");
  CHECK(quoted_name("a\nb\x7f") == "“a?b?”");
  CHECK(quoted_name(std::string(60, 'x')) == "“" + std::string(60, 'x') + "”");
  CHECK(quoted_name(std::string(61, 'x')) == "“" + std::string(60, 'x') + "…”");
  std::string long_name(59, 'x');
  CHECK(quoted_name(long_name + "€€") == "“" + long_name + "€…”");
  CHECK(python_tuple(std::vector<int>{}) == "()");
  CHECK(python_tuple({8}) == "(8,)");
  CHECK(python_tuple({3, 3, 1, 8}) == "(3, 3, 1, 8)");
}

TEST_CASE("engine/safetensors: many tensors take little time") {
  Safetensors many;
  for (int k = 0; k < 20000; ++k) many.tensors.push_back({"t" + std::to_string(100000 + k), {1}, {1}});
  const Result<Safetensors> read = read_safetensors(write_safetensors(many));
  REQUIRE(read.ok());
  CHECK((*read == many));
}
