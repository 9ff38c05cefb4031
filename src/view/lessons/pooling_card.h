// One window, looked into: its values, how they are compared or added up one after the other, and what comes
// of it.
#pragma once

#include "lesson/pooling.h"
#include "view/ui.h"

namespace kg {

struct CardShown {
  PoolingLesson::Cell cell;
  int ticks = 0;  // so many places have been visited
};

// Returns the box in which the result stands.
Rect pooling_card(Ui& ui, const Rect& room, const PoolingLesson& lesson, const CardShown& what);

// The sign for "this one won its window", on a place of that colour; faint if it is the first of several
// equal ones.
void winner_mark(const Ui& ui, const Rect& place, Colour back, bool tied);

}  // namespace kg
