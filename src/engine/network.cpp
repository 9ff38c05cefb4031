#include "engine/network.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace kg {
namespace {

// Numbers that a network takes: the weights, their gradients, the filters as backward needs them, and the
// values of one image.
std::int64_t size_of(const SampleShape& input, const Summary& summary) {
  std::int64_t size = 3 * summary.total + static_cast<std::int64_t>(input.size());
  for (const Summary::Row& row : summary.rows) size += static_cast<std::int64_t>(row.output.size());
  return size;
}

}  // namespace

Result<Network> Network::build(const SampleShape& input, std::vector<LayerDescription> layers,
                               std::uint64_t seed) {
  if (layers.empty()) return Error{"A network needs at least one layer."};
  const Result<Summary> summary = summarize(input, layers);
  if (!summary) return summary.error();
  if (const std::int64_t size = size_of(input, *summary); size > static_cast<std::int64_t>(kMaxValues)) {
    return Error{"This network has " + std::to_string(summary->total) +
                 " parameters; with what lies between its layers that makes " + std::to_string(size) +
                 " numbers to keep, but at most " + std::to_string(kMaxValues) + " fit."};
  }
  Network network;
  network.input_shape_ = input;
  for (std::size_t k = 0; k < layers.size(); ++k) {
    const SampleShape& in = k == 0 ? input : summary->rows[k - 1].output;
    network.layers_.push_back(make_layer(layers[k], in));
    network.names_.push_back(summary->rows[k].name);
  }
  network.descriptions_ = std::move(layers);
  network.frozen_.resize(network.layers_.size());
  network.values_.resize(network.layers_.size() + 1);
  network.initialize(seed);
  network.reserve({});
  return network;
}

const SampleShape& Network::shape(int place) const {
  return place == 0 ? input_shape_ : layers_[index(place - 1)]->output();
}

Summary Network::summary() const { return *summarize(input_shape_, descriptions_, frozen_); }

void Network::initialize(std::uint64_t seed) {
  for (std::size_t k = 0; k < layers_.size(); ++k) layers_[k]->initialize(Rng(seed).fork(k));
}

void Network::parameters_changed() {
  for (auto& layer : layers_) layer->parameters_changed();
}

void Network::set_l2(float factor) {
  for (auto& layer : layers_) {
    for (Parameter& p : layer->parameters()) {
      if (p.name == "kernel") p.l2 = factor;
    }
  }
}

void Network::clear_gradients() {
  for (auto& layer : layers_) {
    for (Parameter& p : layer->parameters()) std::fill(p.gradient.begin(), p.gradient.end(), 0.0f);
  }
}

std::size_t Network::gradient_buffer(int place) const {
  return static_cast<std::size_t>(room_.keep_gradients ? place : place % 2);
}

void Network::reserve(const Room& room) {
  room_ = room;
  images_ = 0;
  gradients_.clear();
  std::vector<std::size_t> largest(room.keep_gradients ? values_.size() : 2);
  for (int place = 0; place < places(); ++place) {
    const std::size_t size = shape(place).batch(room.images).size();
    values_[index(place)] = std::vector<float>(size);
    std::size_t& gradient = largest[gradient_buffer(place)];
    gradient = std::max(gradient, size);
  }
  if (room.gradients) {
    for (const std::size_t size : largest) gradients_.emplace_back(size);
  }
  for (auto& layer : layers_) layer->reserve(room.images);
}

NetworkMemory Network::memory() const {
  NetworkMemory bytes;
  for (const auto& layer : layers_) {
    for (const Parameter& p : layer->parameters()) bytes.parameters += p.values.size() + p.gradient.size();
    bytes.working += layer->working_floats();
  }
  for (const auto& values : values_) bytes.values += values.size();
  for (const auto& gradient : gradients_) bytes.gradients += gradient.size();
  for (std::size_t* count : {&bytes.parameters, &bytes.values, &bytes.gradients, &bytes.working}) {
    *count *= sizeof(float);
  }
  return bytes;
}

std::span<float> Network::input(int images) {
  assert(images >= 0 && images <= room_.images);
  images_ = images;
  return {values_[0].data(), input_shape_.batch(images).size()};
}

bool Network::in_training(int layer) const {
  return training_ && !(frozen(layer) && !parameters(layer).empty());
}

std::span<const float> Network::forward(bool training, int layers) {
  training_ = training;
  const int count = layers < 0 ? this->layers() : layers;
  for (int k = 0; k < count; ++k) {
    layers_[index(k)]->forward(
        {values_[index(k + 1)].data(), values_[index(k)].data(), images_, in_training(k)});
  }
  return values(count);
}

std::span<const float> Network::values(int place) const {
  return {values_[index(place)].data(), shape(place).batch(images_).size()};
}

std::span<float> Network::gradient(int place) {
  assert(room_.gradients);
  return {gradients_[gradient_buffer(place)].data(), shape(place).batch(images_).size()};
}

std::span<const float> Network::gradient(int place) const {
  assert(room_.gradients);
  return {gradients_[gradient_buffer(place)].data(), shape(place).batch(images_).size()};
}

void Network::backward(const Back& back) {
  const auto learns = [&](int k) {
    return back.parameters && !frozen(k) && !layers_[index(k)]->parameters().empty();
  };
  int last = back.from;  // the lowest layer that has to be gone through
  for (int k = back.from - 1; k >= 0; --k) {
    if (back.to_input || learns(k)) last = k;
  }
  for (int k = back.from - 1; k >= last; --k) {
    const bool further = k > last || back.to_input;
    layers_[index(k)]->backward({further ? gradient(k).data() : nullptr, gradient(k + 1).data(),
                                 values_[index(k)].data(), values_[index(k + 1)].data(), images_, learns(k),
                                 back.at_sums && k == back.from - 1, in_training(k)});
  }
}

std::string keras_code_of(const SampleShape& input, const std::vector<LayerDescription>& layers) {
  const auto uses = [&](const char* word) {
    return std::any_of(layers.begin(), layers.end(), [&](const LayerDescription& d) {
      return keras_of(d).find(word) != std::string::npos;
    });
  };
  std::vector<std::string> names;
  std::string body;
  for (const LayerDescription& description : layers) {
    const std::string call = keras_of(description);
    const std::string name = call.substr(0, call.find('('));
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    body += "    " + call + ",\n";
  }
  std::string imports = "from tensorflow.keras import Input, Sequential";
  if (uses("initializers.")) imports += ", initializers";
  if (uses("regularizers.")) imports += ", regularizers";
  imports += "\nfrom tensorflow.keras.layers import ";
  for (std::size_t k = 0; k < names.size(); ++k) imports += (k > 0 ? ", " : "") + names[k];
  return imports + "\n\nmodel = Sequential([\n    Input(shape=" + input.text() + "),\n" + body + "])\n";
}

}  // namespace kg
