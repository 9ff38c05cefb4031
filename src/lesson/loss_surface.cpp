#include "lesson/loss_surface.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "engine/rng.h"
#include "lesson/training_run.h"

namespace kg {
namespace {

constexpr std::uint64_t kWindows = 0x51d3;  // the seed's fork for where the windows lie
constexpr int kTries = 400;                 // to find ink in a picture; an empty one gives an empty window

Network model(std::uint64_t seed) {
  Result<Network> network = Network::build(SampleShape(2), {Dense{.units = 1, .use_bias = false}}, seed);
  assert(network);
  return std::move(network).value();
}

OptimizerSettings plain_descent(double rate) {
  OptimizerSettings settings;
  settings.learning_rate = static_cast<float>(rate);
  return settings;
}

double distance(const LossSurface::Weights& a, const LossSurface::Weights& b) {
  const double left = a.left - b.left, right = a.right - b.right;
  return std::sqrt(left * left + right * right);
}

}  // namespace

LossSurface::Bench::Bench(Network made, int most)
    : network(std::move(made)), trainer(network, plain_descent(0), Loss::mean_squared_error, most) {}

LossSurface::LossSurface(const DigitSet& digits, std::uint64_t seed) : seed_(seed) {
  assert(digits.count() > 0 && digits.width() >= 3);
  const Rng places = Rng(seed).fork(kWindows);
  for (int i = 0; i < digits.count(); ++i) {
    Rng rng = places.fork(static_cast<std::uint64_t>(i));
    const std::span<const std::uint8_t> pixels = digits.pixels(i);
    const auto width = static_cast<std::uint32_t>(digits.width());
    std::size_t at = 1;
    for (int tries = 0; tries < kTries; ++tries) {
      const std::uint32_t row = rng.below(static_cast<std::uint32_t>(digits.height()));
      at = row * width + 1 + rng.below(width - 2);
      if (pixels[at - 1] + pixels[at] + pixels[at + 1] > 0) break;
    }
    const auto value = [&](std::size_t place) { return static_cast<float>(pixels[place]) / 255.0f; };
    neighbours_.push_back(value(at - 1)), neighbours_.push_back(value(at + 1));
    targets_.push_back(value(at));
  }
  bench_ = std::make_unique<Bench>(model(seed), windows());
  grid_.resize(static_cast<std::size_t>(kSide) * kSide);
}

void LossSurface::set(const Weights& weights) {
  std::vector<float>& kernel = bench_->network.parameters(0)[0].values;
  kernel[0] = static_cast<float>(weights.left), kernel[1] = static_cast<float>(weights.right);
  bench_->network.parameters_changed();
}

LossSurface::Weights LossSurface::get() const {
  const std::vector<float>& kernel = bench_->network.parameters(0)[0].values;
  return {static_cast<double>(kernel[0]), static_cast<double>(kernel[1])};
}

LossSurface::Weights LossSurface::weights_at(double row, double col) {
  constexpr double kStep = (kTo - kFrom) / (kSide - 1);
  return {kFrom + kStep * col, kTo - kStep * row};
}

LossSurface::Weights LossSurface::gradient(double& loss) {
  const Result<StepReport> report = bench_->trainer.gradients(neighbours_, std::span<const float>(targets_));
  loss = report ? report->loss : NAN;
  const std::vector<float>& g = bench_->network.parameters(0)[0].gradient;
  return {static_cast<double>(g[0]), static_cast<double>(g[1])};
}

double LossSurface::loss(const Weights& weights) {
  set(weights);
  double loss = 0;
  (void)gradient(loss);
  return loss;
}

bool LossSurface::piece() {
  if (done()) return true;
  for (int col = 0; col < kSide; ++col)
    grid_[static_cast<std::size_t>(rows_ * kSide + col)] = static_cast<float>(loss(weights_at(rows_, col)));
  ++rows_;
  return done();
}

// Σ x·xᵀ·w = Σ x·y: two equations.
LossSurface::Weights LossSurface::minimum() const {
  double ll = 0, lr = 0, rr = 0, ly = 0, ry = 0;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    const double l = static_cast<double>(neighbours_[2 * i]), r = static_cast<double>(neighbours_[2 * i + 1]),
                 y = static_cast<double>(targets_[i]);
    ll += l * l, lr += l * r, rr += r * r, ly += l * y, ry += r * y;
  }
  const double determinant = ll * rr - lr * lr;
  if (!(determinant > 0)) return {};
  return {(ly * rr - ry * lr) / determinant, (ry * ll - ly * lr) / determinant};
}

LossSurface::Path LossSurface::path(int batch_size, double rate, const Weights& start) {
  assert(batch_size >= 1 && batch_size <= windows());
  Path path;
  path.batch_size = batch_size;
  bench_->trainer.settings() = plain_descent(rate);
  set(start);
  std::vector<int> order;
  std::vector<float> inputs, targets;
  int epoch = 0, position = 0;
  double noise = 0;
  TrainingRun::order_of_epoch(order, windows(), seed_, epoch);
  double loss = 0;
  Weights whole = gradient(loss);
  path.at.push_back(start), path.loss.push_back(loss);
  for (int update = 0; update < kUpdates; ++update) {
    inputs.clear(), targets.clear();
    for (; position < windows() && static_cast<int>(targets.size()) < batch_size; ++position) {
      const auto i = static_cast<std::size_t>(order[static_cast<std::size_t>(position)]);
      inputs.push_back(neighbours_[2 * i]), inputs.push_back(neighbours_[2 * i + 1]);
      targets.push_back(targets_[i]);
    }
    if (position == windows()) TrainingRun::order_of_epoch(order, windows(), seed_, ++epoch), position = 0;
    const Result<StepReport> report = bench_->trainer.step(inputs, std::span<const float>(targets));
    if (!report) break;
    const std::vector<float>& g = bench_->network.parameters(0)[0].gradient;
    const double left = static_cast<double>(g[0]) - whole.left,
                 right = static_cast<double>(g[1]) - whole.right;
    noise += left * left + right * right;
    const Weights now = get();
    whole = gradient(loss);
    if (!std::isfinite(loss)) break;
    path.length += distance(path.at.back(), now);
    path.at.push_back(now), path.loss.push_back(loss);
  }
  if (path.at.size() > 1) path.noise = std::sqrt(noise / static_cast<double>(path.at.size() - 1));
  return path;
}

}  // namespace kg
