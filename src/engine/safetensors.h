// Safetensors: a file of named tensors, as Hugging Face's library of that name defines it (its pages describe
// the format), so that others can read our weights and we theirs.
//
//   8 bytes   the length of the header, little-endian
//   header    JSON: {"name": {"dtype": "F32", "shape": [3, 3, 1, 8], "data_offsets": [0, 288]}, …}, padded
//             with spaces; one name, "__metadata__", holds texts instead: {"text": "text", …}
//   data      the numbers, little-endian, row by row; offsets count from here, without gap or overlap
//
// Read here: dtype F32, that is floats of 32 bits.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"

namespace kg {

struct NamedTensor {
  std::string name;
  std::vector<int> shape;  // no sizes: one number; a 0 among them: no values
  std::vector<float> values;
  friend bool operator==(const NamedTensor&, const NamedTensor&) = default;
};

struct Safetensors {
  std::vector<NamedTensor> tensors;             // as read: in the order of their names
  std::map<std::string, std::string> metadata;  // texts about the whole
  friend bool operator==(const Safetensors&, const Safetensors&) = default;
};

// Stricter than the format's own library: refused, in words, are also values that are no number or infinite,
// entries that are not in the description, and everything but spaces behind the header. Takes no more memory
// than a few times the file's size, whatever the file claims.
Result<Safetensors> read_safetensors(std::span<const std::uint8_t> file);

// The same tensors always give the same bytes: sorted by name, the data aligned to 8 bytes. Asserts that
// names are different and that each tensor has as many values as its shape says.
std::vector<std::uint8_t> write_safetensors(const Safetensors& contents);

// For sentences: a name out of a file, in quotes, not endless, and without what would break the line.
std::string quoted_name(std::string_view name);

}  // namespace kg
