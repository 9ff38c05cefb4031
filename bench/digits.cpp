// What the generated digits are worth: how fast they come, and how well a network that has seen nothing else
// reads real handwriting.
// Small networks have at most 10 000 parameters, the page's and a deeper one; the large one at most 21 000.
//   kg_bench_digits [--quick] [--speed] [--mnist FOLDER] [--digits N] [--epochs N] [--seeds N] [--net
//   small|large|both]
// FOLDER has MNIST's training files, gunzipped. Its last 10 000 digits stand in for MNIST's test files, which
// the generator's makers never saw; the other 50 000 are what its styles were found with. Without FOLDER
// accuracy is told of generated digits alone. --speed: nothing but the speed (that is what WebAssembly can do
// under Node).
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "data/digit_generator.h"
#include "data/digit_reader.h"
#include "data/idx.h"
#include "data/normalise.h"
#include "engine/trainer.h"

using namespace kg;

namespace {

constexpr std::size_t kPixels = static_cast<std::size_t>(kPictureSide) * kPictureSide;
constexpr std::uint64_t kHeldOut = 1u << 20;  // seed of a stream that no training uses
constexpr int kHeldOutCount = 5000, kStandIn = 10000, kPairs = 8;
constexpr const char* kVarietyNames[] = {"neat", "everyday", "wild"};

struct Options {
  bool quick = false, speed_only = false, small = true, large = true;
  std::string mnist;
  int digits = 300000, epochs = 6, seeds = 2;
};

struct Digits {
  std::vector<float> images;
  std::vector<int> labels;
};

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "bench digits: %s\n", why.c_str());
  std::exit(2);
}

int number(std::string_view option, const char* text) {
  const int value = text != nullptr ? std::atoi(text) : 0;
  if (value < 1) stop(std::string(option) + " wants a whole number above 0");
  return value;
}

Options read_options(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto next = [&] { return i + 1 < count ? words[++i] : nullptr; };
    if (word == "--quick") {
      options.quick = true;
      options.digits = 60000;
      options.epochs = 2;
      options.seeds = 1;
    } else if (word == "--speed") {
      options.speed_only = true;
    } else if (word == "--mnist") {
      const char* folder = next();
      if (folder == nullptr) stop("--mnist wants a folder");
      options.mnist = folder;
    } else if (word == "--digits") {
      options.digits = std::max(number(word, next()), 100);
    } else if (word == "--epochs") {
      options.epochs = number(word, next());
    } else if (word == "--seeds") {
      options.seeds = number(word, next());
    } else if (word == "--net") {
      const std::string_view net = i + 1 < count ? words[++i] : "";
      if (net != "small" && net != "large" && net != "both") stop("--net is small, large or both");
      options.small = net != "large";
      options.large = net != "small";
    } else {
      stop("there is no option " + std::string(word));
    }
  }
  return options;
}

Digits held_out(Variety variety) {
  Digits digits{std::vector<float>(kHeldOutCount * kPixels), std::vector<int>(kHeldOutCount)};
  write_digits(digits.images, digits.labels, kHeldOut, 0, variety);
  return digits;
}

