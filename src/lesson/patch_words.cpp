#include "lesson/patch_words.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr std::size_t kCells = 9;
constexpr double kPlain = 0.08;  // of the picture's range: less contrast than this is none
constexpr double kFaint = 0.3;   // and less than this is little
constexpr double kAlike = 0.7;   // the correlation from which on a block shows a pattern
constexpr double kEqual = 0.05;  // of the picture's range: pixels that differ less are equally light

using Nine = std::array<double, kCells>;

// Where a pattern is 1, the block is light if it correlates, and dark if it correlates negatively.
struct Form {
  Nine cells;
  Pattern light, dark;
  const char *light_words, *dark_words;
};

constexpr const char* kTop = "dark above, light below: a top edge";
constexpr const char* kBottom = "light above, dark below: a bottom edge";
constexpr const char* kLeft = "dark on the left, light on the right: a left edge";
constexpr const char* kRight = "light on the left, dark on the right: a right edge";
constexpr const char* kSlantUl = "light at the upper left, dark at the lower right: a slanting edge";
constexpr const char* kSlantLr = "dark at the upper left, light at the lower right: a slanting edge";
constexpr const char* kSlantUr = "light at the upper right, dark at the lower left: a slanting edge";
constexpr const char* kSlantLl = "dark at the upper right, light at the lower left: a slanting edge";
constexpr const char* kLightUl =
    "light at the upper left, dark below and on the right: the lower right corner of something light";
constexpr const char* kLightUr =
    "light at the upper right, dark below and on the left: the lower left corner of something light";
constexpr const char* kLightLl =
    "light at the lower left, dark above and on the right: the upper right corner of something light";
constexpr const char* kLightLr =
    "light at the lower right, dark above and on the left: the upper left corner of something light";
constexpr const char* kDarkUl =
    "dark at the upper left, light below and on the right: the lower right corner of something dark";
constexpr const char* kDarkUr =
    "dark at the upper right, light below and on the left: the lower left corner of something dark";
constexpr const char* kDarkLl =
    "dark at the lower left, light above and on the right: the upper right corner of something dark";
constexpr const char* kDarkLr =
    "dark at the lower right, light above and on the left: the upper left corner of something dark";

using P = Pattern;

