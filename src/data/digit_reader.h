// Digit reader: the small convolutional network that reads handwritten digits, and how it learns to.
//
//   conv 3×3, F filters, same, relu · max-pool 2 · conv 3×3, 2·F filters, same, relu · max-pool 2 ·
//   dense 10, softmax
//
// With F = 8 it has 9 098 parameters, with F = 16 20 490. A deeper one has a third convolution with 4·F
// filters and a third pooling before its dense layer: with F = 8 8 778 parameters, with F = 12 17 482. It
// sees nothing but generated digits (digit_generator.h), number 0, 1, 2, … of a stream, and Adam's rate falls
// in a straight line to nearly nothing. Every course of training has the same bits on every machine (but for
// relaxed SIMD).
#pragma once

#include <cstdint>
#include <vector>

#include "data/hand.h"
#include "engine/network.h"
#include "engine/result.h"
#include "engine/trainer.h"

namespace kg {

std::vector<LayerDescription> digit_reader_layers(int filters = 8);
std::vector<LayerDescription> deep_digit_reader_layers(int filters);

// The network with F = 8 and the weights that the page ships (assets/weights/digits.safetensors, made by
// ./dev weights).
Network trained_digit_reader();

struct ReadingCourse {
  std::uint64_t seed = 1;  // of the stream of digits; a network's own seed is another matter
  Variety variety = Variety::wild;
  int digits = 20000;  // different ones, at least a batch; what does not fill a batch is left out
  int epochs = 1;      // how often each is seen, always in the same order
  int batch = 16;
  float first_rate = 0.003f, last_rate = 0.00003f;  // of Adam
  float l2 = 0;                                     // of every kernel
};

// 300 000 digits, each seen six times, in larger batches.
ReadingCourse long_reading_course(std::uint64_t seed);

// One course of training, update by update.
class DigitReader {
 public:
  // The network must stay where it is and outlive the reader.
  DigitReader(Network& network, const ReadingCourse& course);

  bool finished() const { return update_ == updates_; }
  int updates() const { return updates_; }
  // The next update; asserts that there is one.
  Result<StepReport> step();

 private:
  ReadingCourse course_;
  Trainer trainer_;
  std::vector<float> images_;
  std::vector<int> labels_;
  int update_ = 0, updates_ = 0;
};

}  // namespace kg
