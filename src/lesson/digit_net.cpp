#include "lesson/digit_net.h"

#include <utility>

namespace kg {
namespace {

void copy_weights(const Network& from, Network& to) {
  for (int layer = 0; layer < from.layers(); ++layer) {
    for (std::size_t p = 0; p < from.parameters(layer).size(); ++p) {
      to.parameters(layer)[p].values = from.parameters(layer)[p].values;
    }
  }
  to.parameters_changed();
}

}  // namespace

std::vector<LayerDescription> DigitNet::layers() {
  return {Conv2D{.filters = 8, .padding = Padding::same, .activation = ActivationKind::relu},
          MaxPooling2D{},
          Conv2D{.filters = 16, .activation = ActivationKind::relu},
          MaxPooling2D{},
          Flatten{},
          Dense{.units = kClasses, .activation = ActivationKind::softmax}};
}

Result<std::unique_ptr<DigitNet>> DigitNet::make(const Tensor& picture, int label, float rate,
                                                 std::uint64_t seed) {
  const Shape& shape = picture.shape();
  const SampleShape input(shape.h, shape.w, shape.c);
  Result<Network> now = Network::build(input, layers(), seed);
  if (!now) return now.error();
  Result<Network> next = Network::build(input, layers(), seed);
  if (!next) return next.error();
  std::unique_ptr<DigitNet> net(
      new DigitNet(std::move(now).value(), std::move(next).value(), picture, label, rate));
  if (Status seen = net->look(net->now_); !seen) return Error{seen.sentence()};
  net->losses_.push_back(net->now_.loss);
  net->foresee();
  return net;
}

DigitNet::DigitNet(Network&& now, Network&& next, const Tensor& picture, int label, float rate)
    : picture_(picture.values().begin(), picture.values().end()),
      label_(label),
      rate_(rate),
      now_(std::move(now)),
      next_(std::move(next)) {}

Status DigitNet::look(Run& run) {
  const Result<StepReport> report = run.trainer.gradients(picture_, std::span(&label_, 1));
  if (!report) return report.error();
  run.loss = report->loss;
  return Done{};
}

void DigitNet::foresee() {
  copy_weights(now_.network, next_.network);
  next_.trainer.settings().learning_rate = rate_;
  diverges_ = !next_.trainer.step(picture_, std::span(&label_, 1)) || !look(next_);
  if (diverges_) next_.loss = now_.loss;
}

int DigitNet::prediction() const { return largest(now_.network.values(kLayers)); }
int DigitNet::prediction_after() const { return largest(next_.network.values(kLayers)); }

void DigitNet::set_rate(float rate) {
  rate_ = rate;
  foresee();
}

Status DigitNet::update() {
  if (diverges_) {
    return Error{
        "Training has diverged: after this update the loss would be too large to be a number. Choose a "
        "smaller "
        "learning rate, or rewind."};
  }
  copy_weights(next_.network, now_.network);
  (void)look(now_);
  losses_.push_back(now_.loss);
  foresee();
  return Done{};
}

GradientComparison DigitNet::check(int layer, int index) {
  const std::size_t weights = now_.network.parameters(layer)[0].values.size();
  const auto at = static_cast<std::size_t>(index);
  GradientComparison result;
  {
    GradientCheck check(now_.network, Loss::cross_entropy, picture_, std::span(&label_, 1), true);
    result = check.compare({layer, at < weights ? 0 : 1, at < weights ? at : at - weights});
  }
  (void)look(now_);  // the check has left other values behind
  return result;
}

}  // namespace kg
