// What a fuzz target is made of. KG_FUZZ_TARGET(seeds, broken): libFuzzer starts from the seeds, which are
// written into the folder that is its last argument, and calls broken() with whatever it makes of them.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "fuzz/seeds.h"

namespace fuzz {

inline void write_seeds(const std::string& folder, const std::vector<Bytes>& seeds) {
  for (std::size_t k = 0; k < seeds.size(); ++k) {
    const std::string path = folder + "/seed-" + std::to_string(k);
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(seeds[k].data()), static_cast<std::streamsize>(seeds[k].size()));
    if (!file) {
      std::fprintf(stderr, "The last argument has to be a folder that can be written to, but %s cannot.\n",
                   path.c_str());
      std::exit(2);
    }
  }
}

inline void stop_if(const std::string& broken) {
  if (broken.empty()) return;
  std::fprintf(stderr, "BROKEN: %s\n", broken.c_str());
  std::abort();
}

}  // namespace fuzz

#define KG_FUZZ_TARGET(seeds, broken)                                                 \
  extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {                \
    fuzz::write_seeds((*arguments)[*count - 1], seeds());                             \
    return 0;                                                                         \
  }                                                                                   \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    fuzz::stop_if(broken({data, size}));                                              \
    return 0;                                                                         \
  }
