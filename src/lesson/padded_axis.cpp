#include "lesson/padded_axis.h"

namespace kg {

std::string PaddedAxis::numerator() const {
  const std::string zeros =
      uneven() ? std::to_string(before) + " + " + std::to_string(after) : "2·" + std::to_string(before);
  return std::to_string(n) + " + " + zeros + " − " + std::to_string(f);
}

std::string PaddedAxis::formula(bool riddle) const {
  return "floor((" + numerator() + ")/" + std::to_string(s) +
         ") + 1 = " + (riddle ? "?" : std::to_string(out()));
}

}  // namespace kg
