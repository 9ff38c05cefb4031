#include "data/photo.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kg {
namespace {

std::string size_text(const Rgba& photo) {
  return std::to_string(photo.width) + "×" + std::to_string(photo.height) + " pixels";
}

Status check_photo(const Rgba& photo) {
  if (photo.height <= 0 || photo.width <= 0) return Error{"the picture has no pixels: " + size_text(photo)};
  const std::int64_t pixels = std::int64_t{photo.height} * photo.width;
  if (pixels > kMaxPhotoPixels) {
    return Error{"the picture is too large: " + size_text(photo) + ", and at most " +
                 std::to_string(kMaxPhotoPixels / 1'000'000) + " million can be read"};
  }
  if (photo.bytes.size() != static_cast<std::size_t>(pixels) * 4) {
    return Error{"a picture of " + size_text(photo) + " has " + std::to_string(pixels * 4) +
                 " bytes, four for each pixel; these are " + std::to_string(photo.bytes.size())};
  }
  return Done{};
}

struct Rgb {
  float r = 0, g = 0, b = 0;  // each 0..1
};

// One pixel on white paper.
Rgb colour_at(const Rgba& photo, int y, int x) {
  const std::size_t at =
      (static_cast<std::size_t>(y) * static_cast<std::size_t>(photo.width) + static_cast<std::size_t>(x)) * 4;
  const float alpha = static_cast<float>(photo.bytes[at + 3]) / 255.0f;
  const auto over_white = [&](std::size_t channel) {
    return 1 - alpha * (1 - static_cast<float>(photo.bytes[at + channel]) / 255.0f);
  };
  return {over_white(0), over_white(1), over_white(2)};
}

// A stretch along one axis, in source pixels.
struct Stretch {
  double from, to;
};

// The mean colour of a rectangle whose edges may cut through pixels.
Rgb mean_colour(const Rgba& photo, const Stretch& down, const Stretch& across) {
  const auto last = [](double edge, int size) { return std::min(size, static_cast<int>(std::ceil(edge))); };
  double r = 0, g = 0, b = 0, area = 0;
  const int bottom = last(down.to, photo.height), right = last(across.to, photo.width);
  for (int y = static_cast<int>(down.from); y < bottom; ++y) {
    const double high = std::min(down.to, y + 1.0) - std::max(down.from, static_cast<double>(y));
    for (int x = static_cast<int>(across.from); x < right; ++x) {
      const double share =
          high * (std::min(across.to, x + 1.0) - std::max(across.from, static_cast<double>(x)));
      const Rgb colour = colour_at(photo, y, x);
      r += share * static_cast<double>(colour.r);
      g += share * static_cast<double>(colour.g);
      b += share * static_cast<double>(colour.b);
      area += share;
    }
  }
  return {static_cast<float>(r / area), static_cast<float>(g / area), static_cast<float>(b / area)};
}

// Piece `i` of `count` equal ones of a stretch that begins at `start`.
Stretch piece(int i, int count, double start, double length) {
  return {start + length * i / count, start + length * (i + 1) / count};
}

// The picture's luminance (Rec. 709 weights), its longer side reduced to kPhotoSide if it is larger.
Tensor luminance(const Rgba& photo) {
  const int longer = std::max(photo.height, photo.width);
  const auto reduced = [&](int side) {
    if (longer <= kPhotoSide) return side;
    return std::max(1, static_cast<int>(std::int64_t{side} * kPhotoSide / longer));
  };
  Tensor grey(Shape{1, reduced(photo.height), reduced(photo.width), 1});
  const int height = grey.shape().h, width = grey.shape().w;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Rgb colour =
          mean_colour(photo, piece(y, height, 0, photo.height), piece(x, width, 0, photo.width));
      grey.at(0, y, x, 0) = 0.2126f * colour.r + 0.7152f * colour.g + 0.0722f * colour.b;
    }
  }
  return grey;
}

// The paper's brightness as a plane: `middle` plus slopes from edge to edge; and how much the border strays
// from it.
struct Paper {
  float middle = 0, slope_x = 0, slope_y = 0;
  float noise = 0;