std::vector<std::uint8_t> bytes_of(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) stop(name + " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

// The last 10 000 of MNIST's training digits.
Digits real_digits(const std::string& folder) {
  const Result<IdxImages> images = read_idx_images(bytes_of(folder + "/train-images-idx3-ubyte"));
  const Result<IdxLabels> labels = read_idx_labels(bytes_of(folder + "/train-labels-idx1-ubyte"));
  if (!images) stop(images.sentence());
  if (!labels) stop(labels.sentence());
  if (const Status fit = check_idx_pair(*images, *labels); !fit) stop(fit.sentence());
  if (images->height() != kPictureSide || images->width() != kPictureSide)
    stop("these digits are not 28 × 28");
  Digits digits;
  for (int i = std::max(0, images->count() - kStandIn); i < images->count(); ++i) {
    for (const std::uint8_t k : images->pixels(i)) digits.images.push_back(static_cast<float>(k) / 255.0f);
    digits.labels.push_back(labels->labels[static_cast<std::size_t>(i)]);
  }
  return digits;
}

// Digits a second: the best of several turns, which is the least disturbed.
void print_speed() {
  std::printf("Digits written in a second, one thread\n\n");
  constexpr int kSlice = 100;
  Digits slice{std::vector<float>(kSlice * kPixels), std::vector<int>(kSlice)};
  for (const Variety variety : {Variety::neat, Variety::everyday, Variety::wild}) {
    double best = 0;
    for (std::uint64_t turn = 0; turn < 100; ++turn) {
      const double start = now();
      write_digits(slice.images, slice.labels, 7, turn * kSlice, variety);
      best = std::max(best, kSlice / (now() - start));
    }
    std::printf("  %-9s %7.0f\n", kVarietyNames[static_cast<int>(variety)], best);
  }
  std::fflush(stdout);
}

class Table {
 public:
  explicit Table(std::optional<Digits> real) : real_(std::move(real)) {
    for (const Variety variety : {Variety::neat, Variety::everyday, Variety::wild}) {
      generated_.push_back(held_out(variety));
    }
    std::printf("\nAccuracy in percent after training on generated digits alone\n\n");
    std::printf("  parameters  trained on            seed  real   neat   everyday  wild   seconds\n");
  }

  void row(const std::vector<LayerDescription>& layers, const ReadingCourse& course) {
    Result<Network> built = Network::build(SampleShape(kPictureSide, kPictureSide, 1), layers, course.seed);
    if (!built) stop(built.sentence());
    Network network = std::move(built).value();
    const double start = now();
    DigitReader reader(network, course);
    while (!reader.finished()) {
      if (const Result<StepReport> step = reader.step(); !step) stop(step.sentence());
    }
    const double seconds = now() - start;
    Trainer judge(network, {}, Loss::cross_entropy, 100);
    char trained[64];
    std::snprintf(trained, sizeof trained, "%d × %d %s", course.digits, course.epochs,
                  kVarietyNames[static_cast<int>(course.variety)]);
    std::printf("  %10d  %-22s %4d  ", static_cast<int>(network.summary().total), trained,
                static_cast<int>(course.seed));
    if (real_) {
      const Evaluation seen = evaluated(judge, *real_);
      last_ = seen;
      std::printf("%5.2f  ", 100 * seen.accuracy());
    } else {
      std::printf("    –  ");
    }
    for (const Digits& digits : generated_) std::printf("%5.2f  ", 100 * evaluated(judge, digits).accuracy());
    std::printf("   %5.0f\n", seconds);
    std::fflush(stdout);
  }

  // Of the last row.
  void print_worst_pairs() const {
    if (!last_) return;
    std::vector<std::pair<int, int>> pairs;  // how often, which
    for (int k = 0; k < 100; ++k) {
      if (k / 10 != k % 10) pairs.push_back({last_->confusion[static_cast<std::size_t>(k)], k});
    }
    std::sort(pairs.rbegin(), pairs.rend());
    std::printf("\n  The last row's commonest mistakes on real digits:");
    for (int k = 0; k < kPairs; ++k) {
      const auto [count, which] = pairs[static_cast<std::size_t>(k)];
      std::printf("%s %d as %d: %d", k > 0 ? "," : "", which / 10, which % 10, count);
    }
    std::printf("\n");
  }

 private:
  static Evaluation evaluated(Trainer& judge, const Digits& digits) {
    Result<Evaluation> evaluation = judge.evaluate(digits.images, digits.labels);
    if (!evaluation) stop(evaluation.sentence());
    return std::move(evaluation).value();
  }

  std::optional<Digits> real_;
  std::vector<Digits> generated_;
  std::optional<Evaluation> last_;
};

}  // namespace

int main(int count, char** words) {
  const Options options = read_options(count, words);
  print_speed();
  if (options.speed_only) return 0;
  std::optional<Digits> real;
  if (options.mnist.empty()) {
    std::printf(
        "\nWithout MNIST's training files (--mnist FOLDER, or KG_MNIST) nothing is said of real digits.\n");
  } else {
    real = real_digits(options.mnist);
  }
  Table table(std::move(real));
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(options.seeds); ++seed) {
    for (const Variety variety : {Variety::neat, Variety::everyday, Variety::wild}) {
      table.row(digit_reader_layers(), {.seed = seed, .variety = variety});
    }
  }
  const auto long_course = [&](std::uint64_t seed) {
    ReadingCourse course = long_reading_course(seed);
    course.digits = options.digits;
    course.epochs = options.epochs;
    return course;
  };
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(options.seeds); ++seed) {
    if (options.small) table.row(digit_reader_layers(), long_course(seed));
    if (options.small) table.row(deep_digit_reader_layers(8), long_course(seed));
    if (options.large) table.row(digit_reader_layers(16), long_course(seed));
  }
  table.print_worst_pairs();
}
