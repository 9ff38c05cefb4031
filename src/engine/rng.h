// Rng: random numbers that are the same on every machine.
//
// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): a 64-bit
// counter that grows by a fixed odd step, and a mixing function that scatters its bits. The whole state is
// one number, so a lesson can keep it in a link.
//
// Everything here uses integer arithmetic and the operations that IEEE 754 rounds exactly (+ − × ÷ √), never
// libm's log or cos, whose last bit differs between C libraries: a seed gives the same digits, weights and
// noise natively and in the browser. (Compile with -ffp-contract=off.)
#pragma once

#include <cstdint>

namespace kg {

class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next_u64();
  std::uint32_t next_u32();  // the upper half of the former

  float uniform();                    // in [0, 1): one of 2²⁴ evenly spaced values
  float uniform(float lo, float hi);  // in [lo, hi); lo if both are equal
  float normal();                     // mean 0, standard deviation 1 (Marsaglia's polar method)

  // One of 0 … n − 1, each exactly as likely. n is at least 1.
  std::uint32_t below(std::uint32_t n);

  // A generator of its own for one purpose: `rng.fork(kWeights)`, `rng.fork(kNoise)`. The same generator and
  // stream always give the same fork; this generator does not move, and drawing from one fork disturbs no
  // other.
  Rng fork(std::uint64_t stream) const;

  std::uint64_t state() const { return state_; }  // Rng(state()) goes on where this one is

 private:
  std::uint64_t state_;
};

}  // namespace kg