  float at(float x, float y) const { return middle + slope_x * x + slope_y * y; }  // x, y from −1 to 1
};

struct Sample {
  float x, y, grey;  // x, y from −1 to 1
};

float from_middle(int i, int count) {
  return count > 1 ? 2 * static_cast<float>(i) / static_cast<float>(count - 1) - 1 : 0;
}

std::vector<Sample> border_samples(const Tensor& grey) {
  const int height = grey.shape().h, width = grey.shape().w;
  const int depth = std::max(1, std::min(height, width) / 32);
  std::vector<Sample> samples;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (y >= depth && y < height - depth && x >= depth && x < width - depth) {
        x = width - depth - 1;  // jump over the inside
        continue;
      }
      samples.push_back({from_middle(x, width), from_middle(y, height), grey.at(0, y, x, 0)});
    }
  }
  return samples;
}

float median(std::vector<float> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Least squares on the samples that count. Their places are nearly even around the middle, so the three
// numbers are found one after the other; repeating that makes it exact.
Paper fitted_plane(const std::vector<Sample>& samples, const std::vector<bool>& counts) {
  Paper paper;
  for (int round = 0; round < 4; ++round) {
    const auto improve = [&](float& number, auto weight) {
      double error = 0, norm = 0;
      for (std::size_t i = 0; i < samples.size(); ++i) {
        if (!counts[i]) continue;
        const Sample& s = samples[i];
        error += static_cast<double>(weight(s) * (s.grey - paper.at(s.x, s.y)));
        norm += static_cast<double>(weight(s) * weight(s));
      }
      if (norm > 0) number += static_cast<float>(error / norm);
    };
    improve(paper.middle, [](const Sample&) { return 1.0f; });
    improve(paper.slope_x, [](const Sample& s) { return s.x; });
    improve(paper.slope_y, [](const Sample& s) { return s.y; });
  }
  return paper;
}

// Ink that reaches the border must not count as paper: first a level from the median, then a plane through
// what is near it.
Paper paper_of(const Tensor& grey) {
  const std::vector<Sample> samples = border_samples(grey);
  std::vector<float> values;
  for (const Sample& s : samples) values.push_back(s.grey);
  Paper paper;
  paper.middle = median(values);

  float tolerance = 0.25f;
  for (int round = 0; round < 2; ++round) {
    std::vector<bool> counts;
    for (const Sample& s : samples) counts.push_back(std::abs(s.grey - paper.at(s.x, s.y)) <= tolerance);
    paper = fitted_plane(samples, counts);
    tolerance = 0.1f;
  }
  values.clear();
  for (const Sample& s : samples) values.push_back(std::abs(s.grey - paper.at(s.x, s.y)));
  paper.noise = 1.5f * median(values);  // near the standard deviation, if the noise is a bell curve
  return paper;
}

// What the picture differs from its paper by; more than 0 is lighter.
Tensor difference(const Tensor& grey, const Paper& paper) {
  const int height = grey.shape().h, width = grey.shape().w;
  Tensor result(grey.shape());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      result.at(0, y, x, 0) = grey.at(0, y, x, 0) - paper.at(from_middle(x, width), from_middle(y, height));
    }
  }
  return result;
}

// The value that 1 in 200 pixels reach, at least the third largest: one hot pixel is not ink's strength.
float strength(const Tensor& differences, float sign) {
  std::vector<float> values;
  for (const float value : differences.values()) values.push_back(sign * value);
  const std::size_t rank = std::min(values.size() - 1, std::max<std::size_t>(2, values.size() / 200));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at, values.end(), [](float a, float b) { return a > b; });
  return *at;
}

// Drops every connected patch of ink that is far smaller than the largest.
class Specks {
 public:
  explicit Specks(Tensor& ink) : ink_(ink), patch_(ink.values().size(), -1) {}

