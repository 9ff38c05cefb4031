// The tasks of the filter lesson, judged by what a filter does and not by what it is called. All but one are
// about a filter of the learner's own, one whose cells have been edited.
#include <algorithm>
#include <cmath>

#include "lesson/filter.h"

namespace kg {
namespace {

constexpr int kSide = FilterBank::kSide;

// White on plain areas: in each channel the nine weights add up to 0.
bool white_on_plain(const FilterBank& bank, int filter, int channels) {
  for (int c = 0; c < channels; ++c) {
    double sum = 0, size = 0;
    for (int k = 0; k < kSide * kSide; ++k) {
      const double weight = static_cast<double>(bank.weight(filter, k / kSide, k % kSide, c));
      sum += weight, size += std::abs(weight);
    }
    if (std::abs(sum) > 1e-5 * size) return false;
  }
  return true;
}

// The output is the picture without its outermost pixels, of which no window has its centre there.
bool hands_on(const Tensor& picture, const Tensor& output, int filter) {
  if (picture.shape().c != 1) return false;
  for (int y = 0; y < output.shape().h; ++y) {
    for (int x = 0; x < output.shape().w; ++x) {
      const float wanted = picture.at(0, y + 1, x + 1, 0);
      if (std::abs(output.at(0, y, x, filter) - wanted) > 1e-5f * std::max(1.0f, std::abs(wanted)))
        return false;
    }
  }
  return true;
}

}  // namespace

std::vector<Task> FilterLesson::tasks() const {
  bool white = false, bottom = false, same = false;
  for (int i = 0; i < bank().count(); ++i) {
    if (bank().filter(i).name != "own" || reaches_[static_cast<std::size_t>(i)] == 0) continue;
    const bool plain = white_on_plain(bank(), i, channels());
    white = white || plain;
    same = same || hands_on(picture().pixels(), output_, i);
    // Red at a bottom edge, and if it is blue anywhere, at a top edge.
    const auto sees = [&](bool positive, Pattern pattern) {
      const std::optional<Cell> at = strongest(i, positive);
      return at ? seen(i, *at).pattern == pattern : !positive;
    };
    bottom = bottom || (plain && sees(true, Pattern::bottom_edge) && sees(false, Pattern::top_edge));
  }
  return {{"white_on_plain", white},
          {"as_it_is", same},
          {"bottom_edge", bottom},
          {"eight", bank().count() == FilterBank::kMaxFilters}};
}

}  // namespace kg
