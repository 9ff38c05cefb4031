#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "data/base64url.h"
#include "engine/rng.h"

using namespace kg;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes of_text(std::string_view text) { return Bytes(text.begin(), text.end()); }

}  // namespace

TEST_CASE("data/base64url: the examples of RFC 4648, without padding") {
  const std::pair<const char*, const char*> kExamples[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : kExamples) {
    CHECK(base64url_encode(of_text(plain)) == coded);
    CHECK(base64url_decode(coded).value() == of_text(plain));
  }
  CHECK(base64url_encode(Bytes{0xfb, 0xff, 0xbf}) == "-_-_");
}

TEST_CASE("data/base64url: digits and values belong to each other") {
  int legal = 0;
  for (int character = 0; character < 256; ++character) {
    const int value = base64url_value(static_cast<char>(character));
    if (value < 0) continue;
    ++legal;
    CHECK(static_cast<int>(static_cast<unsigned char>(base64url_digit(value))) == character);
  }
  CHECK(legal == 64);
}

TEST_CASE("data/base64url: any bytes come back") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    Bytes bytes(rng.below(100));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(rng.below(256));
    const Result<Bytes> back = base64url_decode(base64url_encode(bytes));
    REQUIRE(back.ok());
    CHECK(*back == bytes);
  }
}

TEST_CASE("data/base64url: what encoding does not write is refused") {
  for (const char* bad :
       {"A", "AAAAA", "Zg==", "Zm8=", "Z g", "Zm+v", "Zm/v", "Zh", "Zm9", "Zm9vYh", "é", "\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(base64url_decode(bad).ok());
  }
  CHECK(base64url_decode("AB.A").sentence() ==
        "character 3 of the text is not one of A–Z, a–z, 0–9, - and _");
}

TEST_CASE("data/base64url: random text is refused or is what encoding writes") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    std::string text;
    for (std::uint32_t i = rng.below(12); i > 0; --i) {
      text += seed % 2 == 0 ? base64url_digit(static_cast<int>(rng.below(64)))
                            : static_cast<char>(rng.below(256));
    }
    const Result<Bytes> bytes = base64url_decode(text);
    if (bytes.ok()) CHECK(base64url_encode(*bytes) == text);
  }
}
