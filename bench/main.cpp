// The engine natively, for orientation: one net, described on the command line, timed beside the machine's
// ceiling.
//   kg_bench TURNS MS forward|train|ascend N H W C LAYER…
//     LAYER: conv2d FILTERS KERNEL SAME RELU | max_pooling2d | flatten | dense UNITS SOFTMAX   (SAME, RELU,
//     SOFTMAX: 0 or 1)
// Prints the median and the least of the milliseconds per call over so many turns of so many milliseconds,
// the ceiling's GFLOP/s, and the instruction set. bench/native.mjs calls it; the weights are random.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rng.h"
#include "engine_api.h"

namespace {

constexpr float kLearningRate = 0.001f, kMomentum = 0.9f;

// The words of the command line, one after another.
class Words {
 public:
  Words(int count, char** words) : words_(words + 1, words + count) {}
  bool empty() const { return next_ == words_.size(); }
  std::string_view word() { return empty() ? std::string_view() : words_[next_++]; }
  int number() { return std::atoi(std::string(word()).c_str()); }

 private:
  std::vector<std::string_view> words_;
  std::size_t next_ = 0;
};

bool add_layer(Words& words) {
  const std::string_view type = words.word();
  if (type == "conv2d") {
    const int filters = words.number(), kernel = words.number(), same = words.number(), relu = words.number();
    kgb_conv2d(filters, kernel, same == 1, relu == 1);
  } else if (type == "dense") {
    const int units = words.number(), softmax = words.number();
    kgb_dense(units, softmax == 1);
  } else if (type == "max_pooling2d") {
    kgb_max_pooling2d();
  } else if (type == "flatten") {
    kgb_flatten();
  } else {
    return false;
  }
  return true;
}

double now_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(since).count();
}

// Something that is timed: how many calls make a turn, and what each turn gave.
template <class Work>
struct Timed {
  Work work;
  int calls = 1;
  std::vector<double> ms = {};  // per call

  double turn() {
    const double start = now_ms();
    for (int call = 0; call < calls; ++call) work();
    return (now_ms() - start) / calls;
  }
  void calibrate(double turn_ms) {
    while (turn() * calls < turn_ms) calls *= 2;
  }
  double median() {
    std::sort(ms.begin(), ms.end());
    return ms[ms.size() / 2];
  }
};

}  // namespace

int main(int count, char** arguments) {
  Words words(count, arguments);
  const int turns = words.number(), turn_ms = words.number();
  const std::string_view task = words.word();
  const int n = words.number(), h = words.number(), w = words.number(), c = words.number();
  kgb_open(n, h, w, c);
  while (!words.empty()) {
    if (!add_layer(words)) return std::fputs("kg_bench: see bench/main.cpp for how to call it.\n", stderr), 2;
  }
  const kgb_task kind = task == "train"    ? kgb_task_train
                        : task == "ascend" ? kgb_task_ascend
                                           : kgb_task_forward;
  if (const char* refusal = kgb_build(kind, kLearningRate, kMomentum)) {
    return std::fprintf(stderr, "kg_bench: %s\n", refusal), 1;
  }
  kg::Rng rng(1);
  for (float& value : std::span(kgb_input(), static_cast<std::size_t>(n * h * w * c))) value = rng.uniform();

  Timed step{[&] {
    if (kind == kgb_task_train) kgb_train();
    if (kind == kgb_task_ascend) kgb_ascend(0);
    if (kind == kgb_task_forward) kgb_forward();
  }};
  Timed ceiling{[] { kgb_ceiling(); }};
  step.calibrate(turn_ms);
  ceiling.calibrate(turn_ms);
  for (int k = 0; k < turns; ++k) {
    step.ms.push_back(step.turn());
    ceiling.ms.push_back(ceiling.turn());
  }
  const double least = *std::min_element(step.ms.begin(), step.ms.end());
  const double gflops = kgb_ceiling_flops() / ceiling.median() * 1e-6;
  std::printf("%g %g %g %s\n", step.median(), least, gflops, kgb_instruction_set());
}
