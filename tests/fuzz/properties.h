// What has to hold of our parsers, whatever the bytes. Each function answers "" or says what does not.
//
// The fuzz targets (fuzz_*.cpp) ask them for what libFuzzer thinks of, the tests (test_parsers.cpp) for the
// seeds and random mutations of them.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/idx.h"
#include "engine/network.h"
#include "engine/safetensors.h"
#include "engine/weights_io.h"

namespace fuzz {

using Bytes = std::vector<std::uint8_t>;

inline bool says_why(const std::string& sentence) {
  return !sentence.empty() && sentence.find('\n') == std::string::npos && sentence.size() < 1000;
}

// The network whose weights are among the seeds.
inline kg::Network small_network() {
  using namespace kg;
  return std::move(Network::build(SampleShape(4, 4, 1),
                                  {Conv2D{.filters = 2}, BatchNormalization{}, Dense{.units = 2}}, 1))
      .value();
}

inline std::vector<std::uint32_t> weights_of(const kg::Network& network) {
  std::vector<std::uint32_t> bits;
  for (int k = 0; k < network.layers(); ++k) {
    for (const kg::Parameter& p : network.parameters(k)) {
      for (const float value : p.values) bits.push_back(std::bit_cast<std::uint32_t>(value));
    }
  }
  return bits;
}

// What is accepted, written and read again, is the same, and fits what it says; what is refused is refused in
// words.
inline std::string broken_safetensors(std::span<const std::uint8_t> file) {
  const kg::Result<kg::Safetensors> read = kg::read_safetensors(file);
  if (!read) return says_why(read.sentence()) ? "" : "the refusal says nothing: " + read.sentence();
  std::size_t bytes = 0;
  for (const kg::NamedTensor& tensor : read->tensors) {
    std::size_t count = 1;
    for (const int size : tensor.shape) count *= static_cast<std::size_t>(size);
    if (count != tensor.values.size()) return "a tensor has another number of values than its shape says";
    bytes += 4 * count;
  }
  if (bytes > file.size()) return "there are more values than the file can hold";
  const Bytes written = kg::write_safetensors(*read);
  const kg::Result<kg::Safetensors> again = kg::read_safetensors(written);
  if (!again) return "what was accepted and written is refused: " + again.sentence();
  if (*again != *read) return "what was accepted and written reads otherwise";
  return kg::write_safetensors(*again) == written ? ""
                                                  : "what was written is written otherwise the second time";
}

// All or nothing.
inline std::string broken_weights(std::span<const std::uint8_t> file) {
  static kg::Network network = small_network();
  const std::vector<std::uint32_t> before = weights_of(network);
  const kg::Status loaded = kg::load_weights(network, file);
  if (!loaded) {
    if (!says_why(loaded.sentence())) return "the refusal says nothing: " + loaded.sentence();
    return weights_of(network) == before ? "" : "weights were refused, yet the network has changed";
  }
  kg::Network other = small_network();
  if (!kg::load_weights(other, kg::save_weights(network)))
    return "weights that were loaded, saved, are refused";
  if (weights_of(other) != weights_of(network)) return "weights that were loaded and saved are others";
  std::fill(network.input(1).begin(), network.input(1).end(), 0.5f);
  network.forward();
  return "";
}

// The same file, with a length of the header that lies within it: most mutations would not get past that
// otherwise.
inline std::string broken_safetensors_header(std::span<const std::uint8_t> file) {
  if (file.size() <= 8) return "";
  Bytes other(file.begin(), file.end());
  std::uint64_t length = std::uint64_t{other[0]} | std::uint64_t{other[1]} << 8;
  length %= other.size() - 8 + 1;
  for (std::size_t k = 0; k < 8; ++k) other[k] = static_cast<std::uint8_t>(length >> (8 * k) & 255);
  std::string broken = broken_safetensors(other);
  return broken.empty() ? broken_weights(other) : broken;
}

inline std::string broken_weight_file(std::span<const std::uint8_t> file) {
  std::string broken = broken_safetensors(file);
  if (broken.empty()) broken = broken_weights(file);
  return broken.empty() ? broken_safetensors_header(file) : broken;
}

inline void put_big_endian(Bytes& file, int number) {
  for (int shift = 24; shift >= 0; shift -= 8)
    file.push_back(static_cast<std::uint8_t>(static_cast<std::uint32_t>(number) >> shift & 255));
}

// What is accepted has all the pixels and labels it promises, and they are those of the file.
inline std::string broken_idx(std::span<const std::uint8_t> file) {
  const Bytes bytes(file.begin(), file.end());
  const kg::Result<kg::IdxImages> images = kg::read_idx_images(bytes);
  const kg::Result<kg::IdxLabels> labels = kg::read_idx_labels(bytes);
  if (images.ok() && labels.ok()) return "a file cannot be both";
  if (images.ok() && kg::idx_kind(bytes) != kg::IdxKind::images) return "pictures of another kind";
  if (labels.ok() && kg::idx_kind(bytes) != kg::IdxKind::labels) return "labels of another kind";
  if (!images.ok() && !says_why(images.sentence())) return "the refusal says nothing: " + images.sentence();
  if (!labels.ok() && !says_why(labels.sentence())) return "the refusal says nothing: " + labels.sentence();
  if (labels.ok()) {
    Bytes written = {0, 0, 8, 1};
    put_big_endian(written, static_cast<int>(labels->labels.size()));
    written.insert(written.end(), labels->labels.begin(), labels->labels.end());
    return written == bytes ? "" : "the labels are not those of the file";
  }
  if (!images.ok()) return "";
  Bytes written = {0, 0, 8, 3};
  for (const int size : {images->count(), images->height(), images->width()}) put_big_endian(written, size);
  for (int i = 0; i < images->count(); ++i) {
    const std::span<const std::uint8_t> pixels = images->pixels(i);
    written.insert(written.end(), pixels.begin(), pixels.end());
  }
  if (written != bytes) return "the pixels are not those of the file";
  const kg::Tensor last = images->image(images->count() - 1);
  for (const float value : last.values()) {
    if (!(value >= 0 && value <= 1)) return "a pixel is not from 0 to 1";
  }
  return "";
}

}  // namespace fuzz
