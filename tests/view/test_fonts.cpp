// The typeface: numbers that do not dance, and a letter for everything the stage writes.
#include <doctest/doctest.h>
#include <imgui.h>

#include <string>

#include "view/fonts.h"

using namespace kg;

namespace {

constexpr float kTypeScale[] = {13, 14, 16, 22, 26};  // units, as in ui.h
constexpr Weight kWeights[] = {Weight::regular, Weight::semibold};

}  // namespace

TEST_CASE("view/fonts: digits are equally wide in every size, so that columns of numbers stand still") {
  ImFontAtlas atlas;
  Fonts fonts;
  REQUIRE(fonts.prepare(atlas, 1.25f, 1.5f));
  for (const Weight weight : kWeights) {
    for (const float units : kTypeScale) {
      CAPTURE(units);
      const ImFont* face = fonts.face(weight, units * 1.5f);
      REQUIRE(face != nullptr);
      const float width = face->GetCharAdvance('0');
      CHECK(width > 0);
      for (const char digit : {'1', '2', '3', '4', '5', '6', '7', '8', '9'}) {
        CAPTURE(digit);
        CHECK(face->GetCharAdvance(static_cast<ImWchar>(digit)) == width);
      }
    }
  }
}

TEST_CASE("view/fonts: every sign the stage writes has its glyph") {
  ImFontAtlas atlas;
  Fonts fonts;
  REQUIRE(fonts.prepare(atlas, 1, 1));
  std::string ascii;
  for (char c = '!'; c <= '~'; ++c) ascii += c;
  for (const Weight weight : kWeights) {
    for (const float units : kTypeScale) {
      const ImFont* face = fonts.face(weight, units);
      for (const char c : ascii) {
        CAPTURE(c);
        CHECK(face->FindGlyphNoFallback(static_cast<ImWchar>(c)) != nullptr);
      }
      // × = − Σ stand between matrices, at every size.
      for (const int sign : {0xD7, 0x2212, 0x3A3}) {
        const ImWchar c = static_cast<ImWchar>(sign);
        CAPTURE(units);
        CAPTURE(c);
        CHECK(face->FindGlyphNoFallback(c) != nullptr);
      }
      if (units > 16) continue;
      // Words: … ‹ › ← ↑ → ↓ · – and the letters of file names in Latin.
      for (const int sign : {0x2026, 0x2039, 0x203A, 0x2190, 0x2191, 0x2192, 0x2193, 0xB7, 0x2013, 0xE4, 0xF6,
                             0xFC, 0xDF, 0xE9}) {
        const ImWchar c = static_cast<ImWchar>(sign);
        CAPTURE(units);
        CAPTURE(c);
        CHECK(face->FindGlyphNoFallback(c) != nullptr);
      }
    }
  }
}

TEST_CASE("view/fonts: they are made anew for another screen, and only then") {
  ImFontAtlas atlas;
  Fonts fonts;
  CHECK(fonts.prepare(atlas, 1, 1));
  CHECK_FALSE(fonts.prepare(atlas, 1, 1));
  const float small = fonts.face(Weight::regular, 14)->FontSize;
  CHECK(fonts.prepare(atlas, 2, 1));
  CHECK(fonts.face(Weight::regular, 14)->FontSize == doctest::Approx(2 * small));
  CHECK(fonts.prepare(atlas, 2, 1.5f));
  CHECK(fonts.face(Weight::regular, 14 * 1.5f)->FontSize == doctest::Approx(3 * small));
  CHECK_FALSE(fonts.prepare(atlas, 2, 1.5f));
}

TEST_CASE("view/fonts: the face is the nearest that is large enough: text is made smaller, never larger") {
  ImFontAtlas atlas;
  Fonts fonts;
  REQUIRE(fonts.prepare(atlas, 2, 1));
  for (float size = 5; size <= 26; size += 0.5f) {
    CAPTURE(size);
    CHECK(fonts.face(Weight::semibold, size)->FontSize >= 2 * size - 0.05f);
  }
  CHECK(fonts.face(Weight::regular, 13)->FontSize == doctest::Approx(26));
  CHECK(fonts.face(Weight::regular, 500)->FontSize == doctest::Approx(52));
}
