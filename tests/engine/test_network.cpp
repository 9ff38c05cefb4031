#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/kernels/simd.h"
#include "nets.h"
#include "with_kernels.h"

using namespace kg;

namespace {

using Layers = std::vector<LayerDescription>;

void run(Network& network, const std::vector<float>& images, bool training = false, int layers = -1) {
  const std::size_t count = images.size() / network.input_shape().size();
  std::copy(images.begin(), images.end(), network.input(static_cast<int>(count)).begin());
  network.forward(training, layers);
}

std::vector<float> copy_of(std::span<const float> values) { return {values.begin(), values.end()}; }

// What the network answers to `images`, and then the gradients of Σ by·out: of the parameters one after the
// other, then of the input.
std::vector<float> gradients_of(Network& network, const std::vector<float>& images,
                                const std::vector<float>& by) {
  run(network, images, true);
  network.clear_gradients();
  std::copy(by.begin(), by.end(), network.gradient(network.layers()).begin());
  network.backward({.from = network.layers(), .to_input = true});
  std::vector<float> all;
  for (int k = 0; k < network.layers(); ++k) {
    for (const Parameter& p : network.parameters(k))
      all.insert(all.end(), p.gradient.begin(), p.gradient.end());
  }
  const std::span<const float> dinput = std::as_const(network).gradient(0);
  all.insert(all.end(), dinput.begin(), dinput.end());
  return all;
}

}  // namespace

TEST_CASE("engine/network: a stack needs layers, and those that fit") {
  CHECK(Network::build(SampleShape(4), {}, 1).sentence() == "A network needs at least one layer.");
  const Result<Network> broken = Network::build(SampleShape(4), {Dense{}, Conv2D{}}, 1);
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.sentence().rfind("Layer 2, Conv2D: ", 0) == 0);
}

TEST_CASE("engine/network: shapes and values, place by place") {
  Network network = built(SampleShape(8, 8, 1), every_kind_of_layer());
  network.reserve({.images = 3});
  CHECK(network.places() == network.layers() + 1);
  CHECK(network.input_shape() == SampleShape(8, 8, 1));
  CHECK(network.output_shape() == SampleShape(3));
  run(network, random_values(2 * 64, 5));
  const Summary summary = network.summary();
  for (int place = 1; place < network.places(); ++place) {
    CAPTURE(place);
    CHECK(network.shape(place) == summary.rows[static_cast<std::size_t>(place - 1)].output);
    CHECK(network.values(place).size() == network.shape(place).batch(2).size());
  }
  CHECK(network.images() == 2);
}

TEST_CASE("engine/network: its answer is that of its layers, one after the other") {
  for (const kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    const Layers layers = every_kind_of_layer();
    Network network = built(SampleShape(9, 8, 2), layers, 7);
    network.reserve({.images = 2});
    const std::vector<float> images = random_values(2 * 9 * 8 * 2, 8);
    run(network, images);
    std::vector<float> values = images;
    for (int k = 0; k < network.layers(); ++k) {
      CAPTURE(network.name(k));
      const std::unique_ptr<Layer> layer = make_layer(layers[static_cast<std::size_t>(k)], network.shape(k));
      layer->reserve(2);
      for (std::size_t p = 0; p < layer->parameters().size(); ++p)
        layer->parameters()[p].values = network.parameters(k)[p].values;
      layer->parameters_changed();
      std::vector<float> out(network.shape(k + 1).batch(2).size());
      layer->forward({out.data(), values.data(), 2, false});
      CHECK(copy_of(network.values(k + 1)) == out);
      values = out;
    }
  }
}

TEST_CASE("engine/network: one image in a batch is answered as if it were alone") {
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 3);
  network.reserve({.images = 5});
  const std::size_t size = network.input_shape().size();
  const std::vector<float> images = random_values(5 * size, 4);
  run(network, images);
  const std::vector<float> together = copy_of(network.values(network.layers()));
  for (std::size_t n = 0; n < 5; ++n) {
    CAPTURE(n);
    run(network, std::vector<float>(images.begin() + static_cast<std::ptrdiff_t>(n * size),
                                    images.begin() + static_cast<std::ptrdiff_t>((n + 1) * size)));
    // Only relaxed SIMD rounds otherwise in the last rows of a product than in the others.
    for (std::size_t c = 0; c < 3; ++c) {
      const float alone = network.values(network.layers())[c], among = together[3 * n + c];
      CHECK(std::abs(alone - among) <= (simd::kFusedMadd ? 1e-5f : 0.0f));
    }
  }
}

