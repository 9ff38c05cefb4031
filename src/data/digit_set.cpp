#include "data/digit_set.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <string>

#include "data/digit_generator.h"
#include "engine/rng.h"

namespace kg {
namespace {

// k/255 as a division by 255 rounds it.
const std::array<float, 256>& values_of_bytes() {
  static const std::array<float, 256> table = [] {
    std::array<float, 256> values{};
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<float>(k) / 255.0f;
    return values;
  }();
  return table;
}

}  // namespace

DigitSet::DigitSet(int classes, int height, int width) : classes_(classes), height_(height), width_(width) {
  assert(classes >= 1 && height >= 1 && width >= 1);
}

std::span<const std::uint8_t> DigitSet::pixels(int i) const {
  assert(i >= 0 && i < count());
  return {pixels_.data() + static_cast<std::size_t>(i) * size(), size()};
}

void DigitSet::copy(int i, float* to) const {
  const auto& values = values_of_bytes();
  for (const std::uint8_t byte : pixels(i)) *to++ = values[byte];
}

Tensor DigitSet::image(int i) const {
  Tensor image(shape().batch(1));
  copy(i, image.values().data());
  return image;
}

void DigitSet::reserve(int count) {
  pixels_.reserve(static_cast<std::size_t>(count) * size());
  labels_.reserve(static_cast<std::size_t>(count));
}

void DigitSet::add(std::span<const std::uint8_t> pixels, int label) {
  assert(pixels.size() == size() && label >= 0 && label < classes_);
  pixels_.insert(pixels_.end(), pixels.begin(), pixels.end());
  labels_.push_back(label);
}

void DigitSet::add(std::span<const float> image, int label) {
  assert(image.size() == size() && label >= 0 && label < classes_);
  for (const float value : image)
    pixels_.push_back(static_cast<std::uint8_t>(std::clamp(value, 0.0f, 1.0f) * 255.0f + 0.5f));
  labels_.push_back(label);
}

void DigitSet::remove(int i) {
  assert(i >= 0 && i < count());
  const auto at = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(i) * size());
  pixels_.erase(pixels_.begin() + at, pixels_.begin() + at + static_cast<std::ptrdiff_t>(size()));
  labels_.erase(labels_.begin() + i);
}

DigitSet DigitSet::part(int first, int count) const {
  assert(first >= 0 && count >= 0 && first + count <= this->count());
  DigitSet some(classes_, height_, width_);
  some.reserve(count);
  for (int i = first; i < first + count; ++i) some.add(pixels(i), label(i));
  return some;
}

DigitSet DigitSet::of_classes(std::span<const int> classes) const {
  DigitSet some(static_cast<int>(classes.size()), height_, width_);
  for (int i = 0; i < count(); ++i) {
    const auto at = std::find(classes.begin(), classes.end(), label(i));
    if (at != classes.end()) some.add(pixels(i), static_cast<int>(at - classes.begin()));
  }
  return some;
}

DigitSet DigitSet::shrunk(int factor) const {
  assert(factor >= 1 && height_ % factor == 0 && width_ % factor == 0);
  DigitSet small(classes_, height_ / factor, width_ / factor);
  small.reserve(count());
  std::vector<std::uint8_t> picture(small.size());
  const int area = factor * factor;
  for (int i = 0; i < count(); ++i) {
    const std::span<const std::uint8_t> from = pixels(i);
    auto to = picture.begin();
    for (int row = 0; row < height_; row += factor) {
      for (int col = 0; col < width_; col += factor) {
        int sum = area / 2;  // so that the mean is rounded
        for (int place = 0; place < area; ++place)
          sum += from[static_cast<std::size_t>((row + place / factor) * width_ + col + place % factor)];
        *to++ = static_cast<std::uint8_t>(sum / area);
      }
    }
    small.add(std::span<const std::uint8_t>(picture), label(i));
  }
  return small;
}

void add_generated(DigitSet& set, std::uint64_t stream, int count, Variety variety) {
  assert(set.height() == DigitSet::kSide && set.width() == DigitSet::kSide && set.classes() == 10);
  std::vector<float> images(static_cast<std::size_t>(count) * set.size());
  std::vector<int> labels(static_cast<std::size_t>(count));
  write_digits(images, labels, stream, static_cast<std::uint64_t>(set.count()), variety);
  for (std::size_t i = 0; i < labels.size(); ++i)
    set.add(std::span<const float>(images).subspan(i * set.size(), set.size()), labels[i]);
}

Result<DigitSet> digits_from_idx(const IdxImages& images, const IdxLabels& labels) {
  if (Status pair = check_idx_pair(images, labels); !pair) return pair.error();
  DigitSet set(10, images.height(), images.width());
  set.reserve(images.count());
  for (int i = 0; i < images.count(); ++i) {
    const int label = labels.labels[static_cast<std::size_t>(i)];
    if (label > 9) {
      return Error{"Label " + std::to_string(i) + " of the file is " + std::to_string(label) +
                   ", but digits go from 0 to 9."};
    }
    set.add(images.pixels(i), label);
  }
  return set;
}

std::pair<DigitSet, DigitSet> split(const DigitSet& set, int validation, std::uint64_t seed) {
  const int apart = std::clamp(validation, 0, std::max(0, set.count() - 1));
  std::vector<int> order;
  shuffle(order, set.count(), seed);
  std::pair<DigitSet, DigitSet> sets{DigitSet(set.classes(), set.height(), set.width()),
                                     DigitSet(set.classes(), set.height(), set.width())};
  for (int i = 0; i < set.count(); ++i) {
    const int chosen = order[static_cast<std::size_t>(i)];
    (i < apart ? sets.second : sets.first).add(set.pixels(chosen), set.label(chosen));
  }
  return sets;
}

// Fisher and Yates: each order is as likely as any other.
void shuffle(std::vector<int>& order, int n, std::uint64_t seed) {
  order.resize(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  Rng rng(seed);
  for (std::size_t k = order.size(); k > 1; --k)
    std::swap(order[k - 1], order[rng.below(static_cast<std::uint32_t>(k))]);
}

}  // namespace kg
