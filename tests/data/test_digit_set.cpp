// Sets of digits: what they hold is what came in, and streams are the same in whatever pieces they are made.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "data/digit_set.h"
#include "engine/rng.h"

using namespace kg;

namespace {

bool same(const DigitSet& a, const DigitSet& b) {
  if (a.count() != b.count()) return false;
  for (int i = 0; i < a.count(); ++i) {
    if (a.label(i) != b.label(i) || !std::ranges::equal(a.pixels(i), b.pixels(i))) return false;
  }
  return true;
}

void big_endian(std::vector<std::uint8_t>& file, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) file.push_back(static_cast<std::uint8_t>(value >> shift));
}

}  // namespace

TEST_CASE("data/digit_set: a stream is the same in whatever pieces it is made, and another is another") {
  DigitSet whole, pieces, other;
  add_generated(whole, 5, 40);
  for (const int count : {1, 7, 16, 16}) add_generated(pieces, 5, count);
  add_generated(other, 6, 40);
  CHECK(same(whole, pieces));
  CHECK_FALSE(same(whole, other));
  CHECK(whole.count() == 40);
  const std::set<int> labels(whole.labels().begin(), whole.labels().end());
  CHECK(labels.size() >= 8);  // of ten, in 40 draws
}

TEST_CASE("data/digit_set: pixels k/255 come out as they went in") {
  Tensor image({1, 28, 28, 1});
  for (std::size_t k = 0; k < 784; ++k) image.values()[k] = static_cast<float>(k % 256) / 255.0f;
  DigitSet set;
  set.add(image.values(), 3);
  CHECK(std::ranges::equal(set.image(0).values(), image.values()));
  CHECK(set.label(0) == 3);
  CHECK(set.shape() == SampleShape(28, 28, 1));
}

TEST_CASE("data/digit_set: parts and classes") {
  DigitSet set(10, 1, 2);
  for (int i = 0; i < 20; ++i) set.add(std::vector<std::uint8_t>{static_cast<std::uint8_t>(i), 0}, i % 10);
  const DigitSet part = set.part(5, 3);
  CHECK(part.count() == 3);
  CHECK(part.pixels(0)[0] == 5);
  const int classes[] = {7, 2};
  const DigitSet two = set.of_classes(classes);
  CHECK(two.classes() == 2);
  REQUIRE(two.count() == 4);
  CHECK(two.label(0) == 1);  // the first 2
  CHECK(two.label(1) == 0);  // the first 7
  set.remove(0);
  CHECK(set.count() == 19);
  CHECK(set.pixels(0)[0] == 1);
  CHECK(set.label(0) == 1);
}

TEST_CASE("data/digit_set: a split deals out every digit once") {
  DigitSet set(10, 1, 1);
  for (int i = 0; i < 50; ++i) set.add(std::vector<std::uint8_t>{static_cast<std::uint8_t>(i)}, i % 10);
  const auto [training, validation] = split(set, 12, 4);
  CHECK(training.count() == 38);
  CHECK(validation.count() == 12);
  std::multiset<int> all;
  for (const DigitSet* some : {&training, &validation}) {
    for (int i = 0; i < some->count(); ++i) {
      all.insert(some->pixels(i)[0]);
      CHECK(some->label(i) == some->pixels(i)[0] % 10);
    }
  }
  CHECK(all.size() == 50);
  CHECK(std::set<int>(all.begin(), all.end()).size() == 50);
  CHECK(split(set, 1000, 4).first.count() == 1);
}

TEST_CASE("data/digit_set: from IDX files, or a sentence that says why not") {
  std::vector<std::uint8_t> images{0, 0, 8, 3}, labels{0, 0, 8, 1};
  for (const std::uint32_t n : {2u, 1u, 3u}) big_endian(images, n);
  for (int k = 0; k < 6; ++k) images.push_back(static_cast<std::uint8_t>(50 * k));
  big_endian(labels, 2);
  labels.insert(labels.end(), {9, 4});
  const Result<IdxImages> pictures = read_idx_images(images);
  REQUIRE(pictures);
  const Result<DigitSet> set = digits_from_idx(*pictures, *read_idx_labels(labels));
  REQUIRE(set);
  CHECK(set->count() == 2);
  CHECK(set->label(0) == 9);
  CHECK(set->pixels(1)[2] == 250);
  labels.back() = 10;
  const Result<DigitSet> letters = digits_from_idx(*pictures, *read_idx_labels(labels));
  REQUIRE_FALSE(letters);
  CHECK(letters.sentence() == "Label 1 of the file is 10, but digits go from 0 to 9.");
}

TEST_CASE("data/digit_set: a shuffle is an order, another for another seed") {
  std::vector<int> order, again, other;
  shuffle(order, 100, 1), shuffle(again, 100, 1), shuffle(other, 100, 2);
  CHECK(order == again);
  CHECK(order != other);
  std::ranges::sort(order);
  for (int i = 0; i < 100; ++i) CHECK(order[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("data/digit_set: shrunk, each pixel is the rounded mean of a square") {
  DigitSet set(10, 2, 4);
  const std::vector<std::uint8_t> pixels = {0, 1, 10, 20,  //
                                            1, 0, 30, 41};
  set.add(std::span<const std::uint8_t>(pixels), 7);
  const DigitSet small = set.shrunk(2);
  REQUIRE(small.count() == 1);
  CHECK(small.height() == 1);
  CHECK(small.width() == 2);
  CHECK(small.label(0) == 7);
  CHECK(small.pixels(0)[0] == 1);   // 0.5
  CHECK(small.pixels(0)[1] == 25);  // 25.25
  CHECK(set.shrunk(1).pixels(0)[7] == 41);
}
