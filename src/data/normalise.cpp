#include "data/normalise.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace kg {
namespace {

// Ink as a number from 0 to 1, whatever came in (a NaN is no ink).
float clean(float ink) { return ink > 0 ? std::min(ink, 1.0f) : 0.0f; }

Box ink_box(const Tensor& ink) {
  const int height = ink.shape().h, width = ink.shape().w;
  Box box{width, height, 0, 0};
  const float* value = ink.values().data();
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
// picture: the overlap of the two, in fitted pixels. A fitted pixel overlaps the source pixels first … first
// + shares.size() − 1.
struct Overlap {
  int first = 0;
  std::vector<float> shares;
};

std::vector<Overlap> overlaps(int count, float start, float length) {
  const float pixel = length / static_cast<float>(count);  // a source pixel's size in the fitted picture
  std::vector<Overlap> all(kFitSide);
  for (int t = 0; t < kFitSide; ++t) {
    const float from = static_cast<float>(t), to = from + 1;
    const int first = std::clamp(static_cast<int>(std::floor((from - start) / pixel)), 0, count);
    const int last = std::clamp(static_cast<int>(std::ceil((to - start) / pixel)), first, count);
    Overlap& overlap = all[static_cast<std::size_t>(t)];
    overlap.first = first;
    for (int i = first; i < last; ++i) {
      const float a = start + static_cast<float>(i) * pixel, b = start + static_cast<float>(i + 1) * pixel;
      overlap.shares.push_back(std::max(0.0f, std::min(to, b) - std::max(from, a)));
    }
  }
  return all;
}

// Averages by area: first along the rows, then down the columns.
Tensor fitted_picture(const Tensor& ink, const Box& box, const Place& fit) {
  const std::vector<Overlap> across = overlaps(box.width(), fit.left, fit.width);
  const std::vector<Overlap> down = overlaps(box.height(), fit.top, fit.height);

  std::vector<float> rows(static_cast<std::size_t>(box.height() * kFitSide));
  for (int y = 0; y < box.height(); ++y) {
    const float* line = &ink.values()[ink.index(0, box.top + y, box.left, 0)];
    for (int x = 0; x < kFitSide; ++x) {
      const Overlap& overlap = across[static_cast<std::size_t>(x)];
      float sum = 0;
      for (std::size_t i = 0; i < overlap.shares.size(); ++i) {
        sum += overlap.shares[i] * clean(line[static_cast<std::size_t>(overlap.first) + i]);
      }
      rows[static_cast<std::size_t>(y * kFitSide + x)] = sum;
    }
  }
  Tensor fitted(Shape{1, kFitSide, kFitSide, 1});
  for (int y = 0; y < kFitSide; ++y) {
    const Overlap& overlap = down[static_cast<std::size_t>(y)];
    for (std::size_t i = 0; i < overlap.shares.size(); ++i) {
      const float* line = &rows[(static_cast<std::size_t>(overlap.first) + i) * kFitSide];
      for (int x = 0; x < kFitSide; ++x) fitted.at(0, y, x, 0) += overlap.shares[i] * line[x];
    }
  }
  return fitted;
}

// MNIST's digits all reach full black; so do ours.
void darken_to_full(Tensor& picture) {
  const float peak = *std::max_element(picture.values().begin(), picture.values().end());
  for (float& value : picture.values()) value = quantised(value / peak);
}

struct Centre {
  float x, y;
};

Centre centre_of_mass(const Tensor& picture) {
  float mass = 0, x_mass = 0, y_mass = 0;
  for (int y = 0; y < picture.shape().h; ++y) {
    for (int x = 0; x < picture.shape().w; ++x) {
      const float ink = picture.at(0, y, x, 0);
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
  constexpr int kMargin = (kPictureSide - kFitSide) / 2;
  const int wanted = kPictureSide / 2 - kMargin - static_cast<int>(std::floor(centre));
  const int first = static_cast<int>(std::floor(fit_start)) + kMargin;
  const int last = static_cast<int>(std::ceil(fit_start + fit_length)) + kMargin;
  return std::clamp(wanted, -first, kPictureSide - last);
}

Tensor pasted(const Tensor& fitted, int left, int top) {
  Tensor picture(Shape{1, kPictureSide, kPictureSide, 1});
  for (int y = 0; y < kFitSide; ++y) {
    for (int x = 0; x < kFitSide; ++x) {
      const float ink = fitted.at(0, y, x, 0);
      if (ink > 0) picture.at(0, top + y, left + x, 0) = ink;
    }
  }
  return picture;
}

}  // namespace

float quantised(float value) { return std::floor(clean(value) * 255.0f + 0.5f) / 255.0f; }

Result<Normalised> normalise(const Tensor& ink) {
  assert(ink.shape().n == 1 && ink.shape().c == 1);
  Normalised result;
  result.source_height = ink.shape().h;
  result.source_width = ink.shape().w;
  result.ink = ink_box(ink);
  if (result.ink.width() <= 0) return Error{"nothing drawn yet"};
  result.fit = fit_box(result.ink);
  result.fitted = fitted_picture(ink, result.ink, result.fit);
  darken_to_full(result.fitted);
  const Centre centre = centre_of_mass(result.fitted);
  result.centre_x = centre.x;
  result.centre_y = centre.y;
  result.shift_x = shift_along(centre.x, result.fit.left, result.fit.width);
  result.shift_y = shift_along(centre.y, result.fit.top, result.fit.height);
  constexpr int kMargin = (kPictureSide - kFitSide) / 2;
  result.picture = pasted(result.fitted, kMargin + result.shift_x, kMargin + result.shift_y);
  return result;
}

}  // namespace kg
