// LossSurface: a model of two weights only, so that its loss over all the data is a landscape that can be
// drawn, and gradient descent a path through it.
//
// The model guesses a pixel from its two neighbours, as a filter of two weights does:
//
//   pixel ≈ w_left·left + w_right·right
//
// One window is taken from each digit of a set, somewhere in its ink. The loss is the mean squared error, and
// the engine computes all of it: the grid, and the paths with batches of any size.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "data/digit_set.h"
#include "engine/trainer.h"

namespace kg {

class LossSurface {
 public:
  static constexpr int kSide = 61;              // of the grid
  static constexpr double kFrom = -1, kTo = 2;  // of both weights
  static constexpr int kUpdates = 100;          // of a path
  static constexpr double kLeastRate = 0.01, kMostRate = 3;

  struct Weights {
    double left = 0, right = 0;
  };
  struct Path {
    int batch_size = 0;
    std::vector<Weights> at;   // before the first update, and after each; shorter if it has diverged
    std::vector<double> loss;  // over all windows, at each of them
    double length = 0;         // of the way gone
    double noise = 0;  // √ of the mean |gradient of the batch − gradient over all windows|², along the path
    bool diverged() const { return at.size() <= kUpdates; }
  };

  // `digits` is not empty; the windows and the batches’ order come from the seed.
  LossSurface(const DigitSet& digits, std::uint64_t seed);
  LossSurface(const LossSurface&) = delete;
  LossSurface& operator=(const LossSurface&) = delete;

  int windows() const { return static_cast<int>(targets_.size()); }

  // The grid is computed in pieces, a row each; true if there is none left to do.
  bool piece();
  bool done() const { return rows_ == kSide; }
  int rows() const { return rows_; }
  // Row 0 has the largest w_right (so that it grows upwards), column 0 the smallest w_left.
  const std::vector<float>& grid() const { return grid_; }
  static Weights weights_at(double row, double col);

  double loss(const Weights& weights);
  // The lowest point, where the gradient over all windows is 0; from the normal equations.
  Weights minimum() const;
  // kUpdates updates with batches of this size (at most windows()), epoch after epoch in an order of their
  // own.
  Path path(int batch_size, double rate, const Weights& start);

 private:
  struct Bench {
    Network network;
    Trainer trainer;  // of network
    Bench(Network made, int most);
  };
  void set(const Weights& weights);
  Weights get() const;
  Weights gradient(double& loss);  // over all windows

  std::uint64_t seed_;
  std::vector<float> neighbours_;  // (N, 2)
  std::vector<float> targets_;     // (N)
  std::unique_ptr<Bench> bench_;
  std::vector<float> grid_;
  int rows_ = 0;
};

}  // namespace kg
