// FilterBank: the filters of a lesson, 3×3 each, one plane per input channel; presets by name, or edited cell
// by cell.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "engine/tensor.h"
#include "lesson/filter_presets.h"

namespace kg {

struct BankFilter {
  std::string name;  // of the preset, "random", or "own" once a cell has been changed
  std::vector<Kernel3x3>
      planes;  // one per input channel; more than the picture has channels, if it once had more
};

// For people: "Top edge", "Random", "Your own".
std::string title_of(const BankFilter& filter);

class FilterBank {
 public:
  static constexpr int kSide = 3;
  static constexpr int kMaxFilters = 8;
  static constexpr float kMaxWeight = 1000;

  FilterBank();  // one filter: top_edge

  int count() const { return static_cast<int>(filters_.size()); }
  const BankFilter& filter(int index) const { return filters_[static_cast<std::size_t>(index)]; }
  float weight(int index, int row, int col, int channel) const;
  Filters filters(int channels) const;                       // (3, 3, channels, count)
  std::vector<float> values(int index, int channels) const;  // row by row, channels innermost

  // A picture with more channels than before: new planes are copies of the first. Planes are never dropped,
  // so that a look at a grey picture in between loses nothing.
  void widen(int channels);

  // Refusals name what is legal. `index` may be count(): that adds a filter, up to kMaxFilters.
  Status set_preset(double index, std::string_view name, std::uint64_t seed, int channels);
  Status set_values(double index, std::span<const float> values, int channels);
  Status set_cell(double index, double row, double col, double value, double channel, int channels);
  Status remove(double index);

  // For links: presets by name, random ones and those of one's own with their weights,
  // "top_edge~r:0.1,…~c:0,1,0,…".
  std::string save(int channels) const;
  static Result<FilterBank> load(std::string_view text, int channels);

 private:
  Status make_room(double index, int channels);

  std::vector<BankFilter> filters_;
};

}  // namespace kg
