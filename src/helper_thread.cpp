// What the page's other thread calls (web/helper_thread.js). It runs this same program without a stage:
// main() is never called there.
#include <emscripten.h>

#include <cstdint>
#include <vector>

#include "lesson/errand.h"

namespace {

kg::ErrandRunner& runner() {
  static kg::ErrandRunner one([] { return emscripten_get_now() / 1000; });
  return one;
}

std::vector<std::uint8_t> result;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE bool kg_errand_take(const std::uint8_t* bytes, int length) {
  return runner().take({bytes, static_cast<std::size_t>(length)});
}

// False if there is nothing more to do.
EMSCRIPTEN_KEEPALIVE bool kg_errand_work(double seconds) { return runner().work(seconds); }

// Where the bytes of what it has come to lie, until the next call; kg_errand_length() says how many.
EMSCRIPTEN_KEEPALIVE const std::uint8_t* kg_errand_result() {
  result = runner().result();
  return result.data();
}
EMSCRIPTEN_KEEPALIVE int kg_errand_length() { return static_cast<int>(result.size()); }
}
