#include "view/widgets/flying_value.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/easing.h"

namespace kg {
namespace {

constexpr double kTooFastToFollow = 10;  // steps a second

}  // namespace

bool moves_gently(const Ui& ui, const Timeline& time) {
  return !ui.display.reduced_motion && time.speed() <= kTooFastToFollow;
}

void flying_value(Ui& ui, const Timeline& time, const Flight& flight) {
  const double t = (time.phase() - Timeline::kRest) / (1 - Timeline::kRest);
  if (t <= 0 || time.at_end() || flight.from.w == 0 || !moves_gently(ui, time)) return;
  const Rect &from = flight.from, &to = flight.to;
  const float way = eased(static_cast<float>(t)), lift = std::sin(way * 3.1416f) * ui.u(28);
  const float x = from.middle_x() + (to.middle_x() - from.middle_x()) * way;
  const float y = from.middle_y() + (to.middle_y() - from.middle_y()) * way - lift;
  const float w = ui.u(64) + (to.w - ui.u(64)) * way, h = ui.u(28) + (to.h - ui.u(28)) * way;
  const Colour back = value_colour(flight.value / std::max(flight.reach, 1e-6f));
  const Rect pill{x - w / 2, y - h / 2, w, h};
  ui.fill(pill, back, 4);
  ui.outline(pill, ui.theme.attention, 2, 4);
  if (w > ui.u(30)) {
    ui.text_in(pill, fixed_text(static_cast<double>(flight.value)), type::kText, text_on(back),
               Weight::semibold);
  }
}

}  // namespace kg
