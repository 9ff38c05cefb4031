// Transport: play, step, scrub, speed: the bar at the foot of every lesson's stage.
#pragma once

#include <string>

#include "lesson/timeline.h"
#include "view/ui.h"

namespace kg {

// How tall the bar wants to be, in CSS pixels.
float transport_height(const Ui& ui);
void transport(Ui& ui, const Rect& bar, const Timeline& timeline);

// Space, arrows, Home, End and their companions.
void transport_keys(Ui& ui, const Timeline& timeline);

}  // namespace kg
