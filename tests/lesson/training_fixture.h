// What the tests of training share: small sets and small networks that learn in milliseconds.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "lesson/training_run.h"

// Pictures of 4×4 in which one of four quarters is bright, with noise: label and quarter are the same.
inline kg::Digits quarters(int count, std::uint64_t seed) {
  auto set = std::make_shared<kg::DigitSet>(4, 4, 4);
  kg::Rng rng(seed);
  for (int i = 0; i < count; ++i) {
    const int label = static_cast<int>(rng.below(4));
    std::vector<std::uint8_t> pixels(16);
    for (int k = 0; k < 16; ++k) {
      const bool bright = (k / 8) * 2 + (k % 4) / 2 == label;
      pixels[static_cast<std::size_t>(k)] = static_cast<std::uint8_t>((bright ? 100 : 0) + rng.below(120));
    }
    set->add(pixels, label);
  }
  return set;
}

// Of every kind of layer that has a state of its own: batch normalisation, dropout.
inline kg::RunSettings small_settings(std::uint64_t seed = 1) {
  using namespace kg;
  RunSettings settings;
  settings.input = {4, 4, 1};
  Conv2D conv{.filters = 3, .padding = Padding::same, .activation = ActivationKind::relu};
  conv.l2 = 0.001f;
  settings.layers = {conv,           BatchNormalization{.momentum = 0.9f},
                     MaxPooling2D{}, Dropout{0.1f},
                     Flatten{},      Dense{.units = 4, .activation = ActivationKind::softmax}};
  settings.optimizer.kind = OptimizerSettings::Kind::momentum;
  settings.optimizer.learning_rate = 0.05f;
  settings.seed = seed;
  settings.batch_size = 8;
  settings.validate_every = 10;
  return settings;
}

inline std::unique_ptr<kg::TrainingRun> small_run(const kg::RunSettings& settings = small_settings(),
                                                  int training = 100, int validation = 50) {
  auto run = kg::TrainingRun::make(settings, quarters(training, 11), quarters(validation, 12));
  REQUIRE(run);
  return std::move(run).value();
}

// All the numbers of a network that training changes.
inline std::vector<float> weights_of(const kg::TrainingRun& run) {
  std::vector<float> all;
  for (int k = 0; k < run.network().layers(); ++k) {
    for (const kg::Parameter& p : run.network().parameters(k))
      all.insert(all.end(), p.values.begin(), p.values.end());
  }
  return all;
}

inline bool same_points(const kg::TrainingCurve& a, const kg::TrainingCurve& b) {
  if (a.points().size() != b.points().size()) return false;
  for (std::size_t k = 0; k < a.points().size(); ++k) {
    const kg::CurvePoint &p = a.points()[k], &q = b.points()[k];
    if (p.updates != q.updates || p.images != q.images || p.loss != q.loss || p.accuracy != q.accuracy)
      return false;
  }
  return true;
}

inline bool same_run(const kg::TrainingRun& a, const kg::TrainingRun& b) {
  return weights_of(a) == weights_of(b) && a.updates() == b.updates() && a.epoch() == b.epoch() &&
         a.in_epoch() == b.in_epoch() && a.images_seen() == b.images_seen() &&
         same_points(a.curve(), b.curve()) && same_points(a.validation_curve(), b.validation_curve());
}
