// Initializers: the numbers that weights start from. Named and computed as in Keras.
//
//   glorot_uniform  uniform in ±√(6 / (fan_in + fan_out))   Keras' default for kernels
//   glorot_normal   variance 2 / (fan_in + fan_out)         (both: Glorot and Bengio, 2010)
//   he_uniform      uniform in ±√(6 / fan_in)               for relu
//   he_normal       variance 2 / fan_in                     (both: He et al., 2015)
//   lecun_uniform   uniform in ±√(3 / fan_in)
//   lecun_normal    variance 1 / fan_in                     (both: LeCun et al., 1998)
//
// Keras cuts normal numbers off at two standard deviations in the variance-scaling ones (and widens them so
// that the variance stays as said); random_normal is not cut off. fan_in is the number of products in one
// weighted sum, fan_out the number of sums that one input takes part in: for a kernel (kernel_h, kernel_w, I,
// O) kernel_h·kernel_w·I and kernel_h·kernel_w·O.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "engine/rng.h"

namespace kg {

struct Initializer {
  enum class Kind {
    zeros,
    ones,
    constant,
    random_normal,
    random_uniform,
    glorot_uniform,
    glorot_normal,
    he_uniform,
    he_normal,
    lecun_uniform,
    lecun_normal
  };
  Kind kind = Kind::glorot_uniform;
  float a = 0;  // constant: the value; random_normal: the mean; random_uniform: the least
  float b = 0;  // random_normal: the standard deviation; random_uniform: the most

  static Initializer constant(float value) { return {Kind::constant, value, 0}; }
  static Initializer random_normal(float mean, float stddev) { return {Kind::random_normal, mean, stddev}; }
  static Initializer random_uniform(float least, float most) { return {Kind::random_uniform, least, most}; }
  friend bool operator==(const Initializer&, const Initializer&) = default;
};

// Refuses, in words: what is no finite number, a standard deviation below 0, a least value above the most.
Status check(const Initializer& how);

// Of an initializer that check() does not refuse.
void initialize(std::span<float> values, const Initializer& how, int fan_in, int fan_out, Rng& rng);

// The standard deviation of what it draws (0 for constants): what the lesson on initialisation shows.
double standard_deviation(const Initializer& how, int fan_in, int fan_out);

// As Python: "glorot_uniform" with its quotes, or initializers.Constant(0.5).
std::string keras_text(const Initializer& how);

}  // namespace kg
