// Batches of digits in front of a BatchNormalization: what one unit of Dense(32, relu) answers to each digit
// of a batch, and what the three steps make of it.
//
//   x        the unit's activations, one for each digit of the batch
//   z        (x − mean) / √(variance + epsilon)
//   z·g      scaled
//   z·g + b  shifted
//
// Every step is what the engine's layer gives, with gamma 1 and beta 0, gamma g and beta 0, gamma g and beta
// b. Mean and variance are the batch's, as in training, or the moving averages, as in use.
//
// There are kSets batches, and they come again and again. Batches and units count from 1.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/layer.h"
#include "engine/layers/batch_normalization.h"
#include "engine/statistics.h"

namespace kg {

class NormBatches {
 public:
  static constexpr int kBatch = 64, kUnits = 32, kSets = 20, kMostBatches = 1000;
  // Keras' own momentum is 0.99, which follows ten times as slowly: longer than anybody would look on.
  static constexpr float kMomentum = 0.9f;
  static BatchNormalization layer() { return {.momentum = kMomentum}; }

  // The weights are those of the first Dense of a network of this seed that begins with Flatten and
  // Dense(kUnits).
  explicit NormBatches(std::uint64_t seed);

  // Of the whole batch, (kBatch, kUnits).
  std::span<const float> activations(int batch);
  std::vector<float> activations(int batch, int unit);
  // The first unit that is silent for some of the first batch's digits, but not for most.
  int telling_unit();

  struct Step {
    std::vector<float> values;  // kBatch of them
    Statistics numbers;
  };
  using Steps = std::array<Step, 4>;  // x, z, z·g, z·g + b
  Steps steps(int batch, int unit, double gamma, double beta, bool moving);

  // The mean and variance of a batch, and the moving averages when the layer has seen the batches 1 … batch.
  struct Moments {
    double mean = 0, variance = 1;
  };
  Moments moments(int batch, int unit);
  Moments moving(int batch, int unit);

 private:
  void follow(int batch);
  std::vector<float> normalised(int batch, int unit, double gamma, double beta, bool moving);

  std::uint64_t seed_;
  std::vector<std::vector<float>> activations_;  // of each set; empty until somebody looks
  std::unique_ptr<Layer> looking_, following_;
  std::vector<float> out_;
  std::vector<std::vector<float>> means_, variances_;  // moving, of every unit, after so many batches
};

}  // namespace kg
