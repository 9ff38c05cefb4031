#include "lesson/filter_bank.h"

#include <cassert>
#include <cmath>
#include <cstdlib>

#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr std::size_t kCells = 9;

BankFilter preset_filter(const FilterPreset& preset, int channels) {
  return {std::string(preset.name),
          std::vector<Kernel3x3>(static_cast<std::size_t>(channels), preset.values)};
}

Status check_weight(double value) {
  if (std::abs(value) <= FilterBank::kMaxWeight) return Done{};
  return Error{"A weight goes from −1000 to 1000; " + number_text(value) + " is outside."};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string title_of(const BankFilter& filter) {
  const FilterPreset* const preset = find_filter_preset(filter.name);
  return preset ? std::string(preset->title) : filter.name == "random" ? "Random" : "Your own";
}

FilterBank::FilterBank() { filters_.push_back(preset_filter(*find_filter_preset("top_edge"), 1)); }

float FilterBank::weight(int index, int row, int col, int channel) const {
  assert(channel < static_cast<int>(filter(index).planes.size()));
  return filter(index).planes[static_cast<std::size_t>(channel)][static_cast<std::size_t>(row * kSide + col)];
}

Filters FilterBank::filters(int channels) const {
  Filters bank({kSide, kSide, channels, count()});
  for (int o = 0; o < count(); ++o) {
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x) {
        for (int i = 0; i < channels; ++i) bank.at(y, x, i, o) = weight(o, y, x, i);
      }
    }
  }
  return bank;
}

std::vector<float> FilterBank::values(int index, int channels) const {
  std::vector<float> values;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      for (int i = 0; i < channels; ++i) values.push_back(weight(index, y, x, i));
    }
  }
  return values;
}

void FilterBank::widen(int channels) {
  for (BankFilter& filter : filters_) {
    while (filter.planes.size() < static_cast<std::size_t>(channels))
      filter.planes.push_back(filter.planes[0]);
  }
}

Status FilterBank::make_room(double index, int channels) {
  if (!(index >= 0 && index <= count() && index < kMaxFilters)) {
    return Error{"The filters are 0 to " + std::to_string(count() - 1) +
                 (count() < kMaxFilters ? ", and " + std::to_string(count()) + " adds one; " : "; ") +
                 number_text(index, 0) + " is none of them."};
  }
  if (index == count())
    filters_.push_back({"own", std::vector<Kernel3x3>(static_cast<std::size_t>(channels))});
  widen(channels);
  return Done{};
}

Status FilterBank::set_preset(double index, std::string_view name, std::uint64_t seed, int channels) {
  const FilterPreset* preset = find_filter_preset(name);
  if (!preset && name != "random") {
    std::string names;
    for (const FilterPreset& each : filter_presets()) names += std::string(each.name) + ", ";
    return Error{"There is no filter " + in_quotes(name) + "; there are " + names + "random."};
  }
  if (Status room = make_room(index, channels); !room) return room;
  BankFilter& filter = filters_[static_cast<std::size_t>(index)];
  if (preset) {
    filter = preset_filter(*preset, channels);
    return Done{};
  }
  filter.name = "random";
  filter.planes.clear();
  for (int i = 0; i < channels; ++i) {
    filter.planes.push_back(random_kernel(seed * 64 + static_cast<std::uint64_t>(i)));
  }
  return Done{};
}

Status FilterBank::set_values(double index, std::span<const float> values, int channels) {
  const std::size_t needed = kCells * static_cast<std::size_t>(channels);
  if (values.size() != needed) {
    return Error{"A 3×3 filter for " + std::to_string(channels) + " channel" + (channels == 1 ? "" : "s") +
                 " has " + std::to_string(needed) + " weights; " + std::to_string(values.size()) + " came."};
  }
  for (const float value : values) {
    if (Status fine = check_weight(value); !fine) return fine;
  }
  if (Status room = make_room(index, channels); !room) return room;
  BankFilter& filter = filters_[static_cast<std::size_t>(index)];
  filter.name = "own";
  for (std::size_t k = 0; k < needed; ++k) {
    filter.planes[k % static_cast<std::size_t>(channels)][k / static_cast<std::size_t>(channels)] = values[k];
  }
  return Done{};
}

Status FilterBank::set_cell(double index, double row, double col, double value, double channel,
                            int channels) {
  if (!(index >= 0 && index < count())) {
    return Error{"The filters are 0 to " + std::to_string(count() - 1) + "; " + number_text(index, 0) +
                 " is none of them."};
  }
  if (!(row >= 0 && row < kSide && col >= 0 && col < kSide)) {
    return Error{"A 3×3 filter has rows and columns 0 to 2; row " + number_text(row, 0) + ", column " +
                 number_text(col, 0) + " is outside."};
  }
  if (!(channel >= 0 && channel < channels)) {
    return Error{"The picture has the channels 0 to " + std::to_string(channels - 1) + "; " +
                 number_text(channel, 0) + " is none of them."};
  }
  if (Status fine = check_weight(value); !fine) return fine;
  widen(channels);
  BankFilter& filter = filters_[static_cast<std::size_t>(index)];
  filter.name = "own";
  filter.planes[static_cast<std::size_t>(channel)][static_cast<std::size_t>(row * kSide + col)] =
      static_cast<float>(value);
  return Done{};
}

Status FilterBank::remove(double index) {
  if (!(index >= 0 && index < count())) {
    return Error{"The filters are 0 to " + std::to_string(count() - 1) + "; " + number_text(index, 0) +
                 " is none of them."};
  }
  if (count() == 1) return Error{"This is the only filter; a convolution needs one."};
  filters_.erase(filters_.begin() + static_cast<int>(index));
  return Done{};
}

std::string FilterBank::save(int channels) const {
  std::string text;
  for (int o = 0; o < count(); ++o) {
    if (o) text += '~';
    if (find_filter_preset(filter(o).name)) {
      text += filter(o).name;
      continue;
    }
    text += filter(o).name == "random" ? "r:" : "c:";
    text += exact_list(values(o, channels));
  }
  return text;
}

Result<FilterBank> FilterBank::load(std::string_view text, int channels) {
  FilterBank bank;
  bank.filters_.clear();
  for (std::string_view part : split(text, '~')) {
    Status made = Done{};
    if (part.substr(0, 2) == "c:" || part.substr(0, 2) == "r:") {
      std::vector<float> weights;
      for (std::string_view number : split(part.substr(2), ',')) {
        const std::string copy(number);
        char* end = nullptr;
        weights.push_back(std::strtof(copy.c_str(), &end));
        if (copy.empty() || *end != '\0' || !std::isfinite(weights.back())) {
          return Error{in_quotes(copy) + " is no weight"};
        }
      }
      made = bank.set_values(bank.count(), weights, channels);
      if (made && part[0] == 'r') bank.filters_.back().name = "random";
    } else if (part == "random") {
      return Error{"a random filter is written with its weights"};
    } else {
      made = bank.set_preset(bank.count(), part, 0, channels);
    }
    if (!made) return made.error();
  }
  return bank;
}

}  // namespace kg
