// Filter gallery: the filters of a lesson side by side, each with the output channel that it makes; pressing
// one chooses it.
#pragma once

#include "lesson/filter.h"
#include "view/ui.h"

namespace kg {

// A card for each: its name, its 3×3 and its output; behind them the buttons that add one and take the chosen
// one away.
void filter_cards(Ui& ui, const Rect& row, const FilterLesson& lesson);
// Where there is less room: the outputs alone.
void filter_strip(Ui& ui, const Rect& row, const FilterLesson& lesson);
// Add one, and take the chosen one away: two buttons side by side, or one above the other.
void add_and_remove(Ui& ui, Rect box, const FilterLesson& lesson);
// Whole sets of filters: the four edge detectors, eight random ones.
void filter_sets(Ui& ui, Rect row);

}  // namespace kg