TEST_CASE("engine/network: the first layers alone") {
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 3);
  const std::vector<float> images = random_values(9 * 8 * 2, 4), others = random_values(9 * 8 * 2, 5);
  run(network, images);
  const std::vector<float> answer = copy_of(network.values(network.layers())),
                           third = copy_of(network.values(3));
  run(network, others, false, 3);
  CHECK(copy_of(network.values(3)) != third);
  CHECK(copy_of(network.values(network.layers())) == answer);  // still that of before
  run(network, images, false, 3);
  CHECK(copy_of(network.values(3)) == third);
  const std::span<const float> nothing = network.forward(false, 0);
  CHECK(copy_of(nothing) == images);
}

TEST_CASE("engine/network: an empty batch") {
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer());
  network.reserve({.images = 2, .gradients = true});
  const std::vector<std::uint32_t> before = bits_of(network);
  network.input(0);
  for (const bool training : {false, true}) {
    CHECK(network.forward(training).empty());
    network.backward({.from = network.layers(), .to_input = true});
  }
  CHECK(bits_of(network) == before);
}

TEST_CASE("engine/network: the same seed, the same weights; another seed, others") {
  Network one = built(SampleShape(9, 8, 2), every_kind_of_layer(), 11);
  const Network same = built(SampleShape(9, 8, 2), every_kind_of_layer(), 11);
  const Network other = built(SampleShape(9, 8, 2), every_kind_of_layer(), 12);
  CHECK(bits_of(one) == bits_of(same));
  CHECK(bits_of(one) != bits_of(other));
  one.initialize(12);
  CHECK(bits_of(one) == bits_of(other));
  // Two layers of one shape do not start from the same numbers.
  const Network twins = built(SampleShape(4), {Dense{.units = 4}, Dense{.units = 4}});
  CHECK(twins.parameters(0)[0].values != twins.parameters(1)[0].values);
}

TEST_CASE("engine/network: gradients are the same whether all of them are kept or not") {
  const std::vector<float> images = random_values(2 * 9 * 8 * 2, 21), by = random_values(2 * 3, 22);
  std::vector<float> gradients[2];
  for (const bool keep : {false, true}) {
    Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 20);
    network.reserve({.images = 2, .gradients = true, .keep_gradients = keep});
    gradients[keep] = gradients_of(network, images, by);
    CHECK(std::any_of(gradients[keep].begin(), gradients[keep].end(), [](float g) { return g != 0; }));
  }
  CHECK(gradients[0] == gradients[1]);
}

TEST_CASE("engine/network: gradients stand at their places") {
  // Without activations the gradient at a place is that of the place behind it times the weights between.
  Network network =
      built(SampleShape(3), {Dense{.units = 2}, Dense{.units = 4}, Dense{.units = 1, .use_bias = false}}, 5);
  network.reserve({.images = 1, .gradients = true, .keep_gradients = true});
  run(network, {1, -2, 0.5f}, true);
  network.gradient(3)[0] = 1;
  network.backward({.from = 3, .to_input = true});
  const std::vector<float>& last = network.parameters(2)[0].values;
  CHECK(copy_of(network.gradient(3)) == std::vector<float>{1});
  CHECK(copy_of(network.gradient(2)) == last);
  for (std::size_t i = 0; i < 2; ++i) {
    double sum = 0;
    for (std::size_t o = 0; o < 4; ++o)
      sum += static_cast<double>(network.parameters(1)[0].values[i * 4 + o]) * static_cast<double>(last[o]);
    CHECK(static_cast<double>(network.gradient(1)[i]) == doctest::Approx(sum).epsilon(1e-6));
  }
  CHECK(network.gradient(0).size() == 3);

  // With one it is, behind the pass, the one at the weighted sums: 0 where relu did not let through.
  Network blocked = built(SampleShape(1), {Dense{.units = 1, .activation = kRelu}, Dense{.units = 1}});
  blocked.reserve({.images = 1, .gradients = true, .keep_gradients = true});
  for (int k = 0; k < 2; ++k) blocked.parameters(k)[0].values[0] = 2;
  blocked.parameters_changed();
  for (const float in : {1.0f, -1.0f}) {
    run(blocked, {in}, true);
    blocked.gradient(2)[0] = 3;
    blocked.backward({.from = 2});
    CHECK(blocked.gradient(1)[0] == (in > 0 ? 6.0f : 0.0f));
  }
}

