// What the stage of the lesson `parameters` has to be worked with: networks, sizes, and the weight chosen.
#pragma once

#include <optional>
#include <string>

#include "lesson/parameters.h"
#include "view/ui.h"

namespace kg {

// "0.417": a weight or bias as it is written on the stage.
std::string weight_text(const ParametersLesson& lesson, const ParametersLesson::Selection& at);

// The pointer has pressed a weight, or none; pressing the chosen one again lets it go.
void choose(Ui& ui, const ParametersLesson& lesson, const std::optional<ParametersLesson::Selection>& at);
// Arrow keys go from weight to weight of the current layer while `box` has the keyboard.
void weight_keys(Ui& ui, const Rect& box, const ParametersLesson& lesson);
// Which weight is pointed at, or chosen, and its value; and the colours' scale.
void weight_words(Ui& ui, const Rect& box, const ParametersLesson& lesson,
                  const std::optional<ParametersLesson::Selection>& under);

void network_choice(Ui& ui, const Rect& box, const ParametersLesson& lesson);
// To the lesson in which the learner's own network can be changed.
void change_stack(Ui& ui, const Rect& box, const ParametersLesson& lesson);
void bias_switch(Ui& ui, const Rect& box, const ParametersLesson& lesson);
void size_stepper(Ui& ui, const Rect& box, const ParametersLesson::Size& size);

}  // namespace kg
