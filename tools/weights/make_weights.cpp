// Trains the digit reader (data/digit_reader.h) on generated digits and writes its weights.
//   kg_weights FILE FILTERS DIGITS EPOCHS SEED NOTE
// The same words always give the same file, byte for byte. How it was made stands in the file's metadata,
// with its accuracy on generated digits that it has not seen and with NOTE, what else is known of it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "data/digit_generator.h"
#include "data/digit_reader.h"
#include "data/normalise.h"
#include "engine/safetensors.h"
#include "engine/trainer.h"
#include "engine/weights_io.h"

using namespace kg;

namespace {

constexpr std::uint64_t kHeldOut = 1u << 20;
constexpr std::size_t kHeldOutCount = 5000;

int fail(const std::string& why) { return std::fprintf(stderr, "kg_weights: %s\n", why.c_str()), 1; }

// Per cent of so many digits of one variety, none of them among those trained on.
std::string accuracy(Network& network, Variety variety) {
  std::vector<float> images(kHeldOutCount * static_cast<std::size_t>(kPictureSide * kPictureSide));
  std::vector<int> labels(kHeldOutCount);
  write_digits(images, labels, kHeldOut, 0, variety);
  const Result<Evaluation> seen = Trainer(network, {}, Loss::cross_entropy, 100).evaluate(images, labels);
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", seen ? 100 * seen->accuracy() : 0.0);
  return text;
}

}  // namespace

int main(int count, char** words) {
  if (count != 7) return fail("FILE FILTERS DIGITS EPOCHS SEED NOTE");
  const int filters = std::atoi(words[2]);
  ReadingCourse course = long_reading_course(std::strtoull(words[5], nullptr, 10));
  course.digits = std::atoi(words[3]);
  course.epochs = std::atoi(words[4]);
  Result<Network> built =
      Network::build(SampleShape(kPictureSide, kPictureSide, 1), digit_reader_layers(filters), course.seed);
  if (!built) return fail(built.sentence());
  Network network = std::move(built).value();
  DigitReader reader(network, course);
  for (int update = 0; !reader.finished(); ++update) {
    const Result<StepReport> step = reader.step();
    if (!step) return fail(step.sentence());
    if (update % 2000 == 0) {
      std::printf("  update %d of %d, loss %.3f\n", update, reader.updates(), step->loss);
      std::fflush(stdout);
    }
  }
  Result<Safetensors> saved = read_safetensors(save_weights(network));
  if (!saved) return fail(saved.sentence());
  Safetensors contents = std::move(saved).value();
  contents.metadata = {
      {"made_by", "tools/weights/make_weights.sh"},
      {"trained_on",
       std::string(words[3]) + " generated digits, each seen " + words[4] + " times, seed " + words[5]},
      {"accuracy_generated_neat", accuracy(network, Variety::neat)},
      {"accuracy_generated_everyday", accuracy(network, Variety::everyday)},
      {"accuracy_generated_wild", accuracy(network, Variety::wild)},
      {"note", words[6]},
  };
  const std::vector<std::uint8_t> bytes = write_safetensors(contents);
  std::ofstream file(words[1], std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return fail(std::string(words[1]) + " cannot be written");
  std::printf("  %s: %zu bytes; generated digits read: neat %s, everyday %s, wild %s %%\n", words[1],
              bytes.size(), contents.metadata["accuracy_generated_neat"].c_str(),
              contents.metadata["accuracy_generated_everyday"].c_str(),
              contents.metadata["accuracy_generated_wild"].c_str());
}
