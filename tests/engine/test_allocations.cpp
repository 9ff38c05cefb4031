#include <doctest/doctest.h>

#include <algorithm>
#include <span>

#include "count_allocations.h"
#include "engine/trainer.h"
#include "nets.h"
#include "with_kernels.h"

using namespace kg;

namespace {

constexpr int kBatch = 2;
const SampleShape kInput(11, 12, 2);

// A layer of every kind, and below them a convolution that is done by Winograd's algorithm.
std::vector<LayerDescription> all_layers() {
  std::vector<LayerDescription> all = {Conv2D{.filters = 16, .activation = kRelu},
                                       Conv2D{.filters = 48, .padding = Padding::same, .activation = kRelu}};
  for (const LayerDescription& layer : every_kind_of_layer()) all.push_back(layer);
  return all;
}

// How often memory is allocated in what a trainer does with full and smaller batches.
std::size_t allocations_of(Trainer& trainer, const SampleShape& input) {
  const std::vector<float> images = random_values(kBatch * input.size(), 1),
                           targets = random_values(kBatch * 3, 3);
  const std::vector<int> labels = random_labels(kBatch, 3, 2);
  REQUIRE(trainer.step(images, labels).ok());
  bool ok = true;
  std::size_t times = 0;
  {
    const CountAllocations count;
    const auto first_image = std::span(images).first(input.size());
    ok = trainer.step(images, labels).ok() && ok;
    ok = trainer.step(first_image, std::span(labels).first(1)).ok() && ok;
    ok = trainer.gradients(images, labels).ok() && ok;
    if (trainer.loss() == Loss::mean_squared_error) ok = trainer.step(images, targets).ok() && ok;
    times = count.times();
  }
  CHECK(ok);
  return times;
}

// What somebody may look at has to be there: a compiler may leave out memory that nobody sees.
const float* volatile looked_at = nullptr;

}  // namespace

TEST_CASE("engine/allocations: the counter counts") {
  std::size_t times = 0, bytes = 0;
  {
    const CountAllocations count;
    std::vector<float> values(1000), copy = values;
    looked_at = values.data();
    looked_at = copy.data();
    copy.push_back(1);
    looked_at = copy.data();
    times = count.times(), bytes = count.bytes();
  }
  CHECK(times == 3);
  CHECK(bytes >= 2 * 4000 + 4004);
  std::vector<float> uncounted(10);
  const CountAllocations count;
  CHECK(count.times() == 0);
}

TEST_CASE("engine/allocations: a step of training allocates nothing") {
  for (const kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    Network network = built(kInput, all_layers());
    Trainer trainer(network, {}, Loss::cross_entropy, kBatch);
    CHECK(allocations_of(trainer, kInput) == 0);
    std::size_t times = 0;
    {
      const CountAllocations count;
      network.input(kBatch);
      network.forward(true);
      network.backward({.from = network.layers(), .to_input = true});
      times = count.times();
    }
    CHECK(times == 0);
  }
}

TEST_CASE("engine/allocations: nor does it with any optimizer, loss, or gradients kept") {
  const SampleShape input(9, 8, 2);
  for (const bool keep : {false, true}) {
    CAPTURE(keep);
    for (const Loss loss : {Loss::cross_entropy, Loss::mean_squared_error}) {
      CAPTURE(name_of(loss));
      Network network = built(input, every_kind_of_layer());
      Trainer trainer(network, {}, loss, kBatch, keep);
      using Kind = OptimizerSettings::Kind;
      for (const Kind kind : {Kind::sgd, Kind::momentum, Kind::nesterov, Kind::rmsprop, Kind::adam}) {
        CAPTURE(static_cast<int>(kind));
        trainer.settings().kind = kind;
        CHECK(allocations_of(trainer, input) == 0);
      }
    }
  }
}

TEST_CASE("engine/allocations: predicting alone allocates nothing either, weights changed or not") {
  for (const kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    Network network = built(kInput, all_layers());
    std::size_t times = 0;
    {
      const CountAllocations count;
      network.input(1);
      network.forward();
      network.parameters_changed();
      network.forward();
      times = count.times();
    }
    CHECK(times == 0);
  }
}

TEST_CASE("engine/allocations: the memory of a network is what it says") {
  for (const bool keep : {false, true}) {
    CAPTURE(keep);
    Network network = built(kInput, all_layers());
    std::size_t bytes = 0;
    {
      const CountAllocations count;
      network.reserve({.images = kBatch, .gradients = true, .keep_gradients = keep});
      bytes = count.bytes();
    }
    const NetworkMemory memory = network.memory();
    const std::size_t said = memory.values + memory.gradients;
    CAPTURE(said);
    CAPTURE(memory.working);
    // Values and gradients, what of the layers depends on the batch, and the lists of lists.
    CHECK(bytes >= said);
    CHECK(bytes <= said + memory.working + 4096);
  }
}

// What training takes, with the values of a batch as the measure: the gradients as much as the two largest
// neighbours take (or, if all are kept, as much again), the layers some, and each weight five numbers:
// itself, its gradient, as backward needs it, and two of the optimizer. For this network that is about twice
// the values.
TEST_CASE("engine/allocations: training needs about twice the activations, and what it says") {
  const std::vector<LayerDescription> digits = {Conv2D{.filters = 16, .activation = kRelu},
                                                MaxPooling2D{},
                                                Conv2D{.filters = 32, .activation = kRelu},
                                                MaxPooling2D{},
                                                Flatten{},
                                                Dense{.units = 10, .activation = kSoftmax}};
  constexpr int kImages = 64;
  for (const bool keep : {false, true}) {
    CAPTURE(keep);
    std::size_t bytes = 0;
    NetworkMemory memory;
    std::size_t parameters = 0;
    {
      const CountAllocations count;
      Result<Network> network = Network::build(SampleShape(28, 28, 1), digits, 1);
      Network digit_network = std::move(network).value();
      const Trainer trainer(digit_network, {}, Loss::cross_entropy, kImages, keep);
      bytes = count.bytes();
      memory = digit_network.memory();
      parameters = static_cast<std::size_t>(digit_network.summary().total);
    }
    const std::size_t said = memory.total() + 2 * 4 * parameters;
    CAPTURE(memory.values);
    CAPTURE(memory.gradients);
    CAPTURE(memory.working);
    CAPTURE(memory.parameters);
    CHECK(memory.parameters == 2 * 4 * parameters);
    CHECK(bytes >= said);
    // A new network has room for one image, which it gives back for the room of a batch; names, descriptions,
    // lists.
    CHECK(bytes <= said + memory.values / kImages + memory.working + 16384);
    CHECK(static_cast<double>(said) < (keep ? 2.5 : 2.25) * static_cast<double>(memory.values));
  }
}
