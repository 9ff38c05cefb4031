// SymbolSet: the learner's own symbols, A to E: pictures of 28×28 with their labels; what they are as a text
// for a link; and the same symbols as another hand might have drawn them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/digit_set.h"
#include "data/drawing.h"
#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

class SymbolSet {
 public:
  static constexpr int kMostClasses = 5, kMost = 100;

  int count() const { return static_cast<int>(examples_.size()); }
  int count_of(int label) const;
  int classes() const;                           // those that have examples; the first of the letters
  bool ready() const { return classes() >= 2; }  // there is something to tell apart
  int label(int i) const { return examples_[static_cast<std::size_t>(i)].label; }
  const Tensor& picture(int i) const { return examples_[static_cast<std::size_t>(i)].picture; }
  static char letter(int label) { return static_cast<char>('A' + label); }

  // Each refuses in a sentence, and then has changed nothing. A new symbol gets the next free letter.
  Status add(const Drawing& drawing, double label);
  Status add(std::span<const float> pixels, double label);  // 784 of them, 0..1, rounded to k/255
  void undo();                                              // without effect if there is none
  void clear() { examples_.clear(); }

  // At least two classes (asserted); to learn from, and to validate with: about 240 pictures that were made
  // from the examples by bending, turning and stretching (data/deform.h).
  DigitSet set() const;
  DigitSet varied(std::uint64_t seed) const;

  // "A.drawing~B.28x28x1:…", and back. load refuses, in words, whatever save does not write.
  std::string save() const;
  static Result<SymbolSet> load(std::string_view text);

  // Twenty of our own: five triangles, crosses, zigzags and squares, drawn by one hand.
  static SymbolSet ours(std::uint64_t seed);

 private:
  struct Example {
    Tensor picture;  // (1, 28, 28, 1)
    int label = 0;
    std::string text;
  };
  Status check(double label) const;

  std::vector<Example> examples_;
};

}  // namespace kg
