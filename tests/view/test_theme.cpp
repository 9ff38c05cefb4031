// Colours: read by everybody, and meaning the same in every theme.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "view/theme.h"

using namespace kg;

namespace {

// WCAG 2.1, "relative luminance" and "contrast ratio".
double luminance(const Colour& c) {
  const auto linear = [](float v) {
    return v <= 0.03928f ? static_cast<double>(v) / 12.92
                         : std::pow((static_cast<double>(v) + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double contrast(const Colour& a, const Colour& b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

constexpr std::pair<const char*, ThemeName> kThemes[] = {
    {"light", ThemeName::light}, {"dark", ThemeName::dark}, {"contrast", ThemeName::contrast}};

}  // namespace

TEST_CASE("view/theme: the checker itself: black on white is 21, grey 767676 is just legible") {
  CHECK(contrast({0, 0, 0, 1}, {1, 1, 1, 1}) == doctest::Approx(21));
  const float grey = 0x76 / 255.0f;
  CHECK(contrast({grey, grey, grey, 1}, {1, 1, 1, 1}) == doctest::Approx(4.54).epsilon(0.002));
}

TEST_CASE("view/theme: text is legible on ground and panel in every theme (WCAG AA)") {
  for (const auto& [name, which] : kThemes) {
    CAPTURE(std::string(name));
    const Theme& t = theme(which);
    for (const Colour& back : {t.ground, t.panel}) {
      CHECK(contrast(t.ink, back) >= 7);
      CHECK(contrast(t.muted, back) >= 4.5);
      CHECK(contrast(t.error, back) >= 4.5);
      CHECK(contrast(t.action, back) >= 3);  // frames and knobs of controls (WCAG 1.4.11)
    }
    CHECK(contrast(t.on_action, t.action) >= 4.5);
    CHECK(contrast(t.ink, mix(t.panel, t.action, 0.14f)) >= 4.5);  // a chosen button
    CHECK(contrast(t.muted, t.empty) >= 3);
    for (const Colour& c : {t.ground, t.panel, t.ink, t.muted, t.hairline, t.action, t.on_action, t.attention,
                            t.error, t.empty}) {
      CHECK(c.a == 1);
    }
  }
  CHECK(contrast(theme(ThemeName::contrast).ink, theme(ThemeName::contrast).ground) >= 20);
  CHECK(contrast(theme(ThemeName::contrast).muted, theme(ThemeName::contrast).ground) >= 7);
}

TEST_CASE("view/theme: the lines of a plot are seen on ground and panel, and told apart by every eye") {
  // Machado, Oliveira and Fernandes (2009): what is seen without the cones for red, for green, for blue.
  using Matrix = double[3][3];
  const Matrix eyes[] = {
      {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
      {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
      {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
      {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
  // CIE L*a*b* of what an eye sees of a colour; distances there are distances for the beholder.
  const auto seen = [](const Colour& c, const Matrix& eye) {
    const auto linear = [](float v) {
      return v <= 0.04045f ? static_cast<double>(v) / 12.92
                           : std::pow((static_cast<double>(v) + 0.055) / 1.055, 2.4);
    };
    const double rgb[] = {linear(c.r), linear(c.g), linear(c.b)};
    double s[3];
    for (int i = 0; i < 3; ++i)
      s[i] = std::clamp(eye[i][0] * rgb[0] + eye[i][1] * rgb[1] + eye[i][2] * rgb[2], 0.0, 1.0);
    const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    const double x = f((0.4124 * s[0] + 0.3576 * s[1] + 0.1805 * s[2]) / 0.9505);
    const double y = f(0.2126 * s[0] + 0.7152 * s[1] + 0.0722 * s[2]);
    const double z = f((0.0193 * s[0] + 0.1192 * s[1] + 0.9505 * s[2]) / 1.089);
    return std::array<double, 3>{116 * y - 16, 500 * (x - y), 200 * (y - z)};
  };
  for (const auto& [name, which] : kThemes) {
    CAPTURE(std::string(name));
    const Theme& t = theme(which);
    for (std::size_t a = 0; a < t.series.size(); ++a) {
      CAPTURE(a);
      CHECK(contrast(t.series[a], t.panel) >= 3);  // WCAG 1.4.11
      CHECK(contrast(t.series[a], t.ground) >= 3);
      for (std::size_t b = 0; b < a; ++b) {
        CAPTURE(b);
        for (const Matrix& eye : eyes) {
          const auto u = seen(t.series[a], eye), v = seen(t.series[b], eye);
          CHECK(std::hypot(u[0] - v[0], u[1] - v[1], u[2] - v[2]) > 12);  // 2 is just noticed
        }
      }
    }
  }
}

TEST_CASE("view/theme: numbers in cells are legible on every colour of the scale") {
  double least = 21;
  float at = 0;
  for (int i = -1000; i <= 1000; ++i) {
    const float value = static_cast<float>(i) / 1000;
    const Colour back = value_colour(value);
    if (contrast(text_on(back), back) < least) least = contrast(text_on(back), back), at = value;
  }
  INFO("worst at the value " << at);
  CHECK(least >= 4.5);
  least = 21;
  for (int i = 0; i <= 255; ++i) {
    const Colour back = grey_colour(static_cast<float>(i) / 255);
    if (contrast(text_on(back), back) < least)
      least = contrast(text_on(back), back), at = static_cast<float>(i);
  }
  INFO("worst on the grey " << at);
  CHECK(least >= 4.5);
}

TEST_CASE("view/theme: white is 0, red is positive, blue is negative, and both sides are equally strong") {
  const Palette& palette = value_palette();
  const Colour& middle = palette[kPaletteSize / 2];
  CHECK((middle.r == 1 && middle.g == 1 && middle.b == 1));
  const Colour zero = value_colour(0);
  CHECK((zero.r == 1 && zero.g == 1 && zero.b == 1));
  double last = 1;
  for (int i = 1; i <= 100; ++i) {
    const float value = static_cast<float>(i) / 100;
    const Colour red = value_colour(value), blue = value_colour(-value);
    CAPTURE(value);
    CHECK(red.r > red.b);
    CHECK(blue.b > blue.r);
    CHECK(contrast(red, blue) < 1.35);  // a grey print shows the same strength
    CHECK(luminance(red) < last);       // and deeper is more
    last = luminance(red);
  }
}

TEST_CASE("view/theme: values beyond the scale take its ends") {
  const auto same = [](const Colour& a, const Colour& b) {
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
  };
  CHECK(same(value_colour(1), value_palette().back()));
  CHECK(same(value_colour(-1), value_palette().front()));
  CHECK(same(value_colour(1e30f), value_colour(1)));
  CHECK(same(value_colour(-std::numeric_limits<float>::infinity()), value_colour(-1)));
  CHECK(same(grey_colour(7), {1, 1, 1, 1}));
  CHECK(same(grey_colour(-7), {0, 0, 0, 1}));
}

TEST_CASE("view/theme: mixing, fading and packing") {
  const Colour half = mix({0, 0.5f, 1, 0}, {1, 0.5f, 0, 1}, 0.25f);
  CHECK(half.r == 0.25f);
  CHECK(half.g == 0.5f);
  CHECK(half.b == 0.75f);
  CHECK(half.a == 0.25f);
  CHECK(faded({1, 1, 1, 0.5f}, 0.5f).a == 0.25f);
  CHECK(packed({1, 0, 0, 1}) == 0xFF0000FFu);  // ImGui's order: A B G R
  CHECK(packed({0, 0, 1, 0.5f}) == 0x80FF0000u);
}