constexpr Form kForms[] = {
    {{1, 1, 1, 0, 0, 0, 0, 0, 0}, P::bottom_edge, P::top_edge, kBottom, kTop},
    {{1, 1, 1, 1, 1, 1, 0, 0, 0}, P::bottom_edge, P::top_edge, kBottom, kTop},
    {{1, 0, 0, 1, 0, 0, 1, 0, 0}, P::right_edge, P::left_edge, kRight, kLeft},
    {{1, 1, 0, 1, 1, 0, 1, 1, 0}, P::right_edge, P::left_edge, kRight, kLeft},
    {{1, 1, 0, 1, 0, 0, 0, 0, 0}, P::slanting_edge, P::slanting_edge, kSlantUl, kSlantLr},
    {{1, 1, 1, 1, 1, 0, 1, 0, 0}, P::slanting_edge, P::slanting_edge, kSlantUl, kSlantLr},
    {{0, 1, 1, 0, 0, 1, 0, 0, 0}, P::slanting_edge, P::slanting_edge, kSlantUr, kSlantLl},
    {{1, 1, 1, 0, 1, 1, 0, 0, 1}, P::slanting_edge, P::slanting_edge, kSlantUr, kSlantLl},
    {{1, 1, 0, 1, 1, 0, 0, 0, 0}, P::corner, P::corner, kLightUl, kDarkUl},
    {{0, 1, 1, 0, 1, 1, 0, 0, 0}, P::corner, P::corner, kLightUr, kDarkUr},
    {{0, 0, 0, 1, 1, 0, 1, 1, 0}, P::corner, P::corner, kLightLl, kDarkLl},
    {{0, 0, 0, 0, 1, 1, 0, 1, 1}, P::corner, P::corner, kLightLr, kDarkLr},
    {{1, 0, 0, 0, 0, 0, 0, 0, 0}, P::corner, P::corner, kLightUl, kDarkUl},
    {{0, 0, 1, 0, 0, 0, 0, 0, 0}, P::corner, P::corner, kLightUr, kDarkUr},
    {{0, 0, 0, 0, 0, 0, 1, 0, 0}, P::corner, P::corner, kLightLl, kDarkLl},
    {{0, 0, 0, 0, 0, 0, 0, 0, 1}, P::corner, P::corner, kLightLr, kDarkLr},
    {{0, 0, 0, 1, 1, 1, 0, 0, 0},
     P::line,
     P::line,
     "light in the middle, dark above and below: a light line from left to right",
     "dark in the middle, light above and below: a dark line from left to right"},
    {{0, 1, 0, 0, 1, 0, 0, 1, 0},
     P::line,
     P::line,
     "light in the middle, dark on the left and right: a light line from top to bottom",
     "dark in the middle, light on the left and right: a dark line from top to bottom"},
    {{1, 0, 0, 0, 1, 0, 0, 0, 1},
     P::line,
     P::line,
     "light from upper left to lower right, dark on both sides: a slanting light line",
     "dark from upper left to lower right, light on both sides: a slanting dark line"},
    {{0, 0, 1, 0, 1, 0, 1, 0, 0},
     P::line,
     P::line,
     "light from upper right to lower left, dark on both sides: a slanting light line",
     "dark from upper right to lower left, light on both sides: a slanting dark line"},
    {{0, 1, 0, 0, 1, 0, 0, 0, 0},
     P::line_end,
     P::line_end,
     "light from above to the middle, dark around: the lower end of a light line",
     "dark from above to the middle, light around: the lower end of a dark line"},
    {{0, 0, 0, 0, 1, 0, 0, 1, 0},
     P::line_end,
     P::line_end,
     "light from below to the middle, dark around: the upper end of a light line",
     "dark from below to the middle, light around: the upper end of a dark line"},
    {{0, 0, 0, 1, 1, 0, 0, 0, 0},
     P::line_end,
     P::line_end,
     "light from the left to the middle, dark around: the right end of a light line",
     "dark from the left to the middle, light around: the right end of a dark line"},
    {{0, 0, 0, 0, 1, 1, 0, 0, 0},
     P::line_end,
     P::line_end,
     "light from the right to the middle, dark around: the left end of a light line",
     "dark from the right to the middle, light around: the left end of a dark line"},
    {{0, 0, 0, 0, 1, 0, 0, 0, 0},
     P::dot,
     P::dot,
     "light in the middle, dark all around: a light dot",
     "dark in the middle, light all around: a dark dot"},
};

constexpr const char* kPlaces[kCells] = {"at the upper left", "at the top",    "at the upper right",
                                         "on the left",       "in the middle", "on the right",
                                         "at the lower left", "at the bottom", "at the lower right"};

double correlation(const Nine& a, const Nine& b) {
  double mean_a = 0, mean_b = 0;
  for (std::size_t i = 0; i < kCells; ++i) mean_a += a[i] / kCells, mean_b += b[i] / kCells;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < kCells; ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

double range_of(const Patch& patch) {
  return static_cast<double>(patch.lightest) - static_cast<double>(patch.darkest);
}

// How light each of the nine places is, all channels taken together.
Nine lightness(const Patch& patch) {
  Nine mean{};
  for (std::size_t k = 0; k < patch.block.size(); ++k) {
    mean[k / static_cast<std::size_t>(patch.channels)] +=
        static_cast<double>(patch.block[k]) / patch.channels;
  }
  return mean;
}

// The weights of one sign: how much they weigh together, how light the pixels under them are, and where they
// lie if that has a name.
struct Side {
  double weight = 0;
  double light = 0;  // the pixels' mean, each counted as much as its weight
  unsigned places = 0;
};

Side side_of(const Patch& patch, double sign) {
  Side side;
  for (std::size_t k = 0; k < patch.weights.size(); ++k) {
    const double weight = sign * static_cast<double>(patch.weights[k]);
    if (weight <= 0) continue;
    side.weight += weight;
    side.light += weight * static_cast<double>(patch.block[k]);
    side.places |= 1u << (k / static_cast<std::size_t>(patch.channels));
  }
  if (side.weight > 0) side.light /= side.weight;
  return side;
}

std::string with_place(const char* words, const Side& side) {
  // Bit 0 is the upper left cell, bit 8 the lower right one.
  static constexpr struct {
    unsigned places;
    const char* name;
  } kNames[] = {{0b000000111, "top row"},      {0b000111000, "middle row"},    {0b111000000, "bottom row"},
                {0b001001001, "left column"},  {0b010010010, "middle column"}, {0b100100100, "right column"},
                {0b000010000, "centre"},       {0b111101111, "all around"},    {0b111000111, "outer rows"},
                {0b101101101, "outer columns"}};
  for (const auto& each : kNames) {
    if (each.places == side.places) return std::string(words) + " (" + each.name + ")";
  }
  return words;
}

}  // namespace

