#include "engine_api.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/simd.h"
#include "engine/network.h"
#include "engine/trainer.h"

namespace {

using namespace kg;

struct Net {
  int images;
  SampleShape shape;
  std::vector<LayerDescription> layers;
  std::optional<Network> network;
  std::optional<Trainer> trainer;
  std::vector<Parameter*> parameters;
  std::vector<float> batch;  // of training, which copies it into the network at every step
  std::vector<int> labels;
};

std::unique_ptr<Net> net;
std::string refusal;

// V8 makes a function fast when it is called again, not while it runs: hence one function per thousand
// rounds.
constexpr int kCeilingSums = 12, kCeilingRounds = 1000;
float ceiling_sink[4];  // so that none of it can be left out

}  // namespace

// Marked as used, which for Emscripten means: exported.
extern "C" {

[[gnu::used]] void kgb_open(int n, int h, int w, int c) {
  net = std::make_unique<Net>();
  net->images = n;
  net->shape = SampleShape(h, w, c);
}

[[gnu::used]] void kgb_conv2d(int filters, int kernel, bool same, bool relu) {
  net->layers.push_back(Conv2D{.filters = filters,
                               .kernel = {kernel, kernel},
                               .padding = same ? Padding::same : Padding::valid,
                               .activation = relu ? ActivationKind::relu : ActivationKind::linear});
}

[[gnu::used]] void kgb_max_pooling2d() { net->layers.push_back(MaxPooling2D{}); }

[[gnu::used]] void kgb_flatten() { net->layers.push_back(Flatten{}); }

[[gnu::used]] void kgb_dense(int units, bool softmax) {
  net->layers.push_back(
      Dense{.units = units, .activation = softmax ? ActivationKind::softmax : ActivationKind::linear});
}

[[gnu::used]] const char* kgb_build(kgb_task task, float learning_rate, float momentum) {
  Result<Network> built = Network::build(net->shape, net->layers, 1);
  if (!built) {
    refusal = built.sentence();
    return refusal.c_str();
  }
  Network& network = net->network.emplace(std::move(built).value());
  if (task == kgb_task_train) {
    net->batch.resize(net->shape.batch(net->images).size());
    net->labels.resize(static_cast<std::size_t>(net->images));
    const OptimizerSettings settings{
        .kind = OptimizerSettings::Kind::momentum, .learning_rate = learning_rate, .momentum = momentum};
    net->trainer.emplace(network, settings, Loss::cross_entropy, net->images);
  } else {
    network.reserve({.images = net->images, .gradients = task == kgb_task_ascend});
  }
  for (int layer = 0; layer < network.layers(); ++layer) {
    for (Parameter& parameter : network.parameters(layer)) net->parameters.push_back(&parameter);
  }
  return nullptr;
}

[[gnu::used]] void kgb_close() { net.reset(); }

[[gnu::used]] float* kgb_input() {
  return net->trainer ? net->batch.data() : net->network->input(net->images).data();
}

[[gnu::used]] int kgb_parameters() { return static_cast<int>(net->parameters.size()); }

[[gnu::used]] float* kgb_parameter(int at) {
  return net->parameters[static_cast<std::size_t>(at)]->values.data();
}

[[gnu::used]] int kgb_parameter_size(int at) {
  return static_cast<int>(net->parameters[static_cast<std::size_t>(at)]->values.size());
}

[[gnu::used]] void kgb_parameters_changed() { net->network->parameters_changed(); }

[[gnu::used]] int* kgb_labels() { return net->labels.data(); }

[[gnu::used]] void kgb_forward() { net->network->forward(); }

[[gnu::used]] bool kgb_train() { return net->trainer->step(net->batch, net->labels).ok(); }

[[gnu::used]] void kgb_ascend(int filter) {
  Network& network = *net->network;
  const int last = network.layers();
  const SampleShape& shape = network.output_shape();
  network.forward();
  const std::span<float> gradient = network.gradient(last);
  std::fill(gradient.begin(), gradient.end(), 0.0f);
  const float share = 1.0f / static_cast<float>(net->images * shape.h() * shape.w());
  for (std::size_t k = static_cast<std::size_t>(filter); k < gradient.size();
       k += static_cast<std::size_t>(shape.c())) {
    gradient[k] = share;
  }
  network.backward({.from = last, .parameters = false, .to_input = true});
}

[[gnu::used]] const float* kgb_output() { return net->network->values(net->network->layers()).data(); }

[[gnu::used]] const float* kgb_d_input() { return net->network->gradient(0).data(); }

[[gnu::used]] void kgb_ceiling() {
  const simd::Float4 half = simd::splat(ceiling_sink[0] * 1e-9f + 0.5f);
  const simd::Float4 one = simd::splat(ceiling_sink[1] * 1e-9f + 1.0f);
  simd::Float4 sum[kCeilingSums];
  KG_UNROLL for (int k = 0; k < kCeilingSums; ++k) sum[k] = simd::splat(static_cast<float>(k));
  for (int round = 0; round < kCeilingRounds; ++round) {
    KG_UNROLL for (int k = 0; k < kCeilingSums; ++k) sum[k] = simd::madd(sum[k], half, one);
  }
  KG_UNROLL for (int k = 1; k < kCeilingSums; ++k) sum[0] = simd::add(sum[0], sum[k]);
  simd::store(ceiling_sink, sum[0]);
}

[[gnu::used]] double kgb_ceiling_flops() { return 2.0 * 4 * kCeilingSums * kCeilingRounds; }

[[gnu::used]] const char* kgb_instruction_set() { return kernels::instruction_set(); }
}