  void drop() {
    for (std::size_t i = 0; i < patch_.size(); ++i) {
      if (patch_[i] < 0 && inked(i)) fill(i);
    }
    if (mass_.empty()) return;
    const float largest = *std::max_element(mass_.begin(), mass_.end());
    for (std::size_t i = 0; i < patch_.size(); ++i) {
      if (patch_[i] >= 0 && mass_[static_cast<std::size_t>(patch_[i])] < kSmallest * largest)
        ink_.values()[i] = 0;
    }
  }

 private:
  static constexpr float kSmallest = 0.03f;

  bool inked(std::size_t i) const { return ink_.values()[i] >= kInkFloor; }

  void fill(std::size_t start) {
    const auto width = static_cast<std::size_t>(ink_.shape().w);
    const auto height = static_cast<std::size_t>(ink_.shape().h);
    const int patch = static_cast<int>(mass_.size());
    mass_.push_back(0);
    std::vector<std::size_t> open{start};
    patch_[start] = patch;
    while (!open.empty()) {
      const std::size_t at = open.back(), x = at % width, y = at / width;
      open.pop_back();
      mass_.back() += ink_.values()[at];
      for (std::size_t ny = y > 0 ? y - 1 : 0; ny <= std::min(y + 1, height - 1); ++ny) {
        for (std::size_t nx = x > 0 ? x - 1 : 0; nx <= std::min(x + 1, width - 1); ++nx) {
          const std::size_t next = ny * width + nx;
          if (patch_[next] >= 0 || !inked(next)) continue;
          patch_[next] = patch;
          open.push_back(next);
        }
      }
    }
  }

  Tensor& ink_;
  std::vector<int> patch_;   // which patch a pixel belongs to, or −1
  std::vector<float> mass_;  // of each patch
};

}  // namespace

Result<PhotoDigit> photo_digit(const Rgba& photo) {
  const Status fine = check_photo(photo);
  if (!fine) return fine.error();
  const Tensor grey = luminance(photo);
  const Paper paper = paper_of(grey);
  const Tensor differences = difference(grey, paper);

  const float lighter = strength(differences, 1), darker = strength(differences, -1);
  PhotoDigit result;
  result.dark_on_light = darker > lighter;
  const float full = std::max(lighter, darker);
  // Paper's own shading stays below this share of the ink's strength; what is above the upper one is full
  // ink.
  constexpr float kFaintest = 0.06f, kFloorShare = 0.15f, kFullShare = 0.85f;
  const float floor = std::max(kFloorShare * full, 4 * paper.noise);
  if (full < kFaintest || floor >= kFullShare * full) {
    return Error{"no ink found: the picture is nearly one even colour"};
  }
  const float sign = result.dark_on_light ? -1.0f : 1.0f;
  result.ink = Tensor(grey.shape());
  for (std::size_t i = 0; i < result.ink.values().size(); ++i) {
    const float over = sign * differences.values()[i] - floor;
    result.ink.values()[i] = std::clamp(over / (kFullShare * full - floor), 0.0f, 1.0f);
  }
  Specks(result.ink).drop();

  Result<Normalised> normalised = normalise(result.ink);
  if (!normalised) return Error{"no ink found: the picture is nearly one even colour"};
  result.normalised = std::move(normalised).value();
  return result;
}

Result<Tensor> photo_colours(const Rgba& photo) {
  const Status fine = check_photo(photo);
  if (!fine) return fine.error();
  const int side = std::min(photo.height, photo.width);
  const double top = 0.5 * (photo.height - side), left = 0.5 * (photo.width - side);
  Tensor picture(Shape{1, kPictureSide, kPictureSide, 3});
  for (int y = 0; y < kPictureSide; ++y) {
    for (int x = 0; x < kPictureSide; ++x) {
      const Rgb colour =
          mean_colour(photo, piece(y, kPictureSide, top, side), piece(x, kPictureSide, left, side));
      picture.at(0, y, x, 0) = quantised(colour.r);
      picture.at(0, y, x, 1) = quantised(colour.g);
      picture.at(0, y, x, 2) = quantised(colour.b);
    }
  }
  return picture;
}

}  // namespace kg
