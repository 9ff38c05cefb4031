// SymbolSet: the learner's own symbols, their labels, and their text in a link.
#include "lesson/symbol_set.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "engine/rng.h"

using namespace kg;

namespace {

Drawing line(float x0, float y0, float x1, float y1) {
  Drawing drawing;
  REQUIRE(drawing.begin(x0, y0).ok());
  REQUIRE(drawing.extend(x1, y1).ok());
  drawing.end();
  return drawing;
}

bool same(const SymbolSet& a, const SymbolSet& b) {
  if (a.count() != b.count()) return false;
  for (int i = 0; i < a.count(); ++i) {
    if (a.label(i) != b.label(i)) return false;
    const std::span<const float> p = a.picture(i).values(), q = b.picture(i).values();
    if (!std::equal(p.begin(), p.end(), q.begin(), q.end())) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("lesson/symbol_set: a new symbol gets the next letter, and what does not fit is refused in words") {
  SymbolSet set;
  CHECK_FALSE(set.ready());
  CHECK(set.add(line(0.2f, 0.2f, 0.8f, 0.8f), 1).sentence().find("The next new symbol is A") == 0);
  REQUIRE(set.add(line(0.2f, 0.2f, 0.8f, 0.8f), 0).ok());
  CHECK_FALSE(set.ready());
  REQUIRE(set.add(line(0.2f, 0.8f, 0.8f, 0.2f), 1).ok());
  REQUIRE(set.add(line(0.2f, 0.7f, 0.8f, 0.2f), 1).ok());
  CHECK(set.ready());
  CHECK(set.classes() == 2);
  CHECK(set.count_of(0) == 1);
  CHECK(set.count_of(1) == 2);
  CHECK(set.add(line(0, 0, 1, 1), 3).sentence().find("with the label 2") != std::string::npos);
  CHECK(set.add(line(0, 0, 1, 1), 5).sentence().find("5") != std::string::npos);
  CHECK(set.add(line(0, 0, 1, 1), -1).sentence().find("−1") != std::string::npos);
  CHECK_FALSE(set.add(Drawing(), 0).ok());
  CHECK_FALSE(set.add(std::vector<float>(783, 1.0f), 0).ok());
  CHECK_FALSE(set.add(std::vector<float>(784, 1.5f), 0).ok());
  CHECK_FALSE(set.add(std::vector<float>(784, 0.0f), 0).ok());
  CHECK(set.count() == 3);
  set.undo();
  CHECK(set.count() == 2);
  for (int k = set.count(); k < SymbolSet::kMost; ++k) REQUIRE(set.add(line(0, 0, 1, 1), 0).ok());
  CHECK(set.add(line(0, 0, 1, 1), 0).sentence().find("100") != std::string::npos);
}

TEST_CASE("lesson/symbol_set: drawings and pictures come back from their text; nothing else is read") {
  Rng rng(4);
  SymbolSet set;
  for (int k = 0; k < 8; ++k) {
    if (k % 3 == 2) {
      std::vector<float> pixels(784);
      for (float& p : pixels) p = rng.uniform();
      REQUIRE(set.add(pixels, k % 2).ok());
    } else {
      REQUIRE(set.add(line(rng.uniform(), 0, rng.uniform(), 1), k % 2).ok());
    }
  }
  const Result<SymbolSet> again = SymbolSet::load(set.save());
  REQUIRE(again.ok());
  CHECK(same(set, *again));
  CHECK(again->save() == set.save());
  for (const char* text : {"", "A", "A.", "A.~", "B.AAAA", "AAAA", "A.!", "A.2x2x1:AAAA", "Z.AAAA"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(SymbolSet::load(text).ok());
  }
  CHECK_FALSE(SymbolSet::load(set.save() + "~").ok());
}

TEST_CASE(
    "lesson/symbol_set: ours are five of each of four; the varied ones are others, with the same labels") {
  const SymbolSet ours = SymbolSet::ours(3);
  CHECK(ours.count() == 20);
  for (int label = 0; label < 4; ++label) CHECK(ours.count_of(label) == 5);
  CHECK(same(ours, SymbolSet::ours(3)));
  CHECK_FALSE(same(ours, SymbolSet::ours(4)));
  const DigitSet learn = ours.set(), check = ours.varied(8);
  CHECK(learn.count() == 20);
  CHECK(learn.classes() == 4);
  CHECK(check.count() == 240);
  int each[4] = {};
  for (int i = 0; i < check.count(); ++i) {
    ++each[check.label(i)];
    for (int k = 0; k < learn.count(); ++k) {
      const auto p = check.pixels(i), q = learn.pixels(k);
      CHECK_FALSE(std::equal(p.begin(), p.end(), q.begin()));
    }
  }
  for (const int n : each) CHECK(n == 60);
}
