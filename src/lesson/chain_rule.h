// Chain rule: every number of a small net's pass, with where it comes from, to be written out: one moment of
// the lesson `backprop` after the other.
#pragma once

#include <string>
#include <vector>

#include "lesson/small_net.h"

namespace kg {

// The steps of the lesson with the small net, and how many ticks each has: one for each number it works out.
enum class BackpropStep { hidden, outputs, loss, wishes, back_outputs, jump, back_hidden, update, again };
inline constexpr int kBackpropSteps = 9;
std::vector<int> backprop_ticks();

// A number that has just been worked out.
struct Moment {
  BackpropStep step = BackpropStep::hidden;
  int tick = 0;
  friend bool operator==(const Moment&, const Moment&) = default;
};

// One parameter of the small net, as the parameters of its layer lie.
struct WeightPlace {
  int layer = 0, index = 0;
  friend bool operator==(const WeightPlace&, const WeightPlace&) = default;
};

struct Factor {
  std::string name;  // "∂L/∂a1"
  double value = 0;
};
using Product = std::vector<Factor>;

// How a number comes about: a sum of products; or, where that is no sum of products, its formula in words of
// mathematics.
struct Working {
  std::string title;    // "Weight from hidden 2 to output 0"
  std::string name;     // of the result: "∂L/∂w"
  std::string formula;  // "sigmoid(0.31)"; empty: Σ of the products
  std::vector<Product> sum;
  double result = 0;
  std::string note;  // one sentence on what it means; may be empty

  std::string text() const;  // "∂L/∂w = 0.41 · 0.24 · 0.58 = 0.0571"
};

// What the pass before an update and the one after it have to say. `after` is null if the numbers of that
// pass have become too large.
struct ChainRule {
  const SmallNet& net;
  const SmallNet& next;
  const SmallPass& before;
  const SmallPass* after;
  float rate;

  Working at(const Moment& moment) const;
  Working gradient_of(const WeightPlace& at) const;  // of a weight or bias, whenever
};

// Which number a moment is about, where it is one weight or bias, and the moment that works out its gradient.
WeightPlace weight_at(const Moment& moment);  // of back_outputs, back_hidden and update
Moment gradient_moment(const WeightPlace& at);
bool is_chain_rule(BackpropStep step);  // back_outputs, jump, back_hidden

std::string name_of_weight(const WeightPlace& at);  // "weight from hidden 2 to output 0"

}  // namespace kg
