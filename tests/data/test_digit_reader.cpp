#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "data/digit_generator.h"
#include "data/digit_reader.h"
#include "engine/kernels/simd.h"
#include "engine/nets.h"

using namespace kg;

namespace {

constexpr std::uint64_t kHeldOut = 1u << 20;  // seed of a stream that no training uses
constexpr std::size_t kPixels = 28 * 28;

double accuracy(Network& network, Variety variety, std::size_t count) {
  std::vector<float> images(count * kPixels);
  std::vector<int> labels(count);
  write_digits(images, labels, kHeldOut, 0, variety);
  const Result<Evaluation> seen = Trainer(network, {}, Loss::cross_entropy, 50).evaluate(images, labels);
  REQUIRE(seen.ok());
  return seen->accuracy();
}

Network untrained(int filters = 8) { return built(SampleShape(28, 28, 1), digit_reader_layers(filters)); }

}  // namespace

TEST_CASE("data/digit_reader: 9 098 parameters, or 20 490; the deeper ones 8 778 and 17 482") {
  CHECK(untrained().summary().total == 9098);
  CHECK(untrained(16).summary().total == 20490);
  const auto deep = [](int filters) {
    return built(SampleShape(28, 28, 1), deep_digit_reader_layers(filters));
  };
  CHECK(deep(8).summary().total == 8778);
  CHECK(deep(12).summary().total == 17482);
}

TEST_CASE("data/digit_reader: the shipped weights read digits that they were not trained on") {
  Network reader = trained_digit_reader();
  CHECK(accuracy(reader, Variety::neat, 1000) > 0.99);
  CHECK(accuracy(reader, Variety::everyday, 1000) > 0.97);
  CHECK(accuracy(reader, Variety::wild, 1000) > 0.90);
  Network beginner = untrained();
  CHECK(accuracy(beginner, Variety::neat, 1000) < 0.4);
}

// The beginning of the course that the shipped weights come from, with its first and last rate: if this has
// the same bits on every machine, so have they. It changes when the digits or the training are changed on
// purpose; then make the weights again, too (./dev weights).
TEST_CASE("data/digit_reader: a short course gives the same weights to the last bit on every machine") {
  constexpr std::uint64_t kHash = 8445562609368761655u;
  ReadingCourse course = long_reading_course(1);
  course.digits = 640;
  course.epochs = 2;
  Network network = untrained();
  DigitReader reader(network, course);
  CHECK(reader.updates() == 20);
  double first = 0, last = 0;
  for (int update = 0; !reader.finished(); ++update) {
    const Result<StepReport> step = reader.step();
    REQUIRE(step.ok());
    (update < 10 ? first : last) += step->loss / 10;
  }
  CHECK(last < first);
  if (!simd::kFusedMadd) CHECK(hash_of(bits_of(network)) == kHash);
}