BlockSeen see_block(const Patch& patch) {
  assert(patch.block.size() == kCells * static_cast<std::size_t>(patch.channels));
  const Nine light = lightness(patch);
  const auto darkest = std::min_element(light.begin(), light.end());
  const auto lightest = std::max_element(light.begin(), light.end());
  const double range = range_of(patch);
  if (range <= 0) return {Pattern::plain, false, "as plain as the whole picture"};
  if (*lightest - *darkest <= kPlain * range) {
    double level = 0;
    for (const double value : light) level += value / kCells;
    level = (level - static_cast<double>(patch.darkest)) / range;
    const char* words = level > 2.0 / 3   ? "light all over"
                        : level < 1.0 / 3 ? "dark all over"
                                          : "grey all over";
    return {Pattern::plain, false, words};
  }
  const Form* best = nullptr;
  double likeness = 0;
  for (const Form& form : kForms) {
    const double r = correlation(light, form.cells);
    // A hair: of two patterns that are equally like it the first one is seen, on every machine.
    if (std::abs(r) > std::abs(likeness) + 1e-6) best = &form, likeness = r;
  }
  BlockSeen seen;
  seen.faint = *lightest - *darkest < kFaint * range;
  if (best == nullptr || std::abs(likeness) < kAlike) {
    seen.pattern = Pattern::mixed;
    seen.words = std::string("light and dark mixed, lightest ") + kPlaces[lightest - light.begin()] +
                 ", darkest " + kPlaces[darkest - light.begin()];
  } else {
    seen.pattern = likeness > 0 ? best->light : best->dark;
    seen.words = likeness > 0 ? best->light_words : best->dark_words;
  }
  if (seen.faint) seen.words = "little contrast; what there is: " + seen.words;
  return seen;
}

std::string sum_words(const Patch& patch) {
  assert(patch.weights.size() == patch.block.size());
  const Side plus = side_of(patch, 1), minus = side_of(patch, -1);
  if (plus.weight == 0 && minus.weight == 0) {
    return "All weights are 0, so the sum is 0 whatever lies under them.";
  }
  if (minus.weight == 0) {
    return with_place("There are only plus weights", plus) +
           ": the lighter the pixels under them, the larger the sum.";
  }
  if (plus.weight == 0) {
    return with_place("There are only minus weights", minus) +
           ": the lighter the pixels under them, the further the sum is below 0.";
  }
  const double for_it = plus.weight * plus.light, against = minus.weight * minus.light;
  const double sum = for_it - against, hair = 1e-5 * (std::abs(for_it) + std::abs(against));
  const double lead = plus.light - minus.light, equal = kEqual * std::max(range_of(patch), 0.0);
  const std::string pluses = with_place("he plus weights", plus),
                    minuses = with_place("he minus weights", minus);
  if (std::abs(sum) <= hair) {
    if (std::abs(lead) <= equal) {
      return "T" + pluses + " and t" + minuses + " lie on equally light pixels and cancel out.";
    }
    return "What t" + pluses + " add, t" + minuses + " take away again.";
  }
  const bool positive = sum > 0;
  const std::string &winner = positive ? pluses : minuses, &loser = positive ? minuses : pluses;
  const double winner_light = positive ? plus.light : minus.light;
  const double loser_light = positive ? minus.light : plus.light;
  const bool heavier = positive == (plus.weight > minus.weight);
  const bool lighter = positive ? lead > 0 : lead < 0;
  const bool alike = std::abs(lead) <= equal;
  if (alike && heavier) {
    return "T" + pluses + " and t" + minuses + " lie on equally light pixels, but t" + winner +
           " weigh more.";
  }
  if (lighter && alike) return "T" + winner + " lie on slightly lighter pixels than t" + loser + ".";
  if (lighter) {
    return "T" + winner + " lie on the lighter pixels, " + number_text(winner_light) + " on average; t" +
           loser + " on darker ones, " + number_text(loser_light) + ".";
  }
  if (heavier) return "T" + loser + " lie on lighter pixels, but t" + winner + " weigh more.";
  // Numbers of one's own can be below 0, and only they.
  return "T" + loser + " would win, but pixels below 0 turn the signs round.";
}

}  // namespace kg
