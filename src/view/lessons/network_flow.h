// The way of a picture through the network: every layer's channels as small maps, and at the end what the
// network makes of them.
#pragma once

#include "lesson/network.h"
#include "view/ui.h"

namespace kg {

class NetworkFlow {
 public:
  // From left to right where there is width, else from top to bottom.
  void draw(Ui& ui, const Rect& room, const NetworkLesson& lesson);
  bool gradients = false;  // show ∂loss/∂value instead of the values

 private:
  struct Column;
  void across(Ui& ui, Rect room, const NetworkLesson& lesson);
  void down(Ui& ui, Rect room, const NetworkLesson& lesson);
  void picture(Ui& ui, const Rect& box, const NetworkLesson& lesson) const;
  void maps(Ui& ui, const Rect& box, int place, int columns, float side, const NetworkLesson& lesson) const;
  void head(Ui& ui, const Rect& row, int place, const NetworkLesson& lesson, bool brief) const;
};

// The ten probabilities as bars, the best two marked; or that nothing is drawn.
void probability_bars(Ui& ui, const Rect& room, const NetworkLesson& lesson);

// What the network reads, in a few words: "reads a 7 · 98.2 %".
std::string reading_words(const NetworkLesson& lesson);

}  // namespace kg
