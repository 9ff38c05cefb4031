// Bytes: values one behind the other, as they lie in memory.
//
// For the way to another thread that runs the same build of this program, and back; never for a file. Writer
// and reader are called alike, so that one function can name the fields for both:
//
//   template <class Self, class Bytes>
//   static void pass(Self& self, Bytes& bytes) { bytes(self.count_), bytes(self.values_); }
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace kg {

template <class T>
concept PlainValue = std::is_trivially_copyable_v<T>;

// A vector or a string of them: goes as how many there are, and then the values.
template <class T>
concept PlainList = !PlainValue<T> && PlainValue<typename T::value_type>;

class ByteWriter {
 public:
  void operator()(const PlainValue auto& value) { append(&value, sizeof(value)); }
  void operator()(const PlainList auto& list) {
    (*this)(static_cast<std::uint64_t>(list.size()));
    append(list.data(), list.size() * sizeof(list[0]));
  }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  void append(const void* from, std::size_t count) {
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    bytes_.insert(bytes_.end(), bytes, bytes + count);
  }

  std::vector<std::uint8_t> bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  void operator()(PlainValue auto& value) { take(&value, sizeof(value)); }
  void operator()(PlainList auto& list) {
    std::uint64_t count = 0;
    (*this)(count);
    whole_ = whole_ && count <= bytes_.size() / sizeof(list[0]);
    if (!whole_) return;
    list.resize(static_cast<std::size_t>(count));
    take(list.data(), list.size() * sizeof(list[0]));
  }
  // False once more was asked for than there is; from then on nothing is read.
  bool whole() const { return whole_; }

 private:
  void take(void* to, std::size_t count) {
    whole_ = whole_ && count <= bytes_.size();
    if (!whole_ || count == 0) return;
    std::memcpy(to, bytes_.data(), count);
    bytes_ = bytes_.subspan(count);
  }

  std::span<const std::uint8_t> bytes_;
  bool whole_ = true;
};

}  // namespace kg
