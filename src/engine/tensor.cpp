#include "engine/tensor.h"

#include <cassert>
#include <cstdint>
#include <utility>

namespace kg {
namespace {

// The product of four sizes, or more than kMaxValues if it is more (or if one of them is below 0). No step
// can overflow: whatever passed the check before is at most 2²⁸, and a size at most 2³¹.
std::uint64_t count(int a, int b, int c, int d) {
  constexpr std::uint64_t kTooMany = kMaxValues + std::uint64_t{1};
  if (a < 0 || b < 0 || c < 0 || d < 0) return kTooMany;
  if (a == 0 || b == 0 || c == 0 || d == 0) return 0;
  std::uint64_t product = 1;
  for (int size : {a, b, c, d}) {
    product *= static_cast<std::uint64_t>(size);
    if (product > kMaxValues) return kTooMany;
  }
  return product;
}

std::string joined(int a, int b, int c, int d) {
  return std::to_string(a) + "×" + std::to_string(b) + "×" + std::to_string(c) + "×" + std::to_string(d);
}

// Where (i, j, k, l) stands in a row-major block of (…, b, c, d).
std::size_t place(int i, int j, int k, int l, int b, int c, int d) {
  const auto at = [](int index) { return static_cast<std::size_t>(index); };
  return ((at(i) * at(b) + at(j)) * at(c) + at(k)) * at(d) + at(l);
}

[[maybe_unused]] bool inside(int index, int size) { return 0 <= index && index < size; }

}  // namespace

bool Shape::legal() const { return count(n, h, w, c) <= kMaxValues; }
bool FilterShape::legal() const { return count(h, w, in, out) <= kMaxValues; }

std::size_t Shape::size() const {
  assert(legal());
  return static_cast<std::size_t>(count(n, h, w, c));
}

std::size_t FilterShape::size() const {
  assert(legal());
  return static_cast<std::size_t>(count(h, w, in, out));
}

bool SampleShape::legal() const { return rank_ >= 1 && h_ >= 1 && w_ >= 1 && c_ >= 1 && batch(1).legal(); }

SampleShape SampleShape::with_channels(int channels) const {
  SampleShape other = *this;
  other.c_ = channels;
  return other;
}

std::string SampleShape::text() const {
  const std::string c = std::to_string(c_);
  if (rank_ <= 1) return "(" + c + ",)";
  return "(" + (rank_ == 3 ? std::to_string(h_) + ", " : "") + std::to_string(w_) + ", " + c + ")";
}

std::string SampleShape::keras_text() const {
  return rank_ <= 1 ? "(None, " + std::to_string(c_) + ")" : "(None, " + text().substr(1);
}

std::string Shape::text() const { return joined(n, h, w, c); }
std::string FilterShape::text() const { return joined(h, w, in, out); }

Tensor::Tensor(Shape shape, std::vector<float> values) : shape_(shape), values_(std::move(values)) {
  assert(values_.size() == shape_.size());
}

Filters::Filters(FilterShape shape, std::vector<float> values) : shape_(shape), values_(std::move(values)) {
  assert(values_.size() == shape_.size());
}

std::size_t Tensor::index(int n, int y, int x, int c) const {
  assert(inside(n, shape_.n) && inside(y, shape_.h) && inside(x, shape_.w) && inside(c, shape_.c));
  return place(n, y, x, c, shape_.h, shape_.w, shape_.c);
}

std::size_t Filters::index(int y, int x, int in, int out) const {
  assert(inside(y, shape_.h) && inside(x, shape_.w) && inside(in, shape_.in) && inside(out, shape_.out));
  return place(y, x, in, out, shape_.w, shape_.in, shape_.out);
}

std::vector<float> every_nth(std::span<const float> values, int n, int first) {
  std::vector<float> chosen;
  chosen.reserve(values.size() / static_cast<std::size_t>(n) + 1);
  for (std::size_t k = static_cast<std::size_t>(first); k < values.size(); k += static_cast<std::size_t>(n)) {
    chosen.push_back(values[k]);
  }
  return chosen;
}

}  // namespace kg
