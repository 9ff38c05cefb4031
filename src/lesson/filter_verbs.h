// The verbs that edit a lesson's filters, the same for every lesson that has several.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "lesson/filter_bank.h"
#include "lesson/verb.h"

namespace kg {

// Runs a change on a copy of the lesson's filters, for a picture of so many channels, and keeps it if the
// lesson can use it.
using EditFilters = std::function<Status(const std::function<Status(FilterBank&, int channels)>&)>;

// set_filter, set_cell, set_preset, add_filter, remove_filter. Each random filter is another one: `draws`
// counts them, and lives as long as the verbs; `seed` is the lesson's.
void add_filter_verbs(EditFilters edit, std::function<std::uint64_t()> seed, std::uint64_t& draws,
                      Verbs& verbs);

}  // namespace kg
