// IDX: the file format of MNIST (its pages describe it): big-endian, a magic number that names type and
// dimensions, the sizes, then one byte per value. Read here: pictures, 00 00 08 03, and labels, 00 00 08 01,
// both already gunzipped.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

enum class IdxKind { images, labels, other };

// What the first four bytes promise; `other` when they are neither, or fewer than four.
IdxKind idx_kind(std::span<const std::uint8_t> bytes);

class IdxImages {
 public:
  static constexpr int kMaxSide = 1024;

  int count() const { return count_; }    // at least 1
  int height() const { return height_; }  // 1 to kMaxSide
  int width() const { return width_; }
  Tensor image(int i) const;  // (1, height, width, 1), byte k as k/255; asserts 0 <= i < count
  std::span<const std::uint8_t> pixels(int i) const;  // the same, as the bytes of the file

 private:
  friend Result<IdxImages> read_idx_images(std::vector<std::uint8_t> file);
  std::vector<std::uint8_t> file_;  // whole, header included: nothing is copied
  int count_ = 0, height_ = 0, width_ = 0;
};

struct IdxLabels {
  std::vector<std::uint8_t> labels;  // at least one; any byte is legal (MNIST uses 0 to 9)
};

// Refused, in words with the numbers: another kind of file (named, if it is a common one), a file that ends
// too early or goes on too long, a count or side of 0, sides over kMaxSide.
Result<IdxImages> read_idx_images(std::vector<std::uint8_t> file);
Result<IdxLabels> read_idx_labels(std::span<const std::uint8_t> file);

// Whether each picture has its label.
Status check_idx_pair(const IdxImages& images, const IdxLabels& labels);

}  // namespace kg
