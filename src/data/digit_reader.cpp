#include "data/digit_reader.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string_view>
#include <utility>

#include "data/digit_generator.h"
#include "data/normalise.h"
#include "embedded_weights.h"
#include "engine/weights_io.h"

namespace kg {
namespace {

constexpr std::size_t kPixels = static_cast<std::size_t>(kPictureSide) * kPictureSide;

OptimizerSettings adam() { return {.kind = OptimizerSettings::Kind::adam}; }

}  // namespace

std::vector<LayerDescription> digit_reader_layers(int filters) {
  const auto relu = ActivationKind::relu;
  return {Conv2D{.filters = filters, .padding = Padding::same, .activation = relu},
          MaxPooling2D{},
          Conv2D{.filters = 2 * filters, .padding = Padding::same, .activation = relu},
          MaxPooling2D{},
          Flatten{},
          Dense{.units = 10, .activation = ActivationKind::softmax}};
}

std::vector<LayerDescription> deep_digit_reader_layers(int filters) {
  std::vector<LayerDescription> layers = digit_reader_layers(filters);
  const Conv2D third{.filters = 4 * filters, .padding = Padding::same, .activation = ActivationKind::relu};
  layers.insert(layers.end() - 2, {third, MaxPooling2D{}});
  return layers;
}

Network trained_digit_reader() {
  Result<Network> network =
      Network::build(SampleShape(kPictureSide, kPictureSide, 1), digit_reader_layers(), 0);
  assert(network.ok());
  Network reader = std::move(network).value();
  const std::string_view file = embedded::digits_safetensors();
  [[maybe_unused]] const Status loaded =
      load_weights(reader, std::vector<std::uint8_t>(file.begin(), file.end()));
  assert(loaded.ok());
  return reader;
}

ReadingCourse long_reading_course(std::uint64_t seed) {
  return {.seed = seed, .digits = 300000, .epochs = 6, .batch = 64, .first_rate = 0.004f, .l2 = 0.0002f};
}

DigitReader::DigitReader(Network& network, const ReadingCourse& course)
    : course_(course),
      trainer_(network, adam(), Loss::cross_entropy, course.batch),
      images_(static_cast<std::size_t>(course.batch) * kPixels),
      labels_(static_cast<std::size_t>(course.batch)) {
  assert(course.digits >= course.batch && course.batch >= 1);
  updates_ = course.digits / course.batch * course.epochs;
  network.set_l2(course.l2);
}

Result<StepReport> DigitReader::step() {
  assert(!finished());
  const int per_epoch = updates_ / course_.epochs;
  const std::uint64_t first =
      static_cast<std::uint64_t>(update_ % per_epoch) * static_cast<std::uint64_t>(course_.batch);
  write_digits(images_, labels_, course_.seed, first, course_.variety);
  const float done = static_cast<float>(update_) / static_cast<float>(updates_);
  trainer_.settings().learning_rate = course_.first_rate + (course_.last_rate - course_.first_rate) * done;
  ++update_;
  return trainer_.step(images_, labels_);
}

}  // namespace kg
