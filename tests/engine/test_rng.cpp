#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <cmath>

#include "engine/rng.h"

using namespace kg;

// The golden numbers were computed with an independent implementation (Python's integers, and a 50-digit
// logarithm for normal()); those of seed 1234567 are also the ones widely published for SplitMix64.
TEST_CASE("engine/rng: golden numbers") {
  Rng published(1234567);
  CHECK(published.next_u64() == 6457827717110365317u);
  CHECK(published.next_u64() == 3203168211198807973u);
  CHECK(published.next_u64() == 9817491932198370423u);
  CHECK(published.next_u64() == 4593380528125082431u);
  CHECK(published.next_u64() == 16408922859458223821u);

  Rng words(42);
  for (std::uint32_t expected : {0xbdd73226u, 0x28efe333u, 0x47526757u, 0x581ce1ffu}) {
    CHECK(words.next_u32() == expected);
  }
  Rng uniform(42);
  for (float expected : {12441394.0f, 2682851.0f, 4674151.0f, 5774561.0f}) {
    CHECK(uniform.uniform() == expected / 16777216.0f);
  }
  Rng digits(42);
  for (std::uint32_t expected : {7u, 1u, 2u, 3u, 0u, 8u, 2u, 8u, 3u, 6u, 2u, 4u})
    CHECK(digits.below(10) == expected);
  Rng large(43);  // such a range has one word in four drawn again: here three of the first nine
  for (std::uint32_t expected : {1973875299u, 1393859455u, 5503508u, 313220550u, 1034930085u, 2095089743u}) {
    CHECK(large.below(0xC0000000u) == expected);
  }
  Rng normal(42);
  for (float expected :
       {0x1.f8c80cp-2f, -0x1.47f4aap+0f, -0x1.342960p-1f, -0x1.8ad828p+0f, -0x1.73962ep+0f}) {
    CHECK(normal.normal() == expected);
  }
  CHECK(Rng(42).fork(0).next_u32() == 3395835974u);
  CHECK(Rng(42).fork(1).next_u32() == 866816109u);
  CHECK(Rng(42).fork(2).next_u32() == 3245230312u);
}

TEST_CASE("engine/rng: ten thousand normal numbers are the same to the last bit on every machine") {
  Rng rng(7);
  std::uint64_t hash = 1469598103934665603u;  // FNV-1a over the bit patterns
  for (int k = 0; k < 10000; ++k) hash = (hash ^ std::bit_cast<std::uint32_t>(rng.normal())) * 1099511628211u;
  CHECK(hash == 0x4a30cfd6f6602bc9u);
}

// The bounds below are five standard deviations of the statistic: a sound generator would miss one in a
// million times, and this one, being seeded, either always or never.
TEST_CASE("engine/rng: uniform numbers are spread evenly") {
  constexpr int kDraws = 100000;
  Rng rng(1);
  double sum = 0, squares = 0, neighbours = 0, before = 0;
  std::array<int, 16> bins{};
  for (int k = 0; k < kDraws; ++k) {
    const float value = rng.uniform();
    REQUIRE(value >= 0.0f);
    REQUIRE(value < 1.0f);
    const double centred = static_cast<double>(value) - 0.5;
    sum += centred;
    squares += centred * centred;
    neighbours += centred * before;
    before = centred;
    ++bins[static_cast<std::size_t>(value * 16)];
  }
  CHECK(std::abs(sum / kDraws) < 5 * std::sqrt(1.0 / 12 / kDraws));
  CHECK(std::abs(squares / kDraws - 1.0 / 12) < 5 * std::sqrt(1.0 / 180 / kDraws));
  CHECK(std::abs(neighbours / kDraws) < 5 * std::sqrt(1.0 / 144 / kDraws));
  for (int bin : bins) CHECK(std::abs(bin - kDraws / 16.0) < 5 * std::sqrt(kDraws / 16.0 * 15 / 16));
}

TEST_CASE("engine/rng: uniform(lo, hi) stays below hi, even where floats are scarce") {
  Rng rng(2);
  for (int k = 0; k < 1000; ++k) {
    const float value = rng.uniform(-3, 5);
    CHECK(value >= -3.0f);
    CHECK(value < 5.0f);
    CHECK(rng.uniform(1.0f, std::nextafter(1.0f, 2.0f)) == 1.0f);
    CHECK(rng.uniform(2.0f, 2.0f) == 2.0f);
  }
}

TEST_CASE("engine/rng: normal numbers have mean 0, deviation 1 and the tails of a bell") {
  constexpr int kDraws = 100000;
  Rng rng(3);
  double sum = 0, squares = 0, fourths = 0;
  int within_one = 0, beyond_three = 0;
  for (int k = 0; k < kDraws; ++k) {
    const double value = static_cast<double>(rng.normal());
    sum += value;
    squares += value * value;
    fourths += value * value * value * value;
    within_one += std::abs(value) < 1;
    beyond_three += std::abs(value) > 3;
  }
  CHECK(std::abs(sum / kDraws) < 5 * std::sqrt(1.0 / kDraws));
  CHECK(std::abs(squares / kDraws - 1) < 5 * std::sqrt(2.0 / kDraws));
  CHECK(std::abs(fourths / kDraws - 3) < 5 * std::sqrt(96.0 / kDraws));
  CHECK(std::abs(within_one - 0.682689 * kDraws) < 5 * std::sqrt(0.682689 * 0.317311 * kDraws));
  CHECK(std::abs(beyond_three - 0.0026998 * kDraws) < 5 * std::sqrt(0.0026998 * kDraws));
}

TEST_CASE("engine/rng: below(n) gives each of its numbers equally often") {
  constexpr int kDraws = 70000;
  Rng rng(4);
  std::array<int, 7> bins{};
  for (int k = 0; k < kDraws; ++k) {
    const std::uint32_t value = rng.below(7);
    REQUIRE(value < 7);
    ++bins[value];
  }
  for (int bin : bins) CHECK(std::abs(bin - kDraws / 7.0) < 5 * std::sqrt(kDraws / 7.0 * 6 / 7));
  CHECK(rng.below(1) == 0);
}

TEST_CASE("engine/rng: a fork is a generator of its own, and the state can be kept") {
  Rng rng(5);
  Rng first = rng.fork(1), again = rng.fork(1), second = rng.fork(2);
  CHECK(first.next_u64() == again.next_u64());
  CHECK(first.next_u64() != second.next_u64());
  CHECK(rng.state() == 5);  // it has not moved
  CHECK(Rng(5).fork(1).next_u64() != Rng(6).fork(1).next_u64());
  rng.next_u32();
  Rng kept(rng.state());
  CHECK(kept.next_u64() == rng.next_u64());
}
