// DigitSet: many pictures of one size and their labels, to train a network with or to test it on.
//
// A pixel is kept as the byte k that stands for k/255, which is exact for everything that comes here: the
// generator, IDX files and drawings. That is a quarter of the memory that floats take: 12 000 digits are
// 9.4 MB.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "data/hand.h"
#include "data/idx.h"
#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

class DigitSet {
 public:
  static constexpr int kSide = 28;

  // Empty, for pictures (height, width, 1) with labels 0 … classes − 1.
  explicit DigitSet(int classes = 10, int height = kSide, int width = kSide);

  int count() const { return static_cast<int>(labels_.size()); }
  int classes() const { return classes_; }
  int height() const { return height_; }
  int width() const { return width_; }
  std::size_t size() const { return static_cast<std::size_t>(height_ * width_); }  // pixels of a picture
  SampleShape shape() const { return {height_, width_, 1}; }

  int label(int i) const { return labels_[static_cast<std::size_t>(i)]; }
  std::span<const int> labels() const { return labels_; }
  std::span<const std::uint8_t> pixels(int i) const;
  void copy(int i, float* to) const;  // size() values 0..1
  Tensor image(int i) const;          // (1, height, width, 1)

  void reserve(int count);
  void add(std::span<const std::uint8_t> pixels, int label);  // asserts that they fit
  void add(std::span<const float> image, int label);          // values 0..1, rounded to the nearest k/255
  void remove(int i);

  // So many of it, from `first` on; those of one class or several, whose labels are then counted from 0.
  DigitSet part(int first, int count) const;
  DigitSet of_classes(std::span<const int> classes) const;
  // The same pictures, each pixel the mean of factor×factor of this set’s; `factor` divides both sides
  // (asserted).
  DigitSet shrunk(int factor) const;

  // To another thread and back (engine/bytes.h).
  template <class Self, class Bytes>
  static void pass(Self& self, Bytes& bytes) {
    bytes(self.classes_), bytes(self.height_), bytes(self.width_), bytes(self.pixels_), bytes(self.labels_);
  }

 private:
  int classes_, height_, width_;
  std::vector<std::uint8_t> pixels_;
  std::vector<int> labels_;
};

// Adds `count` digits of an endless stream to a set of 28×28. Digit i of a stream is always the same, so it
// does not matter in how many calls a set is made: the set holds the digits 0 … set.count() − 1
// (digit_generator.h).
void add_generated(DigitSet& set, std::uint64_t stream, int count, Variety variety = Variety::everyday);

// Refuses, in words: pictures and labels that do not belong together, and labels above 9.
Result<DigitSet> digits_from_idx(const IdxImages& images, const IdxLabels& labels);

// A set dealt out at random: to train with, and `validation` of them kept apart (at most all but one).
std::pair<DigitSet, DigitSet> split(const DigitSet& set, int validation, std::uint64_t seed);

// 0 … n − 1 in a random order.
void shuffle(std::vector<int>& order, int n, std::uint64_t seed);

}  // namespace kg
