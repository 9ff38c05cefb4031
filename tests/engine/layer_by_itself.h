// A network of one layer, whose weights, input and gradient a test gives by hand.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/network.h"

inline void check_close(const std::vector<float>& values, const std::vector<double>& expected,
                        double tolerance) {
  REQUIRE(values.size() == expected.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    CAPTURE(k);
    CAPTURE(values[k]);
    CAPTURE(expected[k]);
    CAPTURE(tolerance);
    CHECK(std::abs(static_cast<double>(values[k]) - expected[k]) <= tolerance);
  }
}

class LayerByItself {
 public:
  LayerByItself(const kg::SampleShape& in, const kg::LayerDescription& layer, int images = 1,
                std::uint64_t seed = 1)
      : network_(build(in, layer, seed)), images_(images) {
    network_.reserve({images, true, true});
  }

  kg::Network& network() { return network_; }
  const kg::SampleShape& output() const { return network_.output_shape(); }

  kg::Parameter& parameter(const std::string& name) {
    for (kg::Parameter& p : network_.parameters(0)) {
      if (p.name == name) return p;
    }
    FAIL("no parameter " << name);
    return network_.parameters(0)[0];
  }
  void set(const std::string& name, const std::vector<float>& values) {
    REQUIRE(parameter(name).values.size() == values.size());
    parameter(name).values = values;
    network_.parameters_changed();
  }

  std::vector<float> forward(const std::vector<float>& in, bool training = false) {
    const std::span<float> place = network_.input(images_);
    REQUIRE(place.size() == in.size());
    std::copy(in.begin(), in.end(), place.begin());
    const std::span<const float> out = network_.forward(training);
    return {out.begin(), out.end()};
  }

  // Of the last forward pass; the gradients of the parameters begin at 0.
  std::vector<float> backward(const std::vector<float>& dout, bool at_sums = false) {
    network_.clear_gradients();
    const std::span<float> place = network_.gradient(1);
    REQUIRE(place.size() == dout.size());
    std::copy(dout.begin(), dout.end(), place.begin());
    network_.backward({1, true, true, at_sums});
    const std::span<const float> din = std::as_const(network_).gradient(0);
    return {din.begin(), din.end()};
  }
  const std::vector<float>& gradient(const std::string& name) { return parameter(name).gradient; }

 private:
  static kg::Network build(const kg::SampleShape& in, const kg::LayerDescription& layer, std::uint64_t seed) {
    kg::Result<kg::Network> built = kg::Network::build(in, {layer}, seed);
    REQUIRE_MESSAGE(built.ok(), (built.ok() ? "" : built.sentence()));
    return std::move(built).value();
  }

  kg::Network network_;
  int images_;
};

// For CHECK(text(a) == text(b)): where they differ can be read.
inline std::string text(std::span<const float> values) {
  std::string out;
  for (const float value : values) out += (out.empty() ? "" : " ") + std::to_string(value);
  return out;
}

// "" if the sentence of refusal is exactly that, else what happened instead.
inline std::string refusal(const kg::LayerDescription& layer, const kg::SampleShape& in) {
  const kg::Result<kg::SampleShape> out = kg::output_of(layer, in);
  return out ? "not refused: gives " + out->text() : out.sentence();
}

inline std::vector<float> drawn(std::size_t count, kg::Rng rng, float least = -1, float most = 1) {
  std::vector<float> values(count);
  for (float& value : values) value = rng.uniform(least, most);
  return values;
}
