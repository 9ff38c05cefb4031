// Tensor: the numbers of a layer, and their shape.
//
// Legend (as in Keras, channels last; used in every comment of the engine):
//   N images in the batch · H height, W width · C channels · I input channels, O output channels
// Activations are (N, H, W, C): value (n, y, x, c) stands at ((n·H + y)·W + x)·C + c.
// Filters are (H, W, I, O): weight (y, x, i, o) stands at ((y·W + x)·I + i)·O + o, so the O filters lie side
// by side, which is where the SIMD lanes run.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace kg {

// The most values that one tensor may hold: 2²⁸, one GiB. Far more than a lesson needs, and little enough
// that byte offsets fit into the 32-bit addresses of WebAssembly.
constexpr std::size_t kMaxValues = std::size_t{1} << 28;

// Sizes of a batch of images. Each is at least 0; a shape with a 0 in it holds no values and is legal.
struct Shape {
  int n = 0, h = 0, w = 0, c = 0;

  bool legal() const;  // no size below 0, and at most kMaxValues values: ask before size() if it is data
  std::size_t size() const;  // how many values: n·h·w·c; asserts legal()
  std::string text() const;  // "1×28×28×3"
  friend bool operator==(const Shape&, const Shape&) = default;
};

// Sizes of a bank of filters, in Keras' order HWIO.
struct FilterShape {
  int h = 0, w = 0, in = 0, out = 0;

  bool legal() const;        // as Shape::legal
  std::size_t size() const;  // h·w·in·out; asserts legal()
  std::string text() const;  // "3×3×1×8"
  friend bool operator==(const FilterShape&, const FilterShape&) = default;
};

// The shape of one sample, without the batch, as Keras tells it: one to three sizes, the channels last.
// (10) are ten numbers, (28, 28, 1) is a picture.
class SampleShape {
 public:
  SampleShape() = default;
  explicit SampleShape(int channels) : rank_(1), c_(channels) {}
  SampleShape(int width, int channels) : rank_(2), w_(width), c_(channels) {}
  SampleShape(int height, int width, int channels) : rank_(3), h_(height), w_(width), c_(channels) {}

  int rank() const { return rank_; }  // how many sizes: 1 to 3; 0 for a shape not given yet
  int h() const { return h_; }        // 1 if there is no such size
  int w() const { return w_; }
  int c() const { return c_; }

  Shape batch(int images) const { return {images, h_, w_, c_}; }
  bool legal() const;  // every size at least 1, and at most kMaxValues values
  std::size_t size() const { return batch(1).size(); }
  SampleShape with_channels(int channels) const;  // the same but for the last size
  std::string text() const;                       // "(28, 28, 1)", "(10,)" as Python writes it
  std::string keras_text() const;                 // "(None, 28, 28, 1)", with the batch, as in a summary
  friend bool operator==(const SampleShape&, const SampleShape&) = default;

 private:
  int rank_ = 0, h_ = 1, w_ = 1, c_ = 1;
};

// A batch of images (N, H, W, C). Owns its values; they start as zeros.
class Tensor {
 public:
  Tensor() = default;
  explicit Tensor(Shape shape) : shape_(shape), values_(shape.size()) {}
  Tensor(Shape shape, std::vector<float> values);  // asserts that there are shape.size() of them

  const Shape& shape() const { return shape_; }
  std::span<float> values() { return values_; }
  std::span<const float> values() const { return values_; }
  float& at(int n, int y, int x, int c) { return values_[index(n, y, x, c)]; }
  float at(int n, int y, int x, int c) const { return values_[index(n, y, x, c)]; }
  std::size_t index(int n, int y, int x, int c) const;  // asserts that the place exists

 private:
  Shape shape_;
  std::vector<float> values_;
};

// A bank of filters (H, W, I, O). Owns its values; they start as zeros.
class Filters {
 public:
  Filters() = default;
  explicit Filters(FilterShape shape) : shape_(shape), values_(shape.size()) {}
  Filters(FilterShape shape, std::vector<float> values);  // asserts that there are shape.size() of them

  const FilterShape& shape() const { return shape_; }
  std::span<float> values() { return values_; }
  std::span<const float> values() const { return values_; }
  float& at(int y, int x, int in, int out) { return values_[index(y, x, in, out)]; }
  float at(int y, int x, int in, int out) const { return values_[index(y, x, in, out)]; }
  std::size_t index(int y, int x, int in, int out) const;  // asserts that the place exists

 private:
  FilterShape shape_;
  std::vector<float> values_;
};

// Every nth of some values, from `first` on: with n channels, the values of channel `first`.
std::vector<float> every_nth(std::span<const float> values, int n, int first);

}  // namespace kg
