// Every layer and loss, forward and backward, against TensorFlow.js (see
// tools/goldens/make_layer_goldens.mjs).
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/kernels/dispatch.h"
#include "engine/loss.h"
#include "layer_by_itself.h"
#include "tolerance.h"
#include "with_kernels.h"

using namespace kg;

namespace {

using Values = std::vector<float>;

struct Golden {
  std::string name;
  LayerDescription layer;
  SampleShape in;
  int images;
  bool training;
  Values input;
  std::vector<Values> parameters;
  Values output, dout, din;
  std::vector<Values> gradients;  // of the learned parameters
};

struct LossGolden {
  std::string name;
  Loss loss;
  int images, values;
  Values input, targets;
  double result;
  Values gradient;
};

#define LAYER(...) Golden{__VA_ARGS__},
#define LOSS(...)
const Golden kLayers[] = {
#include "../golden/layers.inc"
};
#undef LAYER
#undef LOSS
#define LAYER(...)
#define LOSS(...) LossGolden{__VA_ARGS__},
const LossGolden kLosses[] = {
#include "../golden/layers.inc"
};
#undef LAYER
#undef LOSS

// u is the relative error of one rounding; that of r of them in a row is γ(r) (tolerance.h).
constexpr double kU = std::numeric_limits<float>::epsilon() / 2.0;
double gamma_of(double r) { return r * kU / (1 - r * kU); }

double largest(const Values& values) {
  double most = 0;
  for (const float value : values) most = std::max(most, std::abs(static_cast<double>(value)));
  return most;
}

// How far our results may be from TensorFlow.js'. Of what is linear, nothing: the data are such that every
// sum is exact.
struct Tolerance {
  double out = 0, din = 0, gradient = 0;
};

// An average is rounded once, in the division; a gradient is a sum of such shares, of at most `cells`
// windows.
Tolerance of(const AveragePooling2D& pool, const Golden& g) {
  const int cells = pool.pool.h * pool.pool.w;
  return {2 * kU * largest(g.output), sum_of_products_tolerance(cells + 1, 1, largest(g.dout), 0), 0};
}

// With the exponential right within 2 units in the last place (4u; JavaScript's: u), y is right within 8u·y
// for the sigmoid (sum, quotient) and 6u·y for tanh. y·(1 − y) and 1 − y² change at most as fast as y and
// 2·y, and are computed with three roundings on either side.
Tolerance of(const Activation& activation, const Golden& g) {
  const double d = largest(g.dout), channels = g.in.c();
  switch (activation.activation) {
    case ActivationKind::sigmoid:
      return {8 * kU, (8 + 6) * kU * d, 0};
    case ActivationKind::tanh:
      return {6 * kU, (2 * 6 + 6) * kU * d, 0};
    case ActivationKind::softmax: {
      // The sum of the exponentials has as many roundings as channels, on either side. din = y·(d − Σ d·y) ≤
      // 2·d·y.
      const double y = gamma_of(2 * channels + 13);
      return {y, 2 * d * (2 * y + gamma_of(2 * channels + 8)), 0};
    }
    default:
      return {};
  }
}

// With m values in a channel, the mean is rounded m times, the variance m + 2 times, the normalised values
// and what is made of them some ten times more, on either side; the gradients' sums once more m times. What
// is added is at most as large as the sizes below, in which the mean is not taken off yet, for our kernels
// take it off last.
Tolerance of(const BatchNormalization& layer, const Golden& g) {
  const double channels = g.in.c(), m = static_cast<double>(g.input.size()) / channels;
  double least_variance = 1e30;
  for (int c = 0; c < g.in.c(); ++c) {
    const Values channel = every_nth(g.input, g.in.c(), c);
    double mean = 0, variance = 0;
    for (const float x : channel) mean += static_cast<double>(x) / m;
    for (const float x : channel) variance += std::pow(static_cast<double>(x) - mean, 2) / m;
    if (!g.training) variance = static_cast<double>(g.parameters[3][static_cast<std::size_t>(c)]);
    least_variance = std::min(least_variance, variance);
  }
  const double deviation = std::sqrt(least_variance + static_cast<double>(layer.epsilon));
  const double mean = g.training ? largest(g.input) : largest(g.parameters[2]);
  const double normal = (largest(g.input) + mean) / deviation;  // x̂
  const double scale = largest(g.parameters[0]), d = largest(g.dout);
  return {2 * gamma_of(2 * m + 10) * (scale * normal + largest(g.parameters[1])),
          2 * gamma_of(3 * m + 20) * scale / deviation * d * (2 + normal * normal),
          2 * gamma_of(3 * m + 10) * m * d * normal};
}

template <class Layer>
Tolerance of(const Layer&, const Golden&) {
  return {};
}

// "" if all agree, else where they do not.
std::string difference(const Values& values, const Values& golden, double tolerance) {
  if (values.size() != golden.size())
    return std::to_string(values.size()) + " values, not " + std::to_string(golden.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double off = std::abs(static_cast<double>(values[k]) - static_cast<double>(golden[k]));
    if (off <= tolerance) continue;  // not-a-number never is
    return "value " + std::to_string(k) + " is " + std::to_string(values[k]) + " instead of " +
           std::to_string(golden[k]) + ": off by " + std::to_string(off / kU) + " u, " +
           std::to_string(tolerance / kU) + " u are allowed";
  }
  return "";
}

void check(const Golden& g) {
  LayerByItself layer(g.in, g.layer, g.images);
  std::vector<Parameter>& parameters = layer.network().parameters(0);
  REQUIRE(parameters.size() == g.parameters.size());
  for (std::size_t p = 0; p < parameters.size(); ++p) parameters[p].values = g.parameters[p];
  layer.network().parameters_changed();
  const Tolerance tolerance = std::visit([&](const auto& one) { return of(one, g); }, g.layer);
  CHECK(difference(layer.forward(g.input, g.training), g.output, tolerance.out) == "");
  CHECK(difference(layer.backward(g.dout), g.din, tolerance.din) == "");
  for (std::size_t p = 0; p < g.gradients.size(); ++p) {
    CAPTURE(parameters[p].name);
    CHECK(difference(parameters[p].gradient, g.gradients[p], tolerance.gradient) == "");
  }
}

int label_of(const LossGolden& g, int image) {
  const auto row = g.targets.begin() + std::ptrdiff_t{image} * g.values;
  return static_cast<int>(std::max_element(row, row + g.values) - row);
}

}  // namespace

