// What lies under a window, in words: worked by hand, and by symmetry: a block that is turned, mirrored or
// made darker must be described so.
#include "lesson/patch_words.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "lesson/filter_presets.h"
#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

using Nine = std::array<float, 9>;

BlockSeen see(const Nine& block, float darkest = 0, float lightest = 1) {
  const Nine weights{};
  return see_block({block, weights, 1, darkest, lightest});
}

std::string why(const Nine& block, const Nine& weights) { return sum_words({block, weights, 1, 0, 1}); }

Nine preset(const char* name) { return find_filter_preset(name)->values; }

// Left and right exchanged; rows and columns exchanged.
Nine mirrored(const Nine& b) { return {b[2], b[1], b[0], b[5], b[4], b[3], b[8], b[7], b[6]}; }
Nine transposed(const Nine& b) { return {b[0], b[3], b[6], b[1], b[4], b[7], b[2], b[5], b[8]}; }
Nine inverted(Nine b) {
  for (float& v : b) v = 1 - v;
  return b;
}

// The words of a sentence in the order of the alphabet; with left and right exchanged.
std::vector<std::string> in_order(const std::string& text, bool exchange = false) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (std::string_view(" ,:;").find(c) == std::string_view::npos) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  for (std::string& word : words)
    if (exchange) word = word == "left" ? "right" : word == "right" ? "left" : word;
  std::sort(words.begin(), words.end());
  return words;
}

// What the pattern is called when left and right, or light and dark, change places.
Pattern opposite(Pattern pattern, bool upright) {
  if (pattern == Pattern::left_edge) return Pattern::right_edge;
  if (pattern == Pattern::right_edge) return Pattern::left_edge;
  if (upright && pattern == Pattern::top_edge) return Pattern::bottom_edge;
  if (upright && pattern == Pattern::bottom_edge) return Pattern::top_edge;
  return pattern;
}

Nine random_block(Rng& rng) {
  Nine block;
  for (float& v : block) v = rng.uniform();
  return block;
}

}  // namespace

TEST_CASE("lesson/patch: hand-worked: edges") {
  CHECK(see({0, 0, 0, 1, 1, 1, 1, 1, 1}).words == "dark above, light below: a top edge");
  CHECK(see({0, 0, 0, 0, 0, 0, 1, 1, 1}).pattern == Pattern::top_edge);
  CHECK(see({1, 1, 1, 1, 1, 1, 0, 0, 0}).words == "light above, dark below: a bottom edge");
  CHECK(see({0, 1, 1, 0, 1, 1, 0, 1, 1}).words == "dark on the left, light on the right: a left edge");
  CHECK(see({1, 0, 0, 1, 0, 0, 1, 0, 0}).words == "light on the left, dark on the right: a right edge");
  // Shaded, as a pen leaves it.
  CHECK(see({0.1f, 0, 0.05f, 0.6f, 0.55f, 0.5f, 1, 0.95f, 0.9f}).pattern == Pattern::top_edge);
  CHECK(see({1, 1, 0.7f, 1, 0.6f, 0.1f, 0.5f, 0, 0}).words ==
        "light at the upper left, dark at the lower right: a slanting edge");
}

TEST_CASE("lesson/patch: hand-worked: corners, lines, ends, dots") {
  CHECK(see({0, 0, 0, 0, 1, 1, 0, 1, 1}).words ==
        "light at the lower right, dark above and on the left: the upper left corner of something light");
  CHECK(see({1, 1, 1, 1, 1, 1, 1, 1, 0}).words ==
        "dark at the lower right, light above and on the left: the upper left corner of something dark");
  CHECK(see({0, 0, 0, 1, 1, 1, 0, 0, 0}).words ==
        "light in the middle, dark above and below: a light line from left to right");
  CHECK(see({1, 0, 1, 1, 0, 1, 1, 0, 1}).words ==
        "dark in the middle, light on the left and right: a dark line from top to bottom");
  CHECK(see({0, 0, 1, 0, 1, 0, 1, 0, 0}).pattern == Pattern::line);
  CHECK(see({0, 1, 0, 0, 1, 0, 0, 0, 0}).words ==
        "light from above to the middle, dark around: the lower end of a light line");
  CHECK(see({0, 0, 0, 0, 1, 0, 0, 0, 0}).words == "light in the middle, dark all around: a light dot");
  CHECK(see({1, 1, 1, 1, 0, 1, 1, 1, 1}).pattern == Pattern::dot);
  const BlockSeen mixed = see({1, 0, 1, 0, 0.5f, 0.2f, 1, 0, 0.9f});
  CHECK(mixed.pattern == Pattern::mixed);
  CHECK(mixed.words == "light and dark mixed, lightest at the upper left, darkest at the top");
}

