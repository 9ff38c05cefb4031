#include "data/normalise.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace kg {
namespace {

constexpr int kMargin = (kPictureSide - kFitSide) / 2;

// Ink as a number from 0 to 1, whatever came in (a NaN is no ink).
float clean(float ink) { return ink > 0 ? std::min(ink, 1.0f) : 0.0f; }

Box ink_box(std::span<const float> ink, int height, int width) {
  Box box{width, height, 0, 0};
  const float* value = ink.data();
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x, ++value) {
      if (!(*value >= kInkFloor)) continue;
      box.left = std::min(box.left, x);
      box.right = std::max(box.right, x + 1);
      box.top = std::min(box.top, y);
      box.bottom = y + 1;
    }
  }
  return box;
}

// The box scaled so that its longer side is 20 pixels, in the middle of 20×20; never thinner than a pixel.
Place fit_box(const Box& box) {
  const float side = static_cast<float>(kFitSide);
  const float w = static_cast<float>(box.width()), h = static_cast<float>(box.height());
  const float longer = std::max(w, h);
  Place fit;
  fit.width = std::max(1.0f, w * side / longer);
  fit.height = std::max(1.0f, h * side / longer);
  fit.left = (side - fit.width) / 2;
  fit.top = (side - fit.height) / 2;
  return fit;
}

// How much each of the box's `count` pixels along one axis adds to each of the 20 pixels of the fitted
// picture: the overlap of the two, in fitted pixels.
void overlap_all(NormaliserRoom::Axis& axis, int count, float start, float length) {
  const float pixel = length / static_cast<float>(count);  // a source pixel's size in the fitted picture
  axis.shares.clear();
  for (int t = 0; t < kFitSide; ++t) {
    const float from = static_cast<float>(t), to = from + 1;
    const int first = std::clamp(static_cast<int>(std::floor((from - start) / pixel)), 0, count);
    const int last = std::clamp(static_cast<int>(std::ceil((to - start) / pixel)), first, count);
    axis.overlaps[static_cast<std::size_t>(t)] = {first, last - first, axis.shares.size()};
    for (int i = first; i < last; ++i) {
      const float a = start + static_cast<float>(i) * pixel, b = start + static_cast<float>(i + 1) * pixel;
      axis.shares.push_back(std::max(0.0f, std::min(to, b) - std::max(from, a)));
    }
  }
}

// Averages by area: first down the columns, then along the rows.
void fit_picture(NormaliserRoom& room, std::span<const float> ink, int source_width, const Box& box,
                 const Place& fit) {
  overlap_all(room.across, box.width(), fit.left, fit.width);
  overlap_all(room.down, box.height(), fit.top, fit.height);
  const std::size_t width = static_cast<std::size_t>(box.width());
  room.line.resize(width);
  for (std::size_t y = 0; y < kFitSide; ++y) {
    float* const line = room.line.data();
    std::fill_n(line, width, 0.0f);
    const NormaliserRoom::Overlap& rows = room.down.overlaps[y];
    for (int i = 0; i < rows.count; ++i) {
      const float share = room.down.shares[rows.share + static_cast<std::size_t>(i)];
      const float* from =
          ink.data() +
          static_cast<std::size_t>(box.top + rows.first + i) * static_cast<std::size_t>(source_width) +
          box.left;
      for (std::size_t x = 0; x < width; ++x) line[x] += share * clean(from[x]);
    }
    for (std::size_t x = 0; x < kFitSide; ++x) {
      const NormaliserRoom::Overlap& columns = room.across.overlaps[x];
      const float* from = line + columns.first;
      const float* share = room.across.shares.data() + columns.share;
      float sum = 0;
      for (int i = 0; i < columns.count; ++i) sum += share[i] * from[i];
      room.fitted[y * kFitSide + x] = sum;
    }
  }
}

// MNIST's digits all reach full black; so do ours.
void darken_to_full(std::span<float> picture) {
  const float peak = *std::max_element(picture.begin(), picture.end());
  for (float& value : picture) value = quantised(value / peak);
}

struct Centre {
  float x, y;
};

Centre centre_of_mass(std::span<const float> fitted) {
  float mass = 0, x_mass = 0, y_mass = 0;
  for (std::size_t y = 0; y < kFitSide; ++y) {
    for (std::size_t x = 0; x < kFitSide; ++x) {
      const float ink = fitted[y * kFitSide + x];
      mass += ink;
      x_mass += ink * (static_cast<float>(x) + 0.5f);
      y_mass += ink * (static_cast<float>(y) + 0.5f);
    }
  }
  return {x_mass / mass, y_mass / mass};
}

// By how many pixels to move along one axis, so that `centre` comes into the middle pixel and no ink over the
// edge.
int shift_along(float centre, float fit_start, float fit_length) {
  const int wanted = kPictureSide / 2 - kMargin - static_cast<int>(std::floor(centre));
  const int first = static_cast<int>(std::floor(fit_start)) + kMargin;
  const int last = static_cast<int>(std::ceil(fit_start + fit_length)) + kMargin;
  return std::clamp(wanted, -first, kPictureSide - last);
}

void paste(std::span<float> picture, std::span<const float> fitted, int left, int top) {
  std::fill(picture.begin(), picture.end(), 0.0f);
  for (int y = 0; y < kFitSide; ++y) {
    for (int x = 0; x < kFitSide; ++x) {
      const float ink = fitted[static_cast<std::size_t>(y * kFitSide + x)];
      if (ink > 0) picture[static_cast<std::size_t>((top + y) * kPictureSide + left + x)] = ink;
    }
  }
}

}  // namespace

// floor(x) of what is not negative is what a conversion cuts off, and that is quicker.
float quantised(float value) {
  return static_cast<float>(static_cast<int>(clean(value) * 255.0f + 0.5f)) / 255.0f;
}

bool normalise_onto(std::span<float> picture, std::span<const float> ink, int height, int width,
                    NormaliserRoom& room, Normalising& way) {
  assert(picture.size() == static_cast<std::size_t>(kPictureSide * kPictureSide));
  assert(ink.size() == static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
  way.source_height = height;
  way.source_width = width;
  way.ink = ink_box(ink, height, width);
  if (way.ink.width() <= 0) return false;
  way.fit = fit_box(way.ink);
  fit_picture(room, ink, width, way.ink, way.fit);
  darken_to_full(room.fitted);
  const Centre centre = centre_of_mass(room.fitted);
  way.centre_x = centre.x;
  way.centre_y = centre.y;
  way.shift_x = shift_along(centre.x, way.fit.left, way.fit.width);
  way.shift_y = shift_along(centre.y, way.fit.top, way.fit.height);
  paste(picture, room.fitted, kMargin + way.shift_x, kMargin + way.shift_y);
  return true;
}

Result<Normalised> normalise(const Tensor& ink) {
  assert(ink.shape().n == 1 && ink.shape().c == 1);
  NormaliserRoom room;
  Normalised result;
  result.picture = Tensor(Shape{1, kPictureSide, kPictureSide, 1});
  if (!normalise_onto(result.picture.values(), ink.values(), ink.shape().h, ink.shape().w, room, result)) {
    return Error{"nothing drawn yet"};
  }
  result.fitted = Tensor(Shape{1, kFitSide, kFitSide, 1});
  std::copy(room.fitted.begin(), room.fitted.end(), result.fitted.values().begin());
  return result;
}

}  // namespace kg
