// The parsers under what a fuzzer does to files, on every machine: the seeds, and random mutations of them.
#include <doctest/doctest.h>

#include <algorithm>

#include "engine/rng.h"
#include "fuzz/seeds.h"

namespace {

using fuzz::Bytes;

std::size_t somewhere(kg::Rng& rng, std::size_t size) { return rng.below(static_cast<std::uint32_t>(size)); }

// Changes, adds, removes or moves a few bytes, or takes in a piece of another file.
Bytes mutated(Bytes file, const Bytes& other, kg::Rng& rng) {
  const int changes = 1 + static_cast<int>(rng.below(4));
  for (int k = 0; k < changes; ++k) {
    const auto at = [&](std::size_t place) { return file.begin() + static_cast<std::ptrdiff_t>(place); };
    const std::uint8_t byte = static_cast<std::uint8_t>(rng.below(256));
    if (file.empty() || rng.below(8) == 0) {
      file.insert(at(somewhere(rng, file.size() + 1)), byte);
      continue;
    }
    const std::size_t place = somewhere(rng, file.size());
    const std::size_t rest = std::min<std::size_t>(file.size() - place, 1 + rng.below(8));
    switch (rng.below(7)) {
      case 0:
        file[place] = byte;
        break;
      case 1:
        file[place] = static_cast<std::uint8_t>(file[place] ^ 1u << rng.below(8));
        break;
      case 2:
        file[place] = "0123456789{}[]\",:\\ \xff"[rng.below(20)] & 0xFF;
        break;
      case 3:
        file.erase(at(place), at(place + rest));
        break;
      case 4: {
        const Bytes piece(at(place), at(place + rest));
        file.insert(at(somewhere(rng, file.size() + 1)), piece.begin(), piece.end());
        break;
      }
      case 5:
        file.resize(place);
        break;
      default: {
        if (other.empty()) break;
        const std::size_t from = somewhere(rng, other.size());
        const std::size_t count = std::min<std::size_t>(other.size() - from, 1 + rng.below(40));
        const auto first = other.begin() + static_cast<std::ptrdiff_t>(from);
        file.insert(at(place), first, first + static_cast<std::ptrdiff_t>(count));
      }
    }
  }
  return file;
}

template <class Broken>
void check_all(const std::vector<Bytes>& seeds, Broken broken, int mutations) {
  for (std::size_t k = 0; k < seeds.size(); ++k) {
    CAPTURE(k);
    CHECK(broken(seeds[k]) == "");
  }
  for (int k = 0; k < mutations; ++k) {
    kg::Rng rng(static_cast<std::uint64_t>(k));
    const Bytes &seed = seeds[somewhere(rng, seeds.size())], &other = seeds[somewhere(rng, seeds.size())];
    const std::string what = broken(mutated(seed, other, rng));
    if (what.empty()) continue;
    CAPTURE(k);  // the seed of its random numbers
    CHECK(what == "");
  }
}

}  // namespace

TEST_CASE("engine/safetensors: whatever the bytes, read and written again the same or refused in words") {
  check_all(fuzz::safetensors_seeds(), fuzz::broken_weight_file, 20000);
}

TEST_CASE("data/idx: whatever the bytes, the pixels of the file or refused in words") {
  check_all(fuzz::idx_seeds(), fuzz::broken_idx, 20000);
}