TEST_CASE("lesson/patch: plain blocks, and little contrast, are measured with the picture's range") {
  CHECK(see({0, 0, 0, 0, 0, 0, 0, 0, 0}).words == "dark all over");
  CHECK(see({1, 1, 1, 1, 0.95f, 1, 1, 1, 1}).words == "light all over");
  const Nine grey{0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
  CHECK(see(grey).words == "grey all over");
  CHECK(see(grey, 0.5f, 0.5f).words == "as plain as the whole picture");
  const Nine slight{0, 0, 0, 0.2f, 0.2f, 0.2f, 0.2f, 0.2f, 0.2f};
  CHECK(see(slight).faint);
  CHECK(see(slight).words == "little contrast; what there is: dark above, light below: a top edge");
  CHECK_FALSE(see(slight, 0, 0.2f).faint);  // in a dim picture it is much
  CHECK(see(slight, 0, 50).pattern == Pattern::plain);
}

TEST_CASE("lesson/patch: a mirrored, transposed or inverted block is described so") {
  Rng rng(9);
  int named = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    const Nine block = random_block(rng);
    CAPTURE(trial);
    const BlockSeen here = see(block), mirror = see(mirrored(block)), turned = see(transposed(block));
    CHECK(mirror.pattern == opposite(here.pattern, false));
    CHECK(in_order(mirror.words, true) == in_order(here.words));
    CHECK(turned.pattern == (here.pattern == Pattern::top_edge      ? Pattern::left_edge
                             : here.pattern == Pattern::left_edge   ? Pattern::top_edge
                             : here.pattern == Pattern::bottom_edge ? Pattern::right_edge
                             : here.pattern == Pattern::right_edge  ? Pattern::bottom_edge
                                                                    : here.pattern));
    if (here.pattern == Pattern::mixed) continue;
    ++named;
    CHECK(see(inverted(block)).pattern == opposite(here.pattern, true));
  }
  CHECK(named > 400);
}

TEST_CASE("lesson/patch: brighter or with more contrast, a block is still what it was") {
  Rng rng(10);
  for (int trial = 0; trial < 500; ++trial) {
    const Nine block = random_block(rng);
    Nine other = block;
    for (float& v : other) v = 8 * v - 4;
    CHECK(see(other, -4, 4).words == see(block).words);
  }
}

TEST_CASE("lesson/patch: channels are taken together") {
  std::vector<float> block, weights(27);
  for (int k = 0; k < 9; ++k) {
    const float light = k < 3 ? 0.0f : 0.6f;
    block.insert(block.end(), {light + 0.3f, light, light - 0.2f});
  }
  CHECK(see_block({block, weights, 3, -0.2f, 0.9f}).words == "dark above, light below: a top edge");
}

TEST_CASE("lesson/patch: hand-worked: why a sum is what it is") {
  const Nine top{0, 0, 0, 1, 1, 1, 1, 1, 1};
  CHECK(
      why(top, preset("top_edge")) ==
      "The plus weights (middle row) lie on the lighter pixels, 1 on average; the minus weights (top row) on "
      "darker "
      "ones, 0.");
  CHECK(
      why(top, preset("sobel_y")) ==
      "The plus weights (bottom row) lie on the lighter pixels, 1 on average; the minus weights (top row) on "
      "darker "
      "ones, 0.");
  const Nine bottom{1, 1, 1, 0, 0, 0, 0, 0, 0};
  CHECK(
      why(bottom, preset("top_edge")) ==
      "The minus weights (top row) lie on the lighter pixels, 1 on average; the plus weights (middle row) on "
      "darker "
      "ones, 0.");
  const Nine light{1, 1, 1, 1, 1, 1, 1, 1, 1};
  CHECK(why(light, preset("top_edge")) ==
        "The plus weights (middle row) and the minus weights (top row) lie on equally light pixels and "
        "cancel out.");
  CHECK(why(light, preset("sharpen")) ==
        "The plus weights (centre) and the minus weights lie on equally light pixels, but the plus weights "
        "(centre) weigh more.");
  CHECK(why(light, preset("blur")) ==
        "There are only plus weights: the lighter the pixels under them, the larger the sum.");
  CHECK(why(light, preset("identity")) ==
        "There are only plus weights (centre): the lighter the pixels under them, the larger the sum.");
  CHECK(why(light, {0, 0, 0, 0, -2, 0, 0, 0, 0}) ==
        "There are only minus weights (centre): the lighter the pixels under them, the further the sum is "
        "below 0.");
  CHECK(why(light, {}) == "All weights are 0, so the sum is 0 whatever lies under them.");
  // Darker under the heavy plus weights, and still above 0: 10·0.5 − 1·1.
  CHECK(why({1, 0, 0, 0, 0.5f, 0, 0, 0, 0}, {-1, 0, 0, 0, 10, 0, 0, 0, 0}) ==
        "The minus weights lie on lighter pixels, but the plus weights (centre) weigh more.");
  CHECK(why({1, 0, 0, 0, 0.5f, 0, 0, 0, 0}, {-1, 0, 0, 0, 2, 0, 0, 0, 0}) ==
        "What the plus weights (centre) add, the minus weights take away again.");
}

// Whatever is said of light and heavy must be true, for any filter and any block.
TEST_CASE("lesson/patch: what is said of a sum agrees with the products") {
  Rng rng(11);
  int lit = 0, heavier = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    Nine block = random_block(rng), weights;
    for (float& w : weights) w = static_cast<float>(between(rng, -4, 4)) / 2;
    if (rng.below(3) == 0) block.fill(0.8f);
    double plus = 0, minus = 0, on_plus = 0, on_minus = 0;
    for (std::size_t k = 0; k < 9; ++k) {
      const double w = static_cast<double>(weights[k]), x = static_cast<double>(block[k]);
      (w > 0 ? plus : minus) += std::abs(w);
      (w > 0 ? on_plus : on_minus) += std::abs(w) * x;
    }
    const std::string words = why(block, weights);
    CAPTURE(words);
    if (contains(words, "on average")) {
      ++lit;
      CHECK((on_plus > on_minus) == (words.substr(0, 8) == "The plus"));
      CHECK((on_plus / plus > on_minus / minus) == (on_plus > on_minus));
    }
    if (contains(words, "weigh more")) {
      ++heavier;
      CHECK((on_plus > on_minus) == contains(words, "but the plus"));
      CHECK((plus > minus) == contains(words, "but the plus"));
    }
    CHECK_FALSE(contains(words, "below 0 turn"));  // no pixel is
  }
  CHECK(lit > 300);
  CHECK(heavier > 300);
}
