// The output's side as a formula with the learner's numbers in it, and what they mean in words.
#pragma once

#include "lesson/padding.h"
#include "view/ui.h"

namespace kg {

// floor((n + 2p − f)/s) + 1 = floor((28 + 2·0 − 3)/1) + 1 = 26, on one line. About 46 units tall. Returns the
// width that it takes up, at most the room's.
float padding_formula(Ui& ui, const Rect& room, const PaddingLesson& lesson);

// Two or three sentences on what is on stage.
std::string padding_words(const PaddingLesson& lesson);

}  // namespace kg
