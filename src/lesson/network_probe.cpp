#include "lesson/network_probe.h"

#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>

namespace kg {
namespace {

Network built(const SampleShape& input, const std::vector<LayerDescription>& layers) {
  Result<Network> network = Network::build(input, layers, 0);
  assert(network);
  return std::move(network).value();
}

std::size_t index_of(const SampleShape& shape, int row, int col, int channel) {
  return static_cast<std::size_t>((row * shape.w() + col) * shape.c() + channel);
}

// The window of a convolution or a pool, before its terms have values.
void place_window(Explained& out, const SampleShape& in, const Spot& spot, Size2 size, Size2 stride,
                  Size2 dilation, Padding padding, int first_channel, int channels) {
  const WindowAxis down = window_axis(in.h(), size.h, stride.h, dilation.h, padding);
  const WindowAxis right = window_axis(in.w(), size.w, stride.w, dilation.w, padding);
  out.height = size.h, out.width = size.w;
  for (int y = 0; y < size.h; ++y) {
    for (int x = 0; x < size.w; ++x) {
      const int row = spot.row * stride.h - down.before + y * dilation.h;
      const int col = spot.col * stride.w - right.before + x * dilation.w;
      const bool inside = row >= 0 && row < in.h() && col >= 0 && col < in.w();
      for (int c = 0; c < channels; ++c) out.terms.push_back({row, col, first_channel + c, inside});
    }
  }
}

}  // namespace

void copy_weights(Network& to, const Network& from) {
  for (int k = 0; k < to.layers(); ++k) {
    for (std::size_t p = 0; p < to.parameters(k).size(); ++p)
      to.parameters(k)[p].values = from.parameters(k)[p].values;
  }
  to.parameters_changed();
}

NetworkProbe::NetworkProbe(const SampleShape& input, const std::vector<LayerDescription>& layers)
    : network_(built(input, layers)),
      values_(static_cast<std::size_t>(network_.places())),
      gradients_(static_cast<std::size_t>(network_.places())) {
  network_.reserve({1, true, true});
}

void NetworkProbe::look(const Network& weights, std::span<const float> image, int label, Loss loss) {
  copy_weights(network_, weights);
  if (!trainer_ || trainer_->loss() != loss)
    trainer_ = std::make_unique<Trainer>(network_, OptimizerSettings(), loss, 1, true);
  std::copy(image.begin(), image.end(), network_.input(1).begin());
  (void)network_.forward();
  for (int place = 0; place < places(); ++place) {
    const std::span<const float> from = network_.values(place);
    values_[static_cast<std::size_t>(place)].assign(from.begin(), from.end());
  }
  has_gradients_ = false;
  if (label < 0) return;
  const Result<StepReport> report = trainer_->gradients(image, {&label, 1});
  if (!report) return;
  has_gradients_ = true;
  loss_ = report->loss;
  for (int place = 1; place < places(); ++place) {
    const std::span<const float> from = std::as_const(network_).gradient(place);
    gradients_[static_cast<std::size_t>(place)].assign(from.begin(), from.end());
  }
}

bool NetworkProbe::has(const Spot& spot) const {
  if (spot.layer < 0 || spot.layer >= network_.layers()) return false;
  const SampleShape& shape = network_.shape(spot.layer + 1);
  return spot.row >= 0 && spot.row < shape.h() && spot.col >= 0 && spot.col < shape.w() &&
         spot.channel >= 0 && spot.channel < shape.c();
}

float NetworkProbe::value(const Spot& spot) const {
  return values(spot.layer + 1)[index_of(network_.shape(spot.layer + 1), spot.row, spot.col, spot.channel)];
}

Spot NetworkProbe::strongest(int layer) const {
  const SampleShape& shape = network_.shape(layer + 1);
  const auto at = static_cast<int>(std::ranges::max_element(values(layer + 1)) - values(layer + 1).begin());
  return {layer, at / shape.c() / shape.w(), at / shape.c() % shape.w(), at % shape.c()};
}

Explained NetworkProbe::explain(const Spot& spot) const {
  assert(has(spot));
  const SampleShape& in = network_.shape(spot.layer);
  const std::span<const float> before = values(spot.layer);
  const LayerDescription& layer = network_.descriptions()[static_cast<std::size_t>(spot.layer)];
  Explained out;
  out.value = value(spot);
  out.activation = activation_of(layer);
  std::visit(
      [&](const auto& description) {
        using Layer = std::decay_t<decltype(description)>;
        if constexpr (std::is_same_v<Layer, Conv2D>) {
          out.kind = Explained::Kind::sum;
          place_window(out, in, spot, description.kernel, description.strides, description.dilation,
                       description.padding, 0, in.c());
        } else if constexpr (std::is_same_v<Layer, Dense>) {
          out.kind = Explained::Kind::sum;
          for (int c = 0; c < in.c(); ++c) out.terms.push_back({spot.row, spot.col, c});
        } else if constexpr (std::is_same_v<Layer, MaxPooling2D> || std::is_same_v<Layer, AveragePooling2D>) {
          out.kind = std::is_same_v<Layer, MaxPooling2D> ? Explained::Kind::largest : Explained::Kind::mean;
          const Size2 stride = description.strides.h == 0 ? description.pool : description.strides;
          place_window(out, in, spot, description.pool, stride, {1, 1}, description.padding, spot.channel, 1);
        } else if constexpr (std::is_same_v<Layer, Flatten>) {
          const int pixel = spot.channel / in.c();
          out.terms.push_back({pixel / in.w(), pixel % in.w(), spot.channel % in.c()});
        } else {
          out.terms.push_back({spot.row, spot.col, spot.channel});
        }
      },
      layer);
  const std::vector<Parameter>& parameters = network_.parameters(spot.layer);
  const int outputs = network_.shape(spot.layer + 1).c();
  for (std::size_t k = 0; k < out.terms.size(); ++k) {
    Explained::Term& term = out.terms[k];
    if (term.inside) term.value = before[index_of(in, term.row, term.col, term.channel)];
    if (out.kind == Explained::Kind::sum) {
      term.index = k * static_cast<std::size_t>(outputs) + static_cast<std::size_t>(spot.channel);
      term.weight = parameters[0].values[term.index];
      out.products += term.product();
    } else if (term.inside &&
               (out.winner < 0 || term.value > out.terms[static_cast<std::size_t>(out.winner)].value)) {
      out.winner = static_cast<int>(k);
    }
  }
  if (out.kind == Explained::Kind::sum && parameters.size() > 1)
    out.bias = static_cast<double>(parameters[1].values[static_cast<std::size_t>(spot.channel)]);
  out.sum = out.products + out.bias;
  return out;
}

}  // namespace kg