TEST_CASE("engine/layer_goldens: the numbers of TensorFlow.js") {
  for (const Golden& golden : kLayers) {
    for (kernels::Flavour flavour : kBothFlavours) {
      CAPTURE(golden.name);
      CAPTURE(keras_of(golden.layer));
      CAPTURE(golden.in.text());
      CAPTURE(golden.images);
      CAPTURE(name_of(flavour));
      const WithKernels with(flavour);
      check(golden);
    }
  }
  CHECK(std::size(kLayers) == 29);
}

// Of cross-entropy: p is right within γ(2·C + 13) of itself on both sides, and so −ln p within as much; the
// mean of the images adds that many roundings. The gradient is p − 1 or p, divided by the images. Of the mean
// squared error: the differences and their squares are exact, and what is left are the sum and the division.
TEST_CASE("engine/layer_goldens: losses of TensorFlow.js") {
  for (const LossGolden& golden : kLosses) {
    for (kernels::Flavour flavour : kBothFlavours) {
      CAPTURE(golden.name);
      CAPTURE(name_of(flavour));
      const WithKernels with(flavour);
      Values d(golden.input.size());
      const double share = 1.0 / golden.images;
      if (golden.loss == Loss::cross_entropy) {
        Values p(golden.input.size());
        kernels::table().softmax(p.data(), golden.input.data(), golden.images, golden.values);
        std::vector<int> labels;
        for (int n = 0; n < golden.images; ++n) labels.push_back(label_of(golden, n));
        const double loss = cross_entropy(d.data(), p.data(), labels.data(), golden.images, golden.values);
        const double of_p = gamma_of(2 * golden.values + 13);
        CHECK(std::abs(loss - golden.result) <= of_p + gamma_of(golden.images + 3) * golden.result);
        CHECK(difference(d, golden.gradient, (of_p + 4 * kU) * share) == "");
      } else {
        const double loss =
            mean_squared_error(d.data(), golden.input.data(), golden.targets.data(), d.size());
        CHECK(std::abs(loss - golden.result) <= gamma_of(static_cast<double>(d.size()) + 2) * golden.result);
        CHECK(difference(d, golden.gradient, gamma_of(4) * largest(golden.gradient)) == "");
      }
    }
  }
  CHECK(std::size(kLosses) == 2);
}
