// View: what a lesson LOOKS like. It draws the lesson's state and turns presses into intents; it never
// changes the lesson. Its own fields are what only the eye needs: what is hovered, selected, unfolded.
#pragma once

#include <memory>
#include <string_view>

#include "lesson/lesson.h"
#include "view/ui.h"

namespace kg {

class View {
 public:
  virtual ~View() = default;
  // `stage` is the space above the transport bar.
  virtual void draw(Ui& ui, const Rect& stage, const Lesson& lesson) = 0;
  // Something covers the lesson (the drawing sheet): it gets the whole stage, and the transport rests.
  virtual bool covers_lesson() const { return false; }
};

// The view of a lesson of the catalogue; the slug must be one of it.
std::unique_ptr<View> make_view(std::string_view slug);

}  // namespace kg
