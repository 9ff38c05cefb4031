#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "data/base64url.h"
#include "data/digit_generator.h"
#include "data/picture_text.h"
#include "engine/rng.h"

using namespace kg;

namespace {

bool same(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && std::equal(a.values().begin(), a.values().end(), b.values().begin());
}

}  // namespace

TEST_CASE("data/picture_text: small pictures, worked out by hand") {
  Tensor bytes(Shape{1, 1, 3, 1});
  bytes.values()[0] = 102.0f / 255;  // f o o
  bytes.values()[1] = bytes.values()[2] = 111.0f / 255;
  CHECK(picture_to_text(bytes) == "1x3x1:Zm9v");
  CHECK(same(picture_from_text("1x3x1:Zm9v").value(), bytes));

  Tensor one(Shape{1, 1, 1, 1});
  one.values()[0] = 0.5f;  // 00 00 00 3f
  CHECK(picture_to_text(one) == "1x1x1f:AAAAPw");
  CHECK(same(picture_from_text("1x1x1f:AAAAPw").value(), one));
}

TEST_CASE("data/picture_text: our digits take a byte a value, and come back") {
  for (int digit = 0; digit < 10; ++digit) {
    const Tensor grey = generate_digit(digit, 5), colour = generate_colour_digit(digit, 5);
    const std::string text = picture_to_text(grey);
    CHECK(text.size() == 8 + 1046);
    CHECK(same(picture_from_text(text).value(), grey));
    CHECK(same(picture_from_text(picture_to_text(colour)).value(), colour));
  }
}

TEST_CASE("data/picture_text: any finite values come back to the last bit") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    Tensor picture(Shape{1, 1 + static_cast<int>(rng.below(9)), 1 + static_cast<int>(rng.below(9)),
                         1 + static_cast<int>(rng.below(4))});
    for (float& value : picture.values()) value = rng.normal() * 1e3f;
    const Result<Tensor> back = picture_from_text(picture_to_text(picture));
    REQUIRE(back.ok());
    CHECK(same(*back, picture));
  }
  Tensor odd(Shape{1, 1, 2, 1});
  odd.values()[0] = -0.0f;  // a byte would lose the sign
  odd.values()[1] = std::numeric_limits<float>::denorm_min();
  const Tensor back = picture_from_text(picture_to_text(odd)).value();
  CHECK(std::signbit(back.values()[0]));
  CHECK(back.values()[1] == std::numeric_limits<float>::denorm_min());
}

TEST_CASE("data/picture_text: the largest that fits a link, and one more") {
  const Tensor largest(Shape{1, 256, 64, 1});
  CHECK(same(picture_from_text(picture_to_text(largest)).value(), largest));
  for (const char* bad :
       {"257x1x1:", "1x257x1:", "1x1x65:", "256x256x1:", "256x256x64:", "99999x99999x99999:"}) {
    CAPTURE(bad);
    const Result<Tensor> result = picture_from_text(bad);
    REQUIRE_FALSE(result.ok());
    CHECK(result.sentence().find("too large for a link") != std::string::npos);
  }
}

TEST_CASE("data/picture_text: what is not written so is refused") {
  const char* const kBad[] = {"",
                              "1",
                              "1x",
                              "1x3",
                              "1x3x1",
                              "1x3x1Zm9v",
                              "1x3x1g:Zm9v",
                              "0x3x1:",
                              "01x3x1:Zm9v",
                              "-1x3x1:Zm9v",
                              "+1x3x1:Zm9v",
                              "1x 3x1:Zm9v",
                              "1X3x1:Zm9v",
                              "1x3x1::Zm9v",
                              "1x3x1:Zm9",
                              "1x3x1:Zm9vA",
                              "1x3x1:Zm9vAA",
                              "1x3x1:Zm9=",
                              "1x3x1:",
                              "1000000x1x1:",
                              "99999999999x1x1:",
                              "1x1x1f:AAA",
                              "1x1x1f:AADAfw" /* NaN */,
                              "1x1x1f:AACAfw" /* infinity */,
                              "1x1x1f:AAAAAA" /* 0, which is a byte */,
                              "x",
                              ":"};
  for (const char* bad : kBad) {
    CAPTURE(bad);
    CHECK_FALSE(picture_from_text(bad).ok());
  }
  CHECK(picture_from_text("1x3x1:Zm8").sentence() ==
        "the picture in the link is damaged: 1×3×1 needs 3 bytes, and it has 2");
}

TEST_CASE("data/picture_text: a cut or changed text is refused, or is the text of a picture") {
  const std::string text = picture_to_text(generate_digit(3, 1));
  for (std::size_t length = 0; length < text.size(); ++length)
    CHECK_FALSE(picture_from_text(text.substr(0, length)).ok());
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    std::string changed = seed % 2 == 0 ? "2x2x1f:AAAAPwAAAD8AAAA_AAAAPw" : "2x3x1:AAECAwQF";
    changed[rng.below(static_cast<std::uint32_t>(changed.size()))] = static_cast<char>(rng.below(256));
    const Result<Tensor> result = picture_from_text(changed);
    if (result.ok()) CHECK(picture_to_text(*result) == changed);
  }
}