TEST_CASE("engine/network: gradients of parameters add up until they are cleared") {
  Network network = built(SampleShape(2), {Dense{.units = 1}});
  network.reserve({.images = 1, .gradients = true});
  for (int times = 1; times <= 3; ++times) {
    run(network, {5, 7}, true);
    network.gradient(1)[0] = 1;
    network.backward({.from = 1});
    CHECK(network.parameters(0)[0].gradient ==
          std::vector<float>{5.0f * static_cast<float>(times), 7.0f * static_cast<float>(times)});
  }
  network.gradient(1)[0] = 1;
  network.backward({.from = 1, .parameters = false, .to_input = true});
  CHECK(network.parameters(0)[0].gradient == std::vector<float>{15, 21});
  network.clear_gradients();
  CHECK(network.parameters(0)[0].gradient == std::vector<float>{0, 0});
}

TEST_CASE("engine/network: backward from a place in the middle") {
  Network network = built(SampleShape(2), {Dense{.units = 3, .activation = kTanh}, Dense{.units = 1}}, 9);
  network.reserve({.images = 1, .gradients = true, .keep_gradients = true});
  run(network, {0.3f, -0.4f}, true, 1);
  std::fill(network.gradient(1).begin(), network.gradient(1).end(), 0.0f);
  network.gradient(1)[1] = 1;  // how does the second neuron grow?
  network.backward({.from = 1, .parameters = false, .to_input = true});
  const float out = network.values(1)[1];
  for (std::size_t i = 0; i < 2; ++i) {
    const double expected = (1 - static_cast<double>(out) * static_cast<double>(out)) *
                            static_cast<double>(network.parameters(0)[0].values[i * 3 + 1]);
    CHECK(static_cast<double>(network.gradient(0)[i]) == doctest::Approx(expected).epsilon(1e-6));
  }
}

// The loss is Σ by·out, up to 4 in size; after some 40 roundings of 6e-8 each it is uncertain by about 1e-5
// at worst, by 1e-6 as a rule, which the division by twice the step makes 5e-4 or 5e-5. The step adds its
// square times a third derivative: less. Every activation here is smooth.
TEST_CASE("engine/network: the gradient at the input is how the answer changes") {
  const Layers layers = {Conv2D{.filters = 3, .padding = Padding::same, .activation = kTanh},
                         BatchNormalization{},
                         AveragePooling2D{},
                         Conv2D{.filters = 4, .kernel = {2, 2}, .activation = kSigmoid},
                         Flatten{},
                         Dense{.units = 5, .activation = kTanh},
                         Dense{.units = 3, .activation = kSoftmax}};
  const std::uint64_t seed = 31;
  CAPTURE(seed);
  for (const kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    Network network = built(SampleShape(6, 6, 2), layers, seed);
    network.reserve({.images = 2, .gradients = true});
    std::vector<float> images = random_values(2 * 72, seed + 1);
    const std::vector<float> by = random_values(2 * 3, seed + 2, 4);
    const auto loss = [&] {
      run(network, images, true);
      double sum = 0;
      for (std::size_t k = 0; k < by.size(); ++k)
        sum += static_cast<double>(by[k]) * static_cast<double>(network.values(7)[k]);
      return sum;
    };
    gradients_of(network, images, by);
    const std::vector<float> gradient = copy_of(network.gradient(0));
    double largest = 0;
    for (const float g : gradient) largest = std::max(largest, std::abs(static_cast<double>(g)));
    CHECK(largest > 0.05);
    for (std::size_t k = 0; k < images.size(); k += 5) {
      CAPTURE(k);
      constexpr float kStep = 1e-2f;
      const float before = images[k];
      images[k] = before + kStep;
      const double more = loss();
      images[k] = before - kStep;
      const double less = loss();
      images[k] = before;
      CHECK(std::abs((more - less) / (2 * static_cast<double>(kStep)) - static_cast<double>(gradient[k])) <
            5e-4);
    }
  }
}

