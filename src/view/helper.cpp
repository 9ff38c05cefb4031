#include "view/helper.h"

#include <utility>

#include "lesson/errand.h"

namespace kg {

void Helper::take() {
  const std::vector<std::uint8_t> back = std::exchange(back_, {});
  if (back.empty() || !away()) return;
  const std::optional<Errand> errand = session_.errand();
  if (errand && errand->run->stamp() == sent_ && take_back(*errand->run, back)) session_.brought();
}

void Helper::send() {
  const std::optional<Errand> errand = session_.errand();
  if (!errand) {
    sent_ = 0;
    return;
  }
  if (!thread_.ready()) {
    sent_ = material_ = 0;
    return;
  }
  const std::uint64_t stamp = errand->run->stamp(), material = errand->run->material();
  if (stamp == sent_ && *errand == errand_) {
    thread_.go_on();
    return;
  }
  thread_.send(packed(*errand, material != material_));
  sent_ = stamp, material_ = material, errand_ = *errand;
}

}  // namespace kg
