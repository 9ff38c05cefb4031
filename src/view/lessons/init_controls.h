// What the stage of the lesson `init` has to be worked with: scenes, initialisers, sizes, and the training.
#pragma once

#include "lesson/init.h"
#include "view/ui.h"

namespace kg {

void init_scenes(Ui& ui, const Rect& row, const InitLesson& lesson);
void init_activation(Ui& ui, const Rect& row, const InitLesson& lesson);

// The nine rules as buttons in so many columns: the neuron's, one of which is chosen; or those that are
// compared, up to four of them, in the colours of their curves.
void init_rules(Ui& ui, const Rect& box, const InitLesson& lesson, int columns);

// How many inputs the neuron has, and which; how many units; how wide N(0, s²) is. As many rows as needed.
void init_inputs(Ui& ui, Rect box, const InitLesson& lesson, float row);
void init_input_count(Ui& ui, const Rect& row, const InitLesson& lesson);
void init_input_kind(Ui& ui, const Rect& row, const InitLesson& lesson);
// Either s, or the units of the layer, as the rule needs them; nothing if it needs neither.
void init_rule_number(Ui& ui, const Rect& row, const InitLesson& lesson);

void init_depth(Ui& ui, const Rect& row, const InitLesson& lesson);
void init_source(Ui& ui, const Rect& row, const InitLesson& lesson);  // digits or noise

void init_training(Ui& ui, Rect row, const InitLesson& lesson);  // train, one batch, rewind

}  // namespace kg