TEST_CASE("engine/network: a frozen layer gets no gradient, the layers below it do") {
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 20);
  network.reserve({.images = 2, .gradients = true, .keep_gradients = true});
  const std::vector<float> images = random_values(2 * 144, 1), by = random_values(6, 2);
  network.freeze(3, true);  // Conv2D
  gradients_of(network, images, by);
  const auto sum = [&](int layer) {
    double all = 0;
    for (const Parameter& p : network.parameters(layer)) {
      for (const float g : p.gradient) all += std::abs(static_cast<double>(g));
    }
    return all;
  };
  CHECK(sum(3) == 0);
  CHECK(sum(0) > 0);
  CHECK(sum(6) > 0);
}

TEST_CASE("engine/network: backward goes no further than something learns") {
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 20);
  network.reserve({.images = 2, .gradients = true, .keep_gradients = true});
  for (int layer = 0; layer < 6; ++layer)
    network.freeze(layer, true);  // the lowest that learns is layer 6, Dense
  const auto marked = [&](int place) {
    const std::span<const float> gradient = std::as_const(network).gradient(place);
    return std::all_of(gradient.begin(), gradient.end(), [](float g) { return g == -7; });
  };
  for (const bool to_input : {false, true}) {
    run(network, random_values(2 * 144, 1), true);
    for (int place = 0; place < network.places(); ++place)
      std::fill(network.gradient(place).begin(), network.gradient(place).end(), -7.0f);
    network.backward({.from = network.layers(), .to_input = to_input});
    for (int place = 0; place < network.layers(); ++place) {
      CAPTURE(place);
      CHECK(marked(place) == (place <= 6 && !to_input));
    }
  }
}

TEST_CASE("engine/network: frozen batch normalisation uses its averages, dropout goes on dropping") {
  Network network = built(SampleShape(2), {BatchNormalization{}, Dropout{0.5f}});
  network.reserve({.images = 64});
  const std::vector<float> images = random_values(128, 1);
  network.freeze(0, true);
  network.freeze(1, true);
  const std::vector<std::uint32_t> before = bits_of(network);
  run(network, images, true);
  CHECK(bits_of(network) == before);
  const float by = 1 / std::sqrt(1 + 1e-3f);
  for (std::size_t k = 0; k < images.size(); ++k) CHECK(network.values(1)[k] == images[k] * by);
  const auto dropped = std::count(network.values(2).begin(), network.values(2).end(), 0.0f);
  CHECK(dropped > 32);
  CHECK(dropped < 96);
  network.freeze(0, false);
  run(network, images, true);
  CHECK(bits_of(network) != before);
}

TEST_CASE("engine/network: only training drops and follows the batch") {
  Network network = built(SampleShape(9, 8, 2), every_kind_of_layer(), 5);
  network.reserve({.images = 2});
  const std::vector<float> images = random_values(2 * 144, 6);
  const std::vector<std::uint32_t> before = bits_of(network);
  run(network, images);
  const std::vector<float> answer = copy_of(network.values(network.layers()));
  run(network, images);
  CHECK(copy_of(network.values(network.layers())) == answer);
  CHECK(bits_of(network) == before);
  run(network, images, true);
  CHECK(copy_of(network.values(network.layers())) != answer);
  CHECK(bits_of(network) != before);
}

TEST_CASE("engine/network: weights changed from outside count from the next pass on") {
  for (const kernels::Flavour flavour : kBothFlavours) {
    CAPTURE(name_of(flavour));
    const WithKernels with(flavour);
    // Large enough that filters are prepared beforehand (Winograd), forwards and backwards.
    const Layers layers = {Conv2D{.filters = 32, .padding = Padding::same}, Conv2D{.filters = 32}, Flatten{},
                           Dense{.units = 2}};
    Network changed = built(SampleShape(12, 12, 32), layers, 1),
            fresh = built(SampleShape(12, 12, 32), layers, 2);
    const std::vector<float> images = random_values(12 * 12 * 32, 3), by = {1, -1};
    for (Network* network : {&changed, &fresh}) network->reserve({.images = 1, .gradients = true});
    gradients_of(changed, images, by);
    for (int k = 0; k < changed.layers(); ++k) {
      for (std::size_t p = 0; p < changed.parameters(k).size(); ++p)
        changed.parameters(k)[p].values = fresh.parameters(k)[p].values;
    }
    changed.parameters_changed();
    CHECK(gradients_of(changed, images, by) == gradients_of(fresh, images, by));
    CHECK(copy_of(changed.values(4)) == copy_of(fresh.values(4)));
  }
}
