// GradientCheck: is a gradient right? The same derivative once more, by trying it out.
//
// Backward computes ∂loss/∂w of every value w at once, by the chain rule: the analytic gradient. One of them
// can be had without any calculus, by moving w a little to both sides and looking at what the loss does: the
// central difference
//
//   D(h) = (L(w + h) − L(w − h)) / 2h
//
// The two are never quite equal, and how far apart they may be is not guessed but measured, from the loss at
// w − 2h, w − h, w, w + h and w + 2h:
//
//   curvature  D(h) is off by h²·L‴/6 + …, and |D(2h) − D(h)| = h²·|L‴|/2 + … is three times as much.
//   kinks      Where relu or a maximum changes over, L has a kink. If the slope jumps by J at w + t·h, with
//              0 ≤ t ≤ 1, D(h) is off by J·(1 − t)/2 and |D(2h) − D(h)| is J·t/4. The fourth difference
//              F = L(w+2h) − 4·L(w+h) + 6·L(w) − 4·L(w−h) + L(w−2h) is J·h·|2 − 3t|, where without a kink it
//              would vanish as h⁴. Together: J·t/4 + J·|2 − 3t|/4 ≥ J·(1 − t)/2.
//   rounding   The loss is added up in double precision, but of values in single precision: it trembles by
//              some `noise` (a standard deviation), and so D(h) does by noise/(√2·h). Allowed is 6·noise/h.
//              The analytic gradient is rounded, too, by about noise/|w|: that is less, for h is less than
//              the values are.
//
//   uncertainty = |D(2h) − D(h)| + |F|/4h + 6·noise/h
//
// The first two shrink with the step h and the last one grows, so steps are tried from large to small, and
// the one with the least uncertainty is taken. Exactly on a kink there is no derivative: there the
// uncertainty stays at half the jump or more, whatever the step, and no verdict is forced.
//
// The noise is measured as J. Moré and S. Wild do ("Estimating Computational Noise", 2011): along a line
// through all weights and inputs, in steps so small that the loss is as good as straight, its fourth
// differences are nothing but noise, √70 times its standard deviation. Their median counts, because of kinks.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/loss.h"
#include "engine/network.h"

namespace kg {

// One value of a network: of a parameter, or of the batch that comes in.
struct GradientSpot {
  static constexpr int kInput = -1;
  int layer = kInput;     // from 0 on; it must not be frozen
  int parameter = 0;      // its number in Network::parameters(layer); a learned one
  std::size_t index = 0;  // of the value, as the values lie
};

struct GradientComparison {
  double analytic = 0;                    // what backward says
  double numeric = 0;                     // D(h)
  double uncertainty = 0;                 // how far apart the two may be
  double step = 0;                        // h, in units of the value
  double below = 0, here = 0, above = 0;  // the loss at w − h, w, w + h

  double difference() const { return analytic < numeric ? numeric - analytic : analytic - numeric; }
  bool agrees() const { return difference() <= uncertainty; }  // never if one of them is not a number
  // Whether this could have found an error of that size.
  bool tells(double error) const { return uncertainty <= error; }
};

// The loss is that of the batch plus the L2 penalties Σ l2·w² of layers that are not frozen, as in a Trainer.
//
// The network must have room for the batch and for gradients, stay where it is, and keep its weights as long
// as the check is used. Its weights and moving averages are afterwards what they were; the values and
// gradients of its last pass are not. Dropout is left out: it would be another function each time.
class GradientCheck {
 public:
  // `labels` (N), each 0 … C − 1: with mean_squared_error the targets are 1 at the label, else 0.
  GradientCheck(Network& network, Loss loss, std::span<const float> images, std::span<const int> labels,
                bool training);
  // `targets` (N, …): the loss is mean_squared_error.
  GradientCheck(Network& network, std::span<const float> images, std::span<const float> targets,
                bool training);

  GradientComparison compare(const GradientSpot& spot);

  double analytic(const GradientSpot& spot) const;  // without trying it out
  double loss() const { return loss_here_; }
  double noise() const { return noise_; }  // of the loss: its standard deviation by rounding

 private:
  void begin();
  double run();  // the loss of the network as it is, for images_; the gradient of it stands at the last place
  void run_back();
  double measure_noise();
  GradientComparison compare_at(double step, const GradientSpot& spot);
  float& value(const GradientSpot& spot);
  double scale(const GradientSpot& spot) const;
  bool softmax_given() const;

  Network& network_;
  Loss loss_;
  bool training_;
  std::vector<float> images_;
  std::vector<int> labels_;
  std::vector<float> targets_, probabilities_;
  std::vector<std::vector<std::vector<float>>> parameter_gradients_;  // of each layer, of each parameter
  std::vector<float> input_gradient_;
  double loss_here_ = 0, noise_ = 0;
};

}  // namespace kg
